"""A list comes in, its items and their paragraphs come out when it is a plain one; else nothing does.

In a plain list each item begins with a paragraph and has nothing more than lists of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.parser.leaves import Item, Leaf
from vaultkit.parser.lines import BLOCK, ITEM, MARKER, SHOWN, paragraph_end, trimmed

if TYPE_CHECKING:
    import re

    from vaultkit.parser.source import Source

_DEPTH = 20
"""How many lists may stand in one another here; far fewer than `rules.DEPTH` lets pass."""


class _Open(NamedTuple):
    """An item that what is indented far enough stands in."""

    content: int
    """The column of its text."""
    line: int
    """The first line of its list."""
    kind: str
    place: int


class Lists:
    """Adds to the items and leaves of a note those of its plain lists."""

    def __init__(self, source: Source, items: list[Item], leaves: list[Leaf]) -> None:
        self._text, self._starts = source.text, source.starts
        self._items, self._leaves = items, leaves
        self._open: list[_Open] = []

    def read(self, begin: int, line: int) -> int:
        """Where the list ends that begins at an offset, on a line of the note; -1 when it is not a plain one."""
        items, leaves = len(self._items), len(self._leaves)
        self._open.clear()
        end = self._read(begin, line)
        if end < 0:
            del self._items[items:]
            del self._leaves[leaves:]
        return end

    def _read(self, begin: int, line: int) -> int:
        text, starts = self._text, self._starts
        found = ITEM.match(text, begin)
        end = begin
        while found:
            line = bisect_right(starts, begin, line) - 1
            below = found.end() if found.lastindex == 4 else paragraph_end(text, found.end())
            if not self._add(found, trimmed(text, found.end(3), below), line):
                return -1 if self._open or found[1] else end  # below all of the list another one begins
            end = below
            begin = end + 1
            found = ITEM.match(text, begin)
            if found is None:
                shown = SHOWN.search(text, end)
                if shown is None:
                    return end
                begin = text.rfind("\n", end, shown.start()) + 1
                found = ITEM.match(text, begin) if begin > end + 1 else None
        return end if self._ended(begin, blank=begin > end + 1) else -1

    def _ended(self, begin: int, *, blank: bool) -> bool:
        """Whether what begins at `begin`, and is no plain item, surely stands below all of the list."""
        if blank:
            return self._text[begin] not in " \t" and MARKER.match(self._text, begin) is None
        return BLOCK.match(self._text, begin) is not None

    def _add(self, found: re.Match[str], end: int, line: int) -> bool:
        """Add an item whose paragraph ends at `end`; not when it may be something else."""
        indent, mark, space = found.group(1, 2, 3)
        around = self._open
        column = len(indent.expandtabs(4)) if "\t" in indent else len(indent)
        before = None
        while around and column < around[-1].content:
            before = around.pop()
        content, parent = (around[-1].content, around[-1].place) if around else (0, -1)
        if column - content > 3:
            return False
        if before is None:
            if around and ((mark[-1] in ".)" and mark[:-1] != "1") or len(around) >= _DEPTH):
                return False
        elif before.kind != mark[-1]:
            return False
        list_line = line if before is None else before.line
        start = found.end(3)
        leaf = Leaf(start, end)
        around.append(_Open(column + len(mark) + len(space), list_line, mark[-1], len(self._items)))
        self._items.append(Item(found.start(2), end, line, list_line, parent, 0, leaf))
        self._leaves.append(leaf)
        return True
