"""Outcomes and numbers come in, the lines of Markdown tables go out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.contest import Outcome


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table; what stands in its first column is words, the rest are numbers."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def contest(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """The outcomes of a contest; the last column is relative to the command that stands first and did run."""
    first = next((outcome for outcome in outcomes.values() if outcome.samples), None)
    head = ("command", "runs", "wall s", "least – most", "CPU s", "peak MiB", "ratio")
    yield from table(head, [(outcome.name, *cells(outcome, first)) for outcome in outcomes.values()])


def cells(outcome: Outcome, first: Outcome | None) -> tuple[str, ...]:
    """What is told of one command."""
    if not outcome.samples:
        return ("0", outcome.failure.replace("|", r"\|"), "", "", "", "")
    walls = [sample.wall for sample in outcome.samples]
    return (
        str(len(walls)),
        number(outcome.wall),
        f"{number(min(walls))} – {number(max(walls))}",
        number(outcome.cpu),
        f"{outcome.peak / 2**20:.0f}",
        number(outcome.ratio(first)) if first else "",
    )


def number(value: float) -> str:
    """A number with three digits that count; no digit of a whole number is dropped."""
    if value <= 0 or not math.isfinite(value):
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}"
