"""A YAML scalar comes in, the way from what it means back to how it is written comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Span
    from vaultkit.parser.source import Source
    from vaultkit.parser.yaml12 import Scalar

_BLANK = " \t\r\n"
"""What YAML folds: how many of them stand anywhere says nothing, so only the other characters are counted."""
_ANY = re.compile(r"[^ \t\r\n]")
_SINGLE = re.compile(r"''|[^ \t\r\n']")
_DOUBLE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|[^ \t\r\n\\\"]", re.DOTALL)
_BLANK_ESCAPE = re.compile(r"\\(?:[nrt \t\r\n]|(?:x|u00|U000000)(?:09|0[aA]|0[dD]|20))")


class Written:
    """Where each part of a scalar's value stands in the source."""

    def __init__(self, source: Source, scalar: Scalar) -> None:
        self._source = source
        self._scalar = scalar
        self._at = source.text.rfind(scalar.value, scalar.start, scalar.end)
        """Where the value begins when it is written as it is meant, else -1."""
        self._places: dict[int, tuple[int, int]] = {}
        """Offset of a character in the value -> where it is written, when that is another way."""
        if self._at < 0:
            meant = [offset for offset, character in enumerate(scalar.value) if character not in _BLANK]
            places = list(self._characters())
            if len(meant) == len(places):
                self._places = dict(zip(meant, places, strict=True))

    def span(self, start: int, end: int) -> Span:
        """The place of `value[start:end]`, which neither begins nor ends with a blank; else the whole scalar's."""
        if self._at >= 0:
            return self._source.span(self._at + start, self._at + end)
        first, last = self._places.get(start), self._places.get(end - 1)
        if first and last:
            return self._source.span(first[0], last[1])
        return self._source.span(self._scalar.start, self._scalar.end)

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Where each character that is no blank is written."""
        text, start, end = self._source.text, self._scalar.start, self._scalar.end
        style = text[start : start + 1]
        unit = {'"': _DOUBLE, "'": _SINGLE}.get(style, _ANY)
        if style in {"|", ">"}:
            start = self._source.starts[self._source.span(start, start).line]
        for found in unit.finditer(text, start, end):
            if not _BLANK_ESCAPE.fullmatch(found[0]):
                yield found.start(), found.end()
