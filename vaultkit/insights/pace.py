"""Whether the progress of a note keeps up with the calendar: a Vault and a note go in; its pace comes out.

    expected E = days since the first day / days from the first to the last      0 on the first day, 1 on the last
    gap      G = 100 x (E - p), in points
    label      = achieved (p = 1), on_track (G <= 16.5), behind (G <= 33), at_risk (G > 33)
    ratio form = on_track (p / E >= 0.95), behind (>= 0.75), at_risk; None while E is 0
    grade      = achieved (p >= 0.9), partial (>= 0.75), missed; once the last day has passed
    end        = current + (current - start) / days gone x days left             the forecast, in the number's own unit

The gap is what is judged by: near the first day a ratio is red for whoever has not finished at once. The span is from
its start until it is due, else the note's period, and what it does not say itself is that of what it serves first. But
of work that says only when it is due nobody can say when it began, unless it is known since when the note is there. Of
a bound that is to be kept (stay_above, stay_below) all is expected every day; of a yes or no nothing until the last.

Worked: a quarter from 2026-01-01 to 2026-03-31 is 89 days long. On 2026-01-05 4 are gone: E = 0.045, and with p = 0
G = 4.5, on track, though the ratio form says at_risk. On 2026-03-16, E = 74 / 89 = 0.83: p = 0.70 is on track
(G = 13), 0.60 behind (23), 0.40 at risk (43). A number that went from 0 to 30 of 100 in these 74 days is at 36 by the
end: 30 + 30 / 74 x 15, and falls short.

Source: the thresholds of gap and of ratio that makers of OKR tools publish.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.measures import BOUNDS, MEASURED, measure
from vaultkit.insights.progress import WORK, primary, progress
from vaultkit.insights.underway import plans

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

Label = Literal["achieved", "on_track", "behind", "at_risk"]
Grade = Literal["achieved", "partial", "missed"]
ON_TRACK, BEHIND = 16.5, 33.0
"""Points of gap."""
_RATIO_ON, _RATIO_BEHIND = 0.95, 0.75
_MET, _PARTLY = 0.9, 0.75
_AT_ONCE = frozenset({"binary", "milestone"})
_STEPS = 16
"""How far up a span is looked for: no chain of `serves` that people follow is longer."""
_NEVER = 36_500
"""Days."""
LABELS: tuple[Label, ...] = ("achieved", "on_track", "behind", "at_risk")
"""The best first."""


class Pace(Struct, frozen=True):
    """How a note stands against the calendar."""

    first: date
    last: date
    expected: float
    progress: float
    gap: float
    """Points; negative when it is ahead."""
    label: Label
    ratio: Label | None
    """What the ratio form says; None on the first day and before."""
    grade: Grade | None
    """Once the last day has passed."""


class Forecast(Struct, frozen=True):
    """Where a number will be on the last day if it goes on as it did."""

    end: float
    falls_short: bool
    reached: date | None
    """The day on which it meets its target; None when it moves away from it, or stands still."""


def pace(vault: Vault, note: Note) -> Pace | None:
    """How a note stands; None when it has no progress, or nobody said from when until when it runs."""
    found, dates = vault.ask(progress).get(note.path), span_of(vault, note)
    if found is None or found.value is None or dates is None:
        return None
    first, last = dates
    wanted = _expected(vault, note, expected(first, last, vault.today))
    gap = 100 * (wanted - found.value)
    graded = grade(found.value) if vault.today > last else None
    return Pace(first, last, wanted, found.value, gap, label(gap, found.value), by_ratio(found.value, wanted), graded)


def expected(first: date, last: date, today: date) -> float:
    """How much of a span is gone: 0 on its first day, 1 on its last."""
    if today >= last:
        return 1.0
    return max(0.0, (today - first).days / (last - first).days) if last > first else 0.0


def label(gap: float, share: float) -> Label:
    """What a gap, in points, is called."""
    if share >= 1:
        return "achieved"
    return "on_track" if gap <= ON_TRACK else "behind" if gap <= BEHIND else "at_risk"


def by_ratio(share: float, wanted: float) -> Label | None:
    """What the share of what is expected is called; None where nothing is expected yet."""
    if share >= 1:
        return "achieved"
    if wanted <= 0:
        return None
    ratio = share / wanted
    return "on_track" if ratio >= _RATIO_ON else "behind" if ratio >= _RATIO_BEHIND else "at_risk"


def grade(share: float) -> Grade:
    """What came of it in the end."""
    return "achieved" if share >= _MET else "partial" if share >= _PARTLY else "missed"


def span_of(vault: Vault, note: Note) -> tuple[date, date] | None:
    """The first and the last day on which a note runs, as far as it or what it serves first says so."""
    own = vault.gather(plans)[note.path]
    first, last = own.begins, own.ends
    if first is None and last is not None and vault.is_kind(note, *WORK):
        first = history.created(vault, note)
        return (first, last) if first is not None and first <= last else None
    path: str | None = note.path
    for _ in range(_STEPS):
        if path is None:
            break
        plan = vault.gather(plans)[path]
        first, last = first or plan.begins, last or plan.ends
        if first is not None and last is not None:
            return (first, last) if first <= last else None
        path = vault.ask(primary).get(path)
    return None


def last_of(vault: Vault, note: Note) -> date | None:
    """The last day of a note, or of the first of what it serves that has one."""
    path: str | None = note.path
    for _ in range(_STEPS):
        last = vault.gather(plans)[path].ends if path else None
        path = vault.ask(primary).get(path) if path else None
        if last is not None or path is None:
            return last
    return None


def forecast(vault: Vault, note: Note) -> Forecast | None:
    """Where the number of a note will be on its last day; None before a day is gone, and without a number.

    A yes or no, and milestones, do not come nearer day by day: of them nothing is foretold.
    """
    found, dates = measure(vault, note) if vault.is_kind(note, *MEASURED) else None, span_of(vault, note)
    if found is None or dates is None or found.direction in _AT_ONCE:
        return None
    if found.start is None or found.current is None or found.target is None:
        return None
    gone = (min(vault.today, dates[1]) - dates[0]).days
    if gone <= 0 or found.share is None:
        return None
    rate, left = (found.current - found.start) / gone, (dates[1] - vault.today).days
    end = found.current + rate * max(0, left)
    rises = found.direction == "stay_above" if found.direction in BOUNDS else found.target > found.start
    missing = found.target - found.current if rises == (found.target > found.current) else 0.0
    falls_short = end < found.target if rises else end > found.target
    return Forecast(end, falls_short, _reached(vault.today, missing, rate))


def _reached(today: date, missing: float, rate: float) -> date | None:
    """The day on which what is missing is made up for; None when it never is, or not in a life's time."""
    if not missing:
        return today
    days = missing / rate if missing * rate > 0 else _NEVER
    return today + timedelta(days=ceil(days)) if days < _NEVER else None


def _expected(vault: Vault, note: Note, linear: float) -> float:
    """What is expected of a note by now."""
    direction = measure(vault, note).direction if vault.is_kind(note, "key_result") else ""
    if direction in BOUNDS:
        return 1.0
    if direction == "binary":
        return 1.0 if linear >= 1 else 0.0
    return linear
