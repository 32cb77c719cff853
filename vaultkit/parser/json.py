"""A JSON text comes in, its values come out, each with its place; what is no JSON is a fault at its place.

The libraries that read JSON say where nothing stands, and they recurse. This one keeps a list of the brackets that are
open, so that a million of them are no more than that; what lies deeper than is asked for is read past and not kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vaultkit.language import message
from vaultkit.parser.yaml12 import FaultError

if TYPE_CHECKING:
    from vaultkit.model import Message

    Json: TypeAlias = "Members | Items | Quoted | int"
    """An `int` is where anything else begins: a number, a constant, or what lies too deep."""

_UNENDED = r'"[^"\\\x00-\x1f]*+(?>(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1f]*+)*)'
_STRING = re.compile(_UNENDED)
_TOKEN = re.compile(
    rf'[ \t\n\r]*+(?:(?P<string>{_UNENDED}")'
    r"|(?P<mark>[{}\[\],:])"
    r"|(?P<other>(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?|true|false|null)(?![\w.+-]))"
    r"|(?P<end>\Z)"
    r"|(?P<fault>))"
)
_ESCAPE = re.compile(r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))")
_MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CLOSES = {"{": "}", "[": "]"}

_NO_VALUE = message("A value is missing here, or the double quotes around a text.")
_NO_NAME = message("A name in double quotes is missing here.")
_NO_COLON = message("The `:` between a name and its value is missing here.")
_TOO_MUCH = message("What was opened is closed before this: nothing can follow.")
_STRAY_COMMA = message("The `,` before this separates it from nothing: remove it.")
_UNCLOSED = message("The quotes that open here are never closed.")
_OPEN_LINE = message("The quotes that open here are not closed on this line; a line break in a text is written `\\n`.")
_CONTROL = message("Within quotes this character is written as an escape: a tab as `\\t`.")
_BACKSLASH = message("Within double quotes a `\\` must be written twice.")


class Quoted(NamedTuple):
    """A string as it is written, without its quotes: `text[start:end]`."""

    start: int
    end: int


class Members:
    """An object: the last value of each name, as JavaScript takes it."""

    __slots__ = ("by_name", "name", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.by_name: dict[str, Json] = {}
        self.name = ""
        """The name whose value comes next."""

    def take(self, value: Json) -> None:
        """The next value."""
        self.by_name[self.name] = value


class Items:
    """A list."""

    __slots__ = ("items", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Json] = []

    def take(self, value: Json) -> None:
        """The next value."""
        self.items.append(value)


class Unescaped:
    """A string as it is meant, and the way back to how it is written."""

    __slots__ = ("_after", "_escapes", "_start", "text")

    def __init__(self, text: str, quoted: Quoted) -> None:
        self._start = quoted.start
        self._escapes: list[int] = []
        """Where each escape stands in the string as it is meant."""
        self._after: list[int] = []
        """Where what follows each escape is written."""
        pieces: list[str] = []
        length, after = 0, quoted.start
        for escape in _ESCAPE.finditer(text, quoted.start, quoted.end):
            pieces += (text[after : escape.start()], _character(escape))
            length += escape.start() - after + 1
            after = escape.end()
            self._escapes.append(length - 1)
            self._after.append(after)
        pieces.append(text[after : quoted.end])
        self.text = "".join(pieces)

    def written(self, offset: int) -> int:
        """Where the character at `offset` begins as it is written, which is where the one before it ends."""
        before = bisect_left(self._escapes, offset) - 1
        if before < 0:
            return self._start + offset
        return self._after[before] + offset - self._escapes[before] - 1


def read(text: str, depth: int) -> Json:
    """The value that a text is; `depth` levels of lists and objects are kept. Raises FaultError."""
    return _Reading(text, depth).read()


class _Token(NamedTuple):
    kind: str
    """The group of `_TOKEN` that it is: `fault` for what is no token."""
    mark: str
    start: int


class _Reading:
    """One text being read: the brackets that are open, and the values that are kept of them."""

    def __init__(self, text: str, depth: int) -> None:
        self._text = text
        self._depth = depth
        self._position = 0
        self._open: list[str] = []
        """What closes each bracket that is open, the innermost last."""
        self._empty = False
        """Whether nothing stands yet in the innermost."""
        self._root = Items(0)
        self._kept: list[Members | Items] = [self._root]
        """What takes values, the innermost last: one more than is open, unless that is too deep."""

    def read(self) -> Json:
        self._value(self._next())
        while self._open:
            token = self._next()
            if token.mark == self._open[-1]:
                self._close()
            elif self._empty:
                self._item(token)
            elif token.mark == ",":
                self._item(self._next(), comma=True)
            else:
                raise self._missing(token)
        last = self._next()
        if last.kind != "end":
            raise FaultError(_TOO_MUCH, last.start)
        return self._root.items[0]

    def _next(self) -> _Token:
        found = _TOKEN.match(self._text, self._position)
        kind = (found and found.lastgroup) or "fault"
        if found is None or kind == "end":
            return _Token(kind, "", self._position)
        self._position = found.end()
        return _Token(kind, found[kind] if kind == "mark" else "", found.start(kind))

    def _item(self, token: _Token, *, comma: bool = False) -> None:
        """What a list goes on with, or an object: a value, or a name and its value."""
        if comma and token.mark in {"}", "]"}:
            raise FaultError(_STRAY_COMMA, token.start)
        if self._open[-1] == "}":
            self._name(token)
            token = self._next()
        self._value(token)

    def _name(self, token: _Token) -> None:
        if token.kind != "string":
            raise self._no_string(token, _NO_NAME)
        innermost = self._kept[-1]
        if isinstance(innermost, Members) and self._is_kept():
            innermost.name = Unescaped(self._text, self._quoted(token)).text
        colon = self._next()
        if colon.mark != ":":
            raise FaultError(_NO_COLON, colon.start)

    def _value(self, token: _Token) -> None:
        self._empty = token.mark in _CLOSES
        if self._empty:
            self._begin(token)
        elif token.kind == "string":
            self._take(self._quoted(token))
        elif token.kind == "other":
            self._take(token.start)
        else:
            raise self._no_string(token, _NO_VALUE)

    def _begin(self, opening: _Token) -> None:
        if len(self._open) < self._depth:
            kept = Members(opening.start) if opening.mark == "{" else Items(opening.start)
            self._take(kept)
            self._kept.append(kept)
        else:
            self._take(opening.start)
        self._open.append(_CLOSES[opening.mark])

    def _close(self) -> None:
        if self._is_kept():
            self._kept.pop()
        self._open.pop()
        self._empty = False

    def _take(self, value: Json) -> None:
        if self._is_kept():
            self._kept[-1].take(value)

    def _is_kept(self) -> bool:
        """Whether values that stand here are kept."""
        return len(self._kept) > len(self._open)

    def _quoted(self, string: _Token) -> Quoted:
        return Quoted(string.start + 1, self._position - 1)

    def _missing(self, token: _Token) -> FaultError:
        """Neither a `,` nor the end of what is open."""
        mark = self._open[-1]
        if token.kind == "end":
            return FaultError(
                message("This breaks off here: a `{mark}` is missing at the least.", mark=mark), token.start
            )
        said = message('A `,` or a `{mark}` is missing here; a quote within a text is written `\\"`.', mark=mark)
        return FaultError(said, token.start)

    def _no_string(self, token: _Token, otherwise: Message) -> FaultError:
        """No string, or one that does not end as it should."""
        if token.kind == "end" and self._open:
            return self._missing(token)
        begun = _STRING.match(self._text, token.start)
        if begun is None:
            return FaultError(otherwise, token.start)
        stop = begun.end()
        if stop == len(self._text):
            return FaultError(_UNCLOSED, token.start)
        if self._text[stop] in "\r\n":
            return FaultError(_OPEN_LINE, token.start)
        return FaultError(_BACKSLASH if self._text[stop] == "\\" else _CONTROL, stop)


def _character(escape: re.Match[str]) -> str:
    """The character that an escape means; one half of a pair is none, and would be refused by every encoder."""
    high, low, point, other = escape.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    if point:
        return "\ufffd" if 0xD800 <= int(point, 16) < 0xE000 else chr(int(point, 16))
    return _MEANT.get(other, other)
