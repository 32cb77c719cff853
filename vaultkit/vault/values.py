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

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_FRENCH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"(?:(\d{4})[ -]?)?([qtsh])([1-4])(?:[ -]?(\d{4}))?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_RANGE = re.compile(r"(.+?)\s*(?:\.\.|→|/)\s*(\d{4}-.+)")


def text_of(value: Value) -> str:
    """A value as one piece of text, without the brackets of a link: `"[[2026-03-01]]"` is `2026-03-01`."""
    if isinstance(value, tuple):
        return ", ".join(text_of(v) for v in value)
    if value is None or isinstance(value, dict):
        return ""
    words = str(value).strip()
    if words.startswith("[[") and words.endswith("]]"):
        words = words[2:-2].partition("|")[2] or words[2:-2].partition("#")[0]
    return words


def date_of(value: Value) -> date | None:
    """`2026-03-01`, with or without a time, or `01/03/2026`, day first; None for anything else."""
    words = text_of(value)
    iso, french = _ISO.fullmatch(words), _FRENCH.fullmatch(words)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if french:
        return _day(int(french[3]), int(french[2]), int(french[1]))
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
    words = fold(text_of(value)).replace(" ", "-") if not isinstance(value, int) else str(value)
    if _YEAR.fullmatch(words):
        return date(int(words), 1, 1), date(int(words), 12, 31)
    part = _PART.fullmatch(words)
    if part and (part[1] or part[4]):
        return _part(int(part[1] or part[4]), part[2], int(part[3]))
    raw = text_of(value)
    month, between = _MONTH.fullmatch(raw), _RANGE.fullmatch(raw)
    if month and 1 <= int(month[2]) <= 12:
        return _months(int(month[1]), int(month[2]), 1)
    if between:
        first, last = date_of(between[1]), date_of(between[2])
        return (first, last) if first and last else None
    return None


def choice_of(value: Value, vocabulary: Mapping[str, str]) -> str | None:
    """The word that the vocabulary (folded word -> canonical word) has for a value; None when it has none."""
    return vocabulary.get(fold(text_of(value)))


def _part(year: int, letter: str, number: int) -> tuple[date, date] | None:
    if letter in "sh":
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
