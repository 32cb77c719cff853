"""How far the work has drifted from what was said to matter: a Vault goes in; shares and their distance come out.

    D = 1/2 x (a0 + sum of |stated - actual|)   from 0, the same, to 1, nothing in common
    agenda = 1 - a0

*Stated* is a priority's share of the weights, where every live priority has a `weight`; else it follows from the
ranks by rank-order centroids: of n, the k-th has 1/n x (1/k + 1/(k+1) + ... + 1/n). Equal ranks share what their places
have; those without a rank come last and share the rest. Where neither is said, nobody has stated anything.

*Actual* is the mean of three shares, each of what happened in the last 14 days: characters added to notes, meeting
minutes times people, hours of work that was completed. Each is for the priorities that it reaches upwards
(`attributed`); a0 is what reaches none. A source in which nothing happened does not count. Without history nobody knows
what was written, and all of it is unknown.

Example: three priorities by rank have 61.1, 27.8 and 11.1 % (11/18, 5/18, 2/18). Of the work of two weeks 20 % went to
the first, 50 % to the second, 10 % to the third, and 20 % to none:

    D = 1/2 x (0.2 + 0.411 + 0.222 + 0.011) = 0.422

The agenda's share is 80 %, and the first priority starves: 20 % is less than a third of 61.1 %.

Sources: rank-order centroids, Barron and Barrett 1996; the share of a leader's time on their own agenda, Porter and
Nohria 2018 (43 %).
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import every_assignment
from vaultkit.insights.attributed import attributed, shares
from vaultkit.insights.coverage import HOURS, effort
from vaultkit.insights.history import added, since, values
from vaultkit.insights.staleness import done_on
from vaultkit.insights.status import is_live
from vaultkit.vault.values import minutes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

DAYS = 14
MINUTES = 30
"""How long a meeting took that does not say so."""
WRITTEN = ("priority", "project", "key_result", "task", "decision", "meeting", "risk", "assumption", "update", "idea")
"""The kinds in which writing is work on something; objectives and visions say what it is for, metrics count."""
FAR = 0.35
"""The distance from which on somebody ought to be told."""
_TOP = 2
"""How many priorities, from the first on, may starve."""


class Focus(Struct, frozen=True):
    """What was said of one priority, and what was done for it: shares of 1."""

    path: str
    stated: float
    actual: float

    @property
    def starves(self) -> bool:
        """Whether it has less than a third of what it was said to be worth."""
        return self.actual < self.stated / 3


class Drift(Struct, frozen=True):
    """The distance, and what it is made of."""

    first: date
    """The first day that was looked at."""
    focus: tuple[Focus, ...]
    """The live priorities, the one that was said to matter most first."""
    elsewhere: float
    """The share of the work that reaches no live priority."""
    distance: float
    sources: tuple[str, ...]
    """What the shares were found from: `written`, `met`, `completed`."""

    @property
    def agenda(self) -> float:
        """The share of the work that reaches one."""
        return 1 - self.elsewhere

    @property
    def is_far(self) -> bool:
        """Whether it ought to be told: the distance is great, or one of the first two starves."""
        return self.distance > FAR or bool(self.starved)

    @property
    def starved(self) -> tuple[Focus, ...]:
        """The first two of the priorities, where they starve."""
        return tuple(focus for focus in self.focus[:_TOP] if focus.starves)


def drift(vault: Vault) -> Drift | None:
    """That of the last 14 days; None when nobody knows: no history, nothing stated, or nothing done."""
    first = vault.today - timedelta(days=DAYS - 1)
    begun, stated = since(vault), vault.ask(stated_shares)
    if begun is None or begun > first or not stated:
        return None
    found = {
        "written": _shared(_written(vault, first), stated),
        "met": _shared(_met(vault, first), stated),
        "completed": _shared(_completed(vault, first), stated),
    }
    known = {name: each for name, each in found.items() if each}
    if not known:
        return None
    actual = {path: sum(each.get(path, 0.0) for each in known.values()) / len(known) for path in ("", *stated)}
    focus = sorted((Focus(path, share, actual[path]) for path, share in stated.items()), key=_order)
    distance = (actual[""] + sum(abs(each.stated - each.actual) for each in focus)) / 2
    return Drift(first, tuple(focus), actual[""], distance, tuple(known))


def stated_shares(vault: Vault) -> Mapping[str, float]:
    """Live priority -> its share of what was said to matter; empty when nobody has said anything."""
    live = [note for note in vault.of_kind("priority") if is_live(vault, note)]
    weights = {note.path: max(0.0, vault.number(note, "weight") or 0.0) for note in live}
    if live and all(weights.values()):
        return {path: weight / sum(weights.values()) for path, weight in weights.items()}
    ranks = {note.path: rank for note in live if (rank := vault.number(note, "rank")) is not None}
    if not ranks:
        return {}
    ordered = sorted((ranks.get(note.path, float("inf")), note.path) for note in live)
    found: dict[str, float] = {}
    for _, tied in groupby(ordered, key=lambda each: each[0]):
        paths = [path for _, path in tied]
        places = range(len(found) + 1, len(found) + len(paths) + 1)
        found |= dict.fromkeys(paths, sum(centroid(place, len(live)) for place in places) / len(paths))
    return found


def centroid(place: int, count: int) -> float:
    """What the weight of the first, second ... of so many is likely to be, when only their order is known."""
    return sum(1 / each for each in range(place, count + 1)) / count


def _order(focus: Focus) -> tuple[float, str]:
    return -focus.stated, focus.path


def _shared(work: Iterable[tuple[float, Mapping[str, float]]], stated: Mapping[str, float]) -> dict[str, float]:
    """Each live priority's share of all of it; "" has what is for none of them. Empty when there was nothing."""
    found: dict[str, float] = {}
    for amount, for_each in work:
        for path, share in for_each.items():
            place = path if path in stated else ""
            found[place] = found.get(place, 0.0) + amount * share
    total = sum(found.values())
    return {path: amount / total for path, amount in found.items()} if total else {}


def _written(vault: Vault, first: date) -> Iterator[tuple[float, Mapping[str, float]]]:
    """Characters that were added."""
    for note in vault.of_kind(*WRITTEN):
        if note.generated is None and (count := added(vault, note, first)):
            yield float(count), shares(vault, (note.path,))


def _met(vault: Vault, first: date) -> Iterator[tuple[float, Mapping[str, float]]]:
    """Minutes times people: for what the meeting is about, else for what its note links to."""
    for note in vault.of_kind("meeting"):
        day = vault.day(note, "date")
        if day is not None and first <= day <= vault.today:
            item = vault.property(note, "duration")
            minutes = (minutes_of(item.value) if item else None) or MINUTES
            yield minutes * _people(vault, note), shares(vault, _topics(vault, note))


def _people(vault: Vault, note: Note) -> int:
    """How many met, whether they have notes or not; at least the one who wrote of it."""
    item = vault.property(note, "attendees")
    listed = len({text_of(each) for each in item.value}) if item and isinstance(item.value, tuple) else 1
    return max(1, listed, len({edge.link.target for edge in vault.relation(note, "attendees")}))


def _topics(vault: Vault, note: Note) -> tuple[str, ...]:
    if vault.ask(attributed).get(note.path):
        return (note.path,)
    linked = dict.fromkeys(edge.target for edge in vault.graph.of(note.path) if edge.human and edge.target)
    return tuple(path for path in linked if vault.ask(attributed).get(path))


def _completed(vault: Vault, first: date) -> Iterator[tuple[float, Mapping[str, float]]]:
    """Hours of checkboxes with a day on which they were done, and of task notes that were done since."""
    for each in vault.ask(every_assignment):
        if each.is_done and each.done is not None and first <= each.done <= vault.today:
            linked = [path for path in each.links if vault.ask(attributed).get(path)]
            yield HOURS, shares(vault, linked or (each.path,))
    for note in vault.of_kind("task"):
        day = _finished(vault, note) if vault.choice(note, "status") == "done" else None
        if day is not None and first <= day <= vault.today:
            yield effort(vault, note), shares(vault, (note.path,))


def _finished(vault: Vault, note: Note) -> date | None:
    """The day on which a task note was done, as it says or as its history does."""
    said = values(vault, note, "status") or ()
    return done_on(vault, note) or (said[-1].day if len(said) > 1 else None)
