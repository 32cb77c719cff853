"""The build hook: what is translated and what is compiled goes into the wheel, made from the sources beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PURE = "VAULTKIT_PURE"
"""Set in the environment, it has the wheel made without anything compiled."""
COMPILING = ("mypy[mypyc]>=1.18", "setuptools>=77", "msgspec>=0.19")
"""What compiling needs beside a C compiler: the values of `model.py` are msgspec's."""


class BuildHook(BuildHookInterface[Any]):
    """Makes the catalogues, and compiles what is hot where there is a compiler; hatchling finds the class by its base.

    An editable install runs the sources: what is compiled would go on saying what they once said.
    """

    _folder: str | None = None
    """Where what was compiled lies until the wheel has taken it in."""

    def dependencies(self) -> list[str]:
        """What the build needs beside what pyproject.toml requires of it."""
        return list(COMPILING) if can_compile() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile catalogues into the source tree, where both kinds of install find them; modules into the wheel."""
        compile_catalogues(Path(self.root))
        if version == "standard" and can_compile():
            self._folder = tempfile.mkdtemp(prefix="vaultkit-")
            try:
                build_data["force_include"].update(compiled(Path(self.root), self._folder, self.config["compiled"]))
                build_data.update(pure_python=False, infer_tag=True)
            except subprocess.CalledProcessError as error:
                said = (error.stdout + error.stderr).strip()[-2000:]
                self.app.display_warning(f"vaultkit is built without compiled modules; first runs take longer.\n{said}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Remove what the wheel has taken in."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def can_compile() -> bool:
    """Whether there is a compiler, and nobody asked for a wheel without."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    return not os.environ.get(PURE) and (os.name == "nt" or shutil.which(compiler) is not None)


def compiled(root: Path, folder: str, modules: list[str]) -> dict[str, str]:
    """Compile modules; where each result lies -> where it goes. Raises CalledProcessError when it cannot be done."""
    command = [sys.executable, str(root / "tools" / "compiling.py"), folder, *modules]
    subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    made = Path(folder, "lib")
    return {str(path): path.relative_to(made).as_posix() for path in sorted(made.rglob("*")) if path.is_file()}


def compile_catalogues(root: Path) -> None:
    """Write `vaultkit.mo` beside every `vaultkit.po`; words not yet translated stay English."""
    for source in sorted(root.glob("vaultkit/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
