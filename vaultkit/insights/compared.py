"""How each number stands against its plan and against some time ago: a Vault goes in; comparisons come out.

    plan  = start + E x (target - start), E the share of the time that is gone (`pace.expected`); of a bound, the target
    prior = the last value at least `BEFORE` days old, else the first of several, else what the note said on that day

A number is a live key result or metric with a value or a target; a metric that measures one of the key results, or that
one of them names, is not told twice. A prior value in another unit than the number's is none. What cannot be worked out
is None.

Worked: a number is to go from 0 to 100 from 2026-01-01 to 2026-03-31 (89 days) and is at 60 on 2026-03-16: E = 74 / 89,
the plan is 83.1, told as 83. Its values are 20 on 2026-02-01, 40 on 2026-03-01 and 60 today: 28 days ago was
2026-02-16, so the prior value is 20.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.alignment import children
from vaultkit.insights.lineage import reading_key
from vaultkit.insights.measures import BOUNDS, figures, measure, rows
from vaultkit.insights.pace import expected, label, span_of
from vaultkit.insights.status import is_live
from vaultkit.text import fold, natural
from vaultkit.vault.values import number_of

if TYPE_CHECKING:
    from vaultkit.insights.measures import Measure
    from vaultkit.insights.pace import Label
    from vaultkit.model import Note
    from vaultkit.vault import Vault

BEFORE = 28
"""Days: four weeks, so that the same day of the week is compared."""
Standing: TypeAlias = "Label | Literal['kept', 'broken']"


class Comparison(Struct, frozen=True):
    """One number."""

    path: str
    now: float | None
    plan: float | None
    """What it should be today."""
    prior: float | None
    prior_day: date | None
    target: float | None
    unit: str
    standing: Standing | None
    """`kept` and `broken` of a bound; None when nobody can tell."""


def compared(vault: Vault) -> tuple[Comparison, ...]:
    """Every number, key results before metrics, each in reading order."""
    results = sorted(_with_number(vault, "key_result"), key=lambda note: reading_key(vault, note))
    told = {figures(vault, note).metric for note in results} | {measure(vault, note).metric for note in results}
    shown = {note.path for note in results}
    metrics = [
        note for note in _with_number(vault, "metric") if note.path not in told and not _measures(vault, note, shown)
    ]
    metrics.sort(key=lambda note: (natural(vault.title(note)), note.path))
    return tuple(_comparison(vault, note) for note in (*results, *metrics))


def _with_number(vault: Vault, kind: str) -> list[Note]:
    live = (note for note in vault.of_kind(kind) if is_live(vault, note))
    return [note for note in live if (m := measure(vault, note)).current is not None or m.target is not None]


def _measures(vault: Vault, note: Note, shown: set[str]) -> bool:
    return any(edge.target in shown for edge in vault.relation(note, "serves"))


def _comparison(vault: Vault, note: Note) -> Comparison:
    found, dates = measure(vault, note), span_of(vault, note)
    gone = expected(*dates, vault.today) if dates else None
    prior = _prior(vault, note, found)
    return Comparison(
        note.path,
        found.current,
        _plan(found, gone),
        prior[1] if prior else None,
        prior[0] if prior else None,
        found.target,
        found.unit,
        _standing(found, gone),
    )


def _plan(found: Measure, gone: float | None) -> float | None:
    """As exact as the numbers that the note states."""
    if found.direction in BOUNDS:
        return found.target
    if gone is None or found.start is None or found.target is None or found.direction == "binary":
        return None
    plan, digits = found.start + gone * (found.target - found.start), max(map(_decimals, (found.current, found.target)))
    if found.current is not None and round(plan, digits) == found.current:
        digits += 1  # rounded to where the number is, it would be as planned whatever the calendar says
    return round(plan, digits)


def _decimals(number: float | None) -> int:
    """Digits after the point, two at most."""
    return 0 if number is None else len(f"{number:.2f}".rstrip("0").partition(".")[2])


def _standing(found: Measure, gone: float | None) -> Standing | None:
    if found.share is None:
        return None
    if found.direction in BOUNDS:
        return "kept" if found.share >= 1 else "broken"
    if found.share >= 1:
        return "achieved"
    if gone is None or found.direction == "binary":
        return None
    return label(100 * (gone - found.share), found.share)


def _prior(vault: Vault, note: Note, found: Measure) -> tuple[date, float] | None:
    """The value of some time ago, and its day."""
    day = vault.today - timedelta(days=BEFORE)
    values = [row for row in _values(vault, note, found) if row[0] <= vault.today]
    older = [row for row in values if row[0] <= day]
    if older:
        return older[-1]
    if len(values) > 1:
        return values[0]
    past = number_of(history.said_on(vault, note, day, "current"))
    return None if past is None else (day, past)


def _values(vault: Vault, note: Note, found: Measure) -> tuple[tuple[date, float], ...]:
    own = vault.gather(rows)[note.path]
    serving = [child.path for child in children(vault, note.path) if vault.is_kind(child, "metric")]
    metric = figures(vault, note).metric or found.metric or (serving[0] if len(serving) == 1 else None)
    if own or metric is None or metric not in vault.notes:
        return own
    unit = figures(vault, vault.notes[metric]).unit
    return vault.gather(rows)[metric] if not unit or fold(unit) == fold(found.unit) else ()
