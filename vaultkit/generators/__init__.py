"""A Vault in, Pages out: one module writes one kind of page and knows of no other.

To add one: a file here with `render(vault)`, a template in `templates/pages/`, a line in GENERATORS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vaultkit.errors import ConfigError
from vaultkit.generators import alignment, index, orphan_priorities, overview
from vaultkit.language import message
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Page
    from vaultkit.vault import Vault

__all__ = ["GENERATORS", "Generator", "alignment", "index", "orphan_priorities", "overview", "render"]


class Generator(Protocol):
    """A module that writes pages."""

    __doc__: str | None

    def render(self, vault: Vault) -> Iterator[Page]:
        """The pages as they should read. Raises TemplateError."""


GENERATORS: dict[str, Generator] = {
    "overview": overview,
    "alignment": alignment,
    "orphan-priorities": orphan_priorities,
    "index": index,
}
"""Every generator by the name of its pages."""


def render(vault: Vault) -> tuple[Page, ...]:
    """Every page and region that is wanted. Raises TemplateError, and ConfigError when two pages have one place."""
    wanted = (module for name, module in GENERATORS.items() if name not in vault.config.pages.off)
    pages = tuple(page for module in wanted for page in module.render(vault))
    seen: set[str] = set()
    for page in pages:
        place = name_key(page.path)
        if page.region is None and place in seen:
            raise ConfigError(message("two pages would be written to {path}", path=page.path), path="vaultkit.toml")
        seen |= {place} if page.region is None else set()
    return pages
