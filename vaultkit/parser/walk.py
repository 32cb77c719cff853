"""A line of a note comes in, the block that markdown-it reads there goes out into the note's structure."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace

from vaultkit.language import message
from vaultkit.model import Block, Heading, Problem, Section, Span
from vaultkit.parser.dispatch import Dispatcher
from vaultkit.parser.leaves import Item, Leaf, cells, is_callout
from vaultkit.parser.rules import plain
from vaultkit.parser.tokens import State

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from vaultkit.parser.blocks import Structure

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
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?=\s|\Z)")
_TOO_DEEP = message("What is nested this deeply is read as plain text: no task is seen in it.")
_SPACE = " \t\n\f\v"


@cache
def markdown() -> MarkdownIt:
    """markdown-it with the rules of `rules.py`, of which it tries few."""
    parser = plain()
    parser.block = Dispatcher(parser.block)
    return parser


class Walk:
    """Reads single blocks of a note from its line `first` on, and walks over their tokens."""

    def __init__(self, structure: Structure, first: int, env: dict[str, Any]) -> None:
        self.first = first
        self._out = structure
        self._text, self._starts = structure.source.text, structure.source.starts
        parser = markdown()
        self._state = State(self._text[self._starts[first] :], parser, env, [])
        self._tokens: list[Token] = self._state.tokens
        self._around: list[tuple[str, int]] = []
        """The containers that are open: the type of the token, and a list's first line or an item's place."""
        self._filled: dict[int, int] = {}
        """Where blank lines end a block -> the last line above them, so that no container looks for it again."""
        self._marked = 0
        """Where the last marker of an item ended."""

    def read(self, line: int) -> int:
        """Read the block that begins on a line, which is not blank; the line after it."""
        state = self._state
        blocks: Any = state.md.block
        blocks.read(state, line - self.first)
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            if token.level == 0 and token.nesting >= 0:
                self._section(index)
            handle = self._HANDLERS.get(token.type)
            index = handle(self, index) if handle else index + 1
        self._tokens.clear()
        return self.first + state.line

    def _lines(self, token: Token) -> tuple[int, int]:
        """The note's lines that a token covers: the first, and the last that is not blank."""
        begin, end = token.map or [0, 1]
        first = begin + self.first
        last = known = max(first, self._filled.get(end, end + self.first - 1))
        while last > first and not self._text[self._starts[last] : self._line_end(last)].strip(_SPACE):
            last -= 1
        if last < known:
            self._filled[end] = last
        return first, last

    def _whole(self, token: Token) -> Span:
        first, last = self._lines(token)
        return Span(self._starts[first], self._line_end(last), first + 1, 1)

    def _line_end(self, line: int) -> int:
        return self._starts[line + 1] - 1 if line + 1 < len(self._starts) else len(self._text)

    def _shown_end(self, line: int) -> int:
        """Where a line ends without the white space at its end."""
        start = self._starts[line]
        return start + len(self._text[start : self._line_end(line)].rstrip())

    def _span(self, start: int, end: int, line: int) -> Span:
        """The span `text[start:end]`, which begins on a line."""
        return Span(start, end, line + 1, start - self._starts[line] + 1)

    def _section(self, index: int) -> None:
        token = self._tokens[index]
        kind = _SECTIONS.get(token.type)
        if kind is None:
            return
        if kind == "blockquote":
            inside = self._tokens[index + 2] if index + 2 < len(self._tokens) else token
            kind = "callout" if inside.type == "inline" and is_callout(inside.content, 0) else kind
        first, last = self._lines(token)
        self._out.sections.append(Section(kind, self._starts[first], self._line_end(last), first + 1))

    def _leaf(self, token: Token) -> Leaf:
        """The raw text of a paragraph: its first line ends with what markdown-it found there, after marks."""
        first, last = self._lines(token)
        content, start = token.content.partition("\n")[0].strip(), self._shown_end(first)
        if self._text.endswith(content, self._starts[first], start):  # not if the first line is U+00A0 and the like
            start -= len(content)
        return Leaf(start, max(start, self._shown_end(last)))

    def _paragraph(self, index: int) -> int:
        leaf = self._leaf(self._tokens[index + 1])
        self._out.leaves.append(leaf)
        if index and self._tokens[index - 1].type == "list_item_open":
            item = self._out.items[-1]
            self._out.items[-1] = replace(item, leaf=leaf, end=max(item.end, leaf.end))
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
        marker = _MARKER.search(self._text, max(self._marked, self._starts[line]), self._line_end(line))
        start = marker.start() if marker else self._starts[line]
        self._marked = marker.end() if marker else start
        list_line, parent, quotes = self._place()
        self._around.append(("list_item_open", len(self._out.items)))
        self._out.items.append(Item(start, max(self._end_of_own(index), self._marked), line, list_line, parent, quotes))
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
        return self._shown_end(self._lines(self._tokens[last])[1])

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
            start = self._text.index(token.markup, self._starts[line]) + len(token.markup)
            leaf = Leaf(start, self._shown_end(line))
        self._out.leaves.append(leaf)
        if token.level == 0:
            text = inline.content.replace("\n", " ")
            self._out.headings.append(Heading(text, int(token.tag[1]), self._whole(token)))
        return index + 3

    def _table(self, index: int) -> int:
        first, last = self._lines(self._tokens[index])
        for line in (first, *range(first + 2, last + 1)):
            self._out.leaves += cells(self._text, self._starts[line], self._line_end(line))
        level = self._tokens[index].level
        while self._tokens[index].type != "table_close" or self._tokens[index].level != level:
            index += 1
        return index + 1

    def _fence(self, index: int) -> int:
        self._out.code.append(self._whole(self._tokens[index]))
        return index + 1

    def _html(self, index: int) -> int:
        span = self._whole(self._tokens[index])
        if self._text[span.start : span.end].lstrip().startswith("<!--"):
            self._out.comments.append(span)
        return index + 1

    def _comment(self, index: int) -> int:
        token = self._tokens[index]
        first, last = self._lines(token)
        if token.level == 0 and first == last:
            self._out.lone_comments.append(first)
        start = self._text.index("%%", self._starts[first])
        end = self._line_end(last)
        self._out.leaves.append(Leaf(start, end, "comment"))
        close = self._text.find("%%", max(start + 2, self._starts[last]), end)
        self._out.comments.append(self._span(start, close + 2 if close >= 0 else end, first))
        return index + 1

    def _footnote(self, index: int) -> int:
        token = self._tokens[index]
        line = self._lines(token)[0]
        start = self._text.index(f"[^{token.info}]:", self._starts[line])
        self._out.footnotes.append(Block(token.info, self._span(start, start + len(token.info) + 3, line)))
        self._out.definitions.append(self._span(start, self._whole(token).end, line))
        return self._enter(index)

    def _depth(self, index: int) -> int:
        span = self._whole(self._tokens[index])
        self._out.leaves.append(Leaf(span.start, span.end))
        self._out.problems.append(Problem("limit", _TOO_DEEP, span))
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
