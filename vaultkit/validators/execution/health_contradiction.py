"""A note that says it is on track, and is not.

## What it flags
An objective, a key result, a priority or a project in progress whose health, its own or that of the last update about
it, is on track, although it is overdue (`overdue`), its status is blocked (`blocked`), or its progress is more than
`points` (33) behind the calendar (`behind`). Each note is told once, with the first of these that holds.

## Why it matters
Green outside and red inside: a status that is kept friendly costs the weeks in which something could still be done.
And whoever finds out once does not believe the others any more.

## How to mend it
Say what is true: `health: at_risk`, and in an update what it would take. If the numbers are wrong, correct those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.health import declared
from vaultkit.insights.pace import pace
from vaultkit.insights.underway import due_of, is_under_way, status_of
from vaultkit.insights.updates import updates
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.health-contradiction]`."""

    points: float = 33.0
    """How far behind the calendar what is on track may be."""


class Against(NamedTuple):
    """What speaks against a note's health."""

    reason: str
    said: Message
    step: Evidence


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("health-contradiction", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a note that is not as well as it says."""
    if not is_under_way(vault, note) or declared(vault, note) != "on_track":
        return
    against = _against(note, vault)
    if against is None:
        return
    item = vault.property(note, "health")
    yield Finding(
        "health-contradiction",
        SEVERITY,
        note.path,
        item.span if item and text_of(item.value) else TOP,
        against.said,
        message(
            "say how it really stands in `{property}`, or correct what speaks against it",
            property=property_name(vault, note, "health"),
        ),
        (_claim(note, vault), against.step),
        against.reason,
    )


def _against(note: Note, vault: Vault) -> Against | None:
    name, due, status = called(vault, note.path), due_of(vault, note), vault.property(note, "status")
    if due and due < vault.today:
        item = vault.property(note, "due")
        step = message("{name} was due on {date}", name=name, date=str(due))
        said = message("{name} says that it is on track, and was due on {date}.", name=name, date=str(due))
        return Against("overdue", said, Evidence(step, note.path, item.span.line if item else 1))
    if status_of(vault, note) == "blocked" and status:
        step = message("{property} says {words}", property=status.name, words=text_of(status.value))
        said = message("{name} says that it is on track, and that it is blocked.", name=name)
        return Against("blocked", said, Evidence(step, note.path, status.span.line))
    return _behind(note, vault)


def _behind(note: Note, vault: Vault) -> Against | None:
    found = pace(vault, note)
    if found is None or found.gap <= vault.ask(options).points:
        return None
    name, done, wanted = called(vault, note.path), round(100 * found.progress), round(100 * found.expected)
    said = message(
        "{name} says that it is on track, and is at {done} % where {wanted} % would be expected.",
        name=name,
        done=done,
        wanted=wanted,
    )
    step = message(
        "{name} runs from {first} to {last}, of which {wanted} % are gone",
        name=name,
        first=str(found.first),
        last=str(found.last),
        wanted=wanted,
    )
    return Against("behind", said, Evidence(step, note.path))


def _claim(note: Note, vault: Vault) -> Evidence:
    """Where it is said that all is well."""
    item = vault.property(note, "health")
    if item is not None and text_of(item.value):
        said = message("{property} says {words}", property=item.name, words=text_of(item.value))
        return Evidence(said, note.path, item.span.line)
    update = next(each for each in vault.ask(updates)[note.path] if each.health)
    said = message("the update of {date} says that it is on track", date=str(update.day))
    return Evidence(said, update.path, update.line)
