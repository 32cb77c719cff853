"""A note or a board comes in with the resolver and its kind, its edges come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.vault.graph import Edge
from vaultkit.vault.recorded import KIND, RECORDED, relation_of
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from vaultkit.model import Link, Note
    from vaultkit.vault.kinds import Kinds, Recognition
    from vaultkit.vault.resolver import Resolver


def edges(note: Note, resolver: Resolver, kinds: Kinds, told: Recognition | None) -> tuple[Edge, ...]:
    """What each link of a note leads to, and the relation that it states by the note's kind."""
    if not note.links:
        return ()
    found: list[Edge] = []
    source = note.path
    certain = resolver.certain if source.endswith(".md") else {}  # a canvas means whole paths
    filled = _filled(note, kinds, told) if told and note.fields else frozenset()
    states = told is not None and told.kind == KIND and any(point.topic in RECORDED for point in note.points)
    for link in note.links:
        path = certain.get(link.target, "")
        if path == "":
            path = meant(link, source, resolver)
        relation = _relation(link, kinds, told, filled) if told else ""
        if states and not (relation or link.property or link.field):
            relation = relation_of(note, link, kinds)
        found.append(Edge(source, path, link, relation))
    return tuple(found)


def meant(link: Link, source: str, resolver: Resolver) -> str | None:
    """The file that a link in `source` leads to. A canvas names its files by their whole path, and no other will do."""
    if link.origin == "canvas":
        return resolver.at(link.target)
    return resolver.resolve(link.target, source)


def _filled(note: Note, kinds: Kinds, told: Recognition) -> frozenset[str]:
    """The fields that the frontmatter has filled in: an inline field of the same says nothing."""
    found = ((item, kinds.field(told.kind, item.name)) for item in note.properties)
    return frozenset(field.name for item, field in found if field and text_of(item.value))


def _relation(link: Link, kinds: Kinds, told: Recognition, filled: frozenset[str]) -> str:
    """The field that a link's property is: `serves`, or an item of its list, `serves.0`; never one nested deeper."""
    if not (link.property or link.field):
        return ""
    name, _, item = link.property.rpartition(".")
    field = kinds.field(told.kind, link.field or (name if name and item.isdigit() else link.property))
    if field is None or field.type not in {"link", "links"} or (link.field and field.name in filled):
        return ""
    return field.name
