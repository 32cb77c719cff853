"""The pages that a vault has of its own: a Vault goes in; each template of `[page.NAME]` comes out, filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.model import Page
from vaultkit.pages.environment import page_text
from vaultkit.pages.objects import objects
from vaultkit.pages.places import places
from vaultkit.pages.quiet import TELLABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault


class OwnPage:
    """One such page as a generator: it is known by what `vaultkit.toml` calls it."""

    READS: tuple[Reads, ...] = ("work", "steps", "files")
    TOLD: tuple[str, ...] = TELLABLE

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, vault: Vault) -> Iterator[Page]:
        """The one page."""
        page, table = vault.ask(places)[self.name], vault.config.page[self.name]
        title = table.title or page.rpartition("/")[2].removesuffix(".md")
        text = page_text(vault, self.name, page, table.template or "", title=title, **objects(vault, page))
        yield Page(page, text, self.name)
