"""How much work lies in one hand: a Vault goes in; the hours that fall to each owner in the next two weeks come out.

    load of an owner = hours of the live work that they own, within the next 14 days / (hours a week x 2 weeks)

Hours of one piece of work:
- a priority 8, a project 6, a decision to be taken 2, a task note or an open checkbox 1, where nothing else is said;
- what says its `effort` (hours): that, less its `progress`; when it is due later than in 14 days, the share that falls
  into them; when it has no last day, no more than what is usual for its kind. Its checkboxes are part of it.
- 0 for an idea, what waits or is paused, what begins later, a task or a decision due later, and a planned priority or
  project that is not due within the 14 days.

Hours a week are the `capacity` of the person's note, else 35, and then `is_assumed`.

Worked: Ann owns two priorities (16 h), a project with an effort of 40 h that is due in 28 days (40 x 14 / 28 = 20 h),
and two open checkboxes that name her (2 h): 38 h. With a capacity of 20 h a week, 38 / 40 = 0.95. Bea has 12 h. Of the
50 h, 0.76 and 0.24 fall to them: the concentration (Herfindahl and Hirschman's index, the sum of the squares) is 0.64,
and Gini's coefficient (|38 - 12| x 2 / (2 x 2² x 25)) is 0.26. One owner covers more than half of it: if the 50 h all
belong to the first priorities, the truck factor is 1.

Source: the load checks of common planning practice; Gini (1912), Herfindahl (1950). All of it is of work at risk:
nothing here says how well anybody works, and no list of people is ordered by it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import downs
from vaultkit.insights.assignments import open_by_note
from vaultkit.insights.hours import hours
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import HOLDING, RESTING, holder
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.status import end_of, is_live

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultkit.model import Note
    from vaultkit.vault import Vault

HORIZON = 14
"""Days."""
CAPACITY = 35.0
"""Hours a week of a person whose note does not say."""
TOP = 5
"""How many priorities come first."""
USUAL: Mapping[str, float] = {"priority": 8, "project": 6, "decision": 2, "task": 1, "checkbox": 1}
"""Hours of a piece of work that does not say its own."""
PENDING = frozenset({"idea", "planned", "waiting", "blocked"})
"""The statuses of a decision that is still to be taken: `proposed` is one of them."""


class Piece(Struct, frozen=True, gc=False):
    """Something to be done by one person."""

    path: str
    """The note that it is, or that its checkbox stands in."""
    kind: str
    """Its kind, or `checkbox`."""
    person: str
    hours: float
    """Those that fall into the next 14 days."""
    due: date | None = None


class Load(Struct, frozen=True):
    """The work that one person owns."""

    hours: float
    capacity: float
    """Hours a week."""
    is_assumed: bool
    """Whether the person's note does not say its capacity."""
    due_soon: int
    """Pieces that are due within the 14 days."""
    overdue: int
    top: tuple[str, ...]
    """Which of the first priorities they own, the first one first."""
    waited_for: int
    """Live notes that wait for the person."""

    @property
    def share(self) -> float:
        """Hours of work by hours that there are; 1 is full."""
        return self.hours / (self.capacity * HORIZON / 7)


class Concentration(Struct, frozen=True):
    """How the work of a vault is spread over its owners; None where there is none to be spread."""

    index: float | None
    """The sum of the squares of the shares: 1 when one person has everything, 1/n when n have the same."""
    gini: float | None
    truck_factor: int | None
    """The least number of owners who have more than half of the work of the first priorities."""


def pieces(vault: Vault) -> tuple[Piece, ...]:
    """All live work that one person owns: notes by path, then checkboxes by the note that they stand in."""
    found = []
    for note in vault.of_kind("priority", "project", "task", "decision"):
        person = _owner(vault, note) if is_live(vault, note) else None
        if person is not None:
            kind = vault.recognised[note.path].kind
            found.append(Piece(note.path, kind, person, hours_of(vault, note), end_of(vault, note)))
    return (*found, *_checkboxes(vault))


def _checkboxes(vault: Vault) -> Iterator[Piece]:
    """The open ones that one person has, by the note that they stand in."""
    last, usual = vault.today + timedelta(days=HORIZON), USUAL["checkbox"]
    for path, standing in vault.ask(open_by_note).items():
        if _rests(vault, path):
            continue
        for each in standing:
            person = holder(vault, each)
            if person is not None:
                later = (each.due is not None and each.due > last) or _contains(vault, path, person)
                yield Piece(path, "checkbox", person, 0 if later else usual, each.due)


def unheld_tasks(vault: Vault) -> Mapping[str, int]:
    """Note -> how many open tasks that nobody has stand in it, or that it is; the most first."""
    told, found = vault.recognised, {}
    for path, standing in vault.ask(open_by_note).items():
        if path in told and not _rests(vault, path):
            found[path] = sum(1 for each in standing if holder(vault, each) is None)
    for note in vault.of_kind("task"):
        if is_live(vault, note) and _owner(vault, note) is None:
            found[note.path] = found.get(note.path, 0) + 1
    return {path: found[path] for path in sorted(found, key=lambda path: (-found[path], path)) if found[path]}


def hours_of(vault: Vault, note: Note) -> float:
    """The hours of one live note's work within the next 14 days, whoever has it."""
    kind, status, end = vault.recognised[note.path].kind, vault.choice(note, "status"), end_of(vault, note)
    last = vault.today + timedelta(days=HORIZON)
    begins = vault.day(note, "scheduled") or vault.day(note, "start")
    if (status in RESTING and kind != "decision") or (begins is not None and begins > last):
        return 0.0
    is_later = end is not None and end > last
    if kind in {"priority", "project"} and status == "planned" and (end is None or is_later):
        return 0.0
    stated = _stated(vault, note)
    if stated is None:
        return 0.0 if kind in {"task", "decision"} and is_later else USUAL[kind]
    if end is None:
        return min(stated, USUAL[kind])
    return stated * min(1.0, HORIZON / max(HORIZON, (end - vault.today).days))


def loads(vault: Vault) -> Mapping[str, Load]:
    """Person -> the work that they own, by path; only of those who own any."""
    first = vault.ask(top_priorities)
    owned: dict[str, list[Piece]] = {}
    waited: dict[str, int] = {}
    for note in vault.of_kind("project", "task"):
        for edge in vault.relation(note, "waiting_on") if is_live(vault, note) else ():
            waited[edge.target or ""] = waited.get(edge.target or "", 0) + 1
    for piece in vault.ask(pieces):
        owned.setdefault(piece.person, []).append(piece)
    return {person: _load(vault, person, owned[person], first, waited.get(person, 0)) for person in sorted(owned)}


def top_priorities(vault: Vault) -> tuple[str, ...]:
    """The first live priorities by rank; none where nobody ranks any."""
    return tuple(note.path for note in vault.ask(ranked_priorities)[:TOP] if rank_of(vault, note) is not None)


def top_work(vault: Vault) -> frozenset[str]:
    """The first priorities, and all live notes below them."""
    return below(vault, vault.ask(top_priorities))


def below(vault: Vault, paths: Iterable[str]) -> frozenset[str]:
    """Some notes, and every live note that serves one of them, itself or by way of others."""
    found: set[str] = set()
    layer = list(paths)
    while layer:
        found.update(layer)
        beneath = dict.fromkeys(up.child for path in layer for up in vault.ask(downs).get(path, ()))
        fresh = (vault.notes[path] for path in beneath if path not in found and path in vault.notes)
        layer = [note.path for note in fresh if is_live(vault, note)]
    return frozenset(found)


def concentration(vault: Vault) -> Concentration:
    """How few hands the work lies in."""
    everything = _hours_by_person(vault.ask(pieces))
    first = _hours_by_person(piece for piece in vault.ask(pieces) if piece.path in vault.ask(top_work))
    return Concentration(spread(everything.values()), gini(tuple(everything.values())), covering(first.values()))


def spread(hours: Iterable[float]) -> float | None:
    """The sum of the squares of the shares."""
    found = list(hours)
    whole = sum(found)
    return sum((each / whole) ** 2 for each in found) if whole else None


def gini(hours: Sequence[float]) -> float | None:
    """Gini's coefficient: 0 when all have the same, near 1 when one has everything; over sorted values, not pairs."""
    whole, count = sum(hours), len(hours)
    if not whole:
        return None
    weighted = sum(place * each for place, each in enumerate(sorted(hours), start=1))
    return 2 * weighted / (count * whole) - (count + 1) / count


def covering(hours: Iterable[float]) -> int | None:
    """How many of the largest it takes to have more than half; None when there is nothing."""
    found = sorted(hours, reverse=True)
    whole, held = sum(found), 0.0
    for count, each in enumerate(found, start=1):
        held += each
        if whole and held > whole / 2:
            return count
    return None


def _load(vault: Vault, person: str, owned: Sequence[Piece], first: Sequence[str], waited: int) -> Load:
    note, today = vault.notes.get(person), vault.today
    stated = hours(vault, note, "capacity") if note is not None else None
    last, mine = today + timedelta(days=HORIZON), {piece.path for piece in owned if piece.kind == "priority"}
    return Load(
        hours=sum(piece.hours for piece in owned),
        capacity=stated if stated and stated > 0 else CAPACITY,
        is_assumed=not stated or stated <= 0,
        due_soon=sum(1 for piece in owned if piece.due is not None and today <= piece.due <= last),
        overdue=sum(1 for piece in owned if piece.due is not None and piece.due < today),
        top=tuple(path for path in first if path in mine),
        waited_for=waited,
    )


def _owner(vault: Vault, note: Note) -> str | None:
    """The one person who has it; of a decision that is still to be taken, the one who takes it."""
    if not vault.is_kind(note, "decision"):
        return ownership(vault, note).person
    if vault.choice(note, "status") not in PENDING:
        return None
    deciders = [edge.target for edge in vault.relation(note, "decider")]
    return deciders[0] if len(deciders) == 1 else ownership(vault, note).person


def _stated(vault: Vault, note: Note) -> float | None:
    """What is left of the effort that a note says; None when it says none."""
    stated, progress = hours(vault, note, "effort"), vault.number(note, "progress")
    if stated is None or stated < 0:
        return None
    done = 0.0 if progress is None else progress / 100 if progress > 1 else progress
    return stated * (1 - min(1.0, max(0.0, done)))


def _rests(vault: Vault, path: str) -> bool:
    """Whether checkboxes stand in work that is over, or that nobody is to go on with now."""
    note = vault.notes[path]
    return vault.is_kind(note, *HOLDING) and (not is_live(vault, note) or vault.choice(note, "status") in RESTING)


def _contains(vault: Vault, path: str, person: str) -> bool:
    """Whether a checkbox is part of the effort that its note says for the same person."""
    note = vault.notes[path]
    return hours(vault, note, "effort") is not None and ownership(vault, note).person == person


def _hours_by_person(found: Iterable[Piece]) -> dict[str, float]:
    of: dict[str, float] = {}
    for piece in found:
        if piece.hours:
            of[piece.person] = of.get(piece.person, 0.0) + piece.hours
    return of
