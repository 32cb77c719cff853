"""The raw text of a leaf comes in, the inline fields that Dataview reads in it come out, each in its exact place.

`key:: value` on a line of its own, `[key:: value]` and `(key:: value)` anywhere in a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from vaultkit.model import Property

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vaultkit.model import Link, Value
    from vaultkit.parser.leaves import Leaf
    from vaultkit.parser.source import Source

Stretch = tuple[int, int]
"""`text[start:end]`."""

_LINE = re.compile(r"[^\r\n]+")
_BRACKET = re.compile(r"[\[\]()\r\n]")
_IN_BRACKETS = re.compile(r"[\[(]([^\[\]():\r\n]++)::")
_BEFORE = re.compile(r"(?>(?:[ \t>]|(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]))*)")
"""What may stand before a leaf on its line for the line to be the leaf's own: quotes, and the marker of a list item."""
_ON_A_LINE = re.compile(
    r"[ \t>%]*+"
    r"([*_~=]*+)"
    '((?>(?:[^\x00-\x08\x0a-\x1f!"#$%&()+,.:;<=>?@\\[\\]\\\\^`{|}\xa1-\xbf\u2010-\u2018\u201a-\u201f\u2022-\u2027\u3000-\u303f])+))'
    r"[=]*+::"
)
"""A key as prose would not have it: no punctuation but `_`, `-`, `/`, apostrophes, and what emphasises it."""
_WORD = re.compile(r"[^\W_]")
_DRESS = "*_~= \t\u00a0\u202f\ufe0f"
"""What stands around a key and is none of it: emphasis, spaces (French has one before a colon)."""
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,300})?")
_QUOTED = r'"[^"\r\n]*+"'
_PIECE = re.compile(
    rf"!?\[\[(?>(?:[^\[\]]++|\[(?!\[)|\](?!\]))+)\]\]|!?\[[^\[\]]*+\]\((?:<[^<>]*+>|[^()\s]*+)\)|{_QUOTED}"
)
_LIST = re.compile(rf"(?:{_PIECE.pattern})(?>(?:[ \t]*+,[ \t]*+(?:{_PIECE.pattern}))+)")


class _Field(NamedTuple):
    """A key; where it starts, with its bracket (`opening`) and without; `text[value:end]`, its value."""

    name: str
    opening: int
    start: int
    value: int
    end: int


def fields(source: Source, leaf: Leaf, closed: Iterable[Stretch]) -> list[Property]:
    """The fields of a leaf, in its order; `closed` are its links, code, math and HTML, in which none begins."""
    return [
        Property(
            found.name,
            value_of(source.text[found.value : found.end]),
            source.span(found.start, found.end),
            source.span(found.value, found.end),
        )
        for found in _found(source.text, leaf, closed, alone=_stands_alone(source, leaf))
    ]


def in_fields(links: Sequence[Link], found: Sequence[Property]) -> list[Link]:
    """The links of a leaf, each with the field in whose value it stands."""
    if not found:
        return list(links)
    starts = [field.value_span.start for field in found]
    fields = [found[bisect_right(starts, link.span.start) - 1] for link in links]
    return [
        replace(link, field=field.name) if field.value_span.start <= link.span.start < field.span.end else link
        for link, field in zip(links, fields, strict=True)
    ]


def _stands_alone(source: Source, leaf: Leaf) -> bool:
    """Whether a leaf's lines are its own, so that one of them may be a field from end to end."""
    if leaf.kind == "cell":
        return False
    line = leaf.start - source.span(leaf.start, leaf.start).column + 1
    return _BEFORE.fullmatch(source.text, line, leaf.start) is not None


def _found(text: str, leaf: Leaf, closed: Iterable[Stretch], *, alone: bool) -> Iterator[_Field]:
    hidden = _hidden(closed)
    pairs = _pairs(text, leaf, hidden)
    for line in _LINE.finditer(text, leaf.start, leaf.end):
        if text.find("::", line.start(), line.end()) < 0:
            continue
        inner = tuple(_in_brackets(text, line.span(), pairs, hidden))
        end = inner[0].opening if inner else line.end()
        own = _on_a_line(text, (line.start(), end), hidden) if alone else None
        yield from (own, *inner) if own else inner


def value_of(written: str) -> Value:
    """A number, a truth value, a list of links or of quoted texts, else the text as it is written; None for nothing."""
    if not written:
        return None
    if written.lower() in {"true", "false"}:
        return written.lower() == "true"
    if _NUMBER.fullmatch(written):
        return float(written) if "." in written else int(written)
    if _LIST.fullmatch(written):
        return tuple(_bare(piece[0]) for piece in _PIECE.finditer(written))
    return _bare(written) if re.fullmatch(_QUOTED, written) else written


def _bare(piece: str) -> str:
    return piece[1:-1] if piece.startswith('"') else piece


def _hidden(closed: Iterable[Stretch]) -> Callable[[int], bool]:
    """Whether an offset lies in one of these stretches, which may lie within each other."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(closed):
        if not ends or end > ends[-1]:
            starts.append(start)
            ends.append(end)

    def hidden(at: int) -> bool:
        place = bisect_right(starts, at) - 1
        return place >= 0 and at < ends[place]

    return hidden


def _pairs(text: str, leaf: Leaf, hidden: Callable[[int], bool]) -> Mapping[int, int]:
    """Where each `[` and `(` stands that is closed on its line -> where it is closed."""
    found: dict[int, int] = {}
    open_: dict[str, list[int]] = {"]": [], ")": []}
    for mark in _BRACKET.finditer(text, leaf.start, leaf.end):
        at = mark.start()
        if mark[0] in "\r\n":
            open_ = {"]": [], ")": []}
        elif hidden(at):
            continue
        elif mark[0] in "[(":
            open_["]" if mark[0] == "[" else ")"].append(at)
        elif open_[mark[0]]:
            found[open_[mark[0]].pop()] = at
    return found


def _in_brackets(text: str, line: Stretch, pairs: Mapping[int, int], hidden: Callable[[int], bool]) -> Iterator[_Field]:
    """`[key:: value]` and `(key:: value)`, the outer one where they lie within each other."""
    end = line[0]
    for found in _IN_BRACKETS.finditer(text, *line):
        opening, close = found.start(), pairs.get(found.start(), -1)
        name = found[1].strip(_DRESS)
        if opening < end or close < 0 or not name or hidden(found.end() - 1):
            continue
        end = close
        yield _field(text, name, opening, (found.end(), close))


def _on_a_line(text: str, line: Stretch, hidden: Callable[[int], bool]) -> _Field | None:
    found = _ON_A_LINE.match(text, *line)
    word = found and _WORD.search(text, found.start(2), found.end(2))
    if not found or not word or hidden(word.start()) or hidden(found.end() - 1):
        return None
    value, opened = found.end(), found[1]
    if opened and text.startswith(opened, value):  # `**Key::** value`, as often as `**Key**:: value`
        value += len(opened)
    comment = text.find("%%", value, line[1])
    name = text[word.start() : found.end(2)].rstrip(_DRESS)
    return _field(text, name, word.start(), (value, line[1] if comment < 0 else comment))


def _field(text: str, name: str, opening: int, around: Stretch) -> _Field:
    """A field by where it opens, and its value with the spaces around it."""
    value, end = around
    written = text[value:end]
    value += len(written) - len(written.lstrip())
    end = max(value, end - len(written) + len(written.rstrip()))
    return _Field(name, opening, text.index(name, opening), value, end)
