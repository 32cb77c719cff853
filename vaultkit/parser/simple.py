"""The lines of a frontmatter come in; its properties come out when each line is of the plainest kind, else nothing.

    status: active
    owner: "[[Ada]]"
    tags: [plan, later]
    serves:
      - "[[Grow]]"

Most frontmatter has only such lines, and what they mean is beyond doubt: no YAML need be loaded, or run, to read them.
Whatever is not surely one of them (a comment, an escape, a text over lines, a key of a key, a key twice) is left to
`yaml12`, from which this must not differ in anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.model import Property, Span
from vaultkit.parser.scalars import resolve
from vaultkit.parser.yaml12 import Scalar

if TYPE_CHECKING:
    from vaultkit.model import Value

_STRANGE = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
"""Line ends, tabs, and what `yaml12` has to hide from PyYAML."""
_NAME = r"[^\W\d][\w-]{0,50}+(?>(?: [\w-]{1,50}+){0,9})"
_QUOTED = rf"\"[^\"\\{_STRANGE}]*+\"|'[^'{_STRANGE}]*+'"
_PLAIN = (
    rf"(?:[^{_STRANGE} \-?:,\[\]{{}}#&*!|>'\"%@`]|-(?=[0-9]))"
    rf"[^{_STRANGE}:#]*+(?>(?:(?::(?=[^ \r\n])|(?<! )#)[^{_STRANGE}:#]*+)*)"
)
"""A scalar without quotes, and the spaces after it: a colon in it has something after it, a `#` before it."""
_WITHIN = rf"{_QUOTED}|[\w/][\w./+& -]*+"
"""What may stand within brackets, where more characters are marks."""
_FLOW = rf"\[ *+(?:(?:{_WITHIN}) *+(?>(?:, *+(?:{_WITHIN}) *+)*))?\]"
_END = r" *+\r?\n(?>(?: *+\r?\n)*)"
"""The end of a line, and the blank lines below it."""
_DASH = rf"-(?: ++(?:{_PLAIN}|{_QUOTED}))?{_END}"
_ENTRY = re.compile(rf"({_NAME}):(?: ++({_PLAIN}|{_QUOTED}|{_FLOW}){_END}|{_END}(?:( *+){_DASH}(?>(?:\3{_DASH})*))?)")
_ITEM = re.compile(rf" *+-(?: ++({_PLAIN}|{_QUOTED}))?{_END}")
_PIECE = re.compile(_WITHIN)
_NO_NAMES = frozenset("null Null NULL true True TRUE false False FALSE".split())
"""Keys that are no strings, of which `yaml12` makes some."""


class Simple:
    """A frontmatter of simple lines: its properties, and those of their strings that may be links or tags."""

    def __init__(self, text: str) -> None:
        self.properties: list[Property] = []
        self.strings: list[Scalar] = []
        self._text = text

    def read(self, start: int, end: int) -> bool:
        """Read `text[start:end]`, whose first line is a note's second; False as soon as a line is not simple."""
        text, line = self._text, 2
        names = set(_NO_NAMES)
        while start < end:
            entry = _ENTRY.match(text, start, end)
            if entry is None or entry[1] in names:
                return False
            name, below = entry[1], entry.end()
            names.add(name)
            if entry[2]:
                first = entry.start(2)
                value, last = self._value(name, first, entry.end(2))
                place = Span(first, last, line, first - start + 1)
            elif entry[3] is not None:
                value, place = self._items(name, entry.start(3), below, line + text.count("\n", start, entry.start(3)))
            else:
                value, last = None, entry.end(1) + 1
                place = Span(last, last, line, last - start + 1)
            self.properties.append(Property(name, value, Span(start, place.end, line, 1), place))
            line += text.count("\n", start, below)
            start = below
        return True

    def _value(self, name: str, start: int, end: int) -> tuple[Value, int]:
        """What stands after a key, and where it ends."""
        if self._text[start] != "[":
            return self._scalar((start, end), name)
        pieces = enumerate(_PIECE.finditer(self._text, start + 1, end - 1))
        return tuple(self._scalar(piece.span(), name, place)[0] for place, piece in pieces), end

    def _items(self, name: str, start: int, end: int, line: int) -> tuple[Value, Span]:
        """The list whose first line begins at `start`, and its place: from its first dash on."""
        values: list[Value] = []
        last = start
        for item in _ITEM.finditer(self._text, start, end):
            if item[1]:
                value, last = self._scalar(item.span(1), name, len(values))
            else:
                value, last = None, self._text.index("-", item.start()) + 1
            values.append(value)
        dash = self._text.index("-", start)
        return tuple(values), Span(dash, last, line, dash - start + 1)

    def _scalar(self, written: tuple[int, int], name: str, place: int | None = None) -> tuple[Value, int]:
        """A value, in its place of the property's list if it is one, and where it ends without the spaces after it."""
        start, end = written
        value: Value
        if self._text[start] in "\"'":
            value = self._text[start + 1 : end - 1]
        else:
            text = self._text[start:end].rstrip(" ")
            end = start + len(text)
            value = resolve(text, None, plain=True)
        if isinstance(value, str) and ("[" in value or name.lower() == "tags"):
            self.strings.append(Scalar(name if place is None else f"{name}.{place}", value, start, end))
        return value, end
