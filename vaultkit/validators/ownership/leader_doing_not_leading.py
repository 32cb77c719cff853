"""A large part of all open tasks in the hands of one who leads.

## What it flags
More than `share` (0.3) of all open tasks, checkboxes and task notes, in the hands of one person who leads (`leader:
true`, or a role that says so), when some of them could be handed on: they are of none of the first five priorities, and
of no decision. Nothing is said of fewer than `least` (5) open tasks, nor where nobody else has any. It is said of the
note in which most of what could be handed on stands.

## Why it matters
Whoever leads is the one whom nobody can stand in for in leading. What others could do as well waits in a queue behind
meetings, and its owners-to-be wait with it.

## How to mend it
Hand these tasks on, with what is expected and until when; put the name of the person into the line.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.people import leaders
from vaultkit.insights.wording import called
from vaultkit.insights.workload import pieces, top_work, unheld_tasks
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task", "risk", "meeting", "person")
READS: tuple[Reads, ...] = ("work",)

SHOWN = 8
"""How many notes with such tasks are named."""
PEOPLE = 2
"""How many people must have open tasks: whoever is alone has nobody to hand them to."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.leader-doing-not-leading]`."""

    share: float = 0.3
    least: int = 5


class Held(NamedTuple):
    """The open tasks of one who leads."""

    person: str
    mine: int
    everything: int
    """The open tasks of all."""
    others: Mapping[str, int]
    """Note -> how many of its tasks could be handed on, most first."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("leader-doing-not-leading", Options)


def held(vault: Vault) -> Mapping[str, Held]:
    """The note with most of what could be handed on -> whose it is, of those who lead and have too many tasks."""
    tasks = [piece for piece in vault.ask(pieces) if piece.kind in {"task", "checkbox"}]
    counts, wanted = Counter(piece.person for piece in tasks), vault.ask(options)
    found: dict[str, Held] = {}
    everything = len(tasks) + sum(vault.ask(unheld_tasks).values())
    if everything < wanted.least or len(counts) < PEOPLE:
        return found
    for person in sorted(vault.ask(leaders)):
        if counts[person] > wanted.share * everything:
            mine = Counter(piece.path for piece in tasks if piece.person == person and _can_go(vault, piece.path))
            others = dict(sorted(mine.items(), key=lambda each: (-each[1], each[0])))
            place = next((path for path in others if vault.is_kind(vault.notes[path], *KINDS)), person)
            if others:
                found[place] = Held(person, counts[person], everything, others)
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each of those who lead and hold too many tasks."""
    found = vault.ask(held).get(note.path)
    if found is None:
        return
    leader = called(vault, found.person)
    yield Finding(
        "leader-doing-not-leading",
        SEVERITY,
        note.path,
        TOP,
        message(
            "{leader} has {count} of {all} open tasks in hand, and {others} of them could be handed on.",
            leader=leader,
            count=found.mine,
            all=found.everything,
            others=sum(found.others.values()),
        ),
        message("hand on what others can do as well: what serves none of the first priorities"),
        tuple(
            Evidence(
                plural(
                    "{name}: {count} open task of {leader}",
                    "{name}: {count} open tasks of {leader}",
                    count,
                    name=called(vault, path),
                    leader=leader,
                ),
                path,
            )
            for path, count in list(found.others.items())[:SHOWN]
        ),
    )


def _can_go(vault: Vault, path: str) -> bool:
    """Whether a task in a note is of none of the first priorities, and of no decision."""
    return path not in vault.ask(top_work) and not vault.is_kind(vault.notes[path], "decision")
