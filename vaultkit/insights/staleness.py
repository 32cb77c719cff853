"""How long nothing has happened to a piece of work: a Vault goes in; the last touch, decay and pulse of notes come out.

    last touch = the latest of: the last day on which a person changed the note, the day of its last update, the last
                 day on which a task in it, one whose line links to it, or a task note that serves it was done
    decay      = 1 - 2 ^ (-days since the last touch / cadence in days)        0 today, towards 1; no unit
    pulse      = tasks done in the last 7 days + task notes under way that were changed in the last 7 days

When a note was changed is known from its history alone: a file's time is that of the last sync. Without a history, an
update and a finished task still count; where there is none of the three, the last touch is unknown (None).

Worked: a project with a cadence of 7 days, last touched 14 days ago, has a decay of 1 - 2 ^ -2 = 0.75; on the seventh
day it is 0.5. With two tasks done this week and one task note under way that was changed on Monday, its pulse is 3.

Source: the half-life of anything that decays, with the rhythm of updates as its half-life.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from vaultkit.insights.alignment import children, ups
from vaultkit.insights.assignments import every_assignment
from vaultkit.insights.dependencies import WORK
from vaultkit.insights.fielded import given
from vaultkit.insights.history import since, touched
from vaultkit.insights.status import is_closed
from vaultkit.insights.updates import cadence, updates
from vaultkit.vault.past import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

WEEKLY = 7
"""The cadence in days of a note that says none, and the days of a pulse."""


class Touch(NamedTuple):
    """The last thing that is known to have happened to a note."""

    day: date
    what: Literal["update", "completion", "change"]
    path: str
    """The note to which it happened: itself, or for `activity` one that serves it."""


class Staleness(Struct, frozen=True):
    """How far a note has faded."""

    touch: Touch
    days: int
    cadence: int
    decay: float


class Pulse(Struct, frozen=True):
    """What happened around a note in seven days."""

    done: int
    moved: int | None
    """Task notes under way that were changed; None when no history says."""

    @property
    def total(self) -> int | None:
        """Both together; None when one of them is unknown."""
        return None if self.moved is None else self.done + self.moved


def staleness(vault: Vault, note: Note) -> Staleness | None:
    """How long nothing has happened to a note, against its rhythm; None when nobody knows."""
    touch = vault.ask(touches).get(note.path)
    if touch is None:
        return None
    days, every = (vault.today - touch.day).days, cadence(vault, note, WEEKLY)
    return Staleness(touch, days, every, decay(days, every))


def decay(days: int, every: int) -> float:
    """1 - 2 ^ (-days / every)."""
    return float(1 - 2 ** (-days / every))


def pulse(vault: Vault, note: Note) -> Pulse:
    """What was done and moved of a note's tasks in the last seven days."""
    first = vault.today - timedelta(days=WEEKLY - 1)
    done = sum(1 for day in vault.ask(completions).get(note.path, ()) if day >= first)
    if since(vault) is None:
        return Pulse(done, None)
    moved = 0
    for task in children(vault, note.path):
        day = touched(vault, task) if vault.is_kind(task, "task") and done_on(vault, task) is None else None
        if day is not None and day >= first:
            done += is_closed(vault, task)
            moved += vault.choice(task, "status") == "active"
    return Pulse(done, moved)


def completions(vault: Vault) -> Mapping[str, tuple[date, ...]]:
    """Note of a kind -> the days until today on which tasks in it or about it were done, the last first."""
    found: dict[str, list[date]] = {}
    for each in vault.ask(every_assignment):
        if each.done is not None and each.done <= vault.today:
            for path in dict.fromkeys((each.path, *each.links)):
                if path in vault.recognised:
                    found.setdefault(path, []).append(each.done)
    for task in vault.of_kind("task"):
        done = done_on(vault, task)
        if done is not None and done <= vault.today:
            served = (up.parent for up in vault.ask(ups).get(task.path, ()) if up.parent in vault.recognised)
            for moved in dict.fromkeys((task.path, *served)):
                found.setdefault(moved or "", []).append(done)
    return {path: tuple(sorted(days, reverse=True)) for path, days in sorted(found.items())}


def done_on(vault: Vault, task: Note) -> date | None:
    """The day that a task note says it was done on; None while it is open, whatever it says of an earlier time."""
    if "done_on" not in vault.gather(given)[task.path] or not is_closed(vault, task):
        return None
    return vault.day(task, "done_on")


def touches(vault: Vault) -> Mapping[str, Touch]:
    """Piece of work -> its last touch, of those of which one is known."""
    found = ((note.path, max(_known(vault, note), default=None, key=_order)) for note in vault.of_kind(*WORK))
    return {path: touch for path, touch in found if touch is not None}


def activity(vault: Vault) -> Mapping[str, Touch]:
    """Note -> the last touch of it and of all that serves it, directly or through others; each note is met once."""
    last: dict[str, Touch] = {}
    for touch in sorted(vault.ask(touches).values(), key=_order, reverse=True):
        waiting = [touch.path]
        while waiting:
            path = waiting.pop()
            if path not in last:
                last[path] = touch
                served = (up.parent for up in vault.ask(ups).get(path, ()))
                waiting.extend(parent for parent in served if parent is not None and parent in vault.recognised)
    return last


def kept_days(vault: Vault, note: Note) -> tuple[date, ...]:
    """From which days on a note read as it does now: all of its text that its last touch follows from."""
    past = vault.setting.past
    if past is None or not vault.is_kind(note, *WORK):
        return ()
    now = version(date.min, note)
    kept = past.versions.get(note.path, ())
    return tuple(each.day for each in kept if (each.properties, each.size) == (now.properties, now.size))


def _known(vault: Vault, note: Note) -> Iterator[Touch]:
    for update in vault.ask(updates).get(note.path, ())[:1]:
        yield Touch(update.day, "update", note.path)
    for day in vault.ask(completions).get(note.path, ())[:1]:
        yield Touch(day, "completion", note.path)
    changed = touched(vault, note)
    if changed is not None:
        yield Touch(changed, "change", note.path)


def _order(touch: Touch) -> tuple[date, bool, str]:
    """The last one; of one day what says most, and then the first by its path."""
    return touch.day, touch.what != "change", touch.path
