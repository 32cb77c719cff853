"""Work that rests on something which is not so.

## What it flags
A live objective, key result, priority, project or decision that rests on an assumption which was falsified
(`falsified`): an error, until it has been reviewed since. And, as a warning, an assumption that was to be verified by a
day which has passed, as long as something live rests on it (`unverified`).

## Why it matters
The assumption was written down so that somebody would act when it fell. Work that goes on regardless is what costs most
in the end: everybody could know, and nobody had to look.

## How to mend it
Decide whether the work goes on, changes or stops, and say when you did: `reviewed: 2026-03-16`, as the assumption says
on which day it fell; or take the link away. Verify what is overdue, or give it another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.assumptions import fell_on, standing, supported, supports
from vaultkit.insights.decisions import state
from vaultkit.insights.status import end_of, is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assumptions import Support
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "decision", "assumption")
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each falsified assumption of a live note, or for an assumption that is overdue."""
    if vault.is_kind(note, "assumption"):
        yield from _overdue(note, vault)
        return
    statements = vault.ask(supports).get(note.path, ())
    if statements and _is_going_on(vault, note):
        for each in statements:
            assumption = vault.notes[each.assumption]
            if standing(vault, assumption) == "falsified" and not _is_seen(vault, note, assumption):
                yield _falsified(note, vault, each)


def _is_going_on(vault: Vault, note: Note) -> bool:
    return is_live(vault, note) and not (vault.is_kind(note, "decision") and state(vault, note) == "put-off")


def _is_seen(vault: Vault, note: Note, assumption: Note) -> bool:
    """Whether the note was reviewed on the day on which the assumption was found to be wrong, or later."""
    fell, looked = fell_on(vault, assumption), vault.day(note, "reviewed")
    return looked is not None and fell is not None and looked >= fell


def _falsified(note: Note, vault: Vault, each: Support) -> Finding:
    name, other = called(vault, note.path), called(vault, each.assumption)
    return Finding(
        "falsified-assumption",
        GRAVER,
        note.path,
        telling.place(note, each.edge),
        message("{name} rests on {assumption}, which was found to be wrong.", name=name, assumption=other),
        _mend(note, vault, vault.notes[each.assumption]),
        (_rests(vault, each), telling.says(vault, vault.notes[each.assumption], "status")),
        "falsified",
    )


def _mend(note: Note, vault: Vault, assumption: Note) -> Message:
    word = property_name(vault, note, "reviewed")
    if fell_on(vault, assumption) is not None:
        return message(
            "decide whether it goes on, changes or stops, and write the day under `{property}`", property=word
        )
    return message(
        "decide whether it goes on, changes or stops, and write the day under `{property}`, as in {assumption} the day "
        "on which it fell",
        property=word,
        assumption=called(vault, assumption.path),
    )


def _overdue(note: Note, vault: Vault) -> Iterator[Finding]:
    end = end_of(vault, note)
    if end is None or standing(vault, note) != "overdue":
        return
    told = [each for each in vault.ask(supported).get(note.path, ()) if each.item in vault.notes]
    live = [each for each in told if _is_going_on(vault, vault.notes[each.item])]
    if not live:
        return
    item = vault.property(note, "due")
    yield Finding(
        "falsified-assumption",
        SEVERITY,
        note.path,
        telling.span_of(item),
        plural(
            "{name} was to be verified by {date}, and {count} piece of work rests on it.",
            "{name} was to be verified by {date}, and {count} pieces of work rest on it.",
            len(live),
            name=called(vault, note.path),
            date=str(end),
        ),
        message("find out, and say whether it holds; or name another day"),
        (telling.says(vault, note, "due"), *(_rests(vault, each) for each in live[: telling.LONGEST])),
        "unverified",
    )


def _rests(vault: Vault, each: Support) -> Evidence:
    said = message(
        "{name} rests on {assumption}", name=called(vault, each.item), assumption=called(vault, each.assumption)
    )
    return Evidence(said, each.edge.source, telling.stated_at(each.edge))
