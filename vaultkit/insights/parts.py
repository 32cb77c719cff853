"""Which parts of a note say something: a Note goes in, the topics below whose headings something stands come out.

A heading of a template with nothing below it says nothing, and so does a bullet that nobody has written on.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaultkit.listed import Topic
from vaultkit.parser.points import topic_of
from vaultkit.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note, Section

Part: TypeAlias = Topic | Literal["people", "text"]

_SILENT = frozenset({"yaml", "heading", "comment", "html", "thematicBreak", "footnoteDefinition"})
"""Kinds of section that say nothing to somebody who opens a meeting's note."""
_PEOPLE = frozenset(
    {"attendee", "participant", "participante", "present", "presente", "invited", "invite", "absent", "absente"}
    | {"excuse", "excusee", "people", "who"}
)
"""Headings, as `stem` has them, of a list of who is there."""
_NOTHING = frozenset("none no nothing nil n/a na aucun aucune rien ra r.a.s ras neant tbd".split())
"""What is written, as `stem` has it, where nothing came of a meeting."""
_BARE_LIST = 5
"""Characters of a list of one or two bullets without a word."""


def parts(note: Note) -> frozenset[Part]:
    """The topics of which a note says something; `people` for who is there, `text` for all that is no topic."""
    said = (point.topic for point in note.points if stem(point.text.strip("*_.- ")) not in _NOTHING)
    return frozenset((*said, *_below(note)))


def _below(note: Note) -> Iterator[Part]:
    starts = [heading.span.start for heading in note.headings]
    by_heading = _by_heading(note)
    fields = {field.span.start for field in note.fields}
    for section in note.sections:
        part = by_heading[bisect_right(starts, section.start)]
        if section.kind in _SILENT or section.start in fields or _is_ours(note, section):
            continue
        if section.kind != "list" or (part in {"text", "people"} and section.end - section.start > _BARE_LIST):
            yield part


def _by_heading(note: Note) -> list[Part]:
    """What stands before the first heading is text; then the part of each heading, its own or of one around it."""
    found: list[Part] = ["text"]
    around: list[tuple[int, Part]] = []
    for heading in note.headings:
        while around and around[-1][0] >= heading.level:
            around.pop()
        own: Part | None = topic_of(heading) or ("people" if stem(heading.text.strip("#*_ :")) in _PEOPLE else None)
        inherited = around[-1][1] if around else "text"
        around.append((heading.level, own or inherited))
        found.append(own or inherited)
    return found


def _is_ours(note: Note, section: Section) -> bool:
    """Whether it stands in a region that vaultkit fills."""
    return any(region.body.start <= section.start < region.body.end for region in note.regions)
