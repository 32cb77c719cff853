"""Work in the hands of somebody who is not there.

## What it flags
A live objective, key result, priority, project, task, risk or metric whose owner's note says that they have left
(`gone`) or are on leave (`away`): as a status, `status: on leave until 2026-04-01`, or with a day under `left` or
`away_until`. Who is on leave may have a contributor who stands in, and then nothing is said. A stakeholder is told of
when whoever looks after them has left. What stands below work of the same owner is named there.

## Why it matters
Nobody takes the next step, nobody answers the mail about it, and everybody who looks at the list sees a name and is
reassured.

## How to mend it
Hand it over to somebody who is there, close it, or name under `contributors` who looks after it until the owner is
back. If the owner is back already, say so in their note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children, ups
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import absence, is_away
from vaultkit.insights.status import is_live, is_over
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.people import Absence
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task", "risk", "metric", "stakeholder")
READS: tuple[Reads, ...] = ("work",)

LEVELS = ("objective", "key_result", "priority", "project", "task", "metric", "risk", "stakeholder")
SHOWN = 7
"""How much of what stands below is named."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for the highest piece of live work of an owner who is not there."""
    person = _absent(note, vault)
    if person is None or _is_told_above(note, vault, person):
        return
    told, item = absence(vault, vault.notes[person]), vault.property(note, "owner")
    if told is None:
        return
    written = f"{told.said.name}: {text_of(told.said.value)}"
    step = message("{owner} says `{written}`", owner=called(vault, person), written=written)
    yield Finding(
        "absent-owner",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        _said(called(vault, note.path), called(vault, person), told),
        _mend(note, vault, told),
        (Evidence(step, person, told.said.span.line), *_below(note, vault, person)),
        told.reason,
    )


def _said(name: str, owner: str, told: Absence) -> Message:
    if told.reason == "gone":
        return message("{name} is owned by {owner}, who has left.", name=name, owner=owner)
    if told.until is None:
        return message("{name} is owned by {owner}, who is on leave, and nobody stands in.", name=name, owner=owner)
    return message(
        "{name} is owned by {owner}, who is on leave until {date}, and nobody stands in.",
        name=name,
        owner=owner,
        date=str(told.until),
    )


def _mend(note: Note, vault: Vault, told: Absence) -> Message:
    if told.reason == "away" and vault.field(note, "contributors"):
        others = property_name(vault, note, "contributors")
        return message("say under `{others}` who looks after it until then, or hand it over", others=others)
    return message("hand it over to somebody who is there, or close it")


def _absent(note: Note, vault: Vault) -> str | None:
    """The owner of a live note, when that person is not there and nobody stands in."""
    if not is_live(vault, note) or (vault.is_kind(note, "objective") and is_over(vault, note)):
        return None
    path = ownership(vault, note).person
    owner = vault.notes.get(path or "")
    told = absence(vault, owner) if owner is not None and vault.is_kind(owner, "person") else None
    if told is None:
        return None
    if told.reason == "away" and vault.is_kind(note, "stakeholder"):
        return None
    others = vault.relation(note, "contributors") if told.reason == "away" else ()
    return None if any(_is_there(vault, edge.target) for edge in others) else path


def _is_there(vault: Vault, path: str | None) -> bool:
    note = vault.notes.get(path or "")
    return note is not None and not (vault.is_kind(note, "person") and is_away(vault, note))


def _is_told_above(note: Note, vault: Vault, person: str) -> bool:
    """Whether something above it, of the same owner, is told of; of one kind, each is told of by itself."""
    level = LEVELS.index(vault.recognised[note.path].kind)
    for up in vault.ask(ups).get(note.path, ()):
        parent = vault.notes.get(up.parent or "")
        if parent is not None and vault.is_kind(parent, *LEVELS[:level]) and _absent(parent, vault) == person:
            return True
    return False


def _below(note: Note, vault: Vault, person: str) -> Iterator[Evidence]:
    """What serves it and is of the same owner."""
    below = (child for child in children(vault, note.path) if _absent(child, vault) == person)
    for child, _ in zip(below, range(SHOWN), strict=False):
        item = vault.property(child, "owner")
        said = message(
            "{child} serves {name}, and has the same owner",
            child=called(vault, child.path),
            name=called(vault, note.path),
        )
        yield Evidence(said, child.path, item.span.line if item else 1)
