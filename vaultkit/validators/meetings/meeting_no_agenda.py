"""A meeting of today or tomorrow of which nobody has written what it is about.

## What it flags
A meeting of today or of the next `days` (1) days, when its note has no `agenda`, nothing below such a heading, and no
other text either. What stands below `Decisions`, `Actions` and `Attendees` is no agenda; one that is cancelled is not
told of.

## Why it matters
People come unprepared, and the time goes to whatever comes up first. An hour of six people is a working day.

## How to mend it
List two or three points with what is wanted of each, to inform, to discuss or to decide. If nothing comes to mind,
cancel it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.parts import parts
from vaultkit.insights.series import said
from vaultkit.insights.status import is_archived
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("meeting",)
READS: tuple[Reads, ...] = ("work",)

_NO_AGENDA = frozenset({"people", "decisions", "actions", "mandate"})


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.meeting-no-agenda]`."""

    days: int = 1
    """How many days before the meeting it is told."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("meeting-no-agenda", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a meeting to come that is about nothing yet."""
    known = vault.gather(said)[note.path]
    day = known.day if known and not known.is_cancelled else None
    if day is None or not 0 <= (day - vault.today).days <= vault.ask(options).days:
        return
    if vault.text(note, "agenda") or parts(note) - _NO_AGENDA or is_archived(note):
        return
    name, item = called(vault, note.path), vault.property(note, "date")
    yield Finding(
        "meeting-no-agenda",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message("{name} is on {date}, and nothing says what it is about.", name=name, date=str(day)),
        message("list its points below a heading `Agenda`, or cancel it"),
        (Evidence(message("{name} is on {date}", name=name, date=str(day)), note.path, item.span.line if item else 1),),
    )
