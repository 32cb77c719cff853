"""Work that is due after what it is for has ended.

## What it flags
A live key result, priority, project or objective whose last day comes after that of the live note that it serves first
(`ends-after`). One that begins before it (`starts-before`) is for information: projects often do, and mean it. With
`starts = false` nothing is said of that.

## Why it matters
What arrives in July does nothing for an objective that is judged in June. Either the date or the link is not what
people have in mind.

## How to mend it
Bring the date forward, cut the work down to what can be done by then, or let it serve the objective that comes after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import ups
from vaultkit.insights.status import end_of, end_property, is_live, is_over
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
MILDER: Severity = "info"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.child-outside-parent-dates]`."""

    starts: bool = True
    """Whether to tell of what begins before what it serves."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("child-outside-parent-dates", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """At most one finding for a live note and what it serves first."""
    parent = _parent(note, vault) if is_live(vault, note) else None
    if parent is None:
        return
    end, last = end_of(vault, note), end_of(vault, parent)
    name, other = called(vault, note.path), called(vault, parent.path)
    if end and last and end > last:
        said = message(
            "{name} is due on {date}, after {parent} has ended on {last}.",
            name=name,
            date=str(end),
            parent=other,
            last=str(last),
        )
        yield _finding(note, vault, parent, said, "ends-after")
        return
    begin, first = _start(vault, note), _start(vault, parent)
    if vault.ask(options).starts and begin and first and begin < first:
        said = message(
            "{name} begins on {date}, before {parent} does on {first}.",
            name=name,
            date=str(begin),
            parent=other,
            first=str(first),
        )
        yield _finding(note, vault, parent, said, "starts-before")


def _parent(note: Note, vault: Vault) -> Note | None:
    """What it serves first, if that is still in play: what is over is told of elsewhere."""
    first = next((up for up in vault.ask(ups).get(note.path, ()) if up.parent is not None), None)
    parent = vault.notes.get(first.parent or "") if first else None
    return parent if parent is not None and is_live(vault, parent) and not is_over(vault, parent) else None


def _start(vault: Vault, note: Note) -> date | None:
    period = vault.period(note)
    return vault.day(note, "start") or (period[0] if period else None)


def _finding(note: Note, vault: Vault, parent: Note, said: Message, reason: str) -> Finding:
    item = end_property(vault, note) if reason == "ends-after" else vault.property(note, "start")
    steps = (telling.last_day(vault, note), telling.last_day(vault, parent)) if reason == "ends-after" else ()
    later = message(
        "bring one of the two dates in line, or let it serve what comes after {parent}",
        parent=called(vault, parent.path),
    )
    sooner = message("bring one of the two dates in line, unless both are meant so")
    serves = message("{child} serves {parent}", child=called(vault, note.path), parent=called(vault, parent.path))
    return Finding(
        "child-outside-parent-dates",
        SEVERITY if reason == "ends-after" else MILDER,
        note.path,
        item.span if item else TOP,
        said,
        later if reason == "ends-after" else sooner,
        (Evidence(serves, note.path), *(step for step in steps if step)),
        reason,
    )
