"""How far a number has come: a Vault and a note go in; start, current value, target, and the share of the way come out.

    share = (current - start) / (target - start), never below 0 nor above 1          (increase, decrease)
    share = 1 inside the bound, else max(0, 1 - |current - target| / |target|)       (stay_above, stay_below)
    share = 1 for yes, 0 for no                                                      (binary)

The signs of the first formula make it right for a target that is below the start. Nothing is made up: a number that
cannot be worked out has a `fault` in place of a share.

- `start`: `start_value`, else the metric's, else the first of two or more measurements; without one, what is to grow to
  a positive target begins at 0.
- `current`: the field, else the last measurement until today, else the metric's, else the last update's.
- The metric of a key result is what its `metric` links to, else the only metric that serves it. What is taken from it
  must be in the key result's own unit.

Worked: complaints are to fall from 200 to 0, and are at 50: (50 - 200) / (0 - 200) = 0.75. At 230 the share is 0, not
-0.15. Availability is to stay above 99.5 % and is at 98.0: 1 - 1.5 / 99.5 = 0.985. From 40 to 40: `start-is-target`.
"""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.fielded import given
from vaultkit.insights.updates import updates
from vaultkit.text import fold

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

Fault = Literal["no-target", "no-value", "no-start", "start-is-target", "units"]
Rows = tuple[tuple[date, float], ...]
_NUMBERS = frozenset({"start_value", "current", "target", "direction", "metric", "unit"})
MEASURED = ("key_result", "objective", "metric")
"""The kinds of note that may hold a number with a target."""
_YES, _NO = frozenset({"true", "yes", "oui", "vrai"}), frozenset({"false", "no", "non", "faux"})
BOUNDS = frozenset({"stay_above", "stay_below"})
"""The directions of what is to be kept, not reached."""


class Figures(Struct, frozen=True):
    """The numbers that stand in one note."""

    start: float | None = None
    current: float | None = None
    target: float | None = None
    unit: str = ""
    """As written."""
    direction: str = ""
    metric: str | None = None
    """The metric's note that it links to."""


class Measure(Struct, frozen=True):
    """A number, where it comes from, and how far it has come."""

    start: float | None = None
    current: float | None = None
    target: float | None = None
    unit: str = ""
    direction: str = ""
    share: float | None = None
    """0 to 1; None when it cannot be worked out, and `fault` says why."""
    fault: Fault | None = None
    metric: str | None = None
    """The metric's note from which something of it is taken."""
    other_unit: str = ""
    """For `units`: that of the metric."""


def measure(vault: Vault, note: Note) -> Measure:
    """The number of a key result, of a metric, or of an objective that names one."""
    own, rows = vault.gather(figures)[note.path], _until_today(vault, note.path)
    lent = _metric(vault, note, own)
    other, others = (vault.gather(figures)[lent], _until_today(vault, lent)) if lent else (Figures(), ())
    start = _first(own.start, other.start, *(each[0][1] for each in (rows, others) if len(each) > 1))
    current = _first(own.current, *_last(rows), other.current, *_last(others), _told(vault, note))
    target = _first(own.target, other.target)
    unit, direction = own.unit or other.unit, own.direction or other.direction
    borrows = lent is not None and not (own.current is not None and own.target is not None)
    found = Measure(start, current, target, unit, direction, metric=lent if borrows else None)
    if borrows and own.unit and other.unit and fold(own.unit) != fold(other.unit):
        return Measure(start, current, target, unit, direction, None, "units", lent, other.unit)
    return share(found)


def metric_of(vault: Vault, note: Note) -> str | None:
    """The metric's note that goes with a key result, whether or not anything has to be taken from it."""
    return _metric(vault, note, vault.gather(figures)[note.path])


def share(found: Measure) -> Measure:
    """A measure with its share, or with why there is none."""
    if found.current is None:
        return _faulty(found, "no-value")
    if found.direction == "binary":
        return _shared(found, 1.0 if found.current >= (found.target or 1) else 0.0)
    if found.target is None:
        return _faulty(found, "no-target")
    if found.direction in BOUNDS:
        return _shared(found, _bounded(found.direction, found.current, found.target))
    start = found.start if found.start is not None else _from_nothing(found)
    if start is None:
        return _faulty(found, "no-start")
    if start == found.target:
        return _faulty(found, "start-is-target")
    return _shared(found, (found.current - start) / (found.target - start), start)


def figures(vault: Vault, note: Note) -> Figures:
    """The numbers that a note of these kinds says of itself."""
    if not vault.is_kind(note, *MEASURED):
        return Figures()
    if _NUMBERS.isdisjoint(vault.gather(given)[note.path]):
        return Figures()
    direction = vault.choice(note, "direction") or ""
    current = _number(vault, note, "current")
    if current is None and direction == "binary":
        words = fold(vault.text(note, "current"))
        current = 1.0 if words in _YES else 0.0 if words in _NO else None
    start, target = _number(vault, note, "start_value"), _number(vault, note, "target")
    return Figures(start, current, target, vault.text(note, "unit"), direction, _linked(vault, note))


def rows(vault: Vault, note: Note) -> Rows:
    """The dated values in the tables of such a note, by day."""
    if not note.measurements or not vault.is_kind(note, *MEASURED):
        return ()
    return tuple(sorted((each.day, each.value) for each in note.measurements))


def _linked(vault: Vault, note: Note) -> str | None:
    item = vault.property(note, "metric") if vault.is_kind(note, "key_result") else None
    if item is None:
        return None
    edges = (edge for edge in vault.graph.of(note.path) if edge.human and edge.target)
    return next((e.target for e in edges if item.name in {e.link.field, e.link.property.partition(".")[0]}), None)


def _metric(vault: Vault, note: Note, own: Figures) -> str | None:
    """The metric's note that a number may be taken from."""
    if own.metric in vault.notes and vault.is_kind(vault.notes[own.metric or ""], "metric"):
        return own.metric
    if not vault.is_kind(note, "key_result"):
        return None
    serving = [child.path for child in children(vault, note.path) if vault.is_kind(child, "metric")]
    return serving[0] if len(serving) == 1 else None


def _until_today(vault: Vault, path: str) -> Rows:
    return tuple(row for row in vault.gather(rows)[path] if row[0] <= vault.today)


def _last(rows: Rows) -> tuple[float, ...]:
    return (rows[-1][1],) if rows else ()


def _told(vault: Vault, note: Note) -> float | None:
    found = (update.current for update in vault.ask(updates).get(note.path, ()))
    return next((value for value in found if value is not None and isfinite(value)), None)


def _from_nothing(found: Measure) -> float | None:
    """0 for what is to grow; what already stands beyond its target may as well be meant to fall."""
    current, target = found.current, found.target
    if current is None or target is None or target <= 0 or found.direction == "decrease":
        return None
    return 0.0 if found.direction == "increase" or 0 <= current <= target else None


def _bounded(direction: str, current: float, target: float) -> float:
    if current >= target if direction == "stay_above" else current <= target:
        return 1.0
    return 1 - abs(current - target) / abs(target) if target else 0.0


def _shared(found: Measure, value: float, start: float | None = None) -> Measure:
    begun = found.start if start is None else start
    clamped = min(1.0, max(0.0, value))
    return Measure(begun, found.current, found.target, found.unit, found.direction, clamped, None, found.metric)


def _faulty(found: Measure, fault: Fault) -> Measure:
    return Measure(found.start, found.current, found.target, found.unit, found.direction, None, fault, found.metric)


def _number(vault: Vault, note: Note, field: str) -> float | None:
    """A number that can be reckoned with: `.inf` and `.nan`, which YAML knows, cannot."""
    number = vault.number(note, field)
    return number if number is not None and isfinite(number) else None


def _first(*numbers: float | None) -> float | None:
    return next((number for number in numbers if number is not None), None)
