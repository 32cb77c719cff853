"""What presses: a Vault goes in; for each live piece of work, the terms of its urgency and their sum come out.

    urgency = sum of coefficient x value; values lie between 0 and 1

Taskwarrior's terms, with its coefficients:

    next 15         tagged `next`
    due 12          0.2 until 14 days before, then 0.8/21 a day more, 1 from 7 days after
    blocking 8      something live depends on it
    priority 6      6 for high, 3.9 for medium, 1.8 for low
    scheduled 5     the day it is scheduled for has come
    active 4        under way: its status, or without one that it has begun
    age 2           days since it was made / 365, at most 1; 1 where nobody knows
    annotations 1   0.8 for one update, 0.9 for two, 1 for more
    tags 1          the same
    project 1       it serves something, as its own note says or the other's list
    waiting -3      its status, or it says for whom
    blocked -5      it depends on something that is still awaited, or says that it is blocked and not by what

and four of strategy:

    align 4         it is, or serves, the n-th of the first 5 priorities, and reaches a live objective: (6 - n) / 5; 0.2
                    when it reaches, by another way, an objective that one of these serves
    stakeholder 3   somebody with a power of 4 or 5 waits for it
    one-way 3       a decision still to be taken, behind which there is no way back
    dependents 8    live notes that wait for it, directly or not / 5, at most 1

What something more urgent waits for inherits its urgency, and 0.01 for each step, so that it stands before it. What
waits, is paused, is an idea or for some day (`#someday`), or begins on a later day has an urgency, and no place in the
order; it hands none on.

Worked: a task that is due today, 14 x 0.8 / 21 + 0.2 = 0.733, gets 8.8 points for it; 14 days before 2.4, 7 days after
12. A task of the second priority gets 4 x 4 / 5 = 3.2 for it, and one with 3 dependents 8 x 3 / 5 = 4.8 beside the 8.

Urgent is what has a due value of 0.6 or blocks something; important, what has `align` or `stakeholder`: Eisenhower's
four fields.

Source: Taskwarrior's documentation of urgency and its defaults, for the first list and for inheriting (which is off
there, and on here).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.alignment import aligned, ups
from vaultkit.insights.awaiting import MANY, depending, is_aside, needed, waiting, work
from vaultkit.insights.dependencies import needs
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import plans
from vaultkit.insights.updates import updates
from vaultkit.insights.workload import TOP, below, top_priorities
from vaultkit.text import fold
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

COEFFICIENTS: Mapping[str, float] = {
    "next": 15,
    "due": 12,
    "blocking": 8,
    "priority": 6,
    "scheduled": 5,
    "active": 4,
    "age": 2,
    "annotations": 1,
    "tags": 1,
    "project": 1,
    "waiting": -3,
    "blocked": -5,
    "align": 4,
    "stakeholder": 3,
    "one-way": 3,
    "dependents": 8,
}
LEVELS: Mapping[str, float] = {"urgent": 6, "high": 6, "medium": 3.9, "low": 1.8}
"""The coefficient of each priority that a note can say."""
POWER = 4
"""From what power on a stakeholder's waiting counts."""
PRESSING = 0.6
"""From what due value on something is urgent: it is due within 3 days, or late."""
_STEP, _WIDE = 0.01, 1 / TOP
_MADE = frozenset({"created", "date created", "datecreated", "created at", "cree le", "creee le", "date de creation"})

Field = Literal["first", "plan", "hand-on", "leave"]
"""Urgent and important; important; urgent; neither."""


class Part(Struct, frozen=True, gc=False):
    """One term that is not zero."""

    name: str
    value: float
    weight: float

    @property
    def points(self) -> float:
        """What it adds."""
        return self.value * self.weight


class Urgency(Struct, frozen=True):
    """How a piece of work presses."""

    parts: tuple[Part, ...]
    own: float
    """The sum of the parts."""
    total: float
    """That, or what it inherits."""
    heir_of: str | None = None
    """Whose urgency it inherits."""
    is_aside: bool = False
    """Whether it waits, rests or is an idea: it has no place in any order."""

    def value(self, name: str) -> float:
        """The value of a term; 0 when it is not among the parts."""
        return next((part.value for part in self.parts if part.name == name), 0.0)

    @property
    def field(self) -> Field:
        """Where it stands in Eisenhower's square."""
        urgent = self.value("due") >= PRESSING or self.value("blocking") > 0
        important = self.value("align") > 0 or self.value("stakeholder") > 0
        return ("first" if urgent else "plan") if important else ("hand-on" if urgent else "leave")


def urgencies(vault: Vault) -> Mapping[str, Urgency]:
    """The urgency of each piece of live work, by path."""
    own = {note.path: tuple(_parts(vault, note)) for note in work(vault)}
    sums = {path: sum(part.points for part in parts) for path, parts in own.items()}
    aside = frozenset(path for path in own if is_aside(vault, vault.notes[path]))
    passed = _inherited(vault, {path: points for path, points in sums.items() if path not in aside})
    found = {}
    for path, parts in own.items():
        source, total = passed.get(path, (None, sums[path]))
        heir_of = source if total > sums[path] else None
        found[path] = Urgency(parts, sums[path], max(total, sums[path]), heir_of, path in aside)
    return found


def pressing(vault: Vault) -> tuple[str, ...]:
    """Everything that can be worked on, the most urgent first; between equals by path."""
    found = vault.ask(urgencies)
    return tuple(sorted((path for path in found if not found[path].is_aside), key=lambda p: (-found[p].total, p)))


def due_value(late: int | None) -> float:
    """The value of `due`, so many days after the day it is due; negative before."""
    if late is None:
        return 0.0
    if late >= 7:
        return 1.0
    return (late + 14) * 0.8 / 21 + 0.2 if late >= -14 else 0.2


def age_value(days: int | None) -> float:
    """The value of `age`."""
    return 1.0 if days is None else min(1.0, max(0, days) / 365)


def count_value(count: int) -> float:
    """The value of `annotations` and of `tags`."""
    return (0.0, 0.8, 0.9, 1.0)[min(count, 3)]


def made(vault: Vault, note: Note) -> date | None:
    """The day that a note was made, as it says or as its history does; None when nobody knows."""
    items = (item for item in note.properties if fold(item.name) in _MADE)
    said = next((day for item in items if (day := date_of(item.value))), None)
    return said or (vault.day(note, "date") if vault.is_kind(note, "decision") else history.created(vault, note))


def alignment_values(vault: Vault) -> Mapping[str, float]:
    """Note -> the value of `align`, of those that have one."""
    reaching, first = vault.ask(aligned), [path for path in vault.ask(top_priorities) if path in vault.ask(aligned)]
    goals = {reaching[path].parent or "" for path in first}
    while above := {reaching[path].parent or "" for path in goals if path in reaching} - goals:
        goals |= above
    found = dict.fromkeys(below(vault, sorted(goals & vault.notes.keys())), _WIDE) if first else {}
    places = {path: place for place, path in enumerate(vault.ask(top_priorities))}
    for path in reversed(first):
        found.update(dict.fromkeys(below(vault, [path]), (TOP - places[path]) / TOP))
    return found


def waited_for(vault: Vault) -> Mapping[str, str]:
    """Note -> the first stakeholder of power who waits for it: whose note is about it, or whom it has as sponsor."""
    found: dict[str, str] = {}
    powers = (note for note in vault.of_kind("stakeholder") if is_live(vault, note))
    strong = [note for note in powers if (vault.number(note, "power") or 0) >= POWER]
    for note in strong:
        for edge in vault.relation(note, "about"):
            found.setdefault(edge.target or "", note.path)
    paths = {note.path for note in strong}
    for note in vault.of_kind("priority", "project") if paths else ():
        for edge in vault.relation(note, "sponsor"):
            if edge.target in paths:
                found.setdefault(note.path, edge.target or "")
    return found


def _parts(vault: Vault, note: Note) -> Iterator[Part]:
    level = vault.choice(note, "priority") or ""
    for name, value in _values(vault, note):
        weight = LEVELS.get(level, 0) if name == "priority" else COEFFICIENTS[name]
        if value and weight:
            yield Part(name, value, weight)


def _values(vault: Vault, note: Note) -> Iterator[tuple[str, float]]:
    path, today, status = note.path, vault.today, vault.choice(note, "status")
    end, begun = vault.gather(plans)[path].ends, made(vault, note)
    day, start = vault.day(note, "scheduled"), vault.day(note, "start")
    tags, is_work = {tag.name.lower() for tag in note.tags}, not vault.is_kind(note, "decision")
    yield "next", float("next" in tags)
    yield "due", due_value((today - end).days if end else None)
    yield "blocking", float(bool(vault.ask(waiting).get(path)))
    yield "priority", 1.0
    yield "scheduled", float(day is not None and day <= today)
    yield "active", float(status == "active" or (status is None and start is not None and start <= today))
    yield "age", age_value((today - begun).days if begun else None)
    yield "annotations", count_value(len(vault.ask(updates).get(path, ())))
    yield "tags", count_value(len(tags))
    yield "project", float(any(up.parent is not None for up in vault.ask(ups).get(path, ())))
    yield "waiting", float(is_work and (status == "waiting" or bool(vault.text(note, "waiting_on"))))
    yield "blocked", float(bool(needed(vault, path)) or (status == "blocked" and path not in vault.ask(needs)))
    yield "align", vault.ask(alignment_values).get(path, 0.0)
    yield "stakeholder", float(path in vault.ask(waited_for))
    yield "one-way", float(not is_work and vault.choice(note, "reversibility") == "one_way")
    yield "dependents", len(depending(vault, path)) / MANY


def _inherited(vault: Vault, sums: Mapping[str, float]) -> dict[str, tuple[str, float]]:
    """Note -> whose urgency it is given, and how much that is: the most urgent hands on first, and once to each."""
    found: dict[str, tuple[str, float]] = {}
    for source in sorted(sums, key=lambda path: (-sums[path], path)):
        if source in found:
            continue
        found[source] = (source, sums[source])
        layer, step = [source], 1
        while layer:
            beyond: Iterable[str] = dict.fromkeys(p for each in layer for p in needed(vault, each))
            layer = [path for path in beyond if path in sums and path not in found]
            found.update((path, (source, sums[source] + step * _STEP)) for path in layer)
            step += 1
    return found
