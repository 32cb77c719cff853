"""A note's text comes in, its structure comes out: sections, headings, list items, code, comments, and the leaves.

A leaf is a stretch of text in which inline things stand: a paragraph, a heading, a table cell, a comment. The structure
is markdown-it's, with the rules of `rules.py`. Its inline half is never run: `inline.py` reads each leaf's raw text, so
that every place is exact.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from vaultkit.language import message
from vaultkit.model import Block, Heading, Problem, Section, Span
from vaultkit.parser.leaves import Item, Leaf
from vaultkit.parser.rules import BEYOND, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from vaultkit.parser.source import Source

_SECTIONS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "blockquote",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "thematicBreak",
    "table_open": "table",
    "comment": "comment",
    "math": "math",
    "footnote_open": "footnoteDefinition",
    "depth": "paragraph",
}
_CALLOUT = re.compile(r"\[![^\]\n]+\]")
_CELL = re.compile(r"(?>(?:[^|\\]++|\\.?)+)", re.DOTALL)
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?=\s|\Z)")
_TOO_DEEP = message("What is nested this deeply is read as plain text: no task is seen in it.")
_TOO_LARGE = message("From here on the quotes and tables are too large to be read as one: they are read in parts.")
_SPACE = " \t\r\n\f\v"


@cache
def _markdown() -> MarkdownIt:
    from vaultkit.parser.dispatch import Dispatcher  # a tenth of a second, which an unchanged vault need not pay

    parser = plain()
    parser.block = Dispatcher(parser.block)
    return parser


class Structure:
    """What the blocks of one note are, from its line `first` on (the one after the frontmatter)."""

    def __init__(self, source: Source, first: int) -> None:
        self.source = source
        self.first = first
        self.sections: list[Section] = []
        self.headings: list[Heading] = []
        self.items: list[Item] = []
        self.leaves: list[Leaf] = []
        self.footnotes: list[Block] = []
        self.definitions: list[Span] = []
        """The whole of each footnote, in the order of `footnotes`."""
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.lone_comments: list[int] = []
        """The lines that are, by themselves, a comment that stands in nothing: the marks of regions are among them."""
        self.problems: list[Problem] = []
        self._tokens: list[Token] = []
        self._around: list[tuple[str, int]] = []
        """The containers that are open: the type of the token, and a list's first line or an item's place."""
        self._filled: dict[int, int] = {}
        """Where blank lines end a block -> the last line above them, so that no container looks for it again."""
        self._marked = 0
        """Where the last marker of an item ended."""
        self._read()

    def _read(self) -> None:
        source = self.source
        if self.first >= len(source.starts):
            return
        body = source.text[source.starts[self.first] :]
        if "\r" in body:  # the lines, which are all that positions are taken from, stay the same
            body = body.replace("\r\n", "\n").replace("\r", "\n")
        parser = _markdown()
        env: dict[str, int] = {}
        self._tokens = parser.block.parse(body, parser, env, []) or []
        if BEYOND in env:
            line = source.starts[env[BEYOND] + self.first]
            self.problems.append(Problem("limit", _TOO_LARGE, source.span(line, line)))
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            if token.level == 0 and token.nesting >= 0:
                self._section(index)
            handle = self._HANDLERS.get(token.type)
            index = handle(self, index) if handle else index + 1
        self._tokens = []

    def _lines(self, token: Token) -> tuple[int, int]:
        """The note's lines that a token covers: the first, and the last that is not blank."""
        begin, end = token.map or [0, 1]
        first = begin + self.first
        last = known = max(first, self._filled.get(end, end + self.first - 1))
        while last > first and not self.source.line(last).strip(_SPACE):
            last -= 1
        if last < known:
            self._filled[end] = last
        return first, last

    def _whole(self, token: Token) -> Span:
        first, last = self._lines(token)
        return self.source.span(self.source.starts[first], self.source.line_end(last))

    def _section(self, index: int) -> None:
        token = self._tokens[index]
        kind = _SECTIONS.get(token.type)
        if kind is None:
            return
        if kind == "blockquote":
            inside = self._tokens[index + 2] if index + 2 < len(self._tokens) else token
            kind = "callout" if inside.type == "inline" and _CALLOUT.match(inside.content) else kind
        self.sections.append(Section(kind, self._whole(token)))

    def _leaf(self, token: Token) -> Leaf:
        """The raw text of a paragraph: its first line ends with what markdown-it found there, after marks."""
        first, last = self._lines(token)
        line = self.source.line(first).rstrip()
        content = token.content.partition("\n")[0].strip()
        start = self.source.starts[first] + len(line) - len(content)
        return Leaf(start, max(start, self.source.starts[last] + len(self.source.line(last).rstrip())))

    def _paragraph(self, index: int) -> int:
        leaf = self._leaf(self._tokens[index + 1])
        self.leaves.append(leaf)
        if index and self._tokens[index - 1].type == "list_item_open":
            item = self.items[-1]
            self.items[-1] = item._replace(leaf=leaf, end=max(item.end, leaf.end))
        return index + 3

    def _enter(self, index: int) -> int:
        token = self._tokens[index]
        self._around.append((token.type, self._lines(token)[0]))
        return index + 1

    def _leave(self, index: int) -> int:
        self._around.pop()
        return index + 1

    def _item(self, index: int) -> int:
        line = self._lines(self._tokens[index])[0]
        marker = _MARKER.search(
            self.source.text, max(self._marked, self.source.starts[line]), self.source.line_end(line)
        )
        start = marker.start() if marker else self.source.starts[line]
        self._marked = marker.end() if marker else start
        list_line, parent, quotes = self._place()
        self._around.append(("list_item_open", len(self.items)))
        self.items.append(Item(start, max(self._end_of_own(index), self._marked), line, list_line, parent, quotes))
        return index + 1

    def _end_of_own(self, index: int) -> int:
        """Where an item ends, without the lists in it."""
        own = self._tokens[index].level + 1
        last = index
        index += 1
        while self._tokens[index].level >= own and not self._tokens[index].type.endswith("_list_open"):
            last = index if self._tokens[index].map else last
            index += 1
        if self._tokens[last].type == "list_item_open":
            return 0
        line = self._lines(self._tokens[last])[1]
        return self.source.starts[line] + len(self.source.line(line).rstrip())

    def _place(self) -> tuple[int, int, int]:
        """The first line of the innermost list, the item around that list, and the quotes between the two."""
        list_line, quotes, footnote = self._around[-1][1], 0, False
        for kind, value in reversed(self._around[:-1]):
            if kind == "list_item_open":
                return list_line, value, -1 if footnote else quotes
            quotes += kind == "blockquote_open"
            footnote = footnote or kind == "footnote_open"
        return list_line, -1, -1 if footnote else quotes

    def _heading(self, index: int) -> int:
        token, inline = self._tokens[index], self._tokens[index + 1]
        if token.markup[0] != "#":
            leaf = self._leaf(inline)
        else:
            line = self._lines(token)[0]
            start = self.source.text.index(token.markup, self.source.starts[line]) + len(token.markup)
            leaf = Leaf(start, self.source.starts[line] + len(self.source.line(line).rstrip()))
        self.leaves.append(leaf)
        if token.level == 0:
            text = inline.content.replace("\n", " ")
            self.headings.append(Heading(text, int(token.tag[1]), self._whole(token)))
        return index + 3

    def _table(self, index: int) -> int:
        """Cells as they stand: a `|` ends a cell even within brackets, unless it is escaped."""
        first, last = self._lines(self._tokens[index])
        for line in (first, *range(first + 2, last + 1)):
            for cell in _CELL.finditer(self.source.text, self.source.starts[line], self.source.line_end(line)):
                self.leaves.append(Leaf(cell.start(), cell.end(), "cell"))
        level = self._tokens[index].level
        while self._tokens[index].type != "table_close" or self._tokens[index].level != level:
            index += 1
        return index + 1

    def _fence(self, index: int) -> int:
        self.code.append(self._whole(self._tokens[index]))
        return index + 1

    def _html(self, index: int) -> int:
        span = self._whole(self._tokens[index])
        if self.source.text[span.start : span.end].lstrip().startswith("<!--"):
            self.comments.append(span)
        return index + 1

    def _comment(self, index: int) -> int:
        token = self._tokens[index]
        first, last = self._lines(token)
        if token.level == 0 and first == last:
            self.lone_comments.append(first)
        start = self.source.text.index("%%", self.source.starts[first])
        end = self.source.line_end(last)
        self.leaves.append(Leaf(start, end, "comment"))
        close = self.source.text.find("%%", max(start + 2, self.source.starts[last]), end)
        self.comments.append(self.source.span(start, close + 2 if close >= 0 else end))
        return index + 1

    def _footnote(self, index: int) -> int:
        token = self._tokens[index]
        start = self.source.text.index(f"[^{token.info}]:", self.source.starts[self._lines(token)[0]])
        self.footnotes.append(Block(token.info, self.source.span(start, start + len(token.info) + 3)))
        self.definitions.append(self.source.span(start, self._whole(token).end))
        return self._enter(index)

    def _depth(self, index: int) -> int:
        span = self._whole(self._tokens[index])
        self.leaves.append(Leaf(span.start, span.end))
        self.problems.append(Problem("limit", _TOO_DEEP, span))
        return index + 1

    _HANDLERS: ClassVar = {
        "paragraph_open": _paragraph,
        "heading_open": _heading,
        "table_open": _table,
        "fence": _fence,
        "code_block": _fence,
        "html_block": _html,
        "comment": _comment,
        "footnote_open": _footnote,
        "footnote_close": _leave,
        "depth": _depth,
        "bullet_list_open": _enter,
        "bullet_list_close": _leave,
        "ordered_list_open": _enter,
        "ordered_list_close": _leave,
        "blockquote_open": _enter,
        "blockquote_close": _leave,
        "list_item_open": _item,
        "list_item_close": _leave,
    }
