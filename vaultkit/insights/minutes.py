"""What was decided in which meeting: a Vault goes in; meetings with their decisions, the latest first, come out.

A decision belongs to the meeting that it was `decided_in`, that lists it in its `decisions`, or that links to it below
a heading such as `Decisions`. What stands there without such a link is told in the meeting's own words.

Worked: below `## Decided` the board's minutes list `[[D-012 Open in Manchester]]` and `A yearly plan`; D-009 says
`decided_in: "[[2026-01-12 CODIR]]"`. The board has one decision and one line, CODIR has one decision.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.dated import day_of
from vaultkit.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_NOTHING = frozenset("none no nothing nil n/a na aucun aucune rien neant tbd - –".split())


class Line(Struct, frozen=True, gc=False):
    """One thing below such a heading."""

    text: str
    links: tuple[str, ...]
    """What it links to."""


class Minutes(Struct, frozen=True):
    """What one meeting decided."""

    path: str
    day: date | None
    decisions: tuple[str, ...]
    """By path."""
    lines: tuple[str, ...]
    """What is no note of its own, as written."""


def lines(vault: Vault, note: Note) -> tuple[Line, ...]:
    """What a meeting lists as decided, without its places."""
    if not vault.is_kind(note, "meeting"):
        return ()
    edges = [edge for edge in vault.graph.of(note.path) if edge.human and edge.target and not edge.link.property]
    found = []
    for point in note.points:
        if point.topic == "decisions" and stem(point.text.strip("*_. ")) not in _NOTHING:
            within = (e.target for e in edges if point.span.start <= e.link.span.start < point.span.end and e.target)
            found.append(Line(point.text, tuple(dict.fromkeys(within))))
    return tuple(found)


def minutes(vault: Vault) -> tuple[Minutes, ...]:
    """The meetings that decided something, the latest first, those without a day last."""
    found: dict[str, dict[str, None]] = {}
    for path, meeting in _stated(vault):
        found.setdefault(meeting, {})[path] = None
    told = vault.gather(lines)
    every = [_minutes(vault, note, found.get(note.path, {}), told[note.path]) for note in vault.of_kind("meeting")]
    return tuple(sorted((each for each in every if each), key=lambda m: (m.day is None, -_ordinal(m.day), m.path)))


def _minutes(vault: Vault, note: Note, stated: dict[str, None], told: tuple[Line, ...]) -> Minutes | None:
    decisions, words = dict(stated), []
    for line in told:
        here = [path for path in line.links if _is_decision(vault, path)]
        decisions.update(dict.fromkeys(here))
        if not here:
            words.append(line.text)
    return (
        Minutes(note.path, day_of(vault, note), tuple(sorted(decisions)), tuple(words)) if decisions or words else None
    )


def _stated(vault: Vault) -> Iterator[tuple[str, str]]:
    """Decision and meeting, where either names the other in a property."""
    for note in vault.of_kind("decision"):
        for edge in vault.relation(note, "decided_in"):
            if edge.target is not None:
                yield note.path, edge.target
    for note in vault.of_kind("meeting"):
        for edge in vault.relation(note, "decisions"):
            if edge.target is not None and _is_decision(vault, edge.target):
                yield edge.target, note.path


def _is_decision(vault: Vault, path: str) -> bool:
    told = vault.recognised.get(path)
    return told is not None and told.kind == "decision"


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
