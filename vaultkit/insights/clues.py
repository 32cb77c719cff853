"""Clues to a note's kind that contradict one another: a Vault goes in, each contradiction with its notes comes out.

A note that says itself what it is, by a property or in the settings, is believed: that it lies among others is no
contradiction. Between a tag, a folder and a file name nobody has said which is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.vault.kinds import Recognition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_ALIKE = (frozenset({"person", "stakeholder"}), frozenset({"team", "stakeholder"}))
"""Kinds that a note may be of at once."""


class Conflict(Struct, frozen=True):
    """Two clues that speak for two kinds."""

    taken: Recognition
    """The clue that is followed."""
    other: Recognition


def conflicts(vault: Vault) -> Mapping[str, tuple[Conflict, tuple[str, ...]]]:
    """The first note, by path, of those with the same two clues -> the contradiction, and all of these notes."""
    groups: dict[Conflict, list[str]] = {}
    found = vault.gather(conflict)
    for path in vault.recognised:
        each = found[path]
        if each is not None:
            groups.setdefault(each, []).append(path)
    return {min(paths): (each, tuple(sorted(paths))) for each, paths in groups.items()}


def conflict(vault: Vault, note: Note) -> Conflict | None:
    """The first clue that speaks against the one that a note's kind is told by; None when none does."""
    taken = vault.recognised.get(note.path)
    if taken is None or taken.by == "config":
        return None
    for other in vault.kinds.clues(note):
        if other.kind != taken.kind and frozenset({other.kind, taken.kind}) not in _ALIKE:
            if taken.by == "property" and not _of_one_property(taken, other):
                return None
            return Conflict(_root(taken), _root(other))
    return None


def _root(clue: Recognition) -> Recognition:
    """`#project/alpha` as `#project`: which project it is makes no other contradiction."""
    return Recognition(clue.kind, clue.by, clue.clue.partition("/")[0]) if clue.by == "tag" else clue


def _of_one_property(taken: Recognition, other: Recognition) -> bool:
    """`type: [project, meeting]`."""
    return other.by == "property" and other.clue.partition(":")[0] == taken.clue.partition(":")[0]
