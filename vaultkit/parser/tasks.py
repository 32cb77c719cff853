"""A task's text comes in, its description and the marks that the Tasks plugin reads in it come out.

The plugin reads marks from the end of the line backwards, tags among them, up to the first thing that is neither. Both
of its formats are read here, whichever its settings choose.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from msgspec import convert

from vaultkit.listed import Marks

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    **dict.fromkeys("📅📆🗓", "due"),
    **dict.fromkeys("⏳⌛", "scheduled"),
    "🛫": "start",
    "✅": "done",
    "➕": "created",
    "❌": "cancelled",
    "🔁": "recurrence",
    "🆔": "id",
    "⛔": "depends_on",
    "🏁": "on_completion",
}
_URGENCIES = {"🔺": "highest", "⏫": "high", "🔼": "medium", "🔽": "low", "⏬": "lowest"}
_KEYS = {
    **{name: name for name in ("due", "scheduled", "start", "created", "cancelled", "priority", "id")},
    "completion": "done",
    "repeat": "recurrence",
    "dependson": "depends_on",
    "oncompletion": "on_completion",
}
"""What the marks are called as Dataview's fields, in lower case."""

_ID = "[A-Za-z0-9_-]+"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VALUES = {
    **dict.fromkeys(("due", "scheduled", "start", "done", "created", "cancelled"), _DATE),
    "priority": re.compile("highest|high|medium|low|lowest", re.IGNORECASE),
    "recurrence": re.compile("[A-Za-z0-9, !]+"),
    "id": re.compile(_ID),
    "depends_on": re.compile(rf"{_ID}(?: *, *{_ID})*"),
    "on_completion": re.compile("[A-Za-z]+"),
}
_KNOWN = {
    "recurrence": re.compile("every .*", re.IGNORECASE),
    "on_completion": re.compile("keep|delete", re.IGNORECASE),
}
"""What the plugin goes by: it reads past another word in such a place, and means nothing by it."""

_SIGNS = "".join((*_NAMES, *_URGENCIES))
_BEGINNING = re.compile(rf"[{_SIGNS}]|[\[(] *(?:{'|'.join(_KEYS)}) *::|(?<!\S)#", re.IGNORECASE)
"""Where a mark or a tag may begin."""
_SIGN = re.compile(rf"([{_SIGNS}])\ufe0f? *(.*)")
_BRACKETS = re.compile(r"(?:\[ *([a-z]+) *::([^\[\]]*)\]|\( *([a-z]+) *::([^()]*)\))[ ,]*", re.IGNORECASE)
_TAG = re.compile(r"#[^\s!@#$%^&*(),.?\":{}|<>]+")


class _Piece(NamedTuple):
    """A mark with what its name and its value are; a tag has neither."""

    text: str
    name: str = ""
    value: str = ""


def read(text: str, fields: Iterable[tuple[str, str]] = ()) -> tuple[str, Marks]:
    """A task's description and its marks.

    What looks like a mark and says nothing (2026-02-30) stays in the description, and so does the second of two marks
    of one name. `fields` are the task's inline fields wherever they stand, as Dataview reads them; marks come first.
    """
    kept, pieces = _tail(text)
    found: dict[str, object] = {}
    for piece in pieces:
        value = _meaning(piece.name, piece.value)
        if piece.name in found or value is None:
            kept.append(piece.text)
        else:
            found[piece.name] = value
    for key, said in fields:
        name = _KEYS.get(key.lower(), "")
        value = _meaning(name, said) if name and _VALUES[name].fullmatch(said) else None
        if value is not None:
            found.setdefault(name, value)
    return " ".join(kept), convert(found, Marks) if found else _NONE


_NONE = Marks()


def _tail(text: str) -> tuple[list[str], list[_Piece]]:
    """What stands before the marks, and the marks with the tags among them, in the order of the text."""
    plain = text.isascii() and "#" not in text and "::" not in text  # as most tasks are
    beginnings = [] if plain else [found.start() for found in _BEGINNING.finditer(text)]
    pieces: list[_Piece] = []
    end = len(text)
    for start in reversed(beginnings):
        piece = _piece(text[start:end].rstrip())
        if piece is None:
            break
        pieces.append(piece)
        end = start
    rest = text[:end].rstrip()
    return [rest] if rest else [], pieces[::-1]


def _piece(text: str) -> _Piece | None:
    """A mark or a tag, if this is one from its beginning to its end."""
    if text[0] == "#":
        return _Piece(text) if _TAG.fullmatch(text) else None
    if text[0] in "[(":
        brackets = _BRACKETS.fullmatch(text)
        if brackets is None:
            return None
        name, value = _KEYS.get((brackets[1] or brackets[3]).lower(), ""), (brackets[2] or brackets[4] or "").strip()
    else:
        sign = _SIGN.fullmatch(text)
        if sign is None:
            return None
        if sign[1] in _URGENCIES:
            return None if sign[2] else _Piece(text, "priority", _URGENCIES[sign[1]])
        name, value = _NAMES[sign[1]], sign[2]
    if name not in _VALUES:  # `ſtart` is `start` to an expression that ignores case
        return None
    return _Piece(text, name, value) if _VALUES[name].fullmatch(value) else None


def _meaning(name: str, value: str) -> object:
    """A mark's value as `Marks` has it; None for a tag, and for what says nothing."""
    if not name or (name in _KNOWN and not _KNOWN[name].fullmatch(value)):
        return None
    if _VALUES[name] is _DATE:
        return _day(value)
    if name == "depends_on":
        return tuple(each.strip() for each in value.split(","))
    return value.lower() if name in {"priority", "on_completion"} else value


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:  # 2026-02-30
        return None
