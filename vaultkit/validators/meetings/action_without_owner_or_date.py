"""Actions of a meeting or a decision that nobody has taken, or that may be done at any time.

## What it flags
A meeting or a decision with open checkboxes that name nobody, or no day, from the day after it until `days` (60) days
later, or always where nothing says of which day it is, unless it is of two people: one finding for each note, with
the lines. A link to a person or a team names somebody, and so does a known person's name in the text, `@name`, or an
`owner` of the whole note. A due or scheduled day is a day, and so is one in words: `before Friday`.

## Why it matters
Everybody in the room heard it, so everybody expects that somebody else does it. It comes up again at the next meeting,
as it was.

## How to mend it
Write on each line who does it and until when: `- [ ] Call the bank [[Ann Lee]] 📅 2026-03-20`. What nobody takes is no
action: remove it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.assignments import assignments
from vaultkit.insights.dated import day_of
from vaultkit.insights.series import is_round
from vaultkit.insights.status import is_closed
from vaultkit.insights.undertaken import has_somebody, has_time
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assignments import Assignment
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("meeting", "decision")
READS: tuple[Reads, ...] = ("work",)
HEEDS = frozenset({"person", "stakeholder", "team", "meeting", "decision"})

PEOPLE = 3
"""How many people make a meeting of what two talk about now and then."""
_LONGEST = 60
"""Characters of an action that are quoted."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.action-without-owner-or-date]`."""

    days: int = 60


class Loose(NamedTuple):
    """An action that lacks something."""

    action: Assignment
    has_owner: bool
    has_time: bool


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("action-without-owner-or-date", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a note with actions that are nobody's or of no day."""
    if not note.tasks or not _is_judged(note, vault) or _is_given_up(note, vault):
        return
    loose = tuple(_loose(note, vault))
    if not loose:
        return
    said = plural(
        "{count} open action of {name} lacks a person or a day.",
        "{count} open actions of {name} lack a person or a day.",
        len(loose),
        name=called(vault, note.path),
    )
    yield Finding(
        "action-without-owner-or-date",
        SEVERITY,
        note.path,
        loose[0].action.span,
        said,
        message("write on the line who does it and until when: `- [ ] ... [[...]] 📅 ...`"),
        tuple(Evidence(_lacking(each), note.path, each.action.span.line) for each in loose[: telling.LONGEST]),
    )


def _is_judged(note: Note, vault: Vault) -> bool:
    """Whether it is over, and not for too long; of no day is one note for every week, but two people's is a list."""
    day = day_of(vault, note)
    if day is None:
        return not vault.is_kind(note, "meeting") or is_round(vault, note, PEOPLE)
    return 0 < (vault.today - day).days <= vault.ask(options).days


def _is_given_up(note: Note, vault: Vault) -> bool:
    """A meeting that was held is over, and what is to be done is not."""
    return vault.choice(note, "status") == "dropped" if vault.is_kind(note, "meeting") else is_closed(vault, note)


def _loose(note: Note, vault: Vault) -> Iterator[Loose]:
    owned = bool(vault.text(note, "owner"))
    marks = {task.span: task.marks for task in note.tasks}
    broken = [edge.link.span.start for edge in vault.graph.of(note.path) if edge.target is None]
    for each in vault.gather(assignments)[note.path]:
        if each.is_open:
            # A link that leads nowhere may be to somebody: `broken-link` tells of it.
            unknown = any(each.span.start <= place < each.span.end for place in broken)
            said = marks[each.span]
            timed = has_time(each, scheduled=said.scheduled is not None or bool(said.recurrence))
            found = Loose(each, owned or unknown or has_somebody(vault, each), timed)
            if not (found.has_owner and found.has_time):
                yield found


def _lacking(loose: Loose) -> Message:
    text = loose.action.text if len(loose.action.text) <= _LONGEST else f"{loose.action.text[: _LONGEST - 1]}…"
    if not loose.has_owner and not loose.has_time:
        return message("“{text}” names nobody and no day", text=text)
    return (
        message("“{text}” names nobody", text=text) if loose.has_time else message("“{text}” names no day", text=text)
    )
