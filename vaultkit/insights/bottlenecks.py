"""Which work stops if somebody is away: a Vault goes in; the people who alone hold something together come out.

People and the live work that they own, contribute to, have an open task of or work below make a graph with two sorts
of nodes. A person is a single point when the graph falls apart without them (a cut vertex); the work that only they
hold is what stops. Told of the work, never as a score of the person.

    betweenness = the share of the shortest paths between two other people, who work together where they share work,
                  that lead through a person: 0 to 1

Worked: Ann owns A and B, Bob contributes to B and owns C, and Cyd contributes to C. Without Ann, A stands alone;
without Bob, Ann and Cyd no longer hang together. Ann alone holds A, and Bob nothing: if Bob is away no work stops, but
what B and C have to do with each other does. The one path between two others, Ann - Bob - Cyd, leads through Bob: 1.

Source: bus factor reviews; the graph of two sorts after Breiger's duality of persons and groups (1974).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import ups
from vaultkit.insights.assignments import about, named_owner
from vaultkit.insights.connecting import betweenness, cut_vertices
from vaultkit.insights.dependencies import WORK, is_met
from vaultkit.insights.ownership import ownership
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

PIVOTS = 500
"""Above so many people, betweenness is estimated from the paths of so many of them."""
LEVELS = 8
"""How far up work counts for what it serves: twice as far as kinds go, and no chain costs its length squared."""
_HELD = frozenset({"owner", "contributors"})


class SinglePoint(Struct, frozen=True):
    """A person without whom something comes apart."""

    person: str
    alone: tuple[str, ...]
    """The live work that nobody else works on, by path: it stops."""
    shared: tuple[str, ...]
    """Their other live work."""


def held(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Live piece of work -> the people who work on it, the owner first; of those that have any."""
    live = [
        note for note in vault.of_kind(*WORK, "risk", "decision") if is_live(vault, note) and not is_met(vault, note)
    ]
    own = {note.path: _people(vault, note) for note in live}
    found: dict[str, dict[str, None]] = {path: dict.fromkeys(people) for path, people in own.items()}
    for path, people in own.items():
        for above in _above(vault, path) if people else ():
            if above in found:
                found[above].update(dict.fromkeys(people))
    return {path: tuple(people) for path, people in found.items() if people}


def single_points(vault: Vault) -> tuple[SinglePoint, ...]:
    """The people who are cut vertices, by path; linear in the work and its people."""
    items = vault.ask(held)
    neighbours: dict[str, list[str]] = {path: list(people) for path, people in items.items()}
    of_person: dict[str, list[str]] = {}
    for path, people in items.items():
        for person in people:
            of_person.setdefault(person, []).append(path)
    cuts = cut_vertices({**neighbours, **of_person})
    return tuple(
        SinglePoint(
            person,
            tuple(path for path in paths if len(items[path]) == 1),
            tuple(path for path in paths if len(items[path]) > 1),
        )
        for person, paths in sorted(of_person.items())
        if person in cuts
    )


def between(vault: Vault) -> Mapping[str, float]:
    """Person -> betweenness among the people they share work with. Not linear: for reports, never for a judgement."""
    near: dict[str, dict[str, None]] = {}
    for people in vault.ask(held).values():
        for person in people:
            near.setdefault(person, {}).update(dict.fromkeys(other for other in people if other != person))
    return betweenness({person: list(others) for person, others in sorted(near.items())}, PIVOTS)


def _people(vault: Vault, note: Note) -> tuple[str, ...]:
    """Its owner, its contributors, and those whom an open task about it names."""
    linked = (e.target for e in vault.graph.of(note.path) if e.human and e.relation in _HELD)
    tasks = (named_owner(vault, each) for each in vault.ask(about).get(note.path, ()) if each.is_open)
    told = vault.recognised.get
    named = dict.fromkeys(path for path in (ownership(vault, note).person, *linked, *tasks) if path is not None)
    return tuple(path for path in named if (kind := told(path)) is not None and kind.kind == "person")


def _above(vault: Vault, path: str) -> Iterator[str]:
    """What a note serves, by way of others too."""
    found, layer = {path}, [path]
    for _ in range(LEVELS):
        parents = dict.fromkeys(up.parent for each in layer for up in vault.ask(ups).get(each, ()) if up.parent)
        layer = [parent for parent in parents if parent not in found]
        found.update(layer)
        yield from layer
