"""The scores of a note go in, as values and terms; tables for a person, or JSON's own types, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message, say
from vaultkit.model import Message
from vaultkit.report.screen import cells, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.scores import Score, Term
    from vaultkit.model import Note
    from vaultkit.report.screen import Screen
    from vaultkit.vault import Vault

_BEYOND = 1e15
_ROOM = 24
"""Cells that a fact needs to go on below itself."""


def lines(vault: Vault, note: Note, scores: Sequence[Score], screen: Screen) -> Iterator[str]:
    """A table for each score: the name of a term, value x coefficient = points, and the fact behind it."""
    yield screen.paint(clean(vault.title(note)), "strong")
    yield screen.paint(clean(note.path), "faint")
    if not scores:
        nothing = message("There is nothing to be counted about it.")
        yield screen.fold(f"  {say(nothing, screen.language)}", "  ")
    for score in scores:
        yield ""
        total = "" if score.total is None else f"  {number(score.total, screen.language)}"
        yield screen.paint(say(score.name, screen.language), "strong") + total
        if score.said is not None:
            yield screen.fold(f"  {clean(say(score.said, screen.language))}", "  ")
        yield from _table(score.terms, screen)


def row(vault: Vault, note: Note, scores: Sequence[Score], language: str) -> dict[str, object]:
    """The same for a program; numbers are not rounded."""
    told = vault.recognised.get(note.path)
    return {
        "path": note.path,
        "title": vault.title(note),
        "kind": told.kind if told else None,
        "today": vault.today.isoformat(),
        "scores": [
            {
                "name": score.key,
                "total": score.total,
                "said": None if score.said is None else say(score.said, language),
                "terms": [_entry(term, language) for term in score.terms],
            }
            for score in scores
        ],
    }


def number(value: float, language: str) -> str:
    """A number with no more than two decimals, with a comma where the language has one; short beyond counting."""
    text = f"{value:g}" if abs(value) >= _BEYOND else f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace(".", "," if language == "fr" else ".")


def _entry(term: Term, language: str) -> dict[str, object]:
    return {
        "name": term.key,
        "value": term.value,
        "coefficient": term.weight,
        "points": term.points,
        "said": _words(term.said, language) or None,
    }


def _table(terms: Sequence[Term], screen: Screen) -> Iterator[str]:
    rows = [(clean(say(term.name, screen.language)), *_sum(term, screen.language)) for term in terms]
    widths = [max((cells(each[column]) for each in rows), default=0) for column in range(3)]
    for term, (name, value, points) in zip(terms, rows, strict=True):
        start = f"  {name}{' ' * (widths[0] - cells(name))}"
        for text, width in ((value, widths[1]), (points, widths[2])):
            start += f"  {' ' * (width - cells(text))}{text}" if width else ""
        said = clean(_words(term.said, screen.language))
        column = cells(start) + 2
        hang = column if screen.width is None or screen.width - column >= _ROOM else widths[0] + 4
        yield screen.fold(f"{start}  {screen.paint(said, 'faint')}".rstrip(), " " * hang)


def _sum(term: Term, language: str) -> tuple[str, str]:
    """`0.73 x 12`, and what it comes to."""
    value = "" if term.value is None else number(term.value, language)
    if term.weight is not None:
        value = f"{value} × {number(term.weight, language)}"
    return value, "" if term.points is None else f"= {number(term.points, language)}"


def _words(said: Message | str, language: str) -> str:
    return say(said, language) if isinstance(said, Message) else said
