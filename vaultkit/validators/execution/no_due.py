"""Work in progress of which nobody says when it is to be done.

## What it flags
A priority or a project in progress without a due date and without a period. A key result takes the date of what it
serves first: it is told only where nothing up its chain has one. Of a priority that serves no objective
`orphan-priority` speaks, and one that says openly that it serves none may well go on for ever. Where none of several
such notes of a kind has a date, that is said once, of the first (`none`). A date that nobody can read is told of by
`bad-date`.

## Why it matters
Without a date a plan is a wish. Nothing is ever late, so that nobody notices that it does not move, and whoever waits
for it cannot plan.

## How to mend it
Write the day by which it is to be done: `due: 2026-06-30`, or the period that it belongs to: `period: 2026-Q2`. What is
not to be done soon is not in progress: `status: planned`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import standings
from vaultkit.insights.daytext import is_like_period, reading
from vaultkit.insights.pace import last_of
from vaultkit.insights.underway import is_under_way, plans
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


def undated(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Kind -> its notes in progress without a date, by path."""
    found = {kind: [note for note in vault.of_kind(kind) if is_under_way(vault, note)] for kind in KINDS}
    return {kind: tuple(n.path for n in notes if _is_undated(vault, n)) for kind, notes in found.items()}


def dated(vault: Vault) -> frozenset[str]:
    """The kinds of which some note, in progress or not, has a date of its own."""
    known = vault.gather(plans)
    return frozenset(kind for kind in KINDS if any(known[note.path].ends for note in vault.of_kind(kind)))


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each note without a date; one for a kind of which none has one."""
    kind = vault.recognised[note.path].kind
    found, name = vault.ask(undated)[kind], called(vault, note.path)
    if note.path not in found:
        return
    if len(found) == 1 or kind in vault.ask(dated):
        yield _finding(note, vault, message("Nothing says when {name} is to be done.", name=name), "")
    elif note.path == found[0]:
        said = {
            "key_result": message("None of {count} key results in progress has a date.", count=len(found)),
            "priority": message("None of {count} priorities in progress has a date.", count=len(found)),
            "project": message("None of {count} projects in progress has a date.", count=len(found)),
        }[kind]
        yield _finding(note, vault, said, "none")


def _is_undated(vault: Vault, note: Note) -> bool:
    if _is_misread(vault, note):
        return False
    if vault.is_kind(note, "key_result"):
        return last_of(vault, note) is None
    standing = vault.ask(standings).get(note.path)
    elsewhere = standing is not None and standing.reason != "aligned"
    return not elsewhere and vault.gather(plans)[note.path].ends is None


def _is_misread(vault: Vault, note: Note) -> bool:
    """Whether there is a date that nobody can read, of which `bad-date` speaks."""
    if vault.config.severity("bad-date") == "off":
        return False
    due, period = vault.text(note, "due"), vault.text(note, "period")
    return reading(due, day_first=True) is not None or (is_like_period(period) and vault.period(note) is None)


def _finding(note: Note, vault: Vault, said: Message, reason: str) -> Finding:
    due, item = property_name(vault, note, "due"), vault.property(note, "due")
    without = message(
        "{name} has neither `{due}` nor `{period}`",
        name=called(vault, note.path),
        due=due,
        period=property_name(vault, note, "period"),
    )
    if item is not None and text_of(item.value):
        without = message("`{said}` says no day", said=f"{item.name}: {text_of(item.value)}")
    return Finding(
        "no-due",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        message("write the day by which it is to be done in `{due}`, or put it off: it is not in progress", due=due),
        (Evidence(without, note.path, item.span.line if item else 1),),
        reason,
    )
