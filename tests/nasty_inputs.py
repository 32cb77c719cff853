"""What makes a nasty input at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Nasty(NamedTuple):
    """One input: what makes it at a size, and what must be true of its reading."""

    make: Callable[[int], str | bytes]
    problems: frozenset[str] | None = frozenset()
    """The kinds of its problems; None where that depends on its size."""
    follows: bool = True
    """Whether a link below it, after a blank line, is one; not when it stands in something that is never closed."""
    swift: bool = False
    """Whether it is one paragraph, read so fast that each run of the tests can afford a long one."""


NONE: frozenset[str] = frozenset()
BROKEN = frozenset({"frontmatter"})
TEMPLATE = frozenset({"template"})
LIMITED = frozenset({"limit"})
ENCODING = frozenset({"encoding"})
REGION = frozenset({"region"})


def name_of(piece: str) -> str:
    """A piece as it can be printed in a table."""
    shown = piece.replace("\n", "⏎").replace("\t", "⇥").replace("\r", "␍").replace("|", "¦")
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in shown)


def over(piece: str) -> Callable[[int], str]:
    """The piece, again and again."""
    return lambda size: piece * (size // len(piece.encode()) + 1)


def halves(opening: str, closing: str, middle: str = "a") -> Callable[[int], str]:
    """As many openings as closings."""

    def make(size: int) -> str:
        count = size // len(opening + closing)
        return opening * count + middle + closing * count

    return make


def between(head: str, piece: str, tail: str = "") -> Callable[[int], str]:
    """A piece again and again between what stands once."""
    return lambda size: head + piece * (max(size - len(head + tail), 0) // len(piece)) + tail


def numbered(line: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """Lines of which no two are alike."""

    def make(size: int) -> str:
        lines = [head]
        length = len(head + tail)
        while length < size:
            lines.append(line.format(n=len(lines)))
            length += len(lines[-1])
        return "".join(lines) + tail

    return make


def deeper(opening: str, end: str) -> Callable[[int], str]:
    """Each line has the opening once more than the one before; the size is that of all the lines."""

    def make(size: int) -> str:
        lines: list[str] = []
        length = 0
        while length < size:
            lines.append(opening * len(lines) + end)
            length += len(lines[-1])
        return "".join(lines)

    return make


def once(text: str | bytes) -> Callable[[int], str | bytes]:
    """The same at any size."""
    return lambda _size: text
