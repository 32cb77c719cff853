"""An idea of which nothing has become, and that nobody has turned down.

## What it flags
An open idea that is older than `days` (30) days, by its date or its history, when it has led to no decision, priority,
project or task: it links to none but as what it is about, and none links to it. One that was changed or looked at
since, that rests (`status: paused`) or has a day on which it will be looked at again, is left alone; so is a vault that
has no decision, priority or project at all.

## Why it matters
People stop having ideas where nothing comes of them, not even a no. And the good one among them is found again only by
chance.

## How to mend it
Decide: make a project or a decision of it and link the two, drop it with a `why`, or give it a day to be looked at
again: `review`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.history import created, touched
from vaultkit.insights.status import is_live
from vaultkit.insights.updates import updates
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("idea",)
READS: tuple[Reads, ...] = ("work",)

_TAKING_UP = ("decision", "priority", "project", "task")


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.idea-dormant]`."""

    days: int = 30


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("idea-dormant", Options)


def taken_up(vault: Vault) -> frozenset[str]:
    """Everything that a decision, a priority, a project or a task links to."""
    notes = vault.of_kind(*_TAKING_UP)
    return frozenset(e.target for note in notes for e in vault.graph.of(note.path) if e.human and e.target is not None)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for an open idea that sleeps."""
    born = vault.day(note, "date") or created(vault, note)
    if born is None or not is_live(vault, note) or vault.choice(note, "status") == "paused":
        return
    quiet = (vault.today - max((born, *_looked_at(note, vault)))).days
    if quiet <= vault.ask(options).days or _is_taken_up(note, vault):
        return
    name, item = called(vault, note.path), vault.property(note, "date")
    yield Finding(
        "idea-dormant",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        plural(
            "{name} is an idea of {count} day ago, and nothing has become of it.",
            "{name} is an idea of {count} days ago, and nothing has become of it.",
            (vault.today - born).days,
            name=name,
        ),
        message(
            "make a project or a decision of it, drop it, or write a day under `{property}`",
            property=property_name(vault, note, "review"),
        ),
        (
            Evidence(
                message("no decision, priority, project or task has to do with {name}", name=name),
                note.path,
                item.span.line if item else 1,
            ),
        ),
    )


def _looked_at(note: Note, vault: Vault) -> Iterator[date]:
    """The days on which somebody has thought of it since, and the one on which somebody will."""
    days = (touched(vault, note), vault.day(note, "reviewed"), vault.day(note, "review"))
    yield from (day for day in days if day is not None)
    yield from (update.day for update in vault.ask(updates).get(note.path, ())[:1])


def _is_taken_up(note: Note, vault: Vault) -> bool:
    """Whether something has become of it, or nothing could."""
    if not vault.of_kind("decision", "priority", "project") or note.path in vault.ask(taken_up):
        return True
    return any(_leads_on(vault, edge) for edge in vault.graph.of(note.path))


def _leads_on(vault: Vault, edge: Edge) -> bool:
    other = vault.notes.get(edge.target or "")
    if other is None or not edge.human or edge.relation in {"about", "related", "owner"}:
        return False
    return edge.relation == "decided_in" or vault.is_kind(other, *_TAKING_UP)
