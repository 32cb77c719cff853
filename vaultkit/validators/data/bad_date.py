"""A property that is to name a day, and names none.

## What it flags
In a note of a kind that is not closed: a day that no calendar has, `2026-02-30` (`impossible`); a text that looks like
a day and cannot be read, `3rd of March` (`unreadable`); a period where one day is asked for, `due: 2026-Q2`
(`period`); in English a day that may be another, `03/04/2026` (`ambiguous`); a quarter or a half that no year has or
that names none, `2026-Q5` or `Q1` (`no-period`). With `iso = true` also a day that vaultkit reads and Obsidian does
not, `15/03/2026` (`not-iso`). What cannot be read at all is an error, but for a period without its year. Words such as
`soon` are no attempt at a day.

## Why it matters
What cannot be read counts as not said: the note has no due date, is never overdue, and stands in no list by date.

## How to mend it
Write the day as `2026-03-15`. `vaultkit check --fix` does it where the text can mean one day alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.daytext import is_ambiguous, is_like_period, reading
from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.fielded import fielded
from vaultkit.insights.status import is_closed
from vaultkit.insights.wording import called, is_french
from vaultkit.language import message
from vaultkit.model import Finding, Fix, Put
from vaultkit.vault.values import date_of, period_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity, Value
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = EVERY
READS: tuple[Reads, ...] = ()

_PERIOD = re.compile(r"(?:\d{4}[-/ ]*)?[qths]-?\d{1,2}(?:[-/ ]*\d{4})?|\d{4}[-/]\d{1,2}", re.IGNORECASE)
"""What is meant for a quarter, a half or a month."""
_YEAR = re.compile(r"\d{4}")
UNREAD = frozenset({"impossible", "unreadable", "no-period"})
SINGLE = frozenset({"due", "start", "scheduled"})
"""The fields of which a period is told, but for the year in which somebody came: others may be several days."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.bad-date]`."""

    iso: bool = False
    """Whether to tell of days that are written otherwise than `2026-03-15`."""


class Fault(NamedTuple):
    """What is wrong with a text, and the day that it may mean."""

    reason: str
    day: date | None = None
    sure: bool = False
    has_year: bool = True


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("bad-date", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each property of a day that does not say one."""
    closed: bool | None = None
    for item, field in fielded(vault, note):
        if field.type not in {"date", "period"} or _is_sound(item.value):
            continue
        judge = _fault if field.type == "date" else _fault_of_period
        closed = is_closed(vault, note) if closed is None else closed
        for value in item.value if isinstance(item.value, tuple) else (item.value,):
            fault = None if closed else judge(note, vault, field.name, value)
            if fault:
                yield _finding(note, vault, item, text_of(value), fault)


def _is_sound(value: Value) -> bool:
    """The quick test, for nearly every day that is written."""
    if value is None:
        return True
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and date_of(value) is not None


def _fault(note: Note, vault: Vault, field: str, value: Value) -> Fault | None:
    text = text_of(value)
    if not text or (isinstance(value, str) and value.lstrip().startswith(("[", "!"))):  # a link to a daily note
        return None
    french = vault.language == "fr" or is_french(vault, note)
    day = date_of(text)
    if day is not None:
        if is_ambiguous(text) and not french:
            return Fault("ambiguous", day)
        plain = text[4:5] == "-" == text[7:8]
        return None if plain or not vault.ask(options).iso else Fault("not-iso", day, sure=True)
    period = period_of(text)
    if period is not None:
        return (
            Fault("period", period[1] if field == "due" else period[0])
            if field in SINGLE and not vault.is_kind(note, "person")
            else None
        )
    found = reading(text, day_first=french)
    if found is None:
        return None
    return Fault("impossible" if found.impossible else "unreadable", found.day, found.sure)


def _fault_of_period(_note: Note, _vault: Vault, _field: str, value: Value) -> Fault | None:
    text = text_of(value)
    if period_of(text) is not None or not (is_like_period(text) or _PERIOD.fullmatch(text)):
        return None
    return Fault("no-period", has_year=bool(_YEAR.search(text)))


def _finding(note: Note, vault: Vault, item: Property, text: str, fault: Fault) -> Finding:
    put, fix = f"{item.name}: {fault.day}", None
    if fault.day is not None and not isinstance(item.value, tuple):
        told = message("write `{written}`", written=put)
        fix = Fix(told, (Put(note.path, item.name, str(fault.day)),), safe=fault.sure)
    return Finding(
        "bad-date",
        GRAVER if fault.reason in UNREAD and fault.has_year else SEVERITY,
        note.path,
        item.span,
        _said(called(vault, note.path), item.name, text, fault),
        _mend(put, fault),
        reason=fault.reason,
        fix=fix,
    )


def _said(name: str, item: str, text: str, fault: Fault) -> Message:
    told = {"name": name, "property": item, "text": text, "day": str(fault.day)}
    return {
        "impossible": message("`{property}: {text}` in {name} is a day that no calendar has.", **told),
        "unreadable": message("`{property}: {text}` in {name} is not read as a day.", **told),
        "period": message("`{property}: {text}` in {name} is a period, and a day is asked for.", **told),
        "ambiguous": message("`{property}: {text}` in {name} is read as {day}, and may be another day.", **told),
        "no-period": message("`{property}: {text}` in {name} is not read as a period.", **told),
        "not-iso": message("`{property}: {text}` in {name} is {day} to vaultkit, and no day to Obsidian.", **told),
    }[fault.reason]


def _mend(put: str, fault: Fault) -> Message:
    if fault.reason == "no-period":
        if fault.has_year:
            return message("write the period that was meant, as in `2026-Q1` or `2026-01-01..2026-06-30`")
        return message("write it with its year, as in `2026-Q1` or `2026-01-01..2026-03-31`")
    if fault.day is None:
        return message("write the day that was meant, as in `2026-03-15`")
    if fault.sure:
        return message("write `{written}`", written=put)
    return message("write `{written}` if that is what was meant", written=put)
