"""Which fields a note has: a Vault and a note of a kind go in; its properties come out, with the field that each is.

`given` names every field that the note answers for, wherever it stands, and `filled` those that are of the note as a
whole: an inline field further down is of its line. To look for a field that a note lacks costs as much as to list all
that it has, so whoever asks for several asks here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.vault.fields import by_field
from vaultkit.vault.presenting import presenting

if TYPE_CHECKING:
    from vaultkit.model import Note, Property
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Field

KINDS = (
    *("vision", "objective", "key_result", "priority", "project", "task", "decision", "person", "team", "meeting"),
    *("risk", "stakeholder", "assumption", "metric", "update", "idea"),
)
"""The kinds that vaultkit comes with."""
UNSAID = frozenset(
    {
        "",
        "?",
        "tbd",
        "tbc",
        "tba",
        "todo",
        "n/a",
        "na",
        "none",
        "null",
        "unknown",
        "nc",
        "ad",
        "aucun",
        "aucune",
        "inconnu",
    }
    | {"inconnue", "a definir", "a preciser", "a completer", "a determiner", "a venir", "to define", "to be defined"}
)
"""What is written, folded, where nothing is known yet."""


def fielded(vault: Vault, note: Note) -> tuple[tuple[Property, Field], ...]:
    """The frontmatter's first, then inline fields where the note presents itself: further down they are a line's."""
    return vault.gather(_fielded)[note.path]


def given(vault: Vault, note: Note) -> frozenset[str]:
    """The fields that a note of a kind has, by any of their names, whether or not there is a value."""
    return frozenset(vault.gather(by_field)[note.path]) if note.path in vault.recognised else frozenset()


def filled(vault: Vault, note: Note) -> frozenset[str]:
    """The fields of a note as a whole."""
    return frozenset([field.name for _, field in fielded(vault, note)])


def _fielded(vault: Vault, note: Note) -> tuple[tuple[Property, Field], ...]:
    told = vault.recognised.get(note.path)
    if told is None or not (note.properties or note.fields):
        return ()
    items, kind = note.properties, told.kind
    if note.fields:
        lines = {task.span.line for task in note.tasks}
        items = (*items, *(item for item in presenting(note) if item.span.line not in lines))
    known = ((item, vault.kinds.field(kind, item.name)) for item in items)
    return tuple([(item, field) for item, field in known if field])
