"""What comes first: a Vault goes in, its live priorities in the order of their ranks come out."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from vaultkit.insights.status import is_live
from vaultkit.text import natural

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault


def ranked_priorities(vault: Vault) -> tuple[Note, ...]:
    """The live priorities, the lowest rank first, those without a rank last; among equals the name decides."""
    live = (note for note in vault.of_kind("priority") if is_live(vault, note))
    keys = vault.gather(rank_key)
    return tuple(sorted(live, key=lambda note: keys[note.path]))


def rank_of(vault: Vault, note: Note) -> float | None:
    """The rank that a note gives itself; `.inf` and `.nan`, which YAML knows, are none."""
    rank = vault.number(note, "rank")
    return rank if rank is not None and isfinite(rank) else None


def rank_key(vault: Vault, note: Note) -> tuple[object, ...]:
    """What a note is put in order by: its rank, then its name."""
    rank = rank_of(vault, note)
    return rank is None, rank or 0.0, natural(vault.title(note)), note.path
