"""Which links to a note count, and which broken links are already told of: a note goes in, edges come out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import standings, ups
from vaultkit.insights.decisions import missing
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import misowned
from vaultkit.insights.status import is_live
from vaultkit.vault import Edge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_START = attrgetter("start")
_TO_FILL_IN = re.compile(r"<[^<>]+>")
INDEX = "index"
"""The generated pages whose links are known of: were those of the dashboards, a build would change a judgement."""


class Inbound(Struct, frozen=True):
    """The links that lead to a note from others."""

    people: tuple[Edge, ...]
    """Those that somebody wrote."""
    indexes: tuple[Edge, ...]
    """Those in the lists that vaultkit keeps: index pages and index regions."""


def inbound(vault: Vault, note: Note) -> Inbound:
    """The links that lead to a note from other notes, dashboards apart, and from canvases and bases."""
    edges = vault.graph.backlinks(note.path)
    people = tuple(edge for edge in (*edges, *vault.graph.backlinks_aside(note.path)) if edge.human)
    indexes = tuple(edge for edge in edges if not edge.human and _in_index(vault, edge))
    return Inbound(people, indexes)


def shown(note: Note, edges: Iterable[Edge]) -> Iterator[Edge]:
    """Those of a note's links that a person wrote and a reader sees: nobody meets one in a comment."""
    comments = note.comments
    for edge in edges:
        before = bisect_right(comments, edge.link.span.start, key=_START) if comments else 0
        if edge.human and (not before or comments[before - 1].end <= edge.link.span.start):
            yield edge


def is_placeholder(target: str) -> bool:
    """Whether a target stands for a name that is still to be filled in, or for any of several: no file is called so."""
    return "{{" in target or "*" in target or _TO_FILL_IN.search(target) is not None


def unresolved(vault: Vault) -> Mapping[str, int]:
    """Unresolved target, without `.md` -> how many links ask for it, those of canvases and bases included."""
    return counted(chain.from_iterable(vault.gather(wanting).values()))


def counted(targets: Iterable[str]) -> Counter[str]:
    """Target, without `.md` -> how often it stands among these."""
    return Counter(target.removesuffix(".md") for target in targets)


def wanting(vault: Vault, note: Note) -> tuple[str, ...]:
    """The target of each link of a note that leads nowhere, as it is written."""
    edges = vault.graph.of(note.path) if note.links else ()
    return tuple([edge.link.target for edge in edges if edge.target is None])


def told_of(vault: Vault) -> frozenset[Edge]:
    """The unresolved links of which another validator already speaks, where it is not switched off.

    Each of them states a relation.
    """
    found: list[Edge] = []
    if vault.config.severity("orphan-priority") != "off":
        broken = (path for path, standing in vault.ask(standings).items() if standing.reason == "broken-link")
        found += [up.edge for path in broken for up in vault.ask(ups).get(path, ())]
    if vault.config.severity("no-owner") != "off":
        for note in vault.of_kind("priority"):
            if is_live(vault, note) and ownership(vault, note).fault == "unresolved":
                found += vault.relation(note, "owner")
    if vault.config.severity("owner-not-a-person") != "off":
        named = (path for path, each in vault.ask(misowned).items() if each.told in {"unresolved", "crossing"})
        edges = (edge for path in named for edge in vault.relation(vault.notes[path], "owner"))
        found += [edge for edge in edges if edge.target is None]
    if vault.config.severity("supersede-not-reciprocal") != "off":
        found += chain.from_iterable(vault.ask(missing).values())
    return frozenset(found)


def _in_index(vault: Vault, edge: Edge) -> bool:
    """Whether it stands in a list: a page says what it is, and so does the region of a person's note."""
    note, place = vault.notes[edge.source], edge.link.span.start
    if note.generated is not None:
        return note.generated.page == INDEX
    return any(region.name == INDEX and region.body.start <= place < region.body.end for region in note.regions)
