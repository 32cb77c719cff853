"""What decides when an objective is reached: a Vault goes in; the critical chain, slack and next dominoes come out.

    EF    = max(EF of what must come before, 0) + duration        the earliest finish, in days from today
    LF    = min(LF - duration of what comes after); of the objective itself: its EF
    float = LF - EF                                               0: critical, each day lost is lost for the objective
    slack = days until the objective's last day - EF              below 0: its date cannot be kept as planned

What must come before a note is what it depends on, as long as that is awaited, and all that serves it. What serves a
note cannot begin before what that note depends on is there (told of the first that it serves). A note with live work
below it takes no time of its own. Notes that wait for one another count as one, and their durations add up.

Duration: `effort` in hours x what remains of it by `progress` or its tasks / the owner's `capacity` (35 hours a week
where none is said) x 7 days; else from `start`, or today if it has begun, to `due`; a decision or a meeting lies ahead
until its day. Otherwise it is unknown: 5 days, and said to be so.

Worked: A runs from today for 10 days. B needs A and takes 14 h at 35 h a week, 2.8 days. C stands alone, unknown: 5.
All three serve an objective that ends in 20 days. EF: A 10, B 12.8, C 5; the objective 12.8, its slack 7.2. The chain
is A, B; C has a float of 7.8. The next domino is A: critical, and nothing need come before it.

Source: the critical path method (Kelley and Walker, 1959); circles condensed after Tarjan (1972).
"""

from __future__ import annotations

from itertools import chain
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.alignment import children, objectives, ups
from vaultkit.insights.circles import components
from vaultkit.insights.coverage import effort
from vaultkit.insights.dated import day_of
from vaultkit.insights.dependencies import WORK, is_awaited, needs
from vaultkit.insights.ownership import ownership
from vaultkit.insights.progress import progress, told
from vaultkit.insights.status import end_of
from vaultkit.insights.underway import due_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.model import Note
    from vaultkit.vault import Vault

UNKNOWN = 5.0
"""The days of which nobody says how many they are."""
WEEK = 35.0
"""The hours that a person has in a week, if their note says nothing."""
_START = "\0"
"""Before a path: the moment at which the work on a note can begin. A path alone is the moment at which it is done."""
_EXACT = 6


class Duration(NamedTuple):
    """How long a piece of work still takes."""

    days: float
    is_known: bool = True


class Domino(NamedTuple):
    """A piece of work on the way to an objective."""

    path: str
    finish: float
    """EF, in days from today."""
    total_float: float
    duration: Duration


class Critical(Struct, frozen=True):
    """When an objective can be reached, and what decides it."""

    objective: str
    finish: float
    """In days from today."""
    slack: float | None
    """In days; None for an objective without a last day."""
    chain: tuple[Domino, ...]
    """The work that decides, in the order in which it must be done."""
    work: tuple[Domino, ...]
    """All that must be done for it, by path."""
    next: tuple[str, ...]
    """What is critical and can be begun now."""


class _Plan(NamedTuple):
    order: tuple[tuple[str, ...], ...]
    """What is done together, each after all that must come before it."""
    place: dict[str, int]
    before: tuple[frozenset[int], ...]
    days: tuple[float, ...]
    finish: tuple[float, ...]


def critical_paths(vault: Vault) -> tuple[Critical, ...]:
    """The live objectives with live work below them, by path."""
    plan = vault.ask(_plan)
    found = (path for path in sorted(vault.ask(objectives)) if any(_working(vault, path)))
    return tuple(_critical(vault, path, plan) for path in found)


def duration(vault: Vault, note: Note) -> Duration:
    """How many days a note's own work still takes."""
    if vault.is_kind(note, "decision", "meeting"):
        day = vault.day(note, "due") if vault.is_kind(note, "decision") else day_of(vault, note)
        return Duration((day - vault.today).days) if day is not None and day >= vault.today else _unknown()
    hours = vault.number(note, "effort")
    if hours is not None and 0 <= hours < inf:
        return Duration(_hours(vault, note) / _capacity(vault, note) * 7)
    start, due = vault.day(note, "start"), due_of(vault, note)
    if start is None or due is None or due < max(start, vault.today):
        return _unknown()
    return Duration(max(1, (due - max(start, vault.today)).days))


def _unknown() -> Duration:
    return Duration(UNKNOWN, is_known=False)


def _hours(vault: Vault, note: Note) -> float:
    """What is left of its effort: by the progress that it says, else by what of its tasks is done."""
    found, declared = vault.ask(progress).get(note.path), vault.gather(told)[note.path].declared
    done = declared if declared is not None else found.value if found else None
    return effort(vault, note) * (1 - (done or 0.0))


def _capacity(vault: Vault, note: Note) -> float:
    owner = vault.notes.get(ownership(vault, note).person or "")
    said = vault.number(owner, "capacity") if owner else None
    return said if said is not None and 0 < said < inf else WEEK


def _plan(vault: Vault) -> _Plan:
    """Everything that is awaited, in an order in which it can be done, and when it can be at the earliest."""
    leading: dict[str, list[str]] = {}
    for note in vault.of_kind(*WORK, "decision", "meeting"):
        if is_awaited(vault, note.path):
            leading.setdefault(note.path, []).extend((_START + note.path, *_working(vault, note.path)))
            for moment, path in _conditions(vault, note.path):
                leading.setdefault(moment, []).append(path)
    order = tuple(tuple(each) for each in components(leading))
    place = {moment: number for number, each in enumerate(order) for moment in each}
    own = {moment: _own(vault, moment) for moment in place}
    before: list[frozenset[int]] = []
    days: list[float] = []
    finish: list[float] = []
    for number, each in enumerate(order):
        needed = frozenset(place[other] for moment in each for other in leading.get(moment, ())) - {number}
        before.append(needed)
        days.append(sum(own[moment] for moment in each))
        finish.append(round(max((finish[other] for other in needed), default=0.0) + days[-1], _EXACT))
    return _Plan(order, place, tuple(before), tuple(days), tuple(finish))


def _conditions(vault: Vault, path: str) -> Iterator[tuple[str, str]]:
    """What must be over before a note can begin, or be done where it depends on what serves it: (moment, before)."""
    for need in vault.ask(needs).get(path, ()):
        other = need.prerequisite
        if other is not None and other != path and is_awaited(vault, other):
            yield (path if path in _above(vault, other) else _START + path), other
    parent = _parent(vault, path)
    if parent is not None:
        yield _START + path, _START + parent


def _above(vault: Vault, path: str) -> Iterator[str]:
    """What a note serves first, what that serves, and so on, until it comes round."""
    seen = {path}
    parent = _parent(vault, path)
    while parent is not None and parent not in seen:
        yield parent
        seen.add(parent)
        parent = _parent(vault, parent)


def _parent(vault: Vault, path: str) -> str | None:
    served = (up.parent for up in vault.ask(ups).get(path, ()))
    return next((parent for parent in served if parent and parent != path and is_awaited(vault, parent)), None)


def _working(vault: Vault, path: str) -> Iterator[str]:
    return (child.path for child in children(vault, path) if child.path != path and is_awaited(vault, child.path))


def _own(vault: Vault, moment: str) -> float:
    """The days that pass before a moment: none before a beginning, nor for what others are at work on."""
    if moment.startswith(_START) or any(_working(vault, moment)):
        return 0.0
    note = vault.notes[moment]
    return 0.0 if vault.is_kind(note, "objective") else duration(vault, note).days


def _critical(vault: Vault, objective: str, plan: _Plan) -> Critical:
    goal = plan.place[objective]
    latest = _latest(goal, plan)
    floats = {number: round(last - plan.finish[number], _EXACT) for number, last in latest.items()}
    work = {
        number: tuple(
            domino for moment in plan.order[number] for domino in _domino(vault, moment, number, plan, floats)
        )
        for number in floats
    }
    end = end_of(vault, vault.notes[objective])
    alone = (each for number, each in work.items() if each and floats[number] == 0 and len(each) == 1)
    return Critical(
        objective=objective,
        finish=plan.finish[goal],
        slack=None if end is None else round((end - vault.today).days - plan.finish[goal], _EXACT),
        chain=tuple(domino for number in _chain(goal, plan) for domino in work[number]),
        work=tuple(sorted(chain.from_iterable(work.values()))),
        next=tuple(sorted(each[0].path for each in alone if each[0].finish == round(each[0].duration.days, _EXACT))),
    )


def _domino(vault: Vault, moment: str, number: int, plan: _Plan, floats: Mapping[int, float]) -> Iterator[Domino]:
    """A note that takes time of its own; of others, only what is below them is work."""
    if moment.startswith(_START) or any(_working(vault, moment)) or vault.is_kind(vault.notes[moment], "objective"):
        return
    yield Domino(moment, plan.finish[number], floats[number], duration(vault, vault.notes[moment]))


def _latest(goal: int, plan: _Plan) -> dict[int, float]:
    """LF of all that must be done for a goal, itself included."""
    latest = {goal: plan.finish[goal]}
    needed = {goal}
    waiting = [goal]
    while waiting:
        for other in plan.before[waiting.pop()] - needed:
            needed.add(other)
            waiting.append(other)
    for number in sorted(needed, reverse=True):  # what comes after has the higher number
        begin = latest[number] - plan.days[number]
        for other in plan.before[number]:
            latest[other] = min(latest.get(other, begin), begin)
    return latest


def _chain(goal: int, plan: _Plan) -> Sequence[int]:
    """The way back from a goal by what is over last; of several the first in the order."""
    way = [goal]
    while plan.before[way[-1]]:
        way.append(max(plan.before[way[-1]], key=lambda other: (plan.finish[other], -other)))
    return way[::-1]
