"""What people ask of others in their notes: a Vault goes in; asks with their days and readers come out.

An ask stands below a heading such as `Asks` in any note of a kind, or in the `asks` of an update. Its day is the note's
(`dated.day_of`), its readers those of the note's `audience`.

Worked: the update of 2026-03-13 for the board lists two asks, one of 2026-03-06 for nobody in particular lists one: for
the board there are two, the others' asks are one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.dated import day_of
from vaultkit.insights.secrecy import Group, marks
from vaultkit.insights.status import is_closed
from vaultkit.text import stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

_NOTHING = frozenset("none no nothing nil n/a na aucun aucune rien neant tbd".split())


class Ask(Struct, frozen=True, gc=False):
    """One thing that somebody asks for."""

    path: str
    text: str
    day: date | None
    readers: frozenset[Group | None]
    """For whom its note is written; empty when it does not say."""


def asks_in(vault: Vault, note: Note) -> tuple[str, ...]:
    """What one note asks for, as written."""
    if note.path not in vault.recognised:
        return ()
    item = vault.property(note, "asks") if vault.is_kind(note, "update") else None
    values = item.value if item and isinstance(item.value, tuple) else (item.value,) if item else ()
    listed = (point.text for point in note.points if point.topic == "asks")
    texts = dict.fromkeys(text for text in (*map(text_of, values), *listed) if stem(text.strip("*_. ")) not in _NOTHING)
    return tuple(text for text in texts if text)


def asked(vault: Vault) -> tuple[Ask, ...]:
    """Every ask until today in a note that is not closed, the latest first, those without a day last."""
    found, told = [], vault.gather(asks_in)
    for path in vault.recognised:
        if not told[path] or is_closed(vault, vault.notes[path]):
            continue
        day, said = day_of(vault, vault.notes[path]), vault.gather(marks)[path]
        if day is None or day <= vault.today:
            readers = said.audiences if said else frozenset()
            found += [(place, Ask(path, text, day, readers)) for place, text in enumerate(told[path])]
    ordered = sorted(found, key=lambda each: (each[1].day is None, -_ordinal(each[1].day), each[1].path, each[0]))
    return tuple(ask for _, ask in ordered)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
