"""A meeting from which neither a decision nor an action came.

## What it flags
A meeting of at least `people` (3) people, or of a committee, between `days` (3) and `until` (60) days ago, whose note
has text but no checkbox, no decision and no action: none below such a heading, after such a word and a colon, or in a
property, no link to or from a decision, nothing decided in it, and no checkbox elsewhere that links to it. A note in
which nothing is written but who was there tells nothing either way, and two people may talk without deciding. Of a
series from which nothing comes several times in a row, `recurring-meeting-empty` speaks once.

## Why it matters
What was agreed and not written down is remembered by each in their own way, and done by nobody.

## How to mend it
Write below `Decisions` what was decided, and below `Actions` who does what until when, while somebody still remembers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.fruitless import in_runs
from vaultkit.insights.series import fruitful, is_round, said
from vaultkit.insights.status import is_archived
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("meeting",)
READS: tuple[Reads, ...] = ("work",)
HEEDS = frozenset({"meeting", "decision", "team"})


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.meeting-no-output]`."""

    days: int = 3
    until: int = 60
    people: int = 3


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("meeting-no-output", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a meeting that is over and has left nothing."""
    known, wanted = vault.gather(said)[note.path], vault.ask(options)
    day = known.day if known and known.is_written and not known.is_cancelled else None
    if day is None or not wanted.days <= (vault.today - day).days <= wanted.until or is_archived(note):
        return
    if note.path in vault.ask(fruitful) or note.path in vault.ask(in_runs):
        return
    if is_round(vault, note, wanted.people):
        yield _finding(note, vault, day)


def _finding(note: Note, vault: Vault, day: date) -> Finding:
    name, item, there = called(vault, note.path), vault.property(note, "date"), vault.property(note, "attendees")
    known = vault.gather(said)[note.path]
    steps = [
        Evidence(message("{name} was on {date}", name=name, date=str(day)), note.path, item.span.line if item else 1)
    ]
    if known and known.attendees and there:
        count = plural("{count} attendee is listed", "{count} attendees are listed", len(known.attendees))
        steps.append(Evidence(count, note.path, there.span.line))
    return Finding(
        "meeting-no-output",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message("{name} ended on {date} with no decision and no action.", name=name, date=str(day)),
        message("write what was decided below `Decisions`, and who does what until when below `Actions`"),
        tuple(steps),
    )
