"""A Markdown table and a Screen go in; its rows come out as columns that stand below one another and fit."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from vaultkit.report.screen import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaultkit.report.screen import Screen

_CELL = re.compile(r"(?:\\.|[^|\\])*")
_RULE = re.compile(r"\s*:?-+:?\s*")
_GAP = "  "
_NARROW = 8
"""A column is never made narrower than this, as long as it has so much to say."""


def lines(rows: Sequence[str], screen: Screen, painted: Callable[[str, Screen], str]) -> Iterator[str]:
    """The rows, the first of them strong when a rule follows it; words that do not fit go on below."""
    split = [_cells(row) for row in rows]
    has_head = len(split) > 1 and all(_RULE.fullmatch(cell) for cell in split[1])
    body = [row for place, row in enumerate(split) if not (has_head and place == 1)]
    bare = screen._replace(colour=False)
    wide = [max(cells(painted(cell, bare)) for cell in column) for column in zip_longest(*body, fillvalue="")]
    widths = _fitting(wide, screen.width)
    for place, row in enumerate(body):
        is_head = has_head and place == 0
        said = [screen.paint(painted(cell, bare), "strong") if is_head else painted(cell, screen) for cell in row]
        folded = [
            screen._replace(width=width).fold(words).split("\n") for words, width in zip(said, widths, strict=False)
        ]
        for parts in zip_longest(*folded, fillvalue=""):
            padded = (part + " " * (width - cells(part)) for part, width in zip(parts, widths, strict=False))
            yield _GAP.join(padded).rstrip()


def _cells(row: str) -> list[str]:
    """What stands between the pipes; an escaped one is a character of its cell."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    found, place = [], 0
    while place <= len(inner):
        cell = _CELL.match(inner, place)
        end = cell.end() if cell else len(inner)
        found.append(inner[place:end].replace(r"\|", "|").strip())
        place = end + 1
    return found


def _fitting(wide: Sequence[int], width: int | None) -> list[int]:
    """How wide each column is: the widest give way first."""
    widths = list(wide)
    room = None if width is None else width - len(_GAP) * (len(widths) - 1)
    while room is not None and sum(widths) > room and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    return widths
