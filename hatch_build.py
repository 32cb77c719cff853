"""The build hook: gettext catalogues (`.po`) come in, their compiled form (`.mo`) goes out beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[Any]):
    """Compiles the catalogues before a wheel or an editable install is made; hatchling finds the class by its base."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile in the source tree: an editable install reads the catalogues there, a wheel packs them from there."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Write `vaultkit.mo` beside every `vaultkit.po`; words not yet translated stay English."""
    for source in sorted(root.glob("vaultkit/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
