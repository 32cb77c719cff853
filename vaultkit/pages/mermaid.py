"""Diagrams: nodes, bars or points with people's words go in; what Mermaid draws comes out, None where it is too much.

Held against Mermaid 11.4.1 and 11.13.0, those of Obsidian 1.8 and 1.13. Words stand between quotes, or have every mark
that means something there written by its number. Whatever a diagram shows stands on its page as Markdown too: a reader
without Mermaid misses nothing, and links in a diagram are no links to Obsidian.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from unicodedata import east_asian_width

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Shape = Literal["stadium", "box", "leaning", "round", "cylinder"]

MOST_NODES = 60
"""In one diagram, bars of a plan included: what still reads on a screen."""
MOST_ARROWS = 120
"""Mermaid refuses more than 500, and takes 5 seconds over them."""
MOST_CHARACTERS = 20_000
"""Mermaid refuses more than 50,000."""
MOST_POINTS = 30
"""In a quadrant: more lie on one another."""
LINKED = "internal-link"
"""The class by which Obsidian opens the note that a node is called like."""

_SHAPES: Mapping[Shape, str] = {
    "stadium": '(["{}"])',
    "box": '["{}"]',
    "leaning": '[/"{}"/]',
    "round": '("{}")',
    "cylinder": '[("{}")]',
}
"""None of them with `[[` or `{{`: many programs look for links and templates without sparing code."""

NAMELESS = "–"
_MARKS = (
    (42, "%m-%d", "1week"),
    (84, "%m-%d", "2week"),
    (190, "%m-%d", "1month"),
    (400, "%Y-%m", "3month"),
    (1000, "%Y-%m", "6month"),
)
"""Up to so many days a plan is marked so, and so often: on a phone there is room for six marks."""
_WORD_OF_A_PLAN = re.compile(
    r"(?:gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|weekday"
    r"|weekend|title|acctitle|accdescr|section|click|call|href|\d)",
    re.IGNORECASE,
)
"""What a line of a plan may not begin with, unless it is meant: a name that does has its first letter by its number."""
_EDGE = 0.03
"""Of a quadrant, as all that follows: how near to its end a point is drawn."""
_LETTER, _LINE = 0.0145, 0.056
"""How wide a letter of a label is, and how high a point with the label below it."""
_HALVES = ((0.045, 0.43), (0.55, 0.93))
"""Where points may stand in the lower and the upper half: above them stand the names of the corners."""


class Node(Struct, frozen=True):
    """A box of a flowchart."""

    words: str
    """As people read them; of a note, what it is called: that is what a click opens."""
    shape: Shape = "box"


class Style(Struct, frozen=True):
    """How some of the nodes look."""

    name: str
    css: str
    """As `classDef` has it; empty for a class that Obsidian or the reader's theme knows."""
    nodes: frozenset[str]


class Bar(Struct, frozen=True):
    """A line of a plan, its last day included; a day alone is a milestone."""

    words: str
    first: date | None
    last: date
    tag: Literal["", "done", "active", "crit"] = ""


class Point(Struct, frozen=True):
    """Something in a quadrant: both shares of 1, from the left and from below."""

    words: str
    x: float
    y: float


class Axis(Struct, frozen=True):
    """What an axis says at its two ends."""

    low: str
    high: str


def flowchart(
    nodes: Mapping[str, Node],
    arrows: Iterable[tuple[str, str]],
    styles: Iterable[Style] = (),
    *,
    said: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> Markdown | None:
    """Nodes by a key of the caller's, and arrows from one key to another; every node opens its note.

    `said` is what stands on an arrow.
    """
    pairs = [(start, end) for start, end in arrows if start in nodes and end in nodes]
    if not nodes or len(nodes) > MOST_NODES or len(pairs) > MOST_ARROWS:
        return None
    numbers = {key: f"n{i}" for i, key in enumerate(nodes, 1)}
    lines = [numbers[key] + _SHAPES[node.shape].format(quoted(node.words)) for key, node in nodes.items()]
    lines += [f"{numbers[start]} {_arrow(said.get((start, end)))} {numbers[end]}" for start, end in pairs]
    for style in (Style(LINKED, "", frozenset(nodes)), *styles):
        lines += _styled(style, numbers)
    return _diagram("flowchart LR", lines)


def gantt(sections: Sequence[tuple[str, Sequence[Bar]]]) -> Markdown | None:
    """A plan: the bars of each section, in the order in which they are given."""
    filled = [(name, bars) for name, bars in sections if bars]
    if not filled or sum(len(bars) for _, bars in filled) > MOST_NODES:
        return None
    lines = ["dateFormat YYYY-MM-DD", *_scale([bar for _, bars in filled for bar in bars])]
    number = 0
    for name, bars in filled:
        lines.append(f"section {bare(name)}")
        for bar in bars:
            number += 1
            lines.append(_bar(bar, number))
    return _diagram("gantt", lines)


def quadrant(
    across: Axis, upwards: Axis, corners: tuple[str, str, str, str], points: Sequence[Point]
) -> Markdown | None:
    """Points between two axes; the corners are named from the upper right one against the clock.

    They are drawn where they are said to be: `apart` finds places for those that would hide one another.
    """
    if not points or len(points) > MOST_POINTS:
        return None
    lines = [
        f'x-axis "{quoted(across.low)}" --> "{quoted(across.high)}"',
        f'y-axis "{quoted(upwards.low)}" --> "{quoted(upwards.high)}"',
        *(f'quadrant-{i} "{quoted(corner)}"' for i, corner in enumerate(corners, 1)),
        *(f'"{quoted(point.words)}": [{_within(point.x):.2f}, {_within(point.y):.2f}]' for point in points),
    ]
    return _diagram("quadrantChart", lines)


def apart(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points of a quadrant, each as near to its place as no label lies on another, nor on the name of a corner.

    They stay in their corner, the first first; a point for which no place is left there is not among them.
    """
    found: list[Point] = []
    for point in points:
        half = min(0.5, _width(point.words) / 2)
        low, high = (max(half, 0.53), 1 - half) if point.x > 0.5 else (half, min(0.47, 1 - half))
        across = Point(point.words, min(max(point.x, low), max(low, high)), point.y)
        place = next((y for y in _places(point.y) if not any(_hides(across, y, other) for other in found)), None)
        if place is not None and len(found) < MOST_POINTS:
            found.append(Point(point.words, across.x, place))
    return tuple(found)


def quoted(words: str) -> str:
    """Words between the quotes of a label; quadrants read nothing but ASCII without them."""
    return escape.mermaid(words) or NAMELESS


def bare(words: str) -> str:
    """Words of a plan, which knows no quotes: a colon would end them, and a word that means something there begin."""
    coded = quoted(words)
    if _WORD_OF_A_PLAN.match(coded):
        return f"#{ord(coded[0])};{coded[1:]}"
    return coded or NAMELESS


def _arrow(said: str | None) -> str:
    return "-->" if said is None else f'-->|"{quoted(said)}"|'


def _styled(style: Style, numbers: Mapping[str, str]) -> Iterator[str]:
    of_it = [number for key, number in numbers.items() if key in style.nodes]
    if of_it:
        if style.css:
            yield f"classDef {style.name} {style.css}"
        yield f"class {','.join(of_it)} {style.name}"


def _scale(bars: Sequence[Bar]) -> tuple[str, ...]:
    """The marks below a plan: as many as can be read, whatever somebody has planned for the year 9999."""
    days = (max(bar.last for bar in bars) - min(bar.first or bar.last for bar in bars)).days
    for most, written, often in _MARKS:
        if days <= most:
            return (f"axisFormat {written}", f"tickInterval {often}")
    return ("axisFormat %Y",)


def _bar(bar: Bar, number: int) -> str:
    """Mermaid takes the last day of a bar for the morning on which it ends: a bar that is due today ends tonight."""
    tags = [tag for tag in (bar.tag, "milestone" if bar.first is None else "") if tag]
    if bar.first is None:
        when = [bar.last.isoformat(), "0d"]
    else:
        when = [bar.first.isoformat(), f"{(bar.last - bar.first).days + 1}d"]
    return f"{bare(bar.words)} :{', '.join([*tags, f'b{number}', *when])}"


def _places(y: float) -> Iterator[float]:
    """The heights at which a point of a half may stand, those near its own first."""
    low, high = _HALVES[y > 0.5]
    y = min(max(y, low), high)
    steps = chain.from_iterable((-step, step) for step in range(1, round((high - low) / _LINE) + 1))
    yield from (place for step in (0, *steps) if low <= (place := y + step * _LINE) <= high)


def _width(words: str) -> float:
    return _LETTER * sum(1 + (east_asian_width(letter) in "WF") for letter in words)


def _hides(point: Point, y: float, other: Point) -> bool:
    """Whether a point would, at a height, lie on another or on its label."""
    wide = (_width(point.words) + _width(other.words)) / 2
    return abs(point.x - other.x) < wide and abs(y - other.y) < _LINE - 1e-9


def _within(share: float) -> float:
    """A share that is on the chart with all of its dot."""
    return min(1 - _EDGE, max(_EDGE, share))


def _diagram(head: str, lines: Iterable[str]) -> Markdown | None:
    text = "\n".join(f"    {line}" for line in lines)
    return Markdown(f"{head}\n{text}") if len(text) <= MOST_CHARACTERS else None
