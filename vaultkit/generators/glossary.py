"""The glossary: a Vault goes in; its terms, and the names that several notes ask for in vain, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.terms import Asked, asked_for, called, linked, term, terms, users
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import built, places
from vaultkit.pages.several import more, notes, several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.terms import Term
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "glossary"
READS: tuple[Reads, ...] = ("files",)
TOLD: tuple[str, ...] = ()
ASKS: tuple[Question, ...] = (term, linked, called)
MOST_NAMES = 30
MOST_TERMS = 200
ALIASES = 5
DESCRIPTION_LENGTH = 200


class Defined(Struct, frozen=True):
    """A term that has a note."""

    link: Markdown
    aliases: Markdown
    description: str
    used: Message


class Wanted(Struct, frozen=True):
    """A name that has none."""

    name: str
    asked: Message
    meant: Markdown | None
    """The note that has it for another name."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    defined = vault.ask(terms)
    asked = asked_for(vault, vault.ask(built).resolver.resolve)
    unwritten, others = [each for each in asked if not each.meant], [each for each in asked if each.meant]
    text = page_text(
        vault,
        NAME,
        page,
        "glossary.md.j2",
        verdict=_verdict(len(defined), len(asked)),
        as_of=phrases.as_of(vault),
        unwritten=[_wanted(vault, each, page) for each in unwritten[:MOST_NAMES]],
        more_unwritten=more(len(unwritten) - MOST_NAMES),
        others=[_wanted(vault, each, page) for each in others[:MOST_NAMES]],
        more_others=more(len(others) - MOST_NAMES),
        defined=[_defined(vault, path, told, page) for path, told in list(defined.items())[:MOST_TERMS]],
        more_defined=more(len(defined) - MOST_TERMS),
    )
    yield Page(page, text, NAME)


def _verdict(defined: int, asked: int) -> Message:
    terms = message("No term is defined")
    if defined:
        terms = plural("{count} term is defined", "{count} terms are defined", defined)
    if not asked:
        return message("{terms}; no name that two notes use is missing.", terms=terms)
    names = plural(
        "several notes ask for {count} name that leads nowhere",
        "several notes ask for {count} names that lead nowhere",
        asked,
    )
    return message("{terms}; {names}.", terms=terms, names=names)


def _defined(vault: Vault, path: str, told: Term, page: str) -> Defined:
    by = vault.ask(users)[path]
    used = message("used by {notes}: {links}", notes=notes(len(by)), links=several(vault, by, page))
    return Defined(
        link=link(vault, path, page),
        aliases=Markdown(", ".join(escape.text(phrases.without_links(name)) for name in told.aliases[:ALIASES])),
        description=phrases.clipped(phrases.without_links(told.description), DESCRIPTION_LENGTH),
        used=used if by else message("used nowhere"),
    )


def _wanted(vault: Vault, asked: Asked, page: str) -> Wanted:
    by = message("{notes}: {links}", notes=notes(len(asked.by)), links=several(vault, asked.by, page))
    return Wanted(phrases.without_links(asked.name), by, link(vault, asked.meant, page) if asked.meant else None)
