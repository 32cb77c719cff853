"""A note's headings and list items come in; what stands below the headings that list something comes out.

Options, an agenda, asks: what a decision, a meeting or an update enumerates is read by others than its own note, and a
Note keeps no text. Only below these headings is anything kept.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultkit.listed import Point
from vaultkit.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.listed import Topic
    from vaultkit.model import Heading
    from vaultkit.parser.leaves import Item
    from vaultkit.parser.source import Source

_WORDS: dict[Topic, str] = {
    "options": "option, considered option, option considered, alternative, alternative considered, "
    "option envisagée, option étudiée, alternative envisagée",
    "rejected": "rejected, rejected option, rejected alternative, option rejetée, option écartée, rejeté, écarté",
    "agenda": "agenda, ordre du jour",
    "decisions": "decision, decision taken, decided, décision, décision prise, décidé, relevé de décision",
    "actions": "action, action item, next action, next step, follow up, to do, "
    "prochaine action, prochaine étape, à faire",
    "asks": "ask, request, demande, ce que nous demandons",
    "updates": "update, status update, point d'étape, mise à jour, suivi, journal",
    "milestones": "milestone, jalon, étape",
    "mandate": "mandate, mandat",
    "limits": "red line, not to be agreed, ligne rouge, à ne pas accepter, à refuser",
}
TOPICS: dict[str, Topic] = {stem(word): topic for topic, words in _WORDS.items() for word in words.split(", ")}
"""The heading, as `stem` has it -> what is listed below it."""


def points(source: Source, headings: Sequence[Heading], items: Iterable[Item]) -> Iterator[Point]:
    """The items and the sub-headings right below a heading of `TOPICS`, in the order of the text.

    An item in a list within another one is a remark on it, and so is one below a sub-heading.
    """
    topics = [topic_of(heading) for heading in headings]
    if not any(topics):
        return
    found = [*_beneath(headings, topics), *_listed(source, headings, topics, items)]
    found.sort(key=lambda point: point.span.start)
    yield from found


def topic_of(heading: Heading) -> Topic | None:
    """What a heading says is listed below it; None when it says nothing of the kind."""
    text = heading.text if len(heading.text) < 60 else ""
    return TOPICS.get(stem(text.strip("#*_ :")))


def _beneath(headings: Sequence[Heading], topics: Sequence[Topic | None]) -> Iterator[Point]:
    around: list[tuple[int, Topic | None]] = []
    for heading, topic in zip(headings, topics, strict=True):
        while around and around[-1][0] >= heading.level:
            around.pop()
        if around and around[-1][1] and not topic:
            yield Point(around[-1][1], heading.text, heading.span)
        around.append((heading.level, topic))


def _listed(
    source: Source, headings: Sequence[Heading], topics: Sequence[Topic | None], items: Iterable[Item]
) -> Iterator[Point]:
    starts = [heading.span.start for heading in headings]
    for item in items:
        leaf = item.leaf
        if leaf is None or item.parent >= 0 or item.quotes:
            continue
        place = bisect_right(starts, item.marker) - 1
        topic = topics[place] if place >= 0 else None
        if topic:
            start = leaf.start + 3 if item.checkbox(source.text) else leaf.start
            text = source.text[start : leaf.end].partition("\n")[0].strip()
            if text:
                yield Point(topic, text, source.span(item.marker, item.end))
