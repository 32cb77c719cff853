"""The leaves of a note come in; the links, tags, code, comments, block ids and fields in them come out.

Each is in its exact place. Most leaves have nothing in them of which anything comes, and are looked at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from vaultkit.model import Block
from vaultkit.parser.fields import fields, in_fields
from vaultkit.parser.leaves import Leaf
from vaultkit.parser.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaultkit.model import Author, Link, Property, Span, Tag
    from vaultkit.parser.fields import Stretch
    from vaultkit.parser.source import Source

_BLOCK_ID = re.compile("[A-Za-z0-9-]+")
_IN_COMMENT = re.compile(r"\[[\[^]|\]\((?!https?:)|#(?![\s#])|`|<!--")
"""What a leaf has in it if anything comes of it; a link to the web makes none in the vault."""
_IN_TEXT = re.compile(rf"{_IN_COMMENT.pattern}|%%")


class Scanner:
    """Collects what stands in the leaves of one note."""

    def __init__(
        self, source: Source, author: Callable[[int], Author], in_task: Callable[[int], bool] = lambda _offset: False
    ) -> None:
        self.source = source
        self.author = author
        self.in_task = in_task
        """Whether what stands at an offset is a task's own."""
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.blocks: list[Block] = []
        self.fields: list[Property] = []
        """The inline fields that people wrote and that are no task's."""
        self.task_fields: list[Property] = []
        self.footnote_refs: list[Block] = []
        """Where `[^name]` stands in the text."""

    def scan(self, leaves: Iterable[Leaf]) -> None:
        """Read all leaves, in their order."""
        text, in_text, in_comment = self.source.text, _IN_TEXT.search, _IN_COMMENT.search
        carets, colons = "^" in text, "::" in text
        for leaf in leaves:
            start, end, kind = leaf.start, leaf.end, leaf.kind
            has_caret = carets and kind == "text" and text.find("^", start, end) >= 0
            has_colons = colons and text.find("::", start, end) >= 0
            if (
                has_caret
                or has_colons
                or (in_comment(text, start, end) if kind == "comment" else in_text(text, start, end))
            ):
                self._read(leaf, has_caret=has_caret, has_colons=has_colons)

    def _read(self, leaf: Leaf, *, has_caret: bool, has_colons: bool) -> None:
        first = len(self.links)
        reading = Reading(self, leaf)
        reading.read()
        end = self._block_id(leaf.start, leaf.end, reading.after) if has_caret else leaf.end
        if has_colons and self.source.text.find("::", leaf.start, end) >= 0:
            self._fields(Leaf(leaf.start, end, leaf.kind), reading.closed, first)

    def _block_id(self, start: int, end: int, after: int) -> int:
        """`^id` at the very end, after a space or another inline thing; returns where the rest ends."""
        text = self.source.text
        caret = text.rfind("^", start, end)
        if caret < after and caret != start:
            return end
        if caret not in (start, after) and not text[caret - 1].isspace():
            return end
        name = _BLOCK_ID.fullmatch(text, caret + 1, end)
        if name is None:
            return end
        self.blocks.append(Block(name[0], self.source.span(caret, end)))
        return caret

    def _fields(self, leaf: Leaf, closed: Sequence[Stretch], first: int) -> None:
        """Take in the fields of a leaf that people wrote, and tell its links, from `first` on, which they are in."""
        found = [item for item in fields(self.source, leaf, closed) if self.author(item.span.start) == "human"]
        if self.in_task(leaf.start):
            self.task_fields += found
        else:
            self.fields += found
            self.links[first:] = in_fields(self.links[first:], found)

    def block_ending(self, end: int) -> str:
        """The block id that ends at an offset, if any: blocks are met in the order of the text."""
        index = bisect_left(self.blocks, end, key=_end)
        return self.blocks[index].name if index < len(self.blocks) and _end(self.blocks[index]) == end else ""

    def fields_between(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The fields of tasks that begin in a stretch, as they are written."""
        for index in range(bisect_left(self.task_fields, start, key=_start), len(self.task_fields)):
            item = self.task_fields[index]
            if item.span.start >= end:
                return
            yield item.name, self.source.text[item.value_span.start : item.value_span.end]


def _start(item: Property) -> int:
    return item.span.start


def _end(block: Block) -> int:
    return block.span.end
