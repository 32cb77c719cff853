"""What is due: a Vault goes in; every open piece of work and every open checkbox that names a day comes out, by day.

A note is due on its `due`, an objective on the last day of its period. What rests (paused, an idea) is not due. Of a
checkbox the words are told; a note's are its title.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import every_assignment
from vaultkit.insights.dependencies import WORK
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import RESTING, holder
from vaultkit.insights.status import end_of, is_live
from vaultkit.insights.underway import due_of, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_RESTING = RESTING - {"waiting"}
"""What waits for somebody is still due."""


class Due(Struct, frozen=True, gc=False):
    """Something that is to be done by a day."""

    day: date
    path: str
    """The note that it is, or that its checkbox stands in."""
    words: str = ""
    """Of a checkbox; empty for a note."""
    person: str | None = None
    """Who has it, when exactly one has."""


def deadlines(vault: Vault) -> tuple[Due, ...]:
    """Everything that has a day, by day; of one day, notes before checkboxes, and then by path."""
    return tuple(
        sorted((*_notes(vault), *_checkboxes(vault)), key=lambda each: (each.day, bool(each.words), each.path))
    )


def _notes(vault: Vault) -> Iterator[Due]:
    for note in vault.of_kind(*WORK):
        day = _day(vault, note)
        if day is not None and is_live(vault, note) and status_of(vault, note) not in _RESTING:
            yield Due(day, note.path, person=ownership(vault, note).person)


def _day(vault: Vault, note: Note) -> date | None:
    return end_of(vault, note) if vault.is_kind(note, "objective") else due_of(vault, note)


def _checkboxes(vault: Vault) -> Iterator[Due]:
    for each in vault.ask(every_assignment):
        if each.is_open and each.due is not None:
            yield Due(each.due, each.path, each.text, holder(vault, each))
