"""What was measured comes in; each promise, what became of it and whether it was kept goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bench.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.contest import Outcome


@dataclass
class Book:
    """Everything that was measured."""

    contests: dict[tuple[str, str], dict[str, Outcome]] = field(default_factory=dict)
    """By the name of the vault and of the contest; then by the command's."""
    numbers: dict[str, float] = field(default_factory=dict)
    judged: dict[str, float] = field(default_factory=dict)
    """The seconds that the judgement of a vault takes alone, by its name."""
    real: str = ""
    """The name of the vault that somebody handed in."""


class Promise(NamedTuple):
    """How many times as long as another command one may take at most; below one, how much faster it must be."""

    vault: str
    contest: str
    ours: str
    theirs: str
    most: float


REAL, SYNTHETIC = "the vault handed in", "synthetic-10000-3"
FIRST_RUNS = ("vaultkit check, empty cache", "vaultkit check --no-cache")
PROMISES = (
    *(
        Promise(vault, "cold", ours, theirs, most)
        for ours in FIRST_RUNS
        for vault, theirs, most in (
            (REAL, "hvk rebuild", 1 / 7),
            (REAL, "obsidiantools connect", 1 / 60),
            (REAL, "mdsmith check", 1.3),
            (REAL, "graphmark stats", 1.3),
            (REAL, "pulldown-cmark: read and events", 4),
            (SYNTHETIC, "mdsmith check", 2),
        )
    ),
    Promise(REAL, "unchanged", "vaultkit check", "python: walk", 4),
    Promise(REAL, "unchanged", "vaultkit check", "hvk scan", 1 / 5),
    Promise(REAL, "unchanged", "vaultkit check", "mdsmith check", 1 / 5),
    Promise(REAL, "one note changed", "vaultkit check", "python: walk", 7),
    Promise(SYNTHETIC, "backlinks", "vaultkit backlinks NOTE", "python: import click, sqlite3 and walk", 2.5),
    Promise("", "help", "vaultkit --help", "python: import click", 1.6),
)
LIMITS = {
    "watch: median, ms beyond the quiet": 60.0,
    "watch: 95th percentile, ms beyond the quiet": 150.0,
    "watch: idle CPU, ms a second": 1.0,
    "growth 1000 to 100000, cold": 1.1,
    "growth 1000 to 100000, warm": 1.1,
    "growth 1000 to 100000, memory": 1.1,
    "growth 10000 to 100000, judgement": 1.1,
    "10000 notes with 3 links: judgement, ms": 250.0,
    "100000 notes with 10 links: peak GB": 1.5,
}
"""What a number may be at most, by its name."""


def promises(book: Book) -> Iterator[str]:
    """The table of those promises that this run could judge."""
    rows = [*_ratios(book), *_numbers(book)]
    if rows:
        yield from ("## Promises", "")
        yield from table(("promise", "measured", "bar", "kept"), rows)


def _ratios(book: Book) -> Iterator[tuple[str, ...]]:
    for promise in PROMISES:
        vault = book.real if promise.vault == REAL else promise.vault
        outcomes = book.contests.get((vault, promise.contest), {})
        ours, theirs = outcomes.get(promise.ours), outcomes.get(promise.theirs)
        if ours is None or theirs is None or not ours.samples or not theirs.samples:
            continue
        ratio, where = ours.ratio(theirs), f"{vault}, {promise.contest}" if vault else promise.contest
        if promise.most < 1:
            ratio_said, bar = f"{number(1 / ratio)} times faster", f"at least {number(1 / promise.most)}"
        else:
            ratio_said, bar = f"{number(ratio)} times as long", f"at most {number(promise.most)}"
        yield f"{where}: {ours.name} / {theirs.name}", ratio_said, bar, kept(ratio, promise.most)


def _numbers(book: Book) -> Iterator[tuple[str, ...]]:
    for name, most in LIMITS.items():
        if name in book.numbers:
            yield name, number(book.numbers[name]), f"at most {number(most)}", kept(book.numbers[name], most)


def kept(value: float, most: float) -> str:
    """Whether a promise was kept."""
    return "yes" if value <= most else "**no**"
