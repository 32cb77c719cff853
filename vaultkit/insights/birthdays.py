"""Whose birthday it is: a Vault and a span of days go in; people and the day come out.

A person's note says it under `birthday`, with or without a year: `1980-05-14`, `05-14`, `14/05`, `14 mai`. Who
was born on 29 February has it on 1 March where there is no such day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vaultkit.insights.people import absence
from vaultkit.text import fold
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_LEAP = 2000
"""A year that has every day."""
_LONGEST = 40
_MONTH_FIRST = re.compile(r"-{0,2}(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
_WORDED = re.compile(r"(?:([^\W\d]+) (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:er|st|nd|rd|th)? ([^\W\d]+))")


def birthdays(vault: Vault, first: date, days: int) -> tuple[tuple[date, str], ...]:
    """The birthdays from a day on, within so many days, that day included: day and person, by day."""
    known = vault.ask(by_day)
    found = (
        (day, path) for count in range(days) for day in (first + timedelta(days=count),) for path in _on(known, day)
    )
    return tuple(found)


def by_day(vault: Vault) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Month and day -> the people who were born on it, those who have left aside."""
    found: dict[tuple[int, int], list[str]] = {}
    for note in vault.of_kind("person"):
        born = _born(vault, note)
        gone = absence(vault, note) if born else None
        if born and (gone is None or gone.reason != "gone"):
            found.setdefault(born, []).append(note.path)
    return {born: tuple(sorted(paths)) for born, paths in found.items()}


def _on(known: Mapping[tuple[int, int], tuple[str, ...]], day: date) -> Iterator[str]:
    yield from known.get((day.month, day.day), ())
    if (day.month, day.day) == (3, 1) and (day - timedelta(days=1)).day == 28:
        yield from known.get((2, 29), ())


def _born(vault: Vault, note: Note) -> tuple[int, int] | None:
    words = vault.text(note, "birthday")
    whole = date_of(words) if 0 < len(words) <= _LONGEST else None
    if whole is not None:
        return whole.month, whole.day
    return _month_and_day(words) if 0 < len(words) <= _LONGEST else None


def _month_and_day(words: str) -> tuple[int, int] | None:
    if found := _MONTH_FIRST.fullmatch(words):
        return _real(int(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(words):
        return _real(int(found[2]), int(found[1]))
    if found := _WORDED.fullmatch(fold(words)):
        named = date_of(f"{found[2] or found[3]} {found[1] or found[4]} {_LEAP}")
        return (named.month, named.day) if named else None
    return None


def _real(month: int, day: int) -> tuple[int, int] | None:
    try:
        date(_LEAP, month, day)
    except ValueError:
        return None
    return month, day
