"""What is open with somebody, as Markdown that no page holds: a Vault and a person's note go in, its text comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.language import say
from vaultkit.pages import individual
from vaultkit.pages.sections import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.model import Note
    from vaultkit.pages.sections import Entry, Section
    from vaultkit.vault import Vault

PEOPLE = ("person", "stakeholder")
_PAGE = ""
"""Nobody follows a link on a terminal: they are written as from the root."""


def of_person(vault: Vault, note: Note) -> str:
    """Who it is, and what is open both ways."""
    role = vault.text(note, "role")
    name = escape.text(vault.title(note))
    head = f"> [!info] {name}{f' – {escape.text(role)}' if role else ''}"
    return "\n".join([head, *_sections(vault, individual.sections(vault, note, _PAGE))])


def _sections(vault: Vault, sections: Iterable[Section]) -> Iterator[str]:
    for each in sections:
        yield from ("", f"## {joined(vault, [each.title])}", "", *_listed(vault, each.rows))
        if each.more is not None:
            yield f"\n{say(each.more, vault.language)}"


def _listed(vault: Vault, rows: Iterable[Entry]) -> Iterator[str]:
    for row in rows:
        yield f"- {joined(vault, [row.text])}"
        yield from (f"    - {joined(vault, [line])}" for line in row.below)
