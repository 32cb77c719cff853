"""What a text says was decided or is to be done without a heading: a note's text comes in, points come out.

Minutes are written in a hurry: `Decision: hire a CFO` in the middle of a paragraph's lines, or `**Actions**` alone on a
line above its list. Only a line or a sentence that begins so counts, with a capital letter, and only in what is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultkit.listed import Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.listed import Topic
    from vaultkit.model import Heading
    from vaultkit.parser.leaves import Leaf
    from vaultkit.parser.source import Source

_WORDS = ("Deci", "Action", "Next step")
_FRENCH = ("Déci", "Prochaines étapes")
"""What a text must hold to be looked at: to look at each of its lines costs much more."""
_SAID = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?;] ))[ \t>]*(?P<bold>\*\*|__)?[ \t]*"
    r"(?:(?P<decisions>D[ée]cisions?(?: prises?| taken)?|Decided|D[ée]cid[ée]e?s?)"
    r"|(?P<actions>Actions?(?: items?| points?| à mener)?|Next steps?|Prochaines étapes))"
    r"[ \t\u00a0\u202f]*(?P<colon>:)?[ \t]*(?(bold)(?:\*\*|__))[ \t\u00a0\u202f]*(?P<after>:)?[ \t]*(?P<text>[^\n]*)"
)


def spoken(source: Source, leaves: Sequence[Leaf], headings: Sequence[Heading]) -> Iterator[Point]:
    """The lines that begin with such a word and a colon, or are such a word in bold with something below it."""
    text = source.text
    may = _WORDS if text.isascii() else (*_WORDS, *_FRENCH)
    if not any(word in text for word in may):
        return
    texts = [leaf for leaf in leaves if leaf.kind == "text"]
    starts = [heading.span.start for heading in headings]
    for place, leaf in enumerate(texts):
        for found in _SAID.finditer(text[leaf.start : leaf.end]):
            topic: Topic = "decisions" if found["decisions"] else "actions"
            said, start = found["text"].strip(), leaf.start + found.start("text")
            if not (found["bold"] or found["colon"] or found["after"]):
                continue
            if said:
                yield Point(topic, said, source.span(start, start + len(said)))
            else:
                yield from _below(
                    source, topic, leaf.start + found.end(), (leaf, *texts[place + 1 : place + 2]), starts
                )


def _below(source: Source, topic: Topic, end: int, leaves: Sequence[Leaf], headings: Sequence[int]) -> Iterator[Point]:
    """What comes next, unless it is below another heading."""
    for leaf in leaves:
        start = max(leaf.start, end)
        text = source.text[start : leaf.end].strip()
        if text and bisect_right(headings, start) == bisect_right(headings, end):
            start, line = source.text.index(text, start), text.partition("\n")[0].rstrip()
            yield Point(topic, line, source.span(start, start + len(line)))
            return
