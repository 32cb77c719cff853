"""What puts notes in order: a Vault and a note go in; the key by which a list sorts it (by rank, due ...) comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.grouping import STATUSES
from vaultkit.insights.history import created, touched
from vaultkit.insights.ranking import rank_of
from vaultkit.text import fold, natural
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

CREATED = frozenset({"created", "created on", "created at", "date created", "cree le", "creee le", "date de creation"})
UPDATED = frozenset({"updated", "updated on", "updated at", "modified", "last modified", "date modified", "modifie le"})
"""Properties, folded, that say since when a note is, and of when; where it says neither, what is known of its past."""


def _by_due(vault: Vault, note: Note) -> tuple[object, ...]:
    day = vault.day(note, "due")
    return day is None, str(day)


def _by_status(vault: Vault, note: Note) -> tuple[object, ...]:
    status = vault.choice(note, "status")
    return (STATUSES.index(status) if status in STATUSES else len(STATUSES),)


def _by_rank(vault: Vault, note: Note) -> tuple[object, ...]:
    rank = rank_of(vault, note)
    return rank is None, rank or 0.0


def _by_created(vault: Vault, note: Note) -> tuple[object, ...]:
    return _latest(_day_said(note, CREATED) or created(vault, note))


def _by_updated(vault: Vault, note: Note) -> tuple[object, ...]:
    return _latest(_day_said(note, UPDATED) or touched(vault, note))


def _day_said(note: Note, names: frozenset[str]) -> date | None:
    days = (date_of(item.value) for item in note.properties if fold(item.name) in names)
    return next((day for day in days if day), None)


def _latest(day: date | None) -> tuple[object, ...]:
    """The latest first; what nobody knows last."""
    return day is None, -day.toordinal() if day else 0


SORTS: Mapping[str, Callable[[Vault, Note], tuple[object, ...]]] = {
    "name": lambda _vault, _note: (),
    "title": lambda vault, note: (natural(vault.title(note)),),
    "due": _by_due,
    "status": _by_status,
    "rank": _by_rank,
    "created": _by_created,
    "updated": _by_updated,
}
