"""Work that two teams do without knowing: a Vault goes in; pairs of live projects that look like one come out.

    likeness = words and tags that both have / words and tags that either has        (Jaccard, 0 to 1)

A pair is told of when both serve the same objective, their teams differ, and their likeness is more than 0.6. Words are
those of the title, in the singular, without articles and the like. Only projects that share a word are compared, and a
word that more than 50 projects of one objective have in common leads to no pair.

Worked: `New customer portal` and `Customer portals, new design` share customer, portal and new of four different words:
0.75. `Customer portal` and `Customer survey` share one of three: 0.33.

Source: Jaccard (1912); portfolio reviews for duplicate work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import aligned
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import teams_of
from vaultkit.insights.status import is_live
from vaultkit.text import fold, singular, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault

LIKE = 0.6
COMMON = 50
"""A word that more projects share than this says nothing of which are alike."""
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    "a an the of for and or to in on with project "
    "de du des la le les l d un une et ou au aux pour en sur avec projet".split()
)


class Likeness(Struct, frozen=True):
    """Two projects that look like one."""

    one: str
    other: str
    objective: str
    likeness: float


def duplicates(vault: Vault) -> tuple[Likeness, ...]:
    """The pairs, the most alike first."""
    bearers: dict[tuple[str, str], list[str]] = {}
    words: dict[str, frozenset[str]] = {}
    for note in vault.of_kind("project"):
        objective = objective_of(vault, note.path) if is_live(vault, note) else None
        if objective:
            words[note.path] = vault.gather(features)[note.path]
            for word in words[note.path]:
                bearers.setdefault((objective, word), []).append(note.path)
    pairs: dict[tuple[str, str], Likeness] = {}
    for (objective, _), paths in bearers.items():
        for one, other in _pairs(paths) if len(paths) <= COMMON else ():
            if (one, other) not in pairs:
                shared = len(words[one] & words[other]) / len(words[one] | words[other])
                pairs[one, other] = Likeness(one, other, objective, shared)
    found = (each for each in pairs.values() if each.likeness > LIKE and _of_two_teams(vault, each))
    return tuple(sorted(found, key=lambda each: (-each.likeness, each.one, each.other)))


def teams_at_work(vault: Vault, path: str) -> frozenset[str]:
    """The teams that a note names, else those of its owner."""
    named = vault.ask(teams_of)
    if path in named:
        return named[path]
    owner = ownership(vault, vault.notes[path]).person
    return named.get(owner or "", frozenset())


def features(vault: Vault, note: Note) -> frozenset[str]:
    """The words of a title and the tags, as they are compared."""
    words = frozenset(singular(word) for word in _WORD.findall(fold(vault.title(note)))) - _EMPTY
    return words | {f"#{stem(tag.name)}" for tag in note.tags}


def objective_of(vault: Vault, path: str) -> str | None:
    """The objective at the end of a note's chain."""
    toward, end = vault.ask(aligned), None
    while path in toward:
        end = path = toward[path].parent or ""
    return end


def _pairs(paths: list[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(paths):
        for other in paths[place + 1 :]:
            yield (one, other)


def _of_two_teams(vault: Vault, pair: Likeness) -> bool:
    one, other = teams_at_work(vault, pair.one), teams_at_work(vault, pair.other)
    return bool(one) and bool(other) and one.isdisjoint(other)
