"""What was found in a text whose line ends are LF comes in, the same where it stands in the text with CRs comes out."""

from __future__ import annotations

from bisect import bisect_right

from vaultkit.model import Section, Span
from vaultkit.parser.leaves import Item, Leaf
from vaultkit.parser.source import Source


def without_returns(source: Source) -> Source:
    """The same lines, whose ends are LF alone; the source itself, if they are that already."""
    if "\r" not in source.text:
        return source
    return Source(source.text.replace("\r\n", "\n").replace("\r", "\n"))


class Returns:
    """How far each line of a text is shifted in the other, which has longer line ends."""

    def __init__(self, read: Source, written: Source) -> None:
        self._starts = [*read.starts, len(read.text) + 1]
        self._shifts = [there - here for here, there in zip(read.starts, written.starts, strict=True)]

    def places(self, start: int, end: int, line: int) -> tuple[int, int]:
        """Where a stretch stands that begins on a line; what is a line end is before all of it."""
        shift = self._shifts[line]
        if end >= self._starts[line + 1]:  # most are within one line
            return start + shift, end + self._shifts[bisect_right(self._starts, end) - 1]
        return start + shift, end + shift

    def span(self, span: Span) -> Span:
        """Where a span stands: on the same line, in the same column."""
        return Span(*self.places(span.start, span.end, span.line - 1), span.line, span.column)

    def section(self, section: Section) -> Section:
        """Where a section stands."""
        return Section(section.kind, *self.places(section.start, section.end, section.line - 1), section.line)

    def leaf(self, leaf: Leaf) -> Leaf:
        """Where a leaf stands."""
        line = bisect_right(self._starts, leaf.start) - 1
        return Leaf(*self.places(leaf.start, leaf.end, line), leaf.kind)

    def item(self, item: Item) -> Item:
        """Where a list item stands, and its paragraph."""
        marker, end = self.places(item.marker, item.end, item.line)
        leaf = item.leaf and self.leaf(item.leaf)
        return Item(marker, end, item.line, item.list_line, item.parent, item.quotes, leaf)
