"""A note's text, headings and leaves come in; the lines in which its text says how it stands come out.

Records of decisions do so without frontmatter: `Status: accepted` or `* Date: 2026-03-01` before their second heading,
and the lines below `## Status`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from vaultkit.listed import Point
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Heading
    from vaultkit.parser.leaves import Leaf
    from vaultkit.parser.source import Source

_HEAD = 2000
"""Characters of a text in which a record says how it stands."""
_SIGNS = ("tatu", "TATU")
"""What any of `Status`, `statut`, `STATUS` holds: nearly every note is done with after looking for it."""
_STATUS = frozenset({"status", "statut"})
_LINE = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?((?:\*\*|__)?"
    r"(?:status|statut|date|deciders?|decision[ -]makers?|d[ée]cideurs?|d[ée]cideuses?)"
    r"(?:\*\*|__)?[ \t\u00a0\u202f]?:(?!:)[^\r\n]*\S)",
    re.IGNORECASE | re.MULTILINE,
)
_WORDS = re.compile(r"[^\s>*+-][^\r\n]*")
_MOST = 8
"""Lines below a heading that are looked at."""
_START = attrgetter("start")


def records(source: Source, headings: Sequence[Heading], leaves: Sequence[Leaf], body: int) -> Iterator[Point]:
    """The lines that say so, in the order of the text; `body` is where the frontmatter ends."""
    text, end = source.text, body + _HEAD
    if all(text.find(sign, body, end) < 0 for sign in _SIGNS):
        return
    own = sorted((leaf for leaf in leaves if leaf.kind == "text" and leaf.start < end), key=_START)
    starts = [leaf.start for leaf in own]
    head = headings[1].span.start if len(headings) > 1 else end
    for found in _LINE.finditer(text, body, min(head, end)):
        place = bisect_right(starts, found.start(1)) - 1
        if place >= 0 and found.start(1) < own[place].end:
            yield Point("record", found[1], source.span(*found.span(1)))
    for place, heading in enumerate(headings):
        if heading.span.start < end and fold(heading.text.strip(" :#*")) in _STATUS:
            after = headings[place + 1].span.start if place + 1 < len(headings) else len(text)
            below = own[bisect_left(starts, heading.span.end) : bisect_left(starts, after)]
            yield from _lines(source, below[:_MOST])


def _lines(source: Source, leaves: Sequence[Leaf]) -> Iterator[Point]:
    for leaf in leaves:
        for found in _WORDS.finditer(source.text, leaf.start, leaf.end):
            words = found[0].rstrip()
            yield Point("status", words, source.span(found.start(), found.start() + len(words)))
