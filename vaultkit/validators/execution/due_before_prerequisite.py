"""Work that is due before what it needs can be there.

## What it flags
A live objective, key result, priority, project or task note whose last day comes before that of something it depends
on: the day on which the other is due, a decision is to be taken or a meeting held, or the first day of the other's
period where it names no day. What is overdue already is told of as that, and what waits in a circle by
`dependency-cycle`.

## Why it matters
One of the two dates is wrong, and everybody who plans with the earlier one plans on sand. Seen today it costs a
conversation; seen on the day it costs the date.

## How to mend it
Bring the other one forward, put this one off, or cut it down to what can be done without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.dependencies import is_awaited, needs
from vaultkit.insights.friction import circling
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.dependencies import Need
    from vaultkit.model import Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)


class Late(NamedTuple):
    """Something that is needed and comes after."""

    day: date
    need: Need
    item: Property


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for live work that is due before the last of what it needs."""
    found = vault.ask(needs).get(note.path, ())
    end = _end(note, vault) if found and is_live(vault, note) else None
    if end is None or end[0] < vault.today or note.path in vault.ask(circling):
        return
    late = sorted(_late(vault, found, end[0]), key=lambda each: (each.day, each.need.prerequisite), reverse=True)
    if not late:
        return
    name, other = called(vault, note.path), called(vault, late[0].need.prerequisite or "")
    yield Finding(
        "due-before-prerequisite",
        SEVERITY,
        note.path,
        end[1].span,
        message(
            "{name} is due on {date}, and needs {other}, which will not be there before {day}.",
            name=name,
            date=str(end[0]),
            other=other,
            day=str(late[0].day),
        ),
        message("bring {other} forward, or put {name} off", other=other, name=name),
        tuple(step for each in late for step in _steps(vault, each)),
    )


def _end(note: Note, vault: Vault) -> tuple[date, Property] | None:
    """The day on which it is due, else the last of its period."""
    for field in ("due", "period"):
        span, item = vault.period(note, field), vault.property(note, field)
        if span is not None and item is not None:
            return span[1], item
    return None


def _late(vault: Vault, found: tuple[Need, ...], end: date) -> Iterator[Late]:
    for need in found:
        other = vault.notes.get(need.prerequisite or "")
        if other is None or other.path == need.dependent or not is_awaited(vault, other.path):
            continue
        for field in ("date",) if vault.is_kind(other, "meeting") else ("due", "period"):
            span, item = vault.period(other, field), vault.property(other, field)
            if span is not None and item is not None:
                if span[0] > end:
                    yield Late(span[0], need, item)
                break


def _steps(vault: Vault, late: Late) -> Iterator[Evidence]:
    other, need = called(vault, late.need.prerequisite or ""), late.need
    said = message("{name} depends on {other}", name=called(vault, need.dependent), other=other)
    yield Evidence(said, need.edge.source, need.edge.link.span.line)
    there = message("{name} will not be there before {date}", name=other, date=str(late.day))
    yield Evidence(there, need.prerequisite or "", late.item.span.line)
