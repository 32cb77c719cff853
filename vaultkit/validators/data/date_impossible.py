"""Dates that cannot both be true, or cannot be true yet.

## What it flags
A live note that is due before it starts, or a period that ends before it begins (`ends-before-start`). A day of
something that is said to have happened and lies more than a week ahead: the date of a decision that is taken or of an
update, a last review, a last contact (`in-future`).

## Why it matters
One of the two is a slip, often of the year. Until it is mended, whatever is worked out from it is wrong: an update of
next year counts as none, and work that ends before it begins has no pace.

## How to mend it
Correct the date. If a decision holds from a later day on, let `date` be the day on which it was taken.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.fielded import filled
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = tuple(kind for kind in EVERY if kind not in {"meeting", "idea"})
READS: tuple[Reads, ...] = ()

PAST = ("reviewed", "last_contact", "date")
"""The fields that name the day of something that has happened; `date` does so on some kinds alone."""
DATES = frozenset({"due", "period", *PAST})


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.date-impossible]`."""

    ahead: int = 7
    """How many days what has happened may lie ahead: notes are prepared beforehand."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("date-impossible", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for dates in the wrong order, and one for each that lies too far ahead."""
    said = filled(vault, note)
    if said.isdisjoint(DATES) or not is_live(vault, note):
        return
    if {"start", "due"} <= said:
        start, due = vault.day(note, "start"), vault.day(note, "due")
        if start and due and due < start:
            yield _reversed(note, vault, ("due", str(due)), ("start", str(start)))
    period = vault.period(note) if "period" in said else None
    if period and period[1] < period[0]:
        yield _reversed(note, vault, ("period", str(period[1])), ("period", str(period[0])))
    last = vault.today + timedelta(vault.ask(options).ahead)
    for field in PAST:
        if field in said and (field != "date" or _has_happened(note, vault)):
            day = vault.day(note, field)
            if day is not None and day > last:
                yield _future(note, vault, field, str(day))


def _has_happened(note: Note, vault: Vault) -> bool:
    """Whether the date of a note is that of something past."""
    if vault.is_kind(note, "update"):
        return True
    return vault.is_kind(note, "decision") and vault.choice(note, "status") == "active"


def _reversed(note: Note, vault: Vault, end: tuple[str, str], begin: tuple[str, str]) -> Finding:
    name, last, first = called(vault, note.path), vault.property(note, end[0]), vault.property(note, begin[0])
    steps = (
        Evidence(message("{name} starts on {date}", name=name, date=begin[1]), note.path, _line(first)),
        Evidence(message("{name} ends on {date}", name=name, date=end[1]), note.path, _line(last)),
    )
    return Finding(
        "date-impossible",
        SEVERITY,
        note.path,
        last.span if last else TOP,
        message("{name} ends on {date}, before it starts on {start}.", name=name, date=end[1], start=begin[1]),
        message("correct one of the two dates"),
        steps,
        "ends-before-start",
    )


def _future(note: Note, vault: Vault, field: str, day: str) -> Finding:
    name, item = called(vault, note.path), vault.property(note, field)
    said = message(
        "`{property}` of {name} is of something that has happened, and says {date}.",
        property=property_name(vault, note, field),
        name=name,
        date=day,
    )
    mend = message("write the day on which it was: perhaps only the year is wrong")
    return Finding("date-impossible", SEVERITY, note.path, item.span if item else TOP, said, mend, reason="in-future")


def _line(item: Property | None) -> int:
    return item.span.line if item else 1
