"""What the blocks of a note hand on to be read further: stretches of text, and list items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLOUT = re.compile(r"\[![^\]\n]+\]")
_CELL = re.compile(r"(?>(?:[^|\\]++|\\.?)+)", re.DOTALL)
_CHECKBOX = re.compile(r"\[.\][ \t]")


class Leaf(Struct, frozen=True, gc=False):
    """`text[start:end]`, in which inline things stand.

    Only a text may end with a block id; in a comment, `%%` opens nothing more.
    """

    start: int
    end: int
    kind: Literal["text", "cell", "comment"] = "text"


class Item(Struct, frozen=True, gc=False):
    """A list item, from its marker to the end of what is its own, before any list within it."""

    marker: int
    end: int
    line: int
    """The line of its marker, from 0."""
    list_line: int
    """The first line of its list, from 0."""
    parent: int
    """The place of the item around it among all items; -1 when there is none."""
    quotes: int
    """How many quotes stand between the item around it and its list; -1 within a footnote."""
    leaf: Leaf | None = None
    """Its first paragraph, if that is what it begins with."""

    def checkbox(self, text: str) -> str:
        """The character between its brackets; empty when it is no task."""
        leaf = self.leaf
        return text[leaf.start + 1] if leaf and _CHECKBOX.match(text, leaf.start) else ""


def cells(text: str, start: int, end: int) -> Iterator[Leaf]:
    """The cells of one line of a table, as they stand: a `|` ends a cell even within brackets, unless it is escaped."""
    return (Leaf(*cell.span(), "cell") for cell in _CELL.finditer(text, start, end))


def is_callout(text: str, start: int) -> bool:
    """Whether a quote whose own text begins at `start` is a callout: `> [!note]`."""
    return _CALLOUT.match(text, start) is not None
