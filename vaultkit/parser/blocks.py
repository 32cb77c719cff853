"""A note's text comes in, its structure comes out: sections, headings, list items, code, comments, and the leaves.

A leaf is a stretch of text in which inline things stand: a paragraph, a heading, a table cell, a comment. The structure
is markdown-it's, with the rules of `rules.py`; `forms.py` knows that of simple blocks without asking, `walk.py` asks.
The inline half of markdown-it is never run: `inline.py` reads each leaf's raw text, so that every place is exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultkit.language import message
from vaultkit.model import Block, Heading, Problem, Span
from vaultkit.parser.forms import Forms
from vaultkit.parser.returns import Returns, without_returns
from vaultkit.parser.rules import BEYOND

if TYPE_CHECKING:
    from vaultkit.model import Section
    from vaultkit.parser.leaves import Item, Leaf
    from vaultkit.parser.source import Source
    from vaultkit.parser.walk import Walk

_TOO_LARGE = message("From here on the quotes and tables are too large to be read as one: they are read in parts.")


class Structure:
    """What the blocks of one note are, from its line `first` on (the one after the frontmatter)."""

    def __init__(self, source: Source, first: int) -> None:
        self.source = without_returns(source)
        """The text as it is read: its lines are the note's, each line end is one LF."""
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
        self._read(first)
        if self.source is not source:
            self._as_written(Returns(self.source, source))

    def _read(self, first: int) -> None:
        env: dict[str, Any] = {}
        forms = Forms(self, env)
        walk: Walk | None = None
        line = forms.read(first)
        while line < len(self.source.starts):
            walk = walk or _walk(self, line, env)
            line = forms.read(walk.read(line))
        if walk and BEYOND in env:
            start = self.source.starts[walk.first + env[BEYOND]]
            self.problems.insert(0, Problem("limit", _TOO_LARGE, self.source.span(start, start)))

    def _as_written(self, returns: Returns) -> None:
        """Put everything where it stands in the text with its own line ends."""
        self.sections = [returns.section(each) for each in self.sections]
        self.headings = [Heading(each.text, each.level, returns.span(each.span)) for each in self.headings]
        self.items = [returns.item(item) for item in self.items]
        self.leaves = [returns.leaf(leaf) for leaf in self.leaves]
        self.footnotes = [Block(each.name, returns.span(each.span)) for each in self.footnotes]
        self.definitions = [returns.span(span) for span in self.definitions]
        self.code = [returns.span(span) for span in self.code]
        self.comments = [returns.span(span) for span in self.comments]
        self.problems = [Problem(each.kind, each.message, returns.span(each.span)) for each in self.problems]


def _walk(structure: Structure, line: int, env: dict[str, Any]) -> Walk:
    from vaultkit.parser.walk import Walk  # brings in markdown-it: a tenth of a second, which simple notes need not pay

    return Walk(structure, line, env)
