"""Findings go in; how many each validator has, of which severity and with how many fixes, comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.language import message, say
from vaultkit.report.screen import cells
from vaultkit.report.severity import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.model import Finding, Severity
    from vaultkit.report.screen import Screen

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Count(NamedTuple):
    """What one validator has found of one severity."""

    validator: str
    severity: Severity
    found: int
    fixable: int
    """How many of them `check --fix` mends."""


def counted(findings: Iterable[Finding]) -> tuple[Count, ...]:
    """The gravest first, then the commonest."""
    found = tuple(findings)
    count = Counter((finding.severity, finding.validator) for finding in found)
    fixable = Counter((each.severity, each.validator) for each in found if each.fix is not None and each.fix.safe)
    rows = [Count(name, severity, n, fixable[severity, name]) for (severity, name), n in count.items()]
    return tuple(sorted(rows, key=lambda row: (SEVERITIES.index(row.severity), -row.found, row.validator)))


def lines(rows: Sequence[Count], screen: Screen) -> Iterator[str]:
    """A line for each."""
    width = max((cells(row.validator) for row in rows), default=0)
    for row in rows:
        mended = message("{count} with `check --fix`", count=row.fixable)
        tail = f"  {screen.paint(say(mended, screen.language), 'faint')}" if row.fixable else ""
        name = screen.paint(row.validator, "name") + " " * (width - cells(row.validator) if tail else 0)
        yield f"{shown(row.severity, screen, 13)} {row.found:>6}  {name}{tail}"
