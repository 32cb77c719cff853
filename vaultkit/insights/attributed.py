"""Which priorities a piece of work is for: a Vault and a note go in; priorities and their shares of it come out.

A note is for the priorities that it reaches first on its way up: what it serves, what it is about, what it concerns.
Several that are equally near share it alike; a priority is for itself; a note above all priorities is for none.

Example: a task serves a project, which serves two priorities: half of the task is for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import ups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_TOWARDS = ("about", "affects", "decided_in", "supports")
"""The relations, beside `serves`, by which a note says what it belongs to."""
_ABOVE = ("objective", "vision", "person", "team", "stakeholder")
"""Kinds through which no way leads to a priority: work on an objective is not work on each of its priorities."""


def attributed(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Note of a kind -> the priorities that it is for, by path; none for one that reaches none."""
    above = {path: _above(vault, vault.notes[path]) for path in vault.recognised}
    return {path: _nearest(vault, path, above) for path in above}


def shares(vault: Vault, paths: Iterable[str]) -> dict[str, float]:
    """Priority -> its share of work that is about these notes; they share it alike, "" has what is for none."""
    for_each = [vault.ask(attributed).get(path, ()) or ("",) for path in paths] or [("",)]
    known = [each for each in for_each if each != ("",)] or for_each
    found: dict[str, float] = {}
    for each in known:
        for priority in each:
            found[priority] = found.get(priority, 0.0) + 1 / len(each) / len(known)
    return found


def _nearest(vault: Vault, start: str, above: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Look up level by level, as far as the first with a priority on it; few chains have more than four."""
    seen: set[str] = set()
    layer = [start]
    while layer:
        near = [path for path in layer if vault.is_kind(vault.notes[path], "priority")]
        if near:
            return tuple(sorted(near))
        seen.update(layer)
        higher = dict.fromkeys(path for each in layer for path in above[each])
        layer = [path for path in higher if path not in seen]
    return ()


def _above(vault: Vault, note: Note) -> tuple[str, ...]:
    """What a note is for, without what stands above all priorities."""
    serves = (up.parent for up in vault.ask(ups).get(note.path, ()))
    others = (edge.target for relation in _TOWARDS for edge in vault.relation(note, relation))
    targets = dict.fromkeys(path for path in (*serves, *others) if path is not None and path in vault.recognised)
    return tuple(path for path in targets if path != note.path and not vault.is_kind(vault.notes[path], *_ABOVE))
