"""What day it is, and how long things take: the one place where the house looks at the clock."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def today() -> date:
    """Today, where this machine stands."""
    return date.today()  # noqa: DTZ011 -- a due date means the day of the person who reads it


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
