"""What day it is, what time, and how long things take: the one place where the house looks at the clock, or waits."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def today() -> date:
    """Today, where this machine stands."""
    return date.today()  # noqa: DTZ011 -- a due date means the day of the person who reads it


def moment() -> str:
    """What time it is, for a person: `2026-03-16 09:30:00`."""
    return time.strftime("%Y-%m-%d %H:%M:%S")


def now_ns() -> int:
    """The time that files are stamped with, in nanoseconds; it jumps when somebody sets the clock."""
    return time.time_ns()


def elapsed() -> float:
    """Seconds since some moment: only differences say anything, and none of them jumps."""
    return time.monotonic()


def pause(seconds: float) -> None:
    """Wait."""
    time.sleep(max(seconds, 0.0))


class Stages:
    """How long each stage of a run has taken, in seconds, in the order in which they ended; none counts in another."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._within = 0.0
        """What the stages within the one that runs have taken."""

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that is spent within to a stage."""
        around, self._within = self._within, 0.0
        begun = perf_counter()
        try:
            yield
        finally:
            took = perf_counter() - begun
            self.seconds[stage] = self.seconds.get(stage, 0.0) + took - self._within
            self._within = around + took
