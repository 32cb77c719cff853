"""Which priority waits for one that comes after it: a Vault and a priority go in; the inversions come out.

A priority waits for what it depends on itself, and for what its live projects depend on.

Worked: `Hire` has rank 1 and depends on `Open Lyon`, of rank 3: one inversion. `Sell`, of rank 2, depends on `Hire`:
none, since what it needs comes before it.

Source: priority inversion, as schedulers of processes know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.dependencies import Need, needs
from vaultkit.insights.ranking import rank_of
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Inversion(Struct, frozen=True):
    """A priority and what it waits for."""

    priority: str
    other: str
    rank: float
    after: float
    """The rank of the other one."""
    need: Need
    """Who says so, and where."""


def inversions(vault: Vault, note: Note) -> Iterator[Inversion]:
    """The live priorities of a lower rank for which a live priority waits, each once."""
    rank = rank_of(vault, note)
    if rank is None or not is_live(vault, note):
        return
    told: set[str] = {note.path}
    for need in _waits(vault, note):
        other = vault.notes.get(need.prerequisite or "")
        if other is None or other.path in told or not vault.is_kind(other, "priority"):
            continue
        after = rank_of(vault, other)
        if after is not None and after > rank and is_live(vault, other):
            told.add(other.path)
            yield Inversion(note.path, other.path, rank, after, need)


def _waits(vault: Vault, note: Note) -> Iterator[Need]:
    """What it needs, and what its live projects do."""
    yield from vault.ask(needs).get(note.path, ())
    for child in children(vault, note.path):
        if vault.is_kind(child, "project") and is_live(vault, child):
            yield from vault.ask(needs).get(child.path, ())
