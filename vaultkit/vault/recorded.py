"""A decision's Note and the kinds come in; the properties and the relations that its text states come out.

Records of decisions are often kept without frontmatter: `* Status: accepted`, or `Superseded by [3. Use Go](0003.md)`
below `## Status`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.model import Property
from vaultkit.text import fold
from vaultkit.vault.values import choice_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.listed import Point
    from vaultkit.model import Link, Note
    from vaultkit.vault.kinds import Kinds

KIND = "decision"
RECORDED = frozenset({"record", "status"})
"""The topics of the lines that say how a decision stands."""
_DRESS = re.compile(r"\*\*|__|`|<!--.*?(?:-->|$)|[*_]$|^[*_]")


def recorded(note: Note, kinds: Kinds) -> tuple[Property, ...]:
    """What its text says of a decision, its latest status first."""
    lines = [point for point in note.points if point.topic in RECORDED]
    if not lines:
        return ()
    field = kinds.field(KIND, "status")
    said = [each for point in lines for each in _properties(note, point)]
    known = [each for each in reversed(said) if field and _is_status(each) and choice_of(each.value, field.vocabulary)]
    return (*known, *(each for each in said if each not in known))


def relation_of(note: Note, link: Link, kinds: Kinds) -> str:
    """The relation that a link in such a line states, by the words before it; empty for any other link."""
    for point in note.points:
        if point.topic in RECORDED and point.span.start <= link.span.start < point.span.end:
            name, _, words = _DRESS.sub("", point.text.partition("[")[0]).rpartition(":")
            field = kinds.field(KIND, words.strip() or name.strip())
            return field.name if field and field.type in {"link", "links"} else ""
    return ""


def _properties(note: Note, point: Point) -> Iterator[Property]:
    line = _DRESS.sub("", point.text).strip()
    name, _, value = line.partition(":") if point.topic == "record" else (_word(note), "", line)
    if value.strip():
        yield Property(name.strip(), value.strip(), point.span, point.span)


def _word(note: Note) -> str:
    return "statut" if note.french > 0 else "status"


def _is_status(item: Property) -> bool:
    return fold(item.name) in {"status", "statut"}
