"""How much of the work leads anywhere, and how much of what is promised is worked on: shares of a Vault.

    work alignment = hours of open work below a live objective / hours of open work
    composite      = 100 - 30 x orphans / priorities - 30 x unserved / objectives - min(10 x open conflicts, 30)

The parts stand in `ratios.py`; a share of nothing is None, not zero. Open work is every open checkbox of a person's
(one hour each) and every live task note (its `effort` in hours, else one). It leads to an objective when the note that
it stands in, or one that its line links to, does.

Worked: a priority with two open checkboxes serves a live objective, and a task note of 6 h serves nothing: 2 / 8, or
0.25. With 4 priorities of which 1 is an orphan, 2 objectives of which 1 is unserved, and no conflict, the composite is
100 - 7.5 - 15 = 77.5; with one conflict that no decision settles it is 67.5.

Source: the alignment check of common strategy reviews; the composite is kept for comparison, the parts say more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import aligned, roots
from vaultkit.insights.assignments import every_assignment
from vaultkit.insights.conflicts import open_conflicts
from vaultkit.insights.hours import hours
from vaultkit.insights.ratios import ratios
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

HOURS = 1.0
"""What a piece of work without an effort is taken for."""
_ORPHANS, _UNSERVED, _CONFLICT, _CONFLICTS = 30, 30, 10, 30


class Coverage(Struct, frozen=True):
    """Hours of open work, and what of it leads to a live objective."""

    aligned: float
    whole: float
    composite: float | None
    """0 to 100; None without priorities or without objectives."""

    @property
    def share(self) -> float | None:
        """The work alignment, 0 to 1; None without work."""
        return self.aligned / self.whole if self.whole else None


def coverage(vault: Vault) -> Coverage:
    """Count the hours."""
    leading = vault.ask(aligned).keys() | vault.ask(roots)
    part = whole = 0.0
    for task in vault.of_kind("task"):
        if is_live(vault, task):
            hours = effort(vault, task)
            whole += hours
            part += hours if task.path in leading else 0.0
    for each in vault.ask(every_assignment):
        if each.is_open:
            whole += HOURS
            part += HOURS if not leading.isdisjoint((each.path, *each.links)) else 0.0
    return Coverage(part, whole, _composite(vault))


def effort(vault: Vault, note: Note) -> float:
    """The hours that a note says it takes; as many as are usual where it does not say."""
    stated = hours(vault, note, "effort")
    return HOURS if stated is None or stated < 0 else stated


def _composite(vault: Vault) -> float | None:
    found = vault.ask(ratios)
    priorities, objectives = found.alignment.whole, found.coverage.whole
    if not priorities or not objectives:
        return None
    conflicts = sum(map(len, vault.ask(open_conflicts).values()))
    orphans, unserved = found.orphans / priorities, (objectives - found.coverage.part) / objectives
    return 100 - _ORPHANS * orphans - _UNSERVED * unserved - min(_CONFLICT * conflicts, _CONFLICTS)
