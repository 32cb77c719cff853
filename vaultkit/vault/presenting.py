"""Where a note presents itself: a Note goes in, the end of that place or the fields in it come out."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.model import Note, Property, Section


def head(note: Note) -> int:
    """Where a note stops presenting itself: the end of its first paragraph, with only headings and comments before it.

    A tag further down says something of a line, a task or a thought: `- [ ] ask Ann #project` makes no project. What
    stands in a region is passed over: filling it in must not make another note of this one.
    """
    end = 0
    for section in _own_sections(note):
        if section.kind == "paragraph":
            return section.end
        if section.kind not in {"yaml", "heading", "comment"}:
            return end
        end = section.end
    return end


def presenting(note: Note) -> tuple[Property, ...]:
    """The inline fields before the first heading below a text: `[type:: decision]` further down is a line's."""
    if not note.fields:
        return ()
    text = False
    for section in _own_sections(note):
        if text and section.kind == "heading":
            return tuple(item for item in note.fields if item.span.start < section.start)
        text = text or section.kind not in {"yaml", "heading", "comment"}
    return note.fields


def _own_sections(note: Note) -> Iterable[Section]:
    """Those that stand in no region."""
    return _outside(note) if note.regions else note.sections


def _outside(note: Note) -> Iterator[Section]:
    starts = [region.body.start for region in note.regions]
    for section in note.sections:
        place = bisect_right(starts, section.start) - 1
        if place < 0 or section.start >= note.regions[place].body.end:
            yield section
