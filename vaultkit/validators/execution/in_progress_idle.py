"""Work that is said to be under way, and that nobody has touched for two weeks.

## What it flags
A live project, priority or task note whose status says that it is under way, or that has begun and says no status,
when the last thing that is known to have happened to it is more than `days` (14) days old: a change of the note or of
what serves it, or a task in it or about it that was done. A cadence of its own that is longer counts instead. Nothing
is said where nobody knows: without a history, a file's date is only that of the last sync. It is told
once, of the note that is nearest to the work; notes with updates are told of by `update-stale`, those without a next
step by `stuck-project` and `no-action`.

## Why it matters
What has been started and lies there is paid for and brings nothing. It also hides how much is really being worked on:
everybody looks busy, and nothing arrives.

## How to mend it
Do the next step, or say honestly that it rests: `status: paused`, or `waiting_on` with a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.action import next_step
from vaultkit.insights.alignment import children
from vaultkit.insights.fielded import given
from vaultkit.insights.staleness import activity
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import plans
from vaultkit.insights.updates import cadence, updates
from vaultkit.insights.wording import called, is_french, property_name
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.staleness import Touch
    from vaultkit.model import Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("project", "priority", "task")
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.in-progress-idle]`."""

    days: int = 14


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("in-progress-idle", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for live work that was begun and then left."""
    item = _started(note, vault)
    touch = vault.ask(activity).get(note.path) if item else None
    if item is None or touch is None or note.path in vault.ask(updates):
        return
    days, most = (vault.today - touch.day).days, vault.ask(options).days
    if days <= max(most, cadence(vault, note, most)) or _is_told_elsewhere(note, vault):
        return
    yield Finding(
        "in-progress-idle",
        SEVERITY,
        note.path,
        item.span,
        plural(
            "{name} is under way, and nothing is known to have happened to it for {count} day.",
            "{name} is under way, and nothing is known to have happened to it for {count} days.",
            days,
            name=called(vault, note.path),
        ),
        message(
            "do its next step, or write `{property}: {word}`",
            property=property_name(vault, note, "status"),
            word="en pause" if is_french(vault, note) else "paused",
        ),
        (
            Evidence(
                message(
                    "{name} says `{said}`", name=called(vault, note.path), said=f"{item.name}: {text_of(item.value)}"
                ),
                note.path,
                item.span.line,
            ),
            _last(vault, touch),
        ),
    )


def _started(note: Note, vault: Vault) -> Property | None:
    """What says that it is under way; None when nothing does, or it says for whom it waits."""
    plan = vault.gather(plans)[note.path]
    if plan.status not in {None, "active"} or plan.is_waiting or not is_live(vault, note):
        return None
    ahead = (vault.day(note, field) for field in ("start", "scheduled") if field in vault.gather(given)[note.path])
    if any(day is not None and day > vault.today for day in ahead):
        return None
    if plan.status is None and vault.text(note, "status"):
        return None
    if plan.status is None:
        return vault.property(note, "start") if vault.day(note, "start") else None
    return vault.property(note, "status")


def _is_told_elsewhere(note: Note, vault: Vault) -> bool:
    """Whether it has no next step, or something that serves it was begun and left as well."""
    if not vault.is_kind(note, "task") and next_step(vault, note) is None:
        return True
    known, below = vault.ask(activity), children(vault, note.path)
    return any(child.path in known and vault.is_kind(child, *KINDS) and _started(child, vault) for child in below)


def _last(vault: Vault, touch: Touch) -> Evidence:
    name, day = called(vault, touch.path), str(touch.day)
    if touch.what == "completion" and vault.is_kind(vault.notes[touch.path], "task"):
        return Evidence(message("{name} was done on {date}", name=name, date=day), touch.path)
    said = {
        "change": message("{name} has not been changed since {date}", name=name, date=day),
        "completion": message("the last task of {name} was done on {date}", name=name, date=day),
        "update": message("the last update on {name} is of {date}", name=name, date=day),
    }[touch.what]
    return Evidence(said, touch.path)
