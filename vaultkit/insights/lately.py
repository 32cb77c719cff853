"""What became of work lately: a Vault and a day go in; what was closed, begun or told of from that day on comes out.

The day on which a note was closed is the first on which it is known to say so (`history`), else that of the last update
about it; where neither tells, nobody knows. It was begun on the first day on which it is known at all.

Worked: a project says `status: done` since 2026-03-10, after it had said `active`: of the last 14 days on 2026-03-16 it
is one that was closed. Without any history, and with a last update of 2026-03-12, it was closed on that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights import history
from vaultkit.insights.status import is_archived, is_closed
from vaultkit.insights.updates import updates
from vaultkit.vault.values import choice_of

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.insights.updates import Update
    from vaultkit.model import Note
    from vaultkit.vault import Vault

KINDS = ("objective", "key_result", "priority", "project")


def closed_on(vault: Vault, note: Note) -> date | None:
    """Since when a note is closed; None when it is not, or nobody knows."""
    if not is_closed(vault, note):
        return None
    known, field = history.values(vault, note, "status"), vault.field(note, "status")
    words, now = (field.vocabulary if field else {}), vault.choice(note, "status")
    if known and len(known) > 1 and choice_of(known[-1].text, words) == now:
        return known[-1].day
    told = vault.ask(updates).get(note.path)
    return told[0].day if told else None


def closed(vault: Vault, first: date) -> tuple[Note, ...]:
    """The work that was done from a day on, the latest first."""
    found = [(day, note) for note in vault.of_kind(*KINDS) if _is_done(vault, note) and (day := closed_on(vault, note))]
    found = [each for each in found if each[0] >= first]
    return tuple(note for _, note in sorted(found, key=lambda each: (-each[0].toordinal(), each[1].path)))


def begun(vault: Vault, first: date) -> tuple[Note, ...]:
    """The live work that was not known before a day, by path."""
    notes = (note for note in vault.of_kind(*KINDS) if not is_closed(vault, note))
    return tuple(note for note in notes if (day := history.created(vault, note)) is not None and day >= first)


def set_aside(vault: Vault, first: date) -> tuple[Note, ...]:
    """The work that is paused, and what was dropped from a day on, or on a day that nobody knows; by kind, by path."""
    return tuple(note for kind in KINDS for note in vault.of_kind(kind) if _is_set_aside(vault, note, first))


def told(vault: Vault, first: date) -> tuple[tuple[Note, Update, Update | None], ...]:
    """The work of which something was told from a day on: the last update, and the last one before that day."""
    found = []
    for path, each in vault.ask(updates).items():
        note = vault.notes.get(path)
        if note is not None and vault.is_kind(note, *KINDS) and each[0].day >= first:
            found.append((note, each[0], next((update for update in each if update.day < first), None)))
    return tuple(sorted(found, key=lambda each: (-each[1].day.toordinal(), each[0].path)))


def _is_done(vault: Vault, note: Note) -> bool:
    return "dropped" not in {vault.choice(note, "status"), vault.choice(note, "outcome")}


def _is_set_aside(vault: Vault, note: Note, first: date) -> bool:
    if is_archived(note):
        return False
    if not _is_done(vault, note):
        day = closed_on(vault, note)
        return day is None or day >= first
    return vault.choice(note, "status") == "paused"
