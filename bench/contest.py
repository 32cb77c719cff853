"""Commands that do the same work come in; each is run in turn, round after round, and its samples go out."""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.measure import FailedError, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bench.measure import Sample


def nothing() -> None:
    """What most commands need done before them."""


@dataclass(frozen=True)
class Entry:
    """A command, and what is to be done before each of its runs, which is not measured."""

    name: str
    command: Sequence[str]
    folder: Path | None = None
    environment: dict[str, str] | None = None
    accepted: Sequence[int] = (0,)
    before: Callable[[], None] = nothing


@dataclass
class Outcome:
    """How the runs of one command went."""

    name: str
    samples: list[Sample] = field(default_factory=list)
    failure: str = ""

    @property
    def wall(self) -> float:
        """The median of the seconds."""
        return statistics.median(sample.wall for sample in self.samples)

    @property
    def cpu(self) -> float:
        """The median of the processor's seconds."""
        return statistics.median(sample.cpu for sample in self.samples)

    @property
    def peak(self) -> float:
        """The median of the bytes at the peak."""
        return statistics.median(sample.peak for sample in self.samples)

    @property
    def inner(self) -> float:
        """The median of the seconds that the command itself said last."""
        return statistics.median(float(sample.output.split()[-1]) for sample in self.samples)

    def ratio(self, other: Outcome) -> float:
        """How many times longer than another: the median over the rounds that both ran in."""
        return statistics.median(
            ours.wall / theirs.wall for ours, theirs in zip(self.samples, other.samples, strict=False)
        )


@dataclass(frozen=True)
class Rules:
    """How a contest is held."""

    runs: int = 5
    once_above: float = float("inf")
    """A command whose first run took more seconds than this is not run again."""
    patience: float = 3600


def held(entries: Sequence[Entry], rules: Rules, each_round: Callable[[int], None] | None = None) -> dict[str, Outcome]:
    """Run them all, one after the other, as often as the rules say; a command that fails once runs no more."""
    outcomes = {entry.name: Outcome(entry.name) for entry in entries}
    for number in range(rules.runs):
        if each_round:
            each_round(number)
        for entry in entries:
            outcome = outcomes[entry.name]
            if outcome.failure or (outcome.samples and outcome.samples[0].wall > rules.once_above):
                continue
            print(f"  {number + 1}/{rules.runs} {entry.name}", file=sys.stderr, flush=True)
            try:
                outcome.samples.append(once(entry, rules))
            except FailedError as error:
                outcome.failure = str(error)
    return outcomes


def once(entry: Entry, rules: Rules) -> Sample:
    """One run of a command."""
    entry.before()
    return measured(
        entry.command,
        folder=entry.folder,
        environment=entry.environment,
        accepted=entry.accepted,
        patience=rules.patience,
    )
