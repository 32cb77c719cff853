"""Which live work is said to be in conflict, with no decision that settles it: a Vault goes in, the links come out.

A conflict is open while no decision is about both, and neither says in which decision it was settled. When both say
that they are in conflict, it is one conflict, said by the first of them by path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Edge, Vault

WORK = ("objective", "key_result", "priority", "project")
"""The kinds that can be in conflict."""
_CONCERNS = frozenset({"about", "affects", "related"})


def open_conflicts(vault: Vault) -> Mapping[str, tuple[Edge, ...]]:
    """Note -> its links to what it is in conflict with, of those that are open; only notes with any."""
    found = {note.path: _open(vault, note) for note in vault.of_kind(*WORK) if is_live(vault, note)}
    return {path: edges for path, edges in found.items() if edges}


def _open(vault: Vault, note: Note) -> tuple[Edge, ...]:
    """Each other one once."""
    found: dict[str, Edge] = {}
    for edge in vault.relation(note, "conflicts_with"):
        other = vault.notes.get(edge.target or "")
        if other is None or other.path == note.path or not is_live(vault, other):
            continue
        if _is_first(vault, note, other) and not _is_settled(vault, note.path, other.path):
            found.setdefault(other.path, edge)
    return tuple(found.values())


def decided(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Note -> the decisions that concern it, or in which it says that something was decided."""
    found: dict[str, set[str]] = {}
    for path, told in vault.recognised.items():
        for edge in vault.graph.of(path):
            if edge.target is None or not edge.human:
                continue
            if told.kind == "decision" and (edge.relation in _CONCERNS or not edge.link.property):
                found.setdefault(edge.target, set()).add(path)
            elif edge.relation == "decided_in":
                found.setdefault(path, set()).add(edge.target)
    return {path: frozenset(decisions) for path, decisions in found.items()}


def _is_first(vault: Vault, note: Note, other: Note) -> bool:
    """Whether the other one does not say it too, or comes after by its path."""
    says_too = any(edge.target == note.path for edge in vault.relation(other, "conflicts_with"))
    return not says_too or note.path < other.path


def _is_settled(vault: Vault, one: str, other: str) -> bool:
    known, told = vault.ask(decided), vault.recognised
    mine, theirs = known.get(one, frozenset()), known.get(other, frozenset())
    own = {path for path in mine | theirs if path in told and told[path].kind == "decision"}
    says = any(e.relation == "decided_in" for path in (one, other) for e in vault.graph.of(path) if e.target in own)
    return says or not mine.isdisjoint(theirs)
