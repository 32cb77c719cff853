"""How far the work and its results have come: a Vault goes in; a share of 0 to 1, and what it rests on, comes out.

    key result         its number's share (`measures.py`); milestones reached / milestones; else what it declares
    objective          sum(w x p) / sum(w) over the key results and objectives that serve it first and have a value,
                       else its own number, else the same over the priorities and projects that do
    priority, project  sum(w x p) / sum(w) over the priorities and projects that serve it first, its own work as one
                       more of them: hours done / hours of its checkboxes (1 h each) and of the task notes that serve it
                       (their `effort`), else milestones reached / milestones; else what it declares

w is `weight`, or 1. What serves several notes counts for the first alone, and a circle is cut, so nothing counts
twice. What was dropped counts nowhere; a priority or a project that is done is at 1, and so is an objective without
results, unless its outcome says less. A checkbox below a heading "Milestones" is a milestone and no work. Without any
of it the value is None, never 0, and `part` of `whole` says how many of the notes below have one. Shares are added up
and never the numbers, so that units cannot be mixed.

Worked: an objective has two key results, complaints from 200 to 0 at 50 (0.75, weight 1) and ten sites at 3 (0.3,
weight 2), and a third without a number: (0.75 + 2 x 0.3) / 3 = 0.45, 2 of 3. A project has two checkboxes, one done,
and a task note of 6 h, done: 7 / 8 = 0.875.

Source: the practice of OKR tools, where a falling target, a child with two parents and mixed units are often wrong.
"""

from __future__ import annotations

from collections import Counter
from math import isfinite
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from vaultkit.insights.alignment import ups
from vaultkit.insights.assignments import assignments
from vaultkit.insights.coverage import HOURS, effort
from vaultkit.insights.fielded import given
from vaultkit.insights.measures import Fault, Measure, figures, measure
from vaultkit.insights.status import is_archived
from vaultkit.insights.updates import updates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.model import Note
    from vaultkit.vault import Vault

Basis = Literal["number", "results", "work", "tasks", "milestones", "declared", "closed", ""]
State = Literal["open", "done", "dropped"]
RESULTS, WORK = ("key_result", "objective"), ("priority", "project")


class Progress(Struct, frozen=True):
    """How far one note has come."""

    value: float | None = None
    basis: Basis = ""
    part: int = 0
    """How many of the notes, or of the checkboxes, that it rests on have a value, or are done."""
    whole: int = 0
    fault: Fault | None = None
    """Why its number says nothing."""


class Checklist(NamedTuple):
    """The checkboxes of a note: work, and milestones."""

    done: int = 0
    whole: int = 0
    reached: int = 0
    milestones: int = 0


class Told(NamedTuple):
    """What a note says of its own progress, whatever the day."""

    state: State
    weight: float
    declared: float | None
    hours: float
    fell_short: bool
    """Whether its outcome is less than what was wanted."""


def progress(vault: Vault) -> Mapping[str, Progress]:
    """Every objective, key result, priority and project -> how far it has come."""
    below, found = vault.ask(serving_first), dict[str, Progress]()
    for path in _upwards(vault, vault.ask(primary)):
        under = [child for child in below.get(path, ()) if _counts(vault, child, found)]
        found[path] = _progress(vault, vault.notes[path], under, found)
    return found


def primary(vault: Vault) -> Mapping[str, str]:
    """Note -> the one that it serves first, of what its links lead to."""
    found = {}
    for child, statements in vault.ask(ups).items():
        known = (up.parent for up in statements if up.parent in vault.recognised and up.parent != child)
        parent = next(known, None)
        if parent is not None:
            found[child] = parent
    return found


def serving_first(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Note -> those that serve it before anything else, by path."""
    found: dict[str, list[str]] = {}
    for child, parent in vault.ask(primary).items():
        found.setdefault(parent, []).append(child)
    return {parent: tuple(children) for parent, children in found.items()}


def checklist(vault: Vault, note: Note) -> Checklist:
    """Count the checkboxes of a note; those that were given up count nowhere."""
    if not note.tasks:
        return Checklist()
    marked = {point.span.start for point in note.points if point.topic == "milestones"}
    done = whole = reached = milestones = 0
    for each in vault.gather(assignments)[note.path]:
        counted = each.is_open or each.is_done
        if each.span.start in marked:
            milestones, reached = milestones + counted, reached + each.is_done
        else:
            whole, done = whole + counted, done + each.is_done
    return Checklist(done, whole, reached, milestones)


def told(vault: Vault, note: Note) -> Told:
    """What a note says of whether it is over, how much it weighs, and how far it is."""
    has = vault.gather(given)[note.path]
    status, outcome = (vault.choice(note, field) if field in has else None for field in ("status", "outcome"))
    state: State = "open"
    if "dropped" in {status, outcome}:
        state = "dropped"
    elif status == "done" or outcome is not None:
        state = "done"
    elif status == "archived" or is_archived(note):
        state = "dropped"
    weight = vault.number(note, "weight") if "weight" in has else None
    usual = weight is None or not isfinite(weight) or weight < 0
    hours = effort(vault, note) if vault.is_kind(note, "task") else 0.0
    declared = _declared(vault, note) if "progress" in has else None
    return Told(state, 1.0 if usual or weight is None else weight, declared, hours, outcome in {"missed", "partial"})


def state_of(vault: Vault, note: Note) -> State:
    """Whether a note is still open, was done, or was given up."""
    return vault.gather(told)[note.path].state


def as_share(number: float, written: str = "") -> float | None:
    """`0.4`, `40` and `40 %` as a share of 1, within 0 and 1."""
    if not isfinite(number):
        return None
    whole = 100 if number > 1 or "%" in written else 1
    return min(1.0, max(0.0, number / whole))


def own_work(vault: Vault, note: Note, tasks: Sequence[Note]) -> Progress:
    """Its checkboxes and the task notes that serve it first, by their hours; else its milestones."""
    boxes, known = vault.gather(checklist)[note.path], vault.gather(told)
    whole = HOURS * boxes.whole + sum(known[task.path].hours for task in tasks)
    finished = [task for task in tasks if known[task.path].state == "done"]
    if whole:
        done = HOURS * boxes.done + sum(known[task.path].hours for task in finished)
        return Progress(done / whole, "tasks", boxes.done + len(finished), boxes.whole + len(tasks))
    if boxes.milestones:
        return Progress(boxes.reached / boxes.milestones, "milestones", boxes.reached, boxes.milestones)
    return Progress()


def _upwards(vault: Vault, parents: Mapping[str, str]) -> Iterator[str]:
    """The notes that have a progress, each after all that serve it first; those in a circle last, by path."""
    notes = [note.path for note in vault.of_kind(*RESULTS, *WORK)]
    known = frozenset(notes)
    waiting = Counter(parents[path] for path in notes if path in parents)
    ready = [path for path in reversed(notes) if not waiting[path]]
    done: set[str] = set()
    while ready:
        path = ready.pop()
        done.add(path)
        yield path
        parent = parents.get(path)
        if parent in known and parent is not None:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    yield from (path for path in notes if path not in done)


def _counts(vault: Vault, child: str, found: Mapping[str, Progress]) -> bool:
    """Whether a note counts for what it serves; one further on in a circle has no progress yet, and does not."""
    note = vault.notes[child]
    known = child in found or vault.is_kind(note, "task")
    return known and state_of(vault, note) != "dropped"


def _progress(vault: Vault, note: Note, under: Sequence[str], found: Mapping[str, Progress]) -> Progress:
    kind = vault.recognised[note.path].kind
    if kind == "key_result":
        return _of_number(vault, note)
    if kind in WORK:
        return _of_work(vault, note, under, found)
    results = [path for path in under if vault.is_kind(vault.notes[path], *RESULTS)]
    works = [path for path in under if vault.is_kind(vault.notes[path], *WORK)]
    rolled = _mean(vault, results, found, "results")
    if rolled.value is not None:
        return rolled
    own = measure(vault, note) if vault.gather(figures)[note.path].target is not None else Measure()
    if own.share is not None:
        return Progress(own.share, "number", rolled.part, rolled.whole)
    known = vault.gather(told)[note.path]
    if not results and known.state == "done" and not known.fell_short:
        return Progress(1.0, "closed")
    rolled = rolled if results else _mean(vault, works, found, "work")
    if rolled.value is not None:
        return rolled
    return _fallback(vault, note, Progress(None, rolled.basis, rolled.part, rolled.whole, own.fault))


def _of_number(vault: Vault, note: Note) -> Progress:
    known, boxes = measure(vault, note), vault.gather(checklist)[note.path]
    if known.direction == "milestone" and boxes.milestones + boxes.whole:
        reached, whole = (boxes.reached, boxes.milestones) if boxes.milestones else (boxes.done, boxes.whole)
        return Progress(reached / whole, "milestones", reached, whole)
    if known.share is not None:
        return Progress(known.share, "number")
    return _fallback(vault, note, Progress(fault=known.fault))


def _of_work(vault: Vault, note: Note, under: Sequence[str], found: Mapping[str, Progress]) -> Progress:
    if state_of(vault, note) == "done":
        return Progress(1.0, "closed")
    tasks = [vault.notes[path] for path in under if vault.is_kind(vault.notes[path], "task")]
    own = own_work(vault, note, tasks)
    parts = [path for path in under if vault.is_kind(vault.notes[path], *RESULTS, *WORK)]
    if not parts:
        return own if own.value is not None else _fallback(vault, note, own)
    rolled = _mean(vault, parts, found, "work", own)
    return rolled if rolled.value is not None else _fallback(vault, note, rolled)


def _mean(
    vault: Vault, paths: Sequence[str], found: Mapping[str, Progress], basis: Basis, own: Progress | None = None
) -> Progress:
    """The weighted mean of what has a value; what a note does itself weighs as much as one note below it."""
    known = vault.gather(told)
    parts = [(known[path].weight, found[path].value) for path in paths]
    if own is not None and own.value is not None:
        parts.append((1.0, own.value))
    valued = [(weight, value) for weight, value in parts if value is not None]
    total = sum(weight for weight, _ in valued)
    value = sum(weight * value for weight, value in valued) / total if total else None
    return Progress(value, basis if parts else "", len(valued), len(parts))


def _fallback(vault: Vault, note: Note, without: Progress) -> Progress:
    """What a note, or the last update about it, declares; a note that was done is at 1."""
    known = vault.gather(told)[note.path]
    said = known.declared
    if said is None:
        numbers = (update.progress for update in vault.ask(updates).get(note.path, ()))
        said = next((as_share(number) for number in numbers if number is not None), None)
    if said is not None:
        return Progress(said, "declared", without.part, without.whole, without.fault)
    if known.state == "done" and not known.fell_short:
        return Progress(1.0, "closed", without.part, without.whole, without.fault)
    return without


def _declared(vault: Vault, note: Note) -> float | None:
    number = vault.number(note, "progress")
    return None if number is None else as_share(number, vault.text(note, "progress"))
