"""What a check has to say, sorted into what counts, what is lived with and what was known: a value, and no more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


class Waived(Struct, frozen=True):
    """A finding that its note's owner lives with; `finding.waived` says why."""

    finding: Finding
    until: date | None
    """The last day; None when none is said."""


class Said(Struct, frozen=True):
    """The findings of one check."""

    findings: tuple[Finding, ...]
    """Those that count."""
    waived: tuple[Waived, ...] = ()
    known: tuple[Finding, ...] = ()
    """Those of the baseline."""
    against: str = ""
    """The baseline's file; empty when there is none to be held against."""
    gone: int = 0
    """How many findings of the baseline are no longer found."""

    def everything(self) -> Iterator[Finding]:
        """Whatever counts or not."""
        yield from self.findings
        yield from self.known
        yield from (each.finding for each in self.waived)
