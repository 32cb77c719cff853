"""How many notes a synthetic vault has comes in, where each of them stands and what it is called goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bench.words import FIRST, LAST, THINGS, TOPICS

if TYPE_CHECKING:
    from random import Random

SHARES = {"objective": 500, "key_result": 250, "priority": 200, "project": 40, "person": 50, "meeting": 10, "day": 20}
"""Of how many notes one is of the kind; the rest are of none."""
LEAST = 3
COMMON = ("Overview", "Ideas", "Log")
"""Names that several notes have."""


class Place(NamedTuple):
    """A note that is to be written."""

    path: str
    name: str
    kind: str


@dataclass(frozen=True)
class Shelf:
    """All notes of a vault, by their numbers: each kind has a range of them."""

    ranges: dict[str, range]

    def at(self, number: int) -> Place:
        """The note of that number."""
        kind = next(kind for kind, numbers in self.ranges.items() if number in numbers)
        return placed(kind, number - self.ranges[kind].start)

    def any(self, kind: str, random: Random) -> Place:
        """A note of a kind; the first are drawn far more often, as hubs are."""
        return placed(kind, int(len(self.ranges[kind]) * random.random() ** 3))

    def near(self, number: int, random: Random) -> Place:
        """A plain note not far from a number."""
        plain = self.ranges["plain"]
        return placed("plain", (number + random.randint(-150, 150)) % len(plain))


def shelf(notes: int) -> Shelf:
    """The shelf of a vault of so many notes."""
    ranges, start = {}, 0
    for kind, share in SHARES.items():
        ranges[kind] = range(start, start + max(LEAST, notes // share))
        start = ranges[kind].stop
    return Shelf({**ranges, "plain": range(start, max(start + LEAST, notes))})


def placed(kind: str, number: int) -> Place:
    """Where the note stands that has this number among those of its kind."""
    topic, thing = TOPICS[number % len(TOPICS)], THINGS[number % len(THINGS)]
    match kind:
        case "objective":
            return at("Objectives", f"O{number + 1} {topic} without surprises", kind)
        case "key_result":
            return at("Key results", f"KR{number + 1} {topic} {thing}s on time", kind)
        case "priority":
            return at("Priorities", f"Better {topic.lower()} {thing} {number + 1}", kind)
        case "project":
            return at("Projects", f"{topic} {thing} P{number + 1}", kind)
        case "person":
            again, first = divmod(number, len(FIRST))
            again, last = divmod(again + first, len(LAST))
            return at("People", f"{FIRST[first]} {LAST[last]}{f' {again + 1}' if again else ''}", kind)
        case "meeting":
            return at(f"Meetings/{2026 - number // 2000 % 5}", f"{day(number)} {topic} meeting {number + 1}", kind)
        case "day":
            return at(f"Journal/{2026 - number // 2000 % 5}", f"{day(number)} {number + 1}", kind)
    if number % 150 == 149:
        return at(f"Areas/{topic}/{thing.title()} {number // 150}", COMMON[number // 150 % len(COMMON)], "plain")
    return at(f"Areas/{topic}" if number % 3 else "References", f"{topic} {thing} {number + 1}", "plain")


def at(folder: str, name: str, kind: str) -> Place:
    """The note of that name in a folder."""
    return Place(f"{folder}/{name}.md", name, kind)


def day(number: int) -> str:
    """The date that a number stands for, in the five years before the spring of 2026."""
    return f"{2026 - number // 2000 % 5}-{number % 3 + 1:02}-{number % 28 + 1:02}"
