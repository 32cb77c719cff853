"""A note's sections come in; the rows of its tables that say a value of a day come out: the history of a metric."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from vaultkit.listed import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.model import Section
    from vaultkit.parser.source import Source

_ROW = re.compile(
    r"^[ \t]*+\|?[ \t]*+(?:\[\[)?"
    r"(?P<day>\d{4}[/-]\d{2}[/-]\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?:\]\])?[ \t]*+\|[ \t]*+"
    r"(?P<value>[+-]?\d[\d \u00a0\u202f'.,]*+)(?P<rest>[^|\r\n]*+)",
    re.MULTILINE,
)
"""`| 2026-03-02 | 1 234,5 € | ...`, or `| 02/03/2026 |`, day first as in properties."""
_GROUPS = re.compile(r"[ \u00a0\u202f']")


def measurements(source: Source, sections: Iterable[Section]) -> Iterator[Measurement]:
    """Each row that begins with a day and a number, in the order of the text; a day that is none is no row."""
    for section in sections:
        if section.kind == "table":
            for row in _ROW.finditer(source.text, section.start, section.end):
                value = _number(row["value"])
                day = _day(row["day"])
                if day is not None and value is not None:
                    yield Measurement(day, value, source.span(row.start("day"), row.end("value")))


def _day(text: str) -> date | None:
    first, month, last = map(int, re.split("[/.-]", text))
    try:
        return date(last, month, first) if last > first else date(first, month, last)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    """`1 234,5` and `1,234.5` are one number: of two marks the last is the decimal one, a lone comma is too."""
    digits = _GROUPS.sub("", text).rstrip(".,")
    if "," in digits and "." in digits:
        group, mark = (",", ".") if digits.rindex(".") > digits.rindex(",") else (".", ",")
        digits = digits.replace(group, "").replace(mark, ".")
    elif digits.count(",") > 1:
        digits = digits.replace(",", "")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    return float(digits) if re.fullmatch(r"[+-]?\d+(\.\d+)?", digits) else None
