"""Where teams wait for one another: a Vault goes in; waits, handoffs, circles, inversions and open decisions come out.

    cross-team ratio = dependencies between two teams / dependencies of which both teams are known
    W[a][b]          = the days that live work of team a has been blocked by live work of team b, summed
    handoffs         = how often the team changes along a project's tasks, those that others need first
    cost of waiting  = days that a decision has been pending x live work that depends on it, through others as well

A dependency counts while what it needs is still awaited. Blocked days: since the dependent's status has been `blocked`
or `waiting`, as its history tells; without one, since the prerequisite was due; None where nothing tells. Work that
does not say it is blocked, and whose prerequisite is not late, has waited 0 days.

Worked: Launch (Sales) has said `blocked` for 10 days and needs Portal (Product), which needs Servers (Product), 4 days
late. Of 2 dependencies 1 is between teams: ratio 0.5; W[Sales][Product] is 10. Tasks in the order design (Product),
build (Product), sell (Sales), train (Product) are handed over twice. A decision pending for 21 days on which Portal
waits, and so Launch, costs 21 x 2 = 42.

Source: dependency matrices of programme reviews; cost of delay, with the days and the number of those who wait for it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.circles import circles, components
from vaultkit.insights.dependencies import dependents, is_awaited, needs
from vaultkit.insights.duplicates import Likeness, duplicates, teams_at_work
from vaultkit.insights.history import values
from vaultkit.insights.inversions import Inversion, inversions
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.status import is_live
from vaultkit.vault.values import choice_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.model import Note
    from vaultkit.vault import Vault

BLOCKED = frozenset({"blocked", "waiting"})
"""The statuses of what cannot go on."""
_PENDING = frozenset({"idea", "planned", *BLOCKED})


class Wait(NamedTuple):
    """A live note that waits for another."""

    dependent: str
    prerequisite: str
    team: str | None
    """The team that waits: one whose the other work is as well, else the first by path; None when nobody says."""
    other: str | None
    """The team that it waits for."""
    days: int | None
    """For how long; None when nobody knows."""

    @property
    def is_cross(self) -> bool:
        """Whether two teams are known, and differ."""
        return self.team is not None and self.other is not None and self.team != self.other


class Cell(NamedTuple):
    """What one team waits for from another."""

    team: str
    other: str
    waits: int
    days: int | None
    """Those that are known, summed; None when none are."""
    unknown: int
    """How many of the waits nobody knows the days of."""


class Pending(NamedTuple):
    """A decision that has not been taken."""

    decision: str
    days: int | None
    """Since its date; None without one."""
    waiting: tuple[str, ...]
    """The live work that depends on it, through others as well, by path."""

    @property
    def cost(self) -> int | None:
        """Days x those who wait."""
        return None if self.days is None else self.days * len(self.waiting)


class Friction(Struct, frozen=True):
    """Everything that rubs."""

    waits: tuple[Wait, ...]
    matrix: tuple[Cell, ...]
    handoffs: dict[str, int]
    """Live project -> handovers, of those with tasks of several teams."""
    circles: tuple[tuple[str, ...], ...]
    inversions: tuple[Inversion, ...]
    pending: tuple[Pending, ...]
    """The dearest first; those of unknown age after them."""
    duplicates: tuple[Likeness, ...]

    @property
    def cross_team_ratio(self) -> float | None:
        """0 to 1; None where no dependency has two known teams."""
        known = [wait for wait in self.waits if wait.team is not None and wait.other is not None]
        return sum(wait.is_cross for wait in known) / len(known) if known else None


def friction(vault: Vault) -> Friction:
    """Look for it everywhere."""
    found = vault.ask(waits)
    ranked = vault.ask(ranked_priorities)
    return Friction(
        waits=found,
        matrix=tuple(_matrix(found)),
        handoffs={path: count for path, count in _handoffs(vault) if count},
        circles=vault.ask(live_circles),
        inversions=tuple(each for note in ranked for each in inversions(vault, note)),
        pending=tuple(sorted(_pending(vault), key=lambda each: (each.cost is None, -(each.cost or 0), each.decision))),
        duplicates=vault.ask(duplicates),
    )


def waits(vault: Vault) -> tuple[Wait, ...]:
    """Every dependency of live work that is still awaited, by dependent."""
    return tuple(
        Wait(path, need.prerequisite, *_teams(vault, path, need.prerequisite), _days(vault, path, need.prerequisite))
        for path, each in vault.ask(needs).items()
        if path in vault.notes and is_awaited(vault, path)
        for need in each
        if need.prerequisite is not None and need.prerequisite != path and is_awaited(vault, need.prerequisite)
    )


def live_circles(vault: Vault) -> tuple[tuple[str, ...], ...]:
    """The live notes that wait for one another, each circle once; it begins at its first note by path."""
    leading: dict[str, list[str]] = {}
    for path, each in vault.ask(needs).items():
        if is_awaited(vault, path):
            awaited = (need.prerequisite for need in each if is_awaited(vault, need.prerequisite))
            leading[path] = [other for other in awaited if other is not None]
    return circles(leading)


def circling(vault: Vault) -> frozenset[str]:
    """The notes of `live_circles`."""
    return frozenset(path for circle in vault.ask(live_circles) for path in circle)


def _teams(vault: Vault, one: str, other: str) -> tuple[str | None, str | None]:
    mine, theirs = teams_at_work(vault, one), teams_at_work(vault, other)
    shared = min(mine & theirs, default=None)
    return (shared, shared) if shared else (min(mine, default=None), min(theirs, default=None))


def _days(vault: Vault, path: str, prerequisite: str) -> int | None:
    """For how many days a note has waited for another."""
    note, due = vault.notes[path], vault.day(vault.notes[prerequisite], "due")
    late = (vault.today - due).days if due is not None and due < vault.today else None
    if vault.choice(note, "status") not in BLOCKED:
        return late or 0
    return blocked_days(vault, note) or late


def blocked_days(vault: Vault, note: Note) -> int | None:
    """For how many days a note's status has been that of what cannot go on; None when it is not, or nobody knows."""
    said, field = values(vault, note, "status"), vault.field(note, "status")
    if not said or field is None:
        return None
    since = None
    for value in reversed(said):
        if choice_of(value.text, field.vocabulary) not in BLOCKED:
            break
        since = value.day
    return (vault.today - since).days if since is not None else None


def _matrix(found: Sequence[Wait]) -> Iterator[Cell]:
    cells: dict[tuple[str, str], list[int | None]] = {}
    for wait in found:
        if wait.team is not None and wait.other is not None and wait.is_cross:
            cells.setdefault((wait.team, wait.other), []).append(wait.days)
    for (team, other), days in sorted(cells.items()):
        known = [day for day in days if day is not None]
        yield Cell(team, other, len(days), sum(known) if known else None, days.count(None))


def _handoffs(vault: Vault) -> Iterator[tuple[str, int]]:
    """How often the team changes along the tasks and projects that serve each live project."""
    for project in vault.of_kind("project"):
        below = {note.path: note for note in children(vault, project.path) if vault.is_kind(note, "task", "project")}
        if len(below) > 1 and is_live(vault, project):
            teams = [min(teams_at_work(vault, path), default=None) for path in _in_order(vault, below)]
            known = [team for team in teams if team is not None]
            yield project.path, sum(one != other for one, other in pairwise(known))


def _in_order(vault: Vault, below: Mapping[str, Note]) -> Iterator[str]:
    """What others need first, then by due date and path; what waits for one another stands together."""
    early = sorted(below, key=lambda path: (str(vault.day(below[path], "due") or "9999"), path))
    name = {path: f"{place:06}" for place, path in enumerate(early)}
    leading = {
        name[path]: [name[n.prerequisite] for n in vault.ask(needs).get(path, ()) if n.prerequisite in name]
        for path in early
    }
    for component in components(leading):
        yield from (early[int(each)] for each in sorted(component))


def _pending(vault: Vault) -> Iterator[Pending]:
    for note in vault.of_kind("decision"):
        if vault.choice(note, "status") in _PENDING and is_awaited(vault, note.path):
            day = vault.day(note, "date")
            days = (vault.today - day).days if day is not None and day <= vault.today else None
            yield Pending(note.path, days, _waiting(vault, note.path))


def _waiting(vault: Vault, path: str) -> tuple[str, ...]:
    """What depends on a note, through others as well, as long as it is live."""
    found: set[str] = set()
    layer = [path]
    while layer:
        above = {need.dependent for each in layer for need in vault.ask(dependents).get(each, ())}
        layer = sorted(other for other in above - found - {path} if is_awaited(vault, other))
        found.update(layer)
    return tuple(sorted(found))
