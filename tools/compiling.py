"""Paths of modules come in, their compiled form goes out into a folder, laid out as in a wheel.

    python tools/compiling.py FOLDER MODULE.py ...

mypyc makes C of typed Python as it stands: the same code runs without it, and then takes half as long again to read
a note. Needs a C compiler.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Distribution

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ("--config-file=", "--ignore-missing-imports")
"""`make test` holds the types; here only those of what is compiled are known."""


def main(folder: Path, modules: list[str]) -> None:
    """Compile modules of this checkout, which is the current folder; what is needed on the way stays in `folder`."""
    extensions = mypycify([*CHECKS, *modules], target_dir=str(folder / "c"), group_name="vaultkit")
    build = Distribution({"name": "vaultkit", "ext_modules": extensions}).get_command_obj("build_ext")
    build.build_lib, build.build_temp = str(folder / "lib"), str(folder / "objects")
    build.ensure_finalized()
    build.run()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
