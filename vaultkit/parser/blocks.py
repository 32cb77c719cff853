"""A note's text comes in, its structure comes out: sections, headings, list items, code, comments, and the leaves.

A leaf is a stretch of text in which inline things stand: a paragraph, a heading, a table cell, a comment. The structure
is markdown-it's, with the rules of `rules.py`. Its inline half is never run: `inline.py` reads each leaf's raw text, so
that every place is exact.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from vaultkit.language import message
from vaultkit.model import Block, Heading, Problem, Section, Span
from vaultkit.parser.rules import DEPTH, install

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
_CELL = re.compile(r"(?:[^|\\]|\\.?)++", re.DOTALL)
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]*$")
_CHECKBOX = re.compile(r"\[.\][ \t]")
_SPACE = " \t\r\n\f\v"


class Leaf(NamedTuple):
    """`text[start:end]`, in which inline things stand.

    Only a text may end with a block id; in a comment, `%%` opens nothing more.
    """

    start: int
    end: int
    kind: Literal["text", "cell", "comment"] = "text"


class Item(NamedTuple):
    """A checkbox: its marker, its first leaf, and the end of what is its own (before any list within it)."""

    marker: int
    leaf: Leaf
    end: int


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # a tenth of a second, which a vault that has not changed need not pay

    parser = MarkdownIt("commonmark", {"maxNesting": DEPTH + 10}).enable("table").disable("reference")
    install(parser)
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
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.lone_comments: list[int] = []
        """The lines that are, by themselves, a comment that stands in nothing: the marks of regions are among them."""
        self.problems: list[Problem] = []
        self._tokens: list[Token] = []
        self._read()

    def _read(self) -> None:
        source = self.source
        if self.first >= len(source.starts):
            return
        body = source.text[source.starts[self.first] :]
        if "\r" in body:  # the lines, which are all that positions are taken from, stay the same
            body = body.replace("\r\n", "\n").replace("\r", "\n")
        parser = _markdown()
        self._tokens = parser.block.parse(body, parser, {}, []) or []
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
        first, last = begin + self.first, end + self.first - 1
        while last > first and not self.source.line(last).strip(_SPACE):
            last -= 1
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
        if index and self._tokens[index - 1].type == "list_item_open" and _CHECKBOX.match(self.source.text, leaf.start):
            self._item(index - 1, leaf)
        return index + 3

    def _item(self, index: int, leaf: Leaf) -> None:
        opening = self._tokens[index]
        line = self.source.starts[self._lines(opening)[0]]
        marker = _MARKER.search(self.source.text[line : leaf.start])
        own = opening.level + 1
        last = index
        index += 1
        while self._tokens[index].level >= own and not self._tokens[index].type.endswith("_list_open"):
            last = index if self._tokens[index].map else last
            index += 1
        line_of_end = self._lines(self._tokens[last])[1]
        end = self.source.starts[line_of_end] + len(self.source.line(line_of_end).rstrip())
        self.items.append(Item(line + (marker.start() if marker else 0), leaf, max(end, leaf.end)))

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
        return index + 1

    def _depth(self, index: int) -> int:
        span = self._whole(self._tokens[index])
        self.leaves.append(Leaf(span.start, span.end))
        said = message("What is nested this deeply is read as plain text: no task is seen in it.")
        self.problems.append(Problem("limit", said, span))
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
        "depth": _depth,
    }
