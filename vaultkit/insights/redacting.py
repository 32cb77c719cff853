"""A note and what its readers may not know of go in; the same note comes out without the words that tell of that.

A sentence that names what is withheld may say what it is about: only a mark is left that words stood there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from vaultkit.insights.withheld import decomposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.withheld import Withheld
    from vaultkit.model import Link, Note, Property, Value
    from vaultkit.span import Span
    from vaultkit.vault import Vault

BLANK = "…"
"""What stands in the place of words that are not for the reader."""
_DAY = re.compile(r"\W*\d{4}-\d{2}-\d{2}(?!\d)")
_GAP = re.compile(r"[\s_-]+")


def redacted(vault: Vault, note: Note, away: Withheld) -> Note:
    """The note without what tells of withheld ones; the note itself where nothing does."""
    secret = {edge.link for edge in vault.graph.of(note.path) if edge.target in away.reasons}
    if not secret and away.pattern.search(vault.gather(_words)[note.path]) is None:
        return note
    hide = _Hiding(away, secret)
    return replace(
        note,
        properties=tuple(map(hide.property, note.properties)),
        fields=tuple(map(hide.property, note.fields)),
        links=tuple(
            link for link in note.links if link not in secret and not hide.tells(f"{link.target} {link.label}")
        ),
        tags=tuple(tag for tag in note.tags if not hide.tells(_GAP.sub(" ", tag.name.replace("/", " ")))),
        headings=tuple(replace(each, text=hide.text(each.text)) for each in note.headings),
        tasks=tuple(
            replace(each, text=hide.text(each.text), description=hide.text(each.description)) for each in note.tasks
        ),
        points=tuple(replace(each, text=hide.text(each.text)) for each in note.points),
        waivers=tuple(replace(each, reason=hide.text(each.reason)) for each in note.waivers),
    )


def told_in(vault: Vault, note: Note, away: Withheld, span: Span) -> bool:
    """Whether a part of a note names or links to what is withheld."""
    secret = {edge.link for edge in vault.graph.of(note.path) if edge.target in away.reasons}
    if not secret and away.pattern.search(vault.gather(_words)[note.path]) is None:
        return False
    said = (
        *((each.span, f"{each.target} {each.label}" if each not in secret else None) for each in note.links),
        *((each.span, each.text) for each in note.headings),
        *((each.span, each.text) for each in note.tasks),
        *((each.span, each.text) for each in note.points),
    )
    here = (text for where, text in said if span.start <= where.start < span.end)
    return any(text is None or away.named_in(text) for text in here)


class _Hiding:
    """What takes words out of one note."""

    def __init__(self, away: Withheld, secret: set[Link]) -> None:
        self._away = away
        self._targets = tuple(mark + link.target for link in secret if link.target for mark in ("[[", "](", "](<"))

    def tells(self, text: str) -> bool:
        """Whether a text names or links to what is withheld."""
        if self._away.named_in(text):
            return True
        plain = unquote(text) if "%" in text else text
        return any(target in plain for target in self._targets)

    def text(self, text: str) -> str:
        """The text, or nothing of it but the day that it begins with."""
        if not text or not self.tells(text):
            return text
        day = _DAY.match(text)
        return f"{day[0]}: {BLANK}" if day else BLANK

    def property(self, item: Property) -> Property:
        """The property with each text in its value looked at alone."""
        return replace(item, value=self._value(item.value))

    def _value(self, value: Value) -> Value:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(self._value(each) for each in value)
        if isinstance(value, dict):
            return {key: self._value(each) for key, each in value.items()}
        return value


def _words(_vault: Vault, note: Note) -> str:
    """All that a page may say of what stands in a note, decomposed."""
    return decomposed("\n".join(_said(note)))


def _said(note: Note) -> Iterator[str]:
    for item in (*note.properties, *note.fields):
        yield from _texts(item.value)
    for link in note.links:
        yield f"{link.target} {link.label or ''}"
    yield from (_GAP.sub(" ", tag.name.replace("/", " ")) for tag in note.tags)
    yield from (heading.text for heading in note.headings)
    yield from (task.text for task in note.tasks)
    yield from (point.text for point in note.points)
    yield from (waiver.reason for waiver in note.waivers)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
