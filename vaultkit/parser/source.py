"""A file's bytes come in, its text with a table of its lines comes out."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from vaultkit.language import message
from vaultkit.model import Message, Problem, Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_ORDER_MARK = b"\xef\xbb\xbf"
_NO_UTF8 = message("This note is not UTF-8 from here on: vaultkit reads what it can and never writes to it.")


class Source:
    """A note's text, and where each of its lines begins; lines count from 0 here."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            self.starts = [0, *[end.end() for end in _LINE_END.finditer(text)]]
        else:
            self.starts = [0, *accumulate([len(line) + 1 for line in text.split("\n")])]
            self.starts.pop()  # no line begins after the last one

    def span(self, start: int, end: int) -> Span:
        """The span `text[start:end]`, with its line and column."""
        line = bisect_right(self.starts, start)
        return Span(start, end, line, start - self.starts[line - 1] + 1)

    def line_end(self, line: int) -> int:
        """Where a line's own text ends, before its line end."""
        if line + 1 >= len(self.starts):
            return len(self.text)
        end = self.starts[line + 1] - 1
        if end > self.starts[line] and self.text[end] == "\n" and self.text[end - 1] == "\r":
            return end - 1
        return end

    def line(self, line: int) -> str:
        """A line's text, without its line end."""
        return self.text[self.starts[line] : self.line_end(line)]


def decode(data: bytes, said: Message = _NO_UTF8) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file, without its byte order mark; what is not UTF-8 becomes U+FFFD, and a Problem says so."""
    data = data.removeprefix(_ORDER_MARK)
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        before = len(data[: error.start].decode())
        text = data.decode(errors="replace")
        return text, (Problem("encoding", said, Source(text).span(before, before + 1)),)
