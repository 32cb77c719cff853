"""A property above a note and what it is to say go in; the text with it written comes out, in the shape it has.

status: active                  a value: what stands there is replaced, and two of them become a list
tags: [plan, later]             a list between brackets: a comma more or less
serves:                         a list below: a line more or less
- "[[Grow]]"
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.mending.values import is_empty, listed, place_of

if TYPE_CHECKING:
    from vaultkit.mending.values import Asked
    from vaultkit.model import Message, Note, Property

_KEY = re.compile(
    r"(?:\"[^\"\\\r\n]*+(?:\\.[^\"\\\r\n]*+)*\"|'[^'\r\n]*+(?:''[^'\r\n]*+)*'|[^\s\"'][^\r\n]*?)[ \t]*(?=:[ \t\r\n])"
)
_PLAIN_KEY = re.compile(r"[^\W\d_](?:[\w’'/ -]*[\w])?")
_NO_KEYS = frozenset("null true false yes no on off y n".split())
_COMMENT = re.compile(r"(?:^|[ \t\r\n])#")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_PIECE = re.compile(
    r"[ \t\r\n]*+"
    r"(\"[^\"\\]*+(?:\\.[^\"\\]*+)*\"|'[^']*+(?:''[^']*+)*'|[^\s,\[\]{}\"'#](?:[^,\[\]{}#\r\n]*[^\s,\[\]{}#])?)"
    r"[ \t\r\n]*+(?=[,\]])"
)
"""One value of a list between brackets."""


def is_open(note: Note) -> bool:
    """Whether anything stands above the note's text."""
    return bool(note.sections) and note.sections[0].kind == "yaml"


def end(note: Note) -> int:
    """Where what stands above the note's text ends: behind the last of its closing dashes."""
    return note.sections[0].end if is_open(note) else 0


def gap(note: Note, new: str) -> str:
    """The line end that a new frontmatter put between itself and the text."""
    return "" if is_open(note) else _line_end(new)


def added(text: str, note: Note, asked: Asked) -> str:
    """The property on a line of its own, the last above the text; with dashes around it when it is the first."""
    newline = _line_end(text)
    shape = f"{newline}  - " if asked.as_list else " "
    new = f"{_key(asked.name)}:{shape}{asked.written}{newline}"
    if not is_open(note):
        return f"---{newline}{new}---{newline}{text}"
    at = end(note) - 3
    return f"{text[:at]}{new}{text[at:]}"


def written(text: str, item: Property, asked: Asked) -> str | Message:
    """The text with the property that stands there as it is wanted."""
    start, last = item.value_span.start, item.value_span.end
    key = _KEY.match(text, item.span.start, start + 1)
    if key is None or text[start : start + 1] in {"&", "*", "!"}:
        return message("{property} is written there in a way that nothing can be put into", property=item.name)
    colon, value = key.end() + 1, text[start:last]
    if asked.how == "set" or is_empty(item.value):
        return _replaced(text, item, (colon, start, last), asked)
    if value.startswith("["):
        return _between_brackets(text, item, asked)
    if value.startswith("- ") or value[1:2] in {"\r", "\n"} or value == "-":
        return _below(text, item, asked)
    if asked.how == "remove":
        return f"{text[:colon]}{text[last:]}" if "\n" not in text[colon:last] else _over_lines(item)
    return _two(text, item, (colon, start, last), asked)


def _replaced(text: str, item: Property, places: tuple[int, int, int], asked: Asked) -> str | Message:
    """Another value in its place, or the first one behind the colon."""
    colon, start, last = places
    if asked.as_list:
        return f"{text[:colon]}{_line_end(text)}  - {asked.written}{text[last if start < last else colon :]}"
    if start == last:
        return f"{text[:colon]} {asked.written}{text[colon:]}"
    if _is_one_line(text[colon:last]):
        return f"{text[:start]}{asked.written}{text[last:]}"
    if _COMMENT.search(text, colon, last):
        return message("there is a comment within {property}", property=item.name)
    return f"{text[:colon]} {asked.written}{text[last:]}"


def _two(text: str, item: Property, places: tuple[int, int, int], asked: Asked) -> str | Message:
    """A list of the value that stands there, with whatever is behind it on its line, and of another one."""
    colon, start, last = places
    if not _is_one_line(text[colon:last]):
        return _over_lines(item)
    newline, stop = _line_end(text), _stop(text, last)
    return f"{text[:colon]}{newline}  - {text[start:stop]}{newline}  - {asked.written}{text[stop:]}"


def _between_brackets(text: str, item: Property, asked: Asked) -> str | Message:
    """One more before the closing bracket, or one less with its comma."""
    start, last = item.value_span.start, item.value_span.end
    count = len(listed(item.value))
    if asked.how == "add":
        before = text[: last - 1].rstrip(" \t\r\n")
        comma = "" if before.endswith("[") and not count else " " if before.endswith(",") else ", "
        return f"{before}{comma}{asked.written}{text[len(before) :]}"
    pieces, at = [], start + 1
    while (piece := _PIECE.match(text, at, last)) is not None:
        pieces.append(piece)
        at = piece.end() + 1
    place = place_of(asked, item.value)
    if len(pieces) != count or place is None:
        return _over_lines(item)
    piece = pieces[place]
    if place + 1 < count:
        return f"{text[: piece.start(1)]}{text[pieces[place + 1].start(1) :]}"
    return f"{text[: pieces[place - 1].end(1) if place else start + 1]}{text[piece.end(1) :]}"


def _below(text: str, item: Property, asked: Asked) -> str | Message:
    """A line more below the last one, or a line less."""
    start, last = item.value_span.start, item.value_span.end
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[first:start]
    if asked.how == "add":
        stop = _stop(text, last)
        return f"{text[:stop]}{_line_end(text)}{indent}- {asked.written}{text[stop:]}"
    lines = [
        each.span()
        for each in re.finditer(rf"^{re.escape(indent)}-(?=[ \t\r\n])[^\r\n]*(?:\r\n|\n|\r)", text, re.MULTILINE)
        if first <= each.start() < last
    ]
    place = place_of(asked, item.value)
    if len(lines) != len(listed(item.value)) or place is None:
        return _over_lines(item)
    line, below = lines[place]
    if _COMMENT.search(text, line, below):
        return message("there is a comment within {property}", property=item.name)
    return f"{text[:line]}{text[below:]}"


def _over_lines(item: Property) -> Message:
    return message("{property} is written over several lines there", property=item.name)


def _is_one_line(text: str) -> bool:
    return "\n" not in text and "\r" not in text


def _stop(text: str, at: int) -> int:
    """Where the line ends that an offset stands on."""
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _line_end(text: str) -> str:
    """The line end that most of a text has."""
    if text.count("\r\n") * 2 > text.count("\n"):
        return "\r\n"
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _key(name: str) -> str:
    """A property's name as YAML has it, in quotes where it needs them."""
    if _PLAIN_KEY.fullmatch(name) and name.lower() not in _NO_KEYS:
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
