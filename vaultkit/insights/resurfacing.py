"""What is proposed again: a Vault goes in; each decision that takes up what an earlier one rejected comes out.

Two options are the same from a likeness of `LEAST` on (`likeness.py`). An option of one word is compared along with
the title of its decision, since `Excel` means something else in every one of them. Only what two options of that
likeness must share is looked up, the rarest words of each, so that the whole is linear in the number of options.

Source: prefix filtering of similarity joins (Chaudhuri and others, 2006; Bayardo and others, 2007).
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.decisions import state
from vaultkit.insights.likeness import NOT, likeness
from vaultkit.insights.options import Option, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

LEAST = 0.6
_HABIT = 3
"""An option that more decisions than this reject is a way of speaking: `Wait another year`."""
_COMMON = 50
"""A word that more rejected options bear than this tells none from another."""


class Again(Struct, frozen=True):
    """An option, and the earlier one that was rejected."""

    old: str
    """The decision that rejected it."""
    rejected: Option
    option: Option
    likeness: float


class _Rejected(NamedTuple):
    path: str
    option: Option
    words: frozenset[str]


def resurfaced(vault: Vault) -> Mapping[str, tuple[Again, ...]]:
    """Decision -> what it takes up again of earlier ones that it does not link to, the nearest option of each.

    Nothing of one that says what is new.
    """
    known = _rejected(vault)
    if not known:
        return {}
    counts = Counter(word for each in known for word in each.words)
    bearers: dict[str, list[_Rejected]] = {}
    for each in known:
        for word in _rarest(each.words, counts):
            bearers.setdefault(word, []).append(each)
    found: dict[str, dict[str, Again]] = {}
    for note in vault.of_kind("decision"):
        told = vault.gather(weighed)[note.path]
        if told.has_news or state(vault, note) not in {"open", "accepted"}:
            continue
        for again in _alike(vault, note, bearers, counts):
            best = found.setdefault(note.path, {}).setdefault(again.old, again)
            if again.likeness > best.likeness:
                found[note.path][again.old] = again
    return {path: tuple(each[old] for old in sorted(each)) for path, each in found.items()}


def _rejected(vault: Vault) -> list[_Rejected]:
    """The options that decisions no longer open have rejected."""
    found: list[_Rejected] = []
    for note in vault.of_kind("decision"):
        if state(vault, note) not in {"open", "put-off"}:
            told = vault.gather(weighed)[note.path]
            options = {option.words: option for option in reversed(told.options) if option.rejected and option.words}
            found += (_Rejected(note.path, each, _compared(each, told.subject)) for each in options.values())
    habits = Counter(each.option.words for each in found)
    return [each for each in found if habits[each.option.words] <= _HABIT]


def _alike(vault: Vault, note: Note, bearers: Mapping[str, list[_Rejected]], counts: Counter[str]) -> Iterator[Again]:
    told = vault.gather(weighed)[note.path]
    near = _linked(vault, note.path)
    for option in told.options:
        if option.rejected or not option.words:
            continue
        said = _compared(option, told.subject)
        for word in _rarest(said, counts):
            others = bearers.get(word, ())
            for each in others if len(others) <= _COMMON else ():
                share = likeness(said, each.words)
                if share >= LEAST and each.path not in near and _is_later(vault, note, vault.notes[each.path]):
                    yield Again(each.path, each.option, option, share)


def _compared(option: Option, subject: frozenset[str]) -> frozenset[str]:
    return option.words if len(option.words - {NOT}) > 1 else option.words | subject


def _rarest(words: frozenset[str], counts: Counter[str]) -> list[str]:
    """Two sets as alike as `LEAST` share a word among these of each."""
    ordered = sorted(words, key=lambda word: (counts[word], word))
    return ordered[: len(ordered) - ceil(LEAST * len(ordered)) + 1]


def _linked(vault: Vault, path: str) -> frozenset[str]:
    """The note itself, what it links to, and the decisions that it says it replaces."""
    return frozenset({path, *(edge.target for edge in vault.graph.of(path) if edge.target and edge.human)})


def _is_later(vault: Vault, note: Note, old: Note) -> bool:
    day, before = vault.day(note, "date"), vault.day(old, "date")
    if day is None or before is None:
        return day is None and state(vault, note) == "open"
    return day > before
