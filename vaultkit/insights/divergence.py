"""Whether what presses is ranked as what presses: a Vault and a priority go in; how far the two orders part comes out.

    percentile = (how many stand lower + half of those that stand the same, itself included) / how many     0 to 1
    they part  where |percentile by urgency - percentile by rank| > `APART`

Both are taken among the live priorities that have a rank and are not set aside; the first by rank stands highest.

Worked: of five priorities the first by rank is the last by urgency: (4 + 0.5) / 5 = 0.9 by rank, (0 + 0.5) / 5 = 0.1 by
urgency. They are 0.8 apart: it may be ranked too high. Of two priorities none can be more than 0.5 apart.

Source: the percentile rank of descriptive statistics; that a human level which impact contradicts is to be looked at
again, from tools that rank issues by their graph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.urgency import urgencies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

APART = 0.5


class Divergence(Struct, frozen=True):
    """Where a priority stands by its rank, and where by its urgency."""

    by_rank: float
    by_urgency: float
    among: int
    """How many priorities are compared."""

    @property
    def is_apart(self) -> bool:
        """Whether the rank ought to be looked at again."""
        return abs(self.by_urgency - self.by_rank) > APART


def divergences(vault: Vault) -> Mapping[str, Divergence]:
    """Ranked priority that can be worked on -> how its two places compare."""
    found = vault.ask(urgencies)
    paths = [note.path for note in vault.ask(ranked_priorities) if note.path in found and not found[note.path].is_aside]
    ranks = {path: -rank for path in paths if (rank := rank_of(vault, vault.notes[path])) is not None}
    pressing = {path: round(found[path].total, 6) for path in ranks}
    by_rank, by_urgency = percentiles(ranks), percentiles(pressing)
    return {path: Divergence(by_rank[path], by_urgency[path], len(ranks)) for path in ranks}


def divergence(vault: Vault, note: Note) -> Divergence | None:
    """Of one priority; None of any other note, and of one without a rank or set aside."""
    return vault.ask(divergences).get(note.path)


def percentiles(values: Mapping[str, float]) -> dict[str, float]:
    """Key -> the share of all that stand lower, and half of those that stand the same."""
    ordered = sorted(values.values())
    return {
        key: (bisect_left(ordered, value) + bisect_right(ordered, value)) / (2 * len(ordered))
        for key, value in values.items()
    }
