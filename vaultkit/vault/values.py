"""What a property's value means: dates, periods, numbers and words of a vocabulary, in English and in French."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Value

_ISO = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ]\d{1,2}:\d{2}.*)?")
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDED = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"(?:(\d{4})[ /]?)?([qtsh])([1-4])(?:[ /]?(\d{4}))?")
_ORDINAL = re.compile(r"([1-4])(?:er|e|eme|st|nd|rd|th)? (trimestre|quarter|semestre|half)(?: (?:de|of))? (\d{4})")
_MONTH = re.compile(r"(\d{4})[-/](\d{2})")
_NAMED_MONTH = re.compile(r"([a-z]+) (\d{4})")
_RANGE = re.compile(r"(?:du |from )?(\S.*?)(?:\.\.|\s*→\s*|\s+(?:-|–|to|au|until)\s+)(\S.*)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet"),
    *("aout", "septembre", "octobre", "novembre", "decembre"),
)
_LONGEST = 80
"""Characters of a period or of a word of a vocabulary: no longer text is one, nor worth a search that may backtrack."""
_BARE = re.compile(r"^[\W\d_]+|[\W_]+$")
"""What dresses a word up: an emoji, a number that puts it in order, a tag's `#`."""


def text_of(value: Value) -> str:
    """A value as one piece of text, without the brackets of a link: `"[[2026-03-01]]"` is `2026-03-01`."""
    if isinstance(value, str):
        words = value.strip()
    elif isinstance(value, tuple):
        return ", ".join([text_of(v) for v in value])
    elif value is None or isinstance(value, dict):
        return ""
    else:
        words = str(value).strip()
    if words.startswith("[[") and words.endswith("]]") and words.count("[[") == 1:
        words = words[2:-2].partition("|")[2] or words[2:-2].partition("#")[0]
    return words


def date_of(value: Value) -> date | None:
    """`2026-03-01`, with or without a time, `01/03/2026`, day first, or `1er mars 2026`; None for anything else."""
    words = text_of(value)
    iso, french, worded = _ISO.fullmatch(words), _FRENCH.fullmatch(words), _WORDED.fullmatch(fold(words))
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if french:
        return _day(int(french[3]), int(french[2]), int(french[1]))
    if worded and worded[2] in _MONTHS:
        return _day(int(worded[3]), _month(worded[2]), int(worded[1]))
    return None


def number_of(value: Value) -> float | None:
    """A number, or text that is one with an optional sign of percentage; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    words = text_of(value).replace("\u202f", "").replace("\u00a0", "").replace(" ", "").rstrip("%").replace(",", ".")
    return float(words) if re.fullmatch(r"[+-]?\d+(\.\d+)?", words) else None


def period_of(value: Value) -> tuple[date, date] | None:
    """The first and last day of `2026-Q1` or `T1 2026` (a quarter), `H1 2026` (a half), `2026`, `2026-03`, `a..b`."""
    if isinstance(value, tuple):
        periods = [period_of(each) for each in value]
        known = [period for period in periods if period]
        return (min(known)[0], max(last for _, last in known)) if known and len(known) == len(periods) else None
    raw = text_of(value)
    if len(raw) > _LONGEST:
        return None
    try:
        return _named_period(fold(raw)) or _between(raw)
    except ValueError:  # the year 0 is a year to nobody
        return None


def choice_of(value: Value, vocabulary: Mapping[str, str]) -> str | None:
    """The word that the vocabulary (folded word -> canonical word) has for a value; None when it has none."""
    words = text_of(value)
    if len(words) > _LONGEST:
        return None
    return vocabulary.get(fold(words)) or vocabulary.get(fold(_BARE.sub("", words)))


def _named_period(words: str) -> tuple[date, date] | None:
    """A year, or a part of one, by its name; `words` are folded."""
    if _YEAR.fullmatch(words):
        return date(int(words), 1, 1), date(int(words), 12, 31)
    part, ordinal = _PART.fullmatch(words), _ORDINAL.fullmatch(words)
    if part and (part[1] or part[4]):
        return _part(int(part[1] or part[4]), part[2], int(part[3]))
    if ordinal:
        return _part(int(ordinal[3]), ordinal[2][0], int(ordinal[1]))
    month, named = _MONTH.fullmatch(words.replace(" ", "-")), _NAMED_MONTH.fullmatch(words)
    if month and 1 <= int(month[2]) <= 12:
        return _months(int(month[1]), int(month[2]), 1)
    if named and named[1] in _MONTHS:
        return _months(int(named[2]), _month(named[1]), 1)
    return None


def _between(raw: str) -> tuple[date, date] | None:
    """From one day to another, or a single day."""
    single, found = date_of(raw), _RANGE.fullmatch(raw)
    if single:
        return single, single
    first, last = (date_of(found[1]), date_of(found[2])) if found else (None, None)
    return (first, last) if first and last else None


def _month(name: str) -> int:
    return _MONTHS.index(name) % 12 + 1


def _part(year: int, letter: str, number: int) -> tuple[date, date] | None:
    if letter in "sh":  # a semester, a half
        return _months(year, 1 + 6 * (number - 1), 6) if number <= 2 else None
    return _months(year, 1 + 3 * (number - 1), 3)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 2026-02-30 is a date to nobody
        return None
