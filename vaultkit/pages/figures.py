"""Numbers on a page: shares, days and rows of values go in; a percentage, a bar, or a line of small bars comes out."""

from __future__ import annotations

from datetime import timedelta
from math import floor, isfinite
from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.health import status
from vaultkit.insights.why.words import STANDINGS, figure
from vaultkit.language import message, plural, say
from vaultkit.pages.linking import link
from vaultkit.pages.phrases import DASH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vaultkit.insights.measures import Measure, Rows
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

UNKNOWN = message("unknown")
WEEKS = 13
"""A quarter."""
_HEIGHTS = "▁▂▃▄▅▆▇█"
_NONE = "·"
"""A week of which nothing is known."""
_FULL, _EMPTY, _WIDTH = "█", "░", 10
_SIGNS = {"stay_above": "≥ ", "stay_below": "≤ "}


def percent(share: float | None) -> Message:
    """A share of 1, to the nearest; only all of it is 100 %, and what nobody knows is no 0 %."""
    if share is None:
        return UNKNOWN
    nearest = floor(100 * share + 0.5)
    return message("{percent}%", percent=min(nearest, 99) if share < 1 else nearest)


def rounded(share: float) -> Message:
    """A share of 1 among others that make up a whole; what shows as a bar is not said to be nothing."""
    if 0 < share < 0.005:
        return message("under 1%")
    return message("{percent}%", percent=round(100 * share))


def bar(share: float, whole: float = 1.0) -> str:
    """A share of a whole, or of the greatest share beside it, as a bar: `███░░░░░░░`; more than nothing shows."""
    full = min(_WIDTH, max(round(_WIDTH * share / whole), 1 if share > 0 else 0)) if whole > 0 else 0
    return _FULL * full + _EMPTY * (_WIDTH - full)


def weekly(rows: Rows, today: date) -> str:
    """The last value of each of the last 13 weeks, from their lowest to their highest; empty with fewer than two."""
    monday = today - timedelta(days=today.weekday())
    values: list[float | None] = [None] * WEEKS
    for day, value in rows:
        back = (monday - (day - timedelta(days=day.weekday()))).days // 7
        if day <= today and back < WEEKS and isfinite(value):
            values[WEEKS - 1 - back] = value
    return _line(values)


def number(vault: Vault, value: float) -> Markdown:
    """A number as readers of the language write it."""
    written = figure(value)
    return Markdown(written.replace(".", ",") if vault.language == "fr" else written)


def toward(vault: Vault, found: Measure) -> Markdown | Message:
    """`2.84 → 4 M€`: where a number is and where it is to be."""
    if found.target is None and found.current is None:
        return UNKNOWN
    sign, unknown = _SIGNS.get(found.direction, ""), say(UNKNOWN, vault.language)
    now = unknown if found.current is None else number(vault, found.current)
    target = unknown if found.target is None else sign + number(vault, found.target)
    return Markdown(f"{now} → {target} {escape.text(found.unit)}".rstrip())


def days(vault: Vault, count: int) -> str:
    """So many of them; of fewer than none the number alone is negative."""
    said = say(plural("{count} day", "{count} days", abs(count)), vault.language)
    return said if count >= 0 else f"−{said}"


def standing(vault: Vault, note: Note) -> Message | str:
    """The health that a note is said to have; one that is too old to be believed bears a question mark."""
    found = status(vault, note)
    if found.word == "outdated":
        said = STANDINGS.get(found.declared or "")
        return message("outdated") if said is None else message("{status}? (outdated)", status=said)
    return STANDINGS.get(found.word, DASH)


def more(count: int) -> Message | None:
    """That a list goes on."""
    return message("And {count} more.", count=count) if count > 0 else None


def joined(vault: Vault, paths: Iterable[str], page: str, most: int = 3) -> Markdown | str:
    """A few links, and how many more there are."""
    known = tuple(paths)
    if not known:
        return DASH
    told = ", ".join(link(vault, path, page) for path in known[:most])
    return Markdown(told if len(known) <= most else f"{told} +{len(known) - most}")


def _line(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, spread = min(known), max(known) - min(known)
    return "".join(_NONE if value is None else _height(value - low, spread) for value in values)


def _height(above: float, spread: float) -> str:
    """Nothing moved: the middle. A spread that is no number is that of values nobody measured."""
    if not spread or not isfinite(spread):
        return _HEIGHTS[3]
    return _HEIGHTS[round((len(_HEIGHTS) - 1) * above / spread)]
