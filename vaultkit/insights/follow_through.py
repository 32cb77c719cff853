"""Whether what was agreed is done, and whether those who were sure were right: a Vault goes in, two shares come out.

    follow-through    = actions done by the day they were due / actions that were due
    calibration error = the mean of (confidence - outcome)^2            (Brier score: 0 is perfect, 0.25 is a coin)

An action is a checkbox in a meeting's note that was due on one of the last `WINDOW` days, yesterday included. One that
was given up is none; one that is done without a day is left out, since nobody knows when, and counted as
`undated`. A series is what `series` says; a meeting of none stands by itself. The outcome of a decision is 1 when
it was achieved, 0.5 in part, 0 when it was missed; one that was dropped says nothing. Below `ENOUGH` decisions with a
confidence and an outcome the error is unknown (None), and so is a share of nothing.

Worked: of five actions due, three were done in time and one late, the fifth is open: 3 / 5, or 0.6. Ten decisions of
80 % each, of which seven were achieved and three missed: (7 x 0.04 + 3 x 0.64) / 10 = 0.22.

Source: Brier (1950); the done-in-time share of to-dos as weekly meetings of the trade keep it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import Assignment, assignments
from vaultkit.insights.series import key_of, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

WINDOW = 28
ENOUGH = 10
_HITS = {"achieved": 1.0, "partial": 0.5, "missed": 0.0}


class Following(Struct, frozen=True):
    """The actions of some meetings."""

    in_time: int
    due: int
    """Those that were due, but for the undated ones."""
    undated: int = 0

    @property
    def share(self) -> float | None:
        """The follow-through, 0 to 1; None when nothing was due."""
        return self.in_time / self.due if self.due else None


class Calibration(Struct, frozen=True):
    """How sure people were, and how right."""

    decisions: int
    """Those with a confidence and an outcome."""
    error: float | None
    confidence: float | None
    """The mean, 0 to 1."""
    outcome: float | None
    """The mean, 0 to 1: below the confidence, people were too sure."""


def follow_through(vault: Vault) -> Following:
    """Of all meetings."""
    return _following(each for note in vault.of_kind("meeting") for each in _due(vault, note))


def of_meeting(vault: Vault, note: Note) -> Following:
    """Of one meeting."""
    return _following(_due(vault, note))


def by_series(vault: Vault) -> Mapping[str, Following]:
    """Series, by its key in `series` -> what became of its actions, of those in which something was due."""
    found: dict[str, list[Assignment]] = {}
    for note in vault.of_kind("meeting"):
        found.setdefault(series_of(vault, note), []).extend(_due(vault, note))
    return {name: _following(each) for name, each in sorted(found.items()) if each}


def series_of(vault: Vault, note: Note) -> str:
    """The key of a meeting's series; its name when it is of none."""
    known = vault.gather(said)[note.path]
    return (key_of(known) if known else "") or note.name


def calibration(vault: Vault) -> Calibration:
    """Of all decisions with a confidence and an outcome."""
    pairs: list[tuple[float, float]] = []
    for note in vault.of_kind("decision"):
        said, outcome = vault.number(note, "confidence"), _HITS.get(vault.choice(note, "outcome") or "")
        sure = None if said is None else said / 100 if said > 1 else said
        if sure is not None and 0 <= sure <= 1 and outcome is not None:
            pairs.append((sure, outcome))
    count = len(pairs)
    if count < ENOUGH:
        return Calibration(count, None, None, None)
    return Calibration(
        count,
        sum((sure - outcome) ** 2 for sure, outcome in pairs) / count,
        sum(sure for sure, _ in pairs) / count,
        sum(outcome for _, outcome in pairs) / count,
    )


def _due(vault: Vault, note: Note) -> tuple[Assignment, ...]:
    """The actions of a meeting that were due in the window and not given up."""
    first, last = vault.today - timedelta(days=WINDOW), vault.today - timedelta(days=1)
    gathered = vault.gather(assignments)[note.path]
    return tuple(each for each in gathered if _is_within(each.due, first, last) and (each.is_open or each.is_done))


def _is_within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _following(actions: Iterable[Assignment]) -> Following:
    found = list(actions)
    undated = sum(each.is_done and each.done is None for each in found)
    in_time = sum(each.done is not None and each.due is not None and each.done <= each.due for each in found)
    return Following(in_time, len(found) - undated, undated)
