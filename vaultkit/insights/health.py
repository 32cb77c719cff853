"""How a note is said to stand, and how far that can be believed: a Vault and a note go in; its status comes out.

    status = outcome, else paused, else outdated, else the declared health, else pending         the first that holds
    trend  = (last confidence - first) / (how many - 1), in points an update, of the last three updates with one
    worst  = the label of the key result that stands worst, beside the objective's own pace; no mean of colours

The declared health is the note's own `health`, else that of the last update about it. It is outdated once the next
update is more than `LATE` days late; a note of which there was never an update cannot be.

Worked: a weekly update, the last one on 2026-03-02, was due on 2026-03-09. On 2026-03-12 it is 3 days late, and a green
health still says on_track; on 2026-03-13 it is outdated. Confidences of 80, 70 and 55 % are a trend of -12.5 points an
update and a drop of 25, which is told (`DROP`). Of an objective with three key results on track and one at risk the
worst is at_risk, even where its progress as a whole is on track.

Source: the order of statuses in open-source goal trackers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.fielded import given
from vaultkit.insights.pace import LABELS, Label, Pace, pace
from vaultkit.insights.progress import as_share
from vaultkit.insights.status import is_live
from vaultkit.insights.updates import cadence, updates

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

WEEK, LATE, DROP = 7, 3, 20
"""Days of a cadence that nobody says; days that an update may be late; points of confidence."""
_LAST = 3


class Status(Struct, frozen=True):
    """How a note stands."""

    word: str
    declared: str | None
    """The health that is declared, whether or not it can be believed."""


class Trend(Struct, frozen=True):
    """Where confidence goes."""

    slope: float
    """Points an update; negative when it falls."""
    drop: float
    """Points from the first of the last three to the last of them."""

    @property
    def is_falling(self) -> bool:
        """Whether it has fallen so far that it ought to be told."""
        return self.drop >= DROP


class ObjectiveHealth(Struct, frozen=True):
    """How an objective stands: both must be looked at."""

    worst: Label | None
    path: str | None
    """The key result that stands so."""
    pace: Pace | None
    """Of its progress as a whole."""


def declared(vault: Vault, note: Note) -> str | None:
    """The health that a note says, else the last update about it that says one."""
    own = vault.choice(note, "health") if "health" in vault.gather(given)[note.path] else None
    said = (update.health for update in vault.ask(updates).get(note.path, ()))
    return own or next((health for health in said if health), None)


def since_update(vault: Vault, note: Note) -> int | None:
    """Days since the last update; None when there was never one."""
    found = vault.ask(updates).get(note.path)
    return (vault.today - found[0].day).days if found else None


def status(vault: Vault, note: Note, usual: int = WEEK) -> Status:
    """How a note stands; `usual` is every how many days a note is updated that does not say."""
    said, outcome = declared(vault, note), vault.choice(note, "outcome")
    if outcome:
        return Status(outcome, said)
    if vault.choice(note, "status") == "paused":
        return Status("paused", said)
    days = since_update(vault, note)
    if days is not None and days > cadence(vault, note, usual) + LATE:
        return Status("outdated", said)
    return Status(said or "pending", said)


def trend(vault: Vault, note: Note) -> Trend | None:
    """Where confidence goes; None with fewer than two updates that say one."""
    found = (update.confidence for update in vault.ask(updates).get(note.path, ()))
    shares = [share for number in found if number is not None and (share := as_share(number)) is not None]
    points = [100 * share for share in reversed(shares[:_LAST])]
    if len(points) < 2:
        return None
    return Trend((points[-1] - points[0]) / (len(points) - 1), points[0] - points[-1])


def objective_health(vault: Vault, note: Note) -> ObjectiveHealth:
    """The worst of its live key results, and its own pace."""
    results = [child for child in children(vault, note.path) if vault.is_kind(child, "key_result")]
    paces = ((pace(vault, child), child.path) for child in results if is_live(vault, child))
    known = [(LABELS.index(each.label), path) for each, path in paces if each is not None]
    place, path = max(known, key=lambda each: (each[0], each[1]), default=(None, None))
    return ObjectiveHealth(None if place is None else LABELS[place], path, pace(vault, note))
