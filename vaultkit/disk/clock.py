"""What day it is: the one place where the house looks at the clock for its judgements."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """Today, where this machine stands."""
    return date.today()  # noqa: DTZ011 -- a due date means the day of the person who reads it
