"""A decision that everybody waits for.

## What it flags
A decision that was proposed more than `days` (14) ago, or `one-way-days` (30) for one that cannot be taken back
(`waiting`); or that was to be taken by a day that has passed (`late`). One that was put off, or is still a draft, is
not waited for.

## Why it matters
Not to decide is a decision too: that things stay as they are. It is the only one that nobody signs. Meanwhile the work
that needs it stands still, or goes on as if it had been taken.

## How to mend it
Decide; or put it off openly, `status: deferred`, and say until when; or drop it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.decisions import days_pending, state
from vaultkit.insights.dependencies import dependents
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.pending-too-long]`."""

    days: int = 14
    one_way_days: int = 30


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("pending-too-long", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a decision that is open for too long."""
    if state(vault, note) != "open":
        return
    due, days, wanted = vault.day(note, "due"), days_pending(vault, note), vault.ask(options)
    most = wanted.one_way_days if vault.choice(note, "reversibility") == "one_way" else wanted.days
    name = called(vault, note.path)
    if due is not None and due < vault.today:
        late = (vault.today - due).days
        told = plural(
            "{name} was to be decided by {date}, {count} day ago.",
            "{name} was to be decided by {date}, {count} days ago.",
            late,
            name=name,
            date=str(due),
        )
        yield _finding(note, vault, "late", told)
    elif due is None and days is not None and days > most:
        told = plural(
            "{name} has been open for {count} day, more than {most}.",
            "{name} has been open for {count} days, more than {most}.",
            days,
            name=name,
            most=most,
        )
        yield _finding(note, vault, "waiting", told)


def _finding(note: Note, vault: Vault, reason: str, told: Message) -> Finding:
    field = "due" if reason == "late" else "date"
    name, item = called(vault, note.path), vault.property(note, field) or vault.property(note, "status")
    dated = (telling.says(vault, note, field),) if vault.text(note, field) else ()
    return Finding(
        "pending-too-long",
        SEVERITY,
        note.path,
        telling.span_of(item),
        told,
        message(
            "decide; or put it off openly, with `{property}: {value}`",
            property=property_name(vault, note, "status"),
            value=telling.word(vault, note, "deferred", "reportée"),
        ),
        (telling.says(vault, note, "status"), *dated, *_waiting(vault, note, name)),
        reason,
    )


def _waiting(vault: Vault, note: Note, name: str) -> Iterator[Evidence]:
    """The live notes that need the decision."""
    needs = [need for need in vault.ask(dependents).get(note.path, ()) if need.dependent in vault.notes]
    live = [need for need in needs if is_live(vault, vault.notes[need.dependent])]
    for need in live[: telling.LONGEST]:
        other = called(vault, need.dependent)
        yield Evidence(
            message("{other} waits for {name}", other=other, name=name), need.edge.source, telling.stated_at(need.edge)
        )
