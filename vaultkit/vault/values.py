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
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet"),
    *("aout", "septembre", "octobre", "novembre", "decembre"),
)
_LONGEST = 80
"""Characters of a period or of a word of a vocabulary: no longer text is one, nor worth a search that may backtrack."""
_EVERY = re.compile(
    r"(?:(?:every|each|tou(?:s|tes) les|chaque) )?(?P<count>[0-9]{1,4})? ?"
    r"(?P<unit>days?|weeks?|months?|quarters?|years?|jours?|semaines?|mois|trimestres?|an(?:nee)?s?|d|w)"
)
_UNITS = {
    **dict.fromkeys(("day", "d", "jou"), 1),
    **dict.fromkeys(("wee", "w", "sem"), 7),
    **dict.fromkeys(("mon", "moi"), 30),
    **dict.fromkeys(("qua", "tri"), 91),
    **dict.fromkeys(("yea", "an", "ans", "ann"), 365),
}
"""The first letters of a unit -> its days."""
_RHYTHMS = (
    (frozenset({"daily", "quotidien", "quotidienne", "quotidiennement", "journalier"}), 1),
    (frozenset({"weekly", "hebdo", "hebdomadaire", "hebdomadairement"}), 7),
    (frozenset({"biweekly", "bi weekly", "fortnightly", "bimensuel", "bimensuelle", "quinzaine"}), 14),
    (frozenset({"monthly", "mensuel", "mensuelle", "mensuellement"}), 30),
    (frozenset({"quarterly", "trimestriel", "trimestrielle"}), 91),
    (frozenset({"half yearly", "semestriel", "semestrielle", "biannual"}), 182),
    (frozenset({"yearly", "annual", "annually", "annuel", "annuelle"}), 365),
)
_LENGTH = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}(?:[.,][0-9]{1,2})?) ?(?:h|hrs?|hours?|heures?))?"
    r"(?: ?(?:and |et )?(?P<minutes>[0-9]{1,3}) ?(?:m|mn|min|mins|minutes?)?)?"
)
_AGES = 3660
"""Days of which no rhythm is made."""
_BARE = re.compile(r"^[\W\d_]+|[\W_]+$")
"""What dresses a word up: an emoji, a number that puts it in order, a tag's `#`."""
_BARE_START = re.compile(r"^[\W\d_]+")
_MORE = re.compile(
    r"\s*[,;:(]|\s+[–—-]\s|\s+(?:by|par|on|le|la|since|depuis|until|till|jusqu|because|due to|car|as of)\b",
    re.IGNORECASE,
)
"""Where a text that begins with a word of a vocabulary goes on to say more: by whom, since when, why."""


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
    if iso := _ISO.fullmatch(words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if french := _FRENCH.fullmatch(words):
        return _day(int(french[3]), int(french[2]), int(french[1]))
    worded = _WORDED.fullmatch(fold(words))
    if worded and worded[2] in MONTHS:
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
    """The word that the vocabulary (folded word -> canonical word) has for a value; None when it has none.

    What the value says beyond it is passed over: `superseded by ADR-12`, `accepted (2026-03-01)`, `validée par Ann`.
    """
    words = text_of(value)
    whole = _known(words, vocabulary) if len(words) <= _LONGEST else None
    return whole or (None if isinstance(value, tuple) else _known(first_words(words), vocabulary))


def first_words(text: str) -> str:
    """What a text says before it says by whom, since when or why; empty when it says no more."""
    begun = _BARE_START.sub("", text[:_LONGEST])
    found = _MORE.search(begun, 1)
    return begun[: found.start()] if found else ""


def _known(words: str, vocabulary: Mapping[str, str]) -> str | None:
    return (vocabulary.get(fold(words)) or vocabulary.get(fold(_BARE.sub("", words)))) if words else None


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
    if named and named[1] in MONTHS:
        return _months(int(named[2]), _month(named[1]), 1)
    return None


def _between(raw: str) -> tuple[date, date] | None:
    """From one day or part of a year to another, or a single day."""
    single, found = date_of(raw), _RANGE.fullmatch(raw)
    if single:
        return single, single
    first, last = (_end(found[1]), _end(found[2])) if found else (None, None)
    return (first[0], last[1]) if first and last else None


def _end(words: str) -> tuple[date, date] | None:
    day = date_of(words)
    return (day, day) if day else _named_period(fold(words))


def _month(name: str) -> int:
    return MONTHS.index(name) % 12 + 1


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


def minutes_of(value: Value) -> float | None:
    """A length of time in minutes: `90`, `90 min`, `1h30`, `1,5 h`, `2 heures`; None for anything else."""
    number, words = number_of(value), fold(text_of(value))
    found = _LENGTH.fullmatch(words) if number is None and 0 < len(words) <= _LONGEST else None
    if found is None:
        return number
    hours, minutes = float((found["hours"] or "0").replace(",", ".")), float(found["minutes"] or 0)
    return 60 * hours + minutes


def cadence_of(value: Value) -> int | None:
    """A rhythm in days: `weekly`, `hebdomadaire`, `every 2 weeks`, `tous les 15 jours`, `14`; else None."""
    words = fold(text_of(value))
    if len(words) > _LONGEST:
        return None
    found = _EVERY.fullmatch(words)
    if words.isdigit() or found:
        count = int(words) if words.isdigit() else int(found["count"] or 1) if found else 0
        days = count * _UNITS[found["unit"][:3]] if found else count
        return days if 0 < days < _AGES else None
    return next((days for names, days in _RHYTHMS if words in names), None)
