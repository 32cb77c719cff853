"""The daily brief: a Vault goes in; one screen for seven in the morning comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.model import Page
from vaultkit.pages import day
from vaultkit.pages.dates import spoken
from vaultkit.pages.environment import page_text
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "daily-brief"
READS: tuple[Reads, ...] = day.READS
ASKS: tuple[Question, ...] = day.ASKS
TOLD: tuple[str, ...] = day.TOLD


def render(vault: Vault) -> Iterator[Page]:
    """The one page, of today."""
    page = vault.ask(places).get(NAME, f"{NAME}.md")
    yield Page(page, text(vault, page), NAME)


def text(vault: Vault, page: str) -> str:
    """The brief of today as it reads at a place."""
    return page_text(
        vault,
        NAME,
        page,
        day.TEMPLATE,
        callout=day.callout(vault, vault.today),
        verdict=day.verdict(vault, vault.today),
        as_of=message("As of {day} {year}.", day=spoken(vault.today), year=str(vault.today.year)),
        sections=day.sections(vault, vault.today, page),
    )
