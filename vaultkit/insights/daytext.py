"""What somebody meant by a text that is no ISO day: the text goes in; the day it can only mean, or may mean, comes out.

Beyond what `values.date_of` reads: `2026-3-1`, `20260301`, `March 1st, 2026`, `1 déc. 2026`, `03/15/2026`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from vaultkit.text import fold
from vaultkit.vault.values import MONTHS, date_of

_LONGEST = 40
"""Characters: a longer text is a sentence."""
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_ISO = re.compile(r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}(?![0-9])")
_NUMBERS = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}")
_YEARLESS = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|[12][0-9]|3[01])")
_PERIOD = re.compile(r"(?:[0-9]{1,4}|[qtshQTSH](?=[0-9])|[\s./–→-])+")
_IN_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_FILLERS = frozenset({"st", "nd", "rd", "th", "er", "of", "de", "du", "le", "the", "on", "d", "l"})
_WEEKDAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
    | {
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lun",
        "mer",
        "jeu",
        "ven",
        "sam",
        "dim",
    }
)


class Reading(NamedTuple):
    """What a text says of a day."""

    day: date | None
    """What it means; None for a day that there is not, or that nobody can tell."""
    sure: bool
    """Whether it can mean nothing else."""
    impossible: bool = False
    """Whether it names a day that no calendar has."""


def reading(text: str, *, day_first: bool) -> Reading | None:
    """What a text means, where it is an attempt at a day; None for any other text.

    `day_first` says how `03/04/2026` is read; where that must be known, the reading is not sure.
    """
    if len(text) > _LONGEST:
        return None
    if _ISO.match(text):
        return _after_iso(text)
    words = [word for word in _TOKEN.findall(fold(text)) if word not in _FILLERS and word not in _WEEKDAYS]
    if len(words) == 1 and len(words[0]) == 8 and words[0].isdigit() and words[0][:2] in {"19", "20"}:
        return _reading(words[0][:4], words[0][4:6], words[0][6:])
    if _YEARLESS.fullmatch(text):
        return Reading(None, sure=False)
    numbers = [word for word in words if word.isdigit()]
    months = [word for word in words if not word.isdigit()]
    if len(months) == 1 and len(numbers) in {1, 2}:
        return _with_name(numbers, month_of(months[0]))
    return _of_numbers(numbers, day_first=day_first) if len(numbers) == 3 and not months else None


def is_like_period(text: str) -> bool:
    """Whether a text is made up as a quarter, a half or a year is, whatever it says: `2026-Q5`, `Q1-Q2 2026`."""
    return len(text) <= _LONGEST and _PERIOD.fullmatch(text) is not None and _IN_YEAR.search(text) is not None


def is_ambiguous(text: str) -> bool:
    """Whether a text is a day by one order of day and month, and another day by the other: `03/04/2026`."""
    if not _NUMBERS.fullmatch(text):
        return False
    first, second, _ = map(int, re.split("[/-]", text))
    return first != second and 0 < first <= 12 and 0 < second <= 12


def month_of(word: str) -> int | None:
    """The number of a month by its name, in English or French, or by a beginning of it that no other has."""
    if len(word) < 3:
        return None
    numbers = {place % 12 + 1 for place, name in enumerate(MONTHS) if name.startswith(word)}
    return numbers.pop() if len(numbers) == 1 else None


def _after_iso(text: str) -> Reading | None:
    """A day as ISO has it, and whatever else after it."""
    day = date_of(text[:10])
    if day is None:
        return Reading(None, sure=False, impossible=True)
    rest = [word for word in _TOKEN.findall(fold(text[10:])) if word not in _WEEKDAYS]
    return None if rest else Reading(day, sure=True)


def _with_name(numbers: list[str], month: int | None) -> Reading | None:
    if month is None:
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) == 1 and len(days) == 1:
        return _reading(years[0], str(month), days[0])
    return Reading(None, sure=False) if len(days) == 1 and len(numbers) == 1 else None


def _of_numbers(numbers: list[str], *, day_first: bool) -> Reading | None:
    first, second, third = numbers
    if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
        return _reading(first, second, third)
    if len(third) != 4 or len(first) > 2 or len(second) > 2:
        return None
    if int(first) <= 12 and int(second) <= 12 and first != second:
        found = _reading(third, *((second, first) if day_first else (first, second)))
        return found._replace(sure=False)
    return _reading(third, *((second, first) if int(second) <= 12 else (first, second)))


def _reading(year: str, month: str, day: str) -> Reading:
    try:
        return Reading(date(int(year), int(month), int(day)), sure=True)
    except ValueError:
        return Reading(None, sure=False, impossible=True)
