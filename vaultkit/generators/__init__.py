"""A Vault in, Pages out: one module writes one kind of page and knows of no other.

To add one: a file here with `render` and `rerender`, a template in `templates/pages/`, a line in GENERATORS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from vaultkit.errors import ConfigError
from vaultkit.generators import alignment, index, orphan_priorities, overview
from vaultkit.generators.difference import compare
from vaultkit.language import message
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.generators.difference import Difference
    from vaultkit.model import Page
    from vaultkit.vault import Step, Vault

__all__ = ["GENERATORS", "Generator", "alignment", "index", "orphan_priorities", "overview", "render", "rerender"]


class Generator(Protocol):
    """A module that writes pages."""

    __doc__: str | None

    def render(self, vault: Vault) -> Iterator[Page]:
        """The pages as they should read. Raises TemplateError."""

    def rerender(self, pages: tuple[Page, ...], difference: Difference) -> Iterable[Page]:
        """What `render` says after a step, when `pages` is what it said before: those that stay need no making."""


GENERATORS: dict[str, Generator] = {
    "overview": overview,
    "alignment": alignment,
    "orphan-priorities": orphan_priorities,
    "index": index,
}
"""Every generator by the name of its pages."""


def render(vault: Vault) -> tuple[Page, ...]:
    """Every page and region that is wanted. Raises TemplateError, and ConfigError when two pages have one place."""
    return _apart(page for module in _wanted(vault).values() for page in module.render(vault))


def rerender(pages: tuple[Page, ...], step: Step) -> tuple[Page, ...]:
    """The pages after a step, when `pages` is what they were before it: what `render` says, with less work."""
    what = compare(step)
    if what is None:
        return render(step.after)
    made = ((module, tuple(p for p in pages if p.name == name)) for name, module in _wanted(step.after).items())
    return _apart(page for module, earlier in made for page in module.rerender(earlier, what))


def _wanted(vault: Vault) -> dict[str, Generator]:
    return {name: module for name, module in GENERATORS.items() if name not in vault.config.pages.off}


def _apart(made: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, none of which has another's place."""
    pages, seen = tuple(made), set()
    for page in pages:
        place = name_key(page.path)
        if page.region is None and place in seen:
            raise ConfigError(message("two pages would be written to {path}", path=page.path), path="vaultkit.toml")
        seen |= {place} if page.region is None else set()
    return pages
