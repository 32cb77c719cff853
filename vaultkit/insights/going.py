"""How live work goes, in what a reader needs of it: a Vault goes in; one account of each piece of work comes out.

    badly   its declared health is off track or at risk, or its pace is at risk or behind
    well    neither, and its health is on track and not outdated, or its pace is on track or achieved
    unknown the rest

The pace is that of the calendar (`pace.pace`), that of an objective the worse of its own and of its worst key result's.
Why it goes badly is what the last update with a reason says; what it waits for, when it was due and what shows first
how it goes on (the metric that serves it, or its worst key result) stand beside it.

Worked: a project is declared on track and has done 40 of 100 where 83 are expected: it goes badly, whatever it says.
One that is on track since an update six weeks ago, where one a week is due, and has no progress is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.awaiting import is_aside, needed
from vaultkit.insights.health import declared, objective_health, status
from vaultkit.insights.pace import LABELS, Label, Pace, pace
from vaultkit.insights.ranking import rank_key
from vaultkit.insights.status import end_of, is_live
from vaultkit.insights.updates import Update, updates

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

Way: TypeAlias = Literal["badly", "well", "unknown"]
KINDS = ("objective", "priority", "project")
_WORST = ("off_track", "at_risk")
LATE = frozenset({"behind", "at_risk"})


class Account(Struct, frozen=True):
    """How one piece of work goes."""

    path: str
    way: Way
    declared: str | None
    """The health that is declared."""
    is_outdated: bool
    label: Label | None
    """What its pace is called."""
    pace: Pace | None
    update: Update | None
    """The last one that says why."""
    waits: tuple[str, ...]
    late: int | None
    """Days since it was due; None when it is not late."""
    sign: str | None
    """What shows first how it goes on."""
    worst: Label | None = None
    """How the worst of its key results stands, where that is the sign."""


def accounts(vault: Vault) -> tuple[Account, ...]:
    """The live work that is under way: objectives, priorities by rank, projects; within each what goes worst first."""
    notes = (note for note in vault.of_kind(*KINDS) if is_live(vault, note) and not is_aside(vault, note))
    found = [(note, account(vault, note)) for note in notes]
    found.sort(key=lambda each: _key(vault, *each))
    return tuple(each for _, each in found)


def account(vault: Vault, note: Note) -> Account:
    """How one note goes."""
    said, own = declared(vault, note), pace(vault, note)
    label, sign, worst = _label(vault, note, own)
    outdated = status(vault, note).word == "outdated"
    end = end_of(vault, note)
    return Account(
        note.path,
        _way(said, label, is_outdated=outdated),
        said,
        outdated,
        label,
        own,
        next((update for update in vault.ask(updates).get(note.path, ()) if update.why), None),
        needed(vault, note.path),
        (vault.today - end).days if end is not None and end < vault.today else None,
        sign,
        worst,
    )


def _way(said: str | None, label: Label | None, *, is_outdated: bool) -> Way:
    if said in _WORST or label in LATE:
        return "badly"
    return "well" if (said == "on_track" and not is_outdated) or label is not None else "unknown"


def _label(vault: Vault, note: Note, own: Pace | None) -> tuple[Label | None, str | None, Label | None]:
    """The pace, the note that shows it first, and how that stands where it is a key result."""
    metric = next((child.path for child in children(vault, note.path) if vault.is_kind(child, "metric")), None)
    label = own.label if own else None
    if not vault.is_kind(note, "objective"):
        return label, metric, None
    health = objective_health(vault, note)
    known = [LABELS.index(each) for each in (label, health.worst) if each is not None]
    return (LABELS[max(known)] if known else None), health.path or metric, health.worst


def _key(vault: Vault, note: Note, found: Account) -> tuple[object, ...]:
    worst = _WORST.index(found.declared) if found.declared in _WORST else len(_WORST)
    behind = -LABELS.index(found.label) if found.label else 0
    kind = KINDS.index(vault.recognised[note.path].kind)
    return kind, worst, behind, vault.gather(rank_key)[note.path]
