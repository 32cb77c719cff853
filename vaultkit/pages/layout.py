"""Where the cards of a map stand: a tree of notes goes in; groups of cards, each with its column and row, come out.

An objective stands at the top left of its group: its key results below it, what serves it otherwise beside it, and so
on to the right. Every note begins a block of rows that no other uses, with its first child right beside it, so that an
arrow within a group leads to the next column and behind no card. Key results alone share the rows of what is beside
them. A vision has a group as well, of what serves it directly; the groups of its objectives follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from vaultkit.insights.lineage import Lineage

VISION, OBJECTIVE, RESULT = "vision", "objective", "key_result"
HEADS = frozenset({VISION, OBJECTIVE})
"""The kinds that have a group of their own."""
LAST = 2
"""The column in which what lies deeper stays, below what it is for."""


class Card(Struct, frozen=True):
    """A note, and where it stands in its group."""

    path: str
    column: int
    row: int


class Group(Struct, frozen=True):
    """What stands together."""

    top: str
    """The vision or the objective that all the rest serves; empty for what is under neither."""
    cards: tuple[Card, ...]
    part: int = 0
    """Of what is under no objective: how many such groups stand before it."""

    @property
    def rows(self) -> int:
        """How high it is."""
        return 1 + max(card.row for card in self.cards)

    @property
    def columns(self) -> int:
        """How wide it is."""
        return 1 + max(card.column for card in self.cards)


class Region(Struct, frozen=True):
    """A vision with all that leads up to it, or what leads up to none."""

    vision: str
    families: tuple[tuple[Group, ...], ...]
    """Groups that stay together: an objective's, then those of the objectives below it."""


def regions(tree: Lineage, kinds: Mapping[str, str], shown: Collection[str], most_rows: int) -> tuple[Region, ...]:
    """Each note that is shown once, in reading order; what is under no objective in groups of so many rows."""
    below = _below(tree, shown)
    heads = {path: (region, family) for path, region, family in _heads(below, kinds)}
    found: dict[str, dict[str, list[Group]]] = {}
    for top, (region, family) in heads.items():
        found.setdefault(region, {}).setdefault(family, []).append(_group(below, kinds, top))
    loose = [path for path in below.get("", ()) if kinds[path] not in HEADS]
    without = {group.cards[0].path: [group] for group in _loose(below, kinds, loose, most_rows)}
    if without:
        found[""] = found.pop("", {}) | without
    return tuple(
        Region(vision, tuple(map(tuple, families.values())))
        for vision, families in sorted(found.items(), key=lambda item: not item[0])
    )


def _below(tree: Lineage, shown: Collection[str]) -> dict[str, list[str]]:
    """Note -> those that are shown of the tree below it, but for what is below one of them; of the top, under `""`."""
    found: dict[str, list[str]] = {}
    waiting = [(top, "") for top in reversed(tree.tops)]
    while waiting:
        path, above = waiting.pop()
        if path in shown:
            found.setdefault(above, []).append(path)
            above = path
        waiting += [(child, above) for child in reversed(tree.children.get(path, ()))]
    return found


def _heads(below: Mapping[str, Iterable[str]], kinds: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each vision and objective in reading order, the vision whose region it is in, and the first of its family."""
    waiting = [(path, "", "") for path in reversed([*below.get("", ())])]
    while waiting:
        path, region, family = waiting.pop()
        if kinds[path] == VISION:
            region, family = path, ""
            yield path, region, path
        elif kinds[path] == OBJECTIVE:
            family = family or path
            yield path, region, family
        waiting += [(child, region, family) for child in reversed([*below.get(path, ())])]


def _group(below: Mapping[str, Iterable[str]], kinds: Mapping[str, str], top: str) -> Group:
    """A vision or an objective, what serves it beside it, and its key results below it."""
    first = Card(top, 0, 0)
    served = [path for path in below.get(top, ()) if kinds[path] != RESULT]
    cards = [first, *_beside(below, kinds, first, served)]
    results = _results(below, kinds, top)
    bare = [path for path in results if not _others(below, kinds, path)]
    cards += [Card(path, 0, row) for row, path in enumerate(bare, start=1)]
    for path in results:
        others = _others(below, kinds, path)
        if others:
            result = Card(path, 0, 1 + max(card.row for card in cards))
            cards += [result, *_beside(below, kinds, result, others)]
    return Group(top, tuple(cards))


def _results(below: Mapping[str, Iterable[str]], kinds: Mapping[str, str], top: str) -> list[str]:
    """The key results below a note with nothing but key results in between."""
    found, waiting = [], [top]
    while waiting:
        path = waiting.pop()
        if path != top:
            found.append(path)
        waiting += reversed([child for child in below.get(path, ()) if kinds[child] == RESULT])
    return found


def _others(below: Mapping[str, Iterable[str]], kinds: Mapping[str, str], path: str) -> list[str]:
    return [child for child in below.get(path, ()) if kinds[child] not in {*HEADS, RESULT}]


def _beside(
    below: Mapping[str, Iterable[str]], kinds: Mapping[str, str], first: Card, served: Iterable[str]
) -> Iterator[Card]:
    """What stands to the right of a card, block by block."""
    last = first
    waiting = [(path, first) for path in reversed([*served])]
    while waiting:
        path, above = waiting.pop()
        if kinds[path] in HEADS:
            continue
        column = min(above.column + 1, LAST)
        last = Card(path, column, last.row if last is above and above.column < column else last.row + 1)
        yield last
        waiting += [(child, last) for child in reversed([*below.get(path, ())])]


def _loose(
    below: Mapping[str, Iterable[str]], kinds: Mapping[str, str], tops: Iterable[str], most_rows: int
) -> Iterator[Group]:
    """What is under neither vision nor objective, block below block, in as many groups as are needed."""
    cards: list[Card] = []
    part = free = 0
    for top in tops:
        first = Card(top, 0, 0)
        block = [first, *_beside(below, kinds, first, below.get(top, ()))]
        if cards and free + block[-1].row >= most_rows:
            yield Group("", tuple(cards), part)
            cards, part, free = [], part + 1, 0
        cards += [Card(card.path, card.column, card.row + free) for card in block]
        free = cards[-1].row + 1
    if cards:
        yield Group("", tuple(cards), part)
