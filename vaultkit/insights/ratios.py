"""How much of the work is tied together: a Vault goes in; shares of its priorities and objectives come out.

    alignment = live priorities with a chain of `serves` to a root objective / live priorities
    coverage  = root objectives that live work serves directly / root objectives
    ownership = live priorities with one person as their owner / live priorities
    action    = live priorities with an open task or a live project below them / live priorities

A root objective is a live one whose last day has not passed. Only what people wrote counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.action import acted_on
from vaultkit.insights.alignment import objectives, standings, workers
from vaultkit.insights.ownership import ownership

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault


SETTLED = frozenset({"aligned", "opted-out"})
"""How a priority stands that is no orphan."""


class Share(Struct, frozen=True):
    """So many of so many."""

    part: int
    whole: int

    @property
    def full(self) -> bool:
        """Whether none is missing."""
        return self.part == self.whole


class Ratios(Struct, frozen=True):
    """The four shares, and how the priorities that are not aligned divide."""

    alignment: Share
    coverage: Share
    ownership: Share
    action: Share
    orphans: int
    """Live priorities that declare no way up to a root objective; those that mention one in their text included."""
    opted_out: int
    """Live priorities that say `serves: none`, and why."""


def ratios(vault: Vault) -> Ratios:
    """Count them."""
    standing = vault.ask(standings)
    live = [vault.notes[path] for path in standing]
    reasons = [found.reason for found in standing.values()]
    promised = vault.ask(objectives)
    acting = vault.ask(acted_on)
    return Ratios(
        alignment=Share(reasons.count("aligned"), len(live)),
        coverage=Share(len(promised) - len(vault.ask(unserved)), len(promised)),
        ownership=Share(sum(1 for note in live if ownership(vault, note).person), len(live)),
        action=Share(sum(1 for note in live if note.path in acting), len(live)),
        orphans=sum(1 for reason in reasons if reason not in SETTLED),
        opted_out=reasons.count("opted-out"),
    )


def unserved(vault: Vault) -> tuple[Note, ...]:
    """The root objectives that no live work serves, by path."""
    return tuple(vault.notes[path] for path in sorted(vault.ask(objectives)) if not workers(vault, path))
