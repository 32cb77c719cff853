"""A waiver that no longer holds, or does not say until when or why.

## What it flags
A comment `%% vaultkit:ignore NAME until 2026-12-31: reason %%` whose last day has passed (`expired`), that has no day
or one that is none (`no-date`), or that gives no reason (`no-reason`). What it waived is told again from the day after
its last; a waiver without a day or a reason still holds. A day may be written as anywhere else: `31/12/2026`,
`31 December 2026`; of a month or a quarter, `2026-Q4`, it is the last.

## Why it matters
A waiver is a promise to look again. Without a day nobody does, and without a reason nobody who does can tell whether it
still makes sense.

## How to mend it
Look at what it waives. If that is mended, remove the comment; if not, write another day and the reason:
`%% vaultkit:ignore no-owner until 2026-12-31: the board names one in December %%`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.waiving import holds, last_day, waiving
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity, Waiver
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()


def among(vault: Vault) -> Iterable[str]:
    """Notes with a waiver."""
    return vault.ask(waiving)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each waiver that is over, or that lacks something."""
    for waiver in note.waivers:
        names, last = ", ".join(waiver.names) or "?", last_day(waiver)
        if not holds(vault, waiver):
            said = message("This waiver of {names} ended on {date}.", names=names, date=str(last))
            mend = message("mend what it waives, or give it another day and a reason")
            yield _finding(vault, note, waiver, (said, mend), "expired")
        elif last is None:
            yield _finding(vault, note, waiver, (_undated(waiver, names), _complete(waiver)), "no-date")
        elif not waiver.reason:
            said = message("This waiver of {names} does not say why.", names=names)
            yield _finding(vault, note, waiver, (said, _complete(waiver)), "no-reason")


def _undated(waiver: Waiver, names: str) -> Message:
    if not waiver.day:
        return message("This waiver of {names} does not say until when.", names=names)
    return message(
        "This waiver of {names} is to end on {words}, which is not read as a day.", names=names, words=waiver.day
    )


def _complete(waiver: Waiver) -> Message:
    """The waiver as it should read."""
    names, day = ", ".join(waiver.names) or "NAME", last_day(waiver) or "2026-12-31"
    mark = f"%% vaultkit:ignore {names} until {day}: {waiver.reason or '...'} %%"
    return message("write `{mark}`", mark=mark)


def _finding(vault: Vault, note: Note, waiver: Waiver, words: tuple[Message, Message], reason: str) -> Finding:
    said, mend = words
    name = called(vault, note.path)
    step = message("{name} says {words}", name=name, words=waiver.said) if waiver.said else None
    step = step or message("{name} names no validator", name=name)
    evidence = (Evidence(step, note.path, waiver.span.line),)
    return Finding("waiver-expired", SEVERITY, note.path, waiver.span, said, mend, evidence, reason)
