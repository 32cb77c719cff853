"""A text under repair: changes go in one after another, and a place in the text as it was can still be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vaultkit.model import Span


class Change(NamedTuple):
    """`text[start:end]` of the moment became as long as `text[start:now]`."""

    start: int
    end: int
    now: int


class Draft:
    """A note's text, as it was and as it is to be; never changed, but followed by the next."""

    __slots__ = ("_changes", "original", "text")

    def __init__(self, original: str, text: str | None = None, changes: tuple[Change, ...] = ()) -> None:
        self.original = original
        self.text = original if text is None else text
        self._changes = changes

    def reading(self, text: str) -> Draft:
        """The same note with another text, which differs from this one in one place."""
        if text == self.text:
            return self
        return Draft(self.original, text, (*self._changes, difference(self.text, text)))

    def find(self, span: Span) -> tuple[int, int] | None:
        """Where a piece of the original text stands now; None when something in it has changed since."""
        start, end = span.start, span.end
        for change in self._changes:
            if end <= change.start:
                continue
            if start < change.end:
                return None
            start, end = start + change.now - change.end, end + change.now - change.end
        return start, end


def difference(one: str, other: str) -> Change:
    """The one place in which two texts differ, as little of it as can be."""
    start, end, now = _common(one, other), len(one), len(other)
    while end > start and now > start and one[end - 1] == other[now - 1]:
        end, now = end - 1, now - 1
    return Change(start, end, now)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
