"""Whether somebody is to work on a note now: a Vault and a note go in; under way, waiting or neither comes out.

A note in a folder of projects that says nothing of itself is live, and nobody has begun to steer by it: of such notes
nothing is asked.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.fielded import given
from vaultkit.insights.status import is_live, is_over

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

WAITING = frozenset({"waiting", "paused", "idea"})
"""The statuses of what nobody works on for now."""
STEERING = ("owner", "due", "serves", "period", "rank", "health")
"""Fields of which one at least is filled in where somebody steers by a note."""


class Plan(Struct, frozen=True, gc=False):
    """What a note says of when it is worked on, whatever the day."""

    status: str | None = None
    is_steered: bool = False
    begins: date | None = None
    """Its start, else the first day of its period."""
    ends: date | None = None
    """The day it is due, else the last day of its period."""
    due: date | None = None
    due_original: date | None = None
    is_waiting: bool = False


def is_under_way(vault: Vault, note: Note) -> bool:
    """Whether it is live, has begun, and is neither planned for later nor waiting for anything."""
    plan = vault.gather(plans)[note.path]
    if plan.is_waiting or not plan.is_steered or plan.status == "planned":
        return False
    begun = plan.begins is None or plan.begins <= vault.today
    return begun and is_live(vault, note) and not (vault.is_kind(note, "objective") and is_over(vault, note))


def is_steered(vault: Vault, note: Note) -> bool:
    """Whether it says anything by which somebody steers, beyond its status."""
    has = vault.gather(given)[note.path]
    return any(vault.text(note, field) for field in STEERING if field in has)


def is_waiting(vault: Vault, note: Note) -> bool:
    """Whether it says that it waits, for whom, or that it rests."""
    return vault.gather(plans)[note.path].is_waiting


def due_of(vault: Vault, note: Note) -> date | None:
    """The day that a note is due, or the last day of the month or quarter that it names for that."""
    return vault.gather(plans)[note.path].due


def status_of(vault: Vault, note: Note) -> str | None:
    """The status as the vocabulary has it; None when nothing is said."""
    return vault.gather(plans)[note.path].status


def plans(vault: Vault, note: Note) -> Plan:
    """What a note of a kind says."""
    has = vault.gather(given)[note.path]
    if not has:
        return Plan()
    status = vault.choice(note, "status") if "status" in has else None
    period = vault.period(note) if "period" in has else None
    due, original = (_last(vault, note, field) if field in has else None for field in ("due", "due_original"))
    start = vault.day(note, "start") if "start" in has else None
    return Plan(
        status,
        status is not None or is_steered(vault, note),
        start or (period[0] if period else None),
        due or (period[1] if period else None),
        due,
        original,
        status in WAITING or ("waiting_on" in has and bool(vault.text(note, "waiting_on"))),
    )


def _last(vault: Vault, note: Note, field: str) -> date | None:
    period = vault.period(note, field)
    return period[1] if period else None
