"""Something that was due and is not done.

## What it flags
A live key result, priority, project or task note whose due date has passed, and a live objective whose last day has
(`ended`), unless `orphan-priority` says so already of a priority that serves it. That a task note is late is a warning;
all else is an error. What is paused, or only an idea, is not late, and checkboxes are not told.

## Why it matters
A date that has passed and still stands says nothing any more. Others plan by it, and the next date is believed a
little less.

## How to mend it
If it is done, close it. If not, write the new date and, in an update, why it moved; or give it up: `status: dropped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import standings
from vaultkit.insights.status import end_of, end_property, is_live, is_over
from vaultkit.insights.underway import due_of, status_of
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)

RESTING = frozenset({"paused", "idea"})


def told(vault: Vault) -> frozenset[str]:
    """The objectives of which `orphan-priority` says that they ended."""
    expired = (standing.chain for standing in vault.ask(standings).values() if standing.reason == "expired")
    return frozenset(chain[-1].parent for chain in expired if chain and chain[-1].parent)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live note whose day has passed."""
    if vault.is_kind(note, "objective"):
        end = end_of(vault, note)
        if end and is_live(vault, note) and _counts(vault, note) and is_over(vault, note) and not _is_told(vault, note):
            said = message("{name} ended on {date} and is still open.", name=called(vault, note.path), date=str(end))
            yield _finding(note, vault, said, end_property(vault, note), end)
        return
    due = due_of(vault, note)
    if due and due < vault.today and is_live(vault, note) and _counts(vault, note):
        said = plural(
            "{name} was due on {date}, {count} day ago.",
            "{name} was due on {date}, {count} days ago.",
            (vault.today - due).days,
            name=called(vault, note.path),
            date=str(due),
        )
        yield _finding(note, vault, said, vault.property(note, "due"), due)


def _counts(vault: Vault, note: Note) -> bool:
    return status_of(vault, note) not in RESTING


def _is_told(vault: Vault, note: Note) -> bool:
    return note.path in vault.ask(told)


def _finding(note: Note, vault: Vault, said: Message, item: Property | None, end: date) -> Finding:
    objective, status = vault.is_kind(note, "objective"), vault.property(note, "status")
    return Finding(
        "overdue",
        SEVERITY if vault.is_kind(note, "task") else GRAVER,
        note.path,
        item.span if item else TOP,
        said,
        message(
            "write the new date in `{property}`, and why in an update; or close it",
            property=item.name if item else property_name(vault, note, "due"),
        ),
        (_written(item, note, end), _open(note, vault, status)),
        "ended" if objective else "",
    )


def _written(item: Property | None, note: Note, end: date) -> Evidence:
    if item is None:
        return Evidence(message("{date} has passed", date=str(end)), note.path)
    said = message("{property} says {words}", property=item.name, words=text_of(item.value))
    return Evidence(said, note.path, item.span.line)


def _open(note: Note, vault: Vault, status: Property | None) -> Evidence:
    name = called(vault, note.path)
    if status is None or not text_of(status.value):
        return Evidence(message("nothing says that {name} is done", name=name), note.path)
    said = message("{property} says {words}", property=status.name, words=text_of(status.value))
    return Evidence(said, note.path, status.span.line)
