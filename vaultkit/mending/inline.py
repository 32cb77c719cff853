"""An inline field in a note's text (`serves:: [[Grow]]`) and what it is to say go in; the text with it comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.mending.values import is_empty, place_of

if TYPE_CHECKING:
    from vaultkit.mending.values import Asked
    from vaultkit.model import Message, Property

_LINK = re.compile(r"!?\[\[[^\[\]]+\]\]|!?\[[^\[\]]*\]\([^()\s]*\)")

_ITEM = re.compile(rf',?[ \t]*({_LINK.pattern}|"[^"\r\n]*")')


def written(text: str, item: Property, asked: Asked) -> str | Message:
    """Links as they are, other texts in quotes where there are several values."""
    start, last = item.value_span.start, item.value_span.end
    if asked.how == "remove":
        return _less(text, item, asked)
    if asked.how == "add" and not is_empty(item.value):
        new = f"{text[start:last]}, {_quoted(asked.value)}"
    elif isinstance(asked.value, tuple):
        new = ", ".join(map(_quoted, asked.value))
    else:
        new = _word(asked.value)
    space = " " if start == last and not text[start - 1 : start].isspace() else ""
    return f"{text[:start]}{space}{new}{text[last:]}"


def _less(text: str, item: Property, asked: Asked) -> str | Message:
    """One value less, with the comma before it, or behind it."""
    start, last = item.value_span.start, item.value_span.end
    if not isinstance(item.value, tuple):
        return f"{text[:start]}{text[last:]}"
    found = list(_ITEM.finditer(text[start:last]))
    place = place_of(asked, item.value)
    if place is None or len(found) != len(item.value):
        return message("{property} is written there in a way that nothing can be put into", property=item.name)
    gone = found[place]
    if place == 0:
        return f"{text[:start]}{text[start + found[1].start(1) :]}"
    return f"{text[: start + gone.start()]}{text[start + gone.end() :]}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _quoted(value: object) -> str:
    """One of several values: only links and texts in quotes are told apart."""
    word = _word(value)
    return word if _LINK.fullmatch(word) else f'"{word}"'
