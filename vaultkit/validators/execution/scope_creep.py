"""A project whose list of open tasks keeps growing.

## What it flags
A live project of more than `age` (60) days in which more than `share` (30) percent of the open tasks, and at least
`least` (2), were written within the last `days` (30) days, while fewer were finished in that time. Its tasks are the
checkboxes in the note, those elsewhere that link to it, and the task notes that serve it. When a checkbox was written
is read from its mark (`➕ 2026-03-01`), of a task note from `created` or its history; one that does not say counts as
old.

## Why it matters
A project that grows faster than it is worked on has no date any more, whatever its note says. Each new task was
reasonable; nobody has agreed to all of them together.

## How to mend it
Agree again on what done means: move what is new to a project of its own, drop something else for it, or move the date.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import assignments
from vaultkit.insights.growth import growth
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.growth import Growth
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("project",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.scope-creep]`."""

    share: int = 30
    """Percent of the open tasks."""
    days: int = 30
    age: int = 60
    least: int = 2


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("scope-creep", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live project that is added to faster than it is worked on."""
    found, wanted = vault.ask(growth).get(note.path), vault.ask(options)
    if found is None or found.first is None or (vault.today - found.first).days <= wanted.age:
        return
    since = date.fromordinal(max(1, vault.today.toordinal() - wanted.days + 1))
    new, creep = found.new(since), found.creep(since)
    if creep is None or new < wanted.least or creep * 100 <= wanted.share or new <= found.finished(since):
        return
    yield Finding(
        "scope-creep",
        SEVERITY,
        note.path,
        TOP,
        message(
            "{new} of the {open} open tasks of {name} were written in the last {days} days ({share} %).",
            new=new,
            open=found.open,
            name=called(vault, note.path),
            days=wanted.days,
            share=round(creep * 100),
        ),
        message("agree again on what belongs to {name}, or on its date", name=called(vault, note.path)),
        tuple(_steps(note, vault, found, since)),
    )


def _steps(note: Note, vault: Vault, found: Growth, since: date) -> Iterator[Evidence]:
    name = called(vault, note.path)
    yield Evidence(message("{name} goes back to {date}", name=name, date=str(found.first)), note.path)
    done, day = found.finished(since), str(since)
    said = plural("{count} task was done since {date}", "{count} tasks were done since {date}", done, date=day)
    yield Evidence(said, note.path)
    for each in vault.gather(assignments)[note.path]:
        if each.is_open and each.created is not None and since <= each.created <= vault.today:
            said = message("a task was written on {date}", date=str(each.created))
            yield Evidence(said, note.path, each.span.line)
