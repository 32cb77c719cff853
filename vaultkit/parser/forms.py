"""A note's lines come in, its blocks of simple form come out, as far as each is one; markdown-it reads what is none.

Most blocks are a heading, some lines of text, a comment, a plain list: one expression recognises such a block whole and
says what markdown-it would say of it. A form doubts whatever may be something else, and what it does not know. No form
looks at more lines than the block has to which markdown-it gives the first of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultkit.model import Heading, Section, Span
from vaultkit.parser import rules
from vaultkit.parser.leaves import Leaf, cells, is_callout
from vaultkit.parser.lines import CLOSED, ENDED, MARKER, PARAGRAPH, SHOWN, TEXT, paragraph_end, trimmed
from vaultkit.parser.lists import Lists

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from vaultkit.parser.blocks import Structure

_DOUBT = -1
_HEADING = re.compile(r"(#{1,6}+)[ \t]++([^\s][^\n]*+)")
_DRAWN = re.compile(r"(?:-{3,}+|\*{3,}+|_{3,}+)[ \t]*+(?=\n|\Z)")
_FENCE = re.compile(r"(?:(`{3,}+)[^`\n]*+|(~{3,}+)[^\n]*+)\n")
_FENCE_END = re.compile(r"^ {0,3}+(`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)
_QUOTED = re.compile(rf">(?: {{0,4}}+({TEXT})|[ \t]*+(?=\n|\Z))")
_DELIMITED = re.compile(r"\n[ \t]*+(?:\|[-: \t|]|-[-|:]|:-)")
"""A line end, below which stands what makes a table of the line above, if there is a `|` in it."""
_TABLE = re.compile(r"(\|[^\n\\]*+)\n(\|[-:| \t]*+)(?=\n|\Z)")
_ALIGNED = re.compile(r"[ \t]*+:?-++:?[ \t]*+")
_CELLS = 0x10000
"""How many cells a table may have here: markdown-it fills up as many that nobody wrote."""


class Forms:
    """Adds to the structure of a note its blocks of simple form."""

    def __init__(self, structure: Structure, env: dict[str, Any]) -> None:
        source = structure.source
        self._text, self._starts = source.text, source.starts
        self._out, self._env = structure, env
        self._sections, self._leaves = structure.sections, structure.leaves
        self._lists = Lists(source, structure.items, structure.leaves)

    def read(self, line: int) -> int:
        """Read blocks from a line on; the line after them, where the note ends or a block begins that is in doubt."""
        text, starts, forms, other = self._text, self._starts, _FORMS, Forms._paragraph
        length = len(text)
        begin = starts[line] if line < len(starts) else length
        while begin < length:
            first = text[begin]
            if first == "\n":
                begin += 1
                continue
            if first in " \t":
                shown = SHOWN.search(text, begin)
                if shown is None:
                    break
                begin = shown.start()
                if text[begin - 1] != "\n":
                    return bisect_right(starts, begin, line) - 1
                first = text[begin]
            line = bisect_right(starts, begin, line) - 1
            begin = forms.get(first, other)(self, begin, line)
            if begin == _DOUBT:
                return line
        return len(starts)

    def _add(self, kind: str, begin: int, end: int, line: int) -> None:
        self._sections.append(Section(kind, begin, end, line + 1))

    def _paragraph(self, begin: int, line: int) -> int:
        text = self._text
        found = PARAGRAPH.match(text, begin)
        if found is None:
            return _DOUBT
        end = found.end()
        if found.lastindex is None:
            end = paragraph_end(text, end)
            if ENDED.match(text, end) is None:
                return _DOUBT
        self._leaves.append(Leaf(begin, trimmed(text, begin, end)))
        self._sections.append(Section("paragraph", begin, end, line + 1))
        return end

    def _heading(self, begin: int, line: int) -> int:
        found = _HEADING.match(self._text, begin)
        if found is None:
            return self._paragraph(begin, line)
        said, end = found[2].rstrip(" \t"), found.end()
        if said[-1] == "#" or said[-1].isspace() or self._heads_table(begin, end):
            return _DOUBT
        self._add("heading", begin, end, line)
        self._out.headings.append(Heading(said, found.end(1) - begin, Span(begin, end, line + 1, 1)))
        self._leaves.append(Leaf(found.end(1), found.start(2) + len(said)))
        return end

    def _html(self, begin: int, line: int) -> int:
        """A comment in HTML, or a text that begins with a tag."""
        text = self._text
        if not text.startswith("<!--", begin):
            return self._paragraph(begin, line)
        end = self._end(begin)
        if self._heads_table(begin, end):
            return _DOUBT
        if text.find("-->", begin + 2, end) < 0:
            close = text.find("-->", end)
            if close < 0:
                return _DOUBT
            end = self._end(close)
        self._add("html", begin, end, line)
        self._out.comments.append(Span(begin, end, line + 1, 1))
        return end

    def _comment(self, begin: int, line: int) -> int:
        text = self._text
        if not text.startswith("%%", begin):
            return self._paragraph(begin, line)
        end = self._end(begin)
        close = text.find("%%", begin + 2, end)
        if close < 0:
            close = text.find("%%", end)
            if close < 0:
                return _DOUBT
            end = self._end(close)
        elif close + 2 == end or not text[close + 2 : end].strip():
            self._out.lone_comments.append(line)
        else:
            return _DOUBT
        self._add("comment", begin, end, line)
        self._leaves.append(Leaf(begin, end, "comment"))
        self._out.comments.append(Span(begin, close + 2, line + 1, 1))
        return end

    def _fence(self, begin: int, line: int) -> int:
        found = _FENCE.match(self._text, begin)
        if found is None:
            return self._paragraph(begin, line)
        if self._heads_table(begin, found.end() - 1):
            return _DOUBT
        mark = found[1] or found[2]
        for close in _FENCE_END.finditer(self._text, found.end()):
            if close[1].startswith(mark):
                self._add("code", begin, close.end(), line)
                self._out.code.append(Span(begin, close.end(), line + 1, 1))
                return close.end()
        return _DOUBT

    def _marked(self, begin: int, line: int) -> int:
        """A drawn line, a list, or a text that only looks like one of them."""
        drawn = _DRAWN.match(self._text, begin)
        if drawn:
            self._add("thematicBreak", begin, drawn.end(), line)
            return drawn.end()
        if MARKER.match(self._text, begin) is None:
            return self._paragraph(begin, line)
        end = _DOUBT if self._heads_table(begin, self._end(begin)) else self._lists.read(begin, line)
        if end != _DOUBT:
            self._add("list", begin, self._end(end), line)
        return end

    def _quote(self, begin: int, line: int) -> int:
        """A quote of paragraphs, with `>` before each of its lines."""
        if self._env.get("quoted", 0) > rules.QUOTED_LINES:
            return _DOUBT
        text, start, position, lines = self._text, -1, begin, 0
        leaves: list[Leaf] = []
        while found := _QUOTED.match(text, position):
            lines += 1
            if found.lastindex is None:
                start = -1
            else:
                end = trimmed(text, found.start(1), found.end())
                if start < 0:
                    start = found.start(1)
                    leaves.append(Leaf(start, end))
                else:
                    leaves[-1] = Leaf(start, end)
            position = found.end() + 1
            if not text.startswith(">", position):
                break
        end = position - 1
        if not leaves or found is None or CLOSED.match(text, end) is None:
            return _DOUBT
        self._env["quoted"] = self._env.get("quoted", 0) + lines
        self._leaves += leaves
        self._add("callout" if is_callout(text, leaves[0].start) else "blockquote", begin, end, line)
        return end

    def _table(self, begin: int, line: int) -> int:
        """A table, each line of which begins with `|`."""
        text = self._text
        head = _TABLE.match(text, begin)
        if head is None or self._env.get("missing", 0) > rules.MISSING_CELLS:
            return _DOUBT
        written, below = head[1].rstrip(" \t"), head[2].rstrip(" \t")
        pipes = written.count("|")
        if not (written[-1] == below[-1] == "|") or not below.count("|") == pipes > 1:
            return _DOUBT
        if not all(map(_ALIGNED.fullmatch, below[1:-1].split("|"))):
            return _DOUBT
        leaves = [*cells(text, begin, head.end(1))]
        end, lines = head.end(), 2
        while text.startswith("|", end + 1):
            start, end = end + 1, self._end(end + 1)
            lines += 1
            if lines * pipes > _CELLS or text.count("\\|", start, end) > rules.ESCAPED_PIPES:
                return _DOUBT
            leaves += cells(text, start, end)
        if CLOSED.match(text, end) is None:
            return _DOUBT
        missing = max(pipes * lines - text.count("|", begin, end), 0)
        self._env["missing"] = self._env.get("missing", 0) + missing
        self._leaves += leaves
        self._add("table", begin, end, line)
        return end

    def _heads_table(self, begin: int, end: int) -> bool:
        """Whether a block's first line may be the first of a table instead."""
        return self._text.find("|", begin, end) >= 0 and _DELIMITED.match(self._text, end) is not None

    def _end(self, place: int) -> int:
        """The end of the line that a place is on."""
        end = self._text.find("\n", place)
        return len(self._text) if end < 0 else end


_FORMS: Mapping[str, Callable[[Forms, int, int], int]] = {
    "#": Forms._heading,
    "<": Forms._html,
    "%": Forms._comment,
    "`": Forms._fence,
    "~": Forms._fence,
    ">": Forms._quote,
    "|": Forms._table,
    **dict.fromkeys("-*+_0123456789", Forms._marked),
}
"""The form by the first character of its block; a paragraph for all others."""
