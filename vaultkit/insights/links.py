"""Which links to a note count, and which broken links are already told of: a note goes in, edges come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import standings
from vaultkit.insights.ownership import ownership
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Edge, Vault

INDEX = "index"
"""The generated pages and regions whose links are known of; those of the dashboards would let a build change a judgement."""


class Inbound(Struct, frozen=True):
    """The links that lead to a note from others."""

    people: tuple[Edge, ...]
    """Those that somebody wrote."""
    indexes: tuple[Edge, ...]
    """Those in the lists that vaultkit keeps: index pages and index regions."""


def inbound(vault: Vault, note: Note) -> Inbound:
    """The links that lead to a note from other notes, dashboards apart."""
    edges = vault.graph.backlinks(note.path)
    people = tuple(edge for edge in edges if edge.human)
    indexes = tuple(edge for edge in edges if not edge.human and _in_index(vault, edge))
    return Inbound(people, indexes)


def told_of(vault: Vault) -> frozenset[Edge]:
    """The unresolved links that `orphan-priority` or `no-owner` already speaks of, where these are not switched off."""
    found: list[Edge] = []
    if vault.config.severity("orphan-priority") != "off":
        broken = (standing.chain for standing in vault.ask(standings).values() if standing.reason == "broken-link")
        found += [up.edge for chain in broken for up in chain]
    if vault.config.severity("no-owner") != "off":
        for note in vault.of_kind("priority"):
            if is_live(vault, note) and ownership(vault, note).fault == "unresolved":
                found += vault.relation(note, "owner")
    return frozenset(found)


def _in_index(vault: Vault, edge: Edge) -> bool:
    """What vaultkit writes into a person's note is an index; a page of its own says what it is."""
    generated = vault.notes[edge.source].generated
    return generated is None or generated.page == INDEX
