"""Work in progress of which nobody has said for too long how it stands.

## What it flags
An objective, a key result, a priority or a project in progress whose last update is more than `grace` (1) days late
(`late`): by its own `cadence`, else `cadence` (7) days after the one before. Once a whole rhythm more has passed (from
day 15 on, by the week) it is an error. One that was never updated (`never`), an error too, is told where it has a
`cadence` or at least half of the notes of its kind that are in progress have been, and only once its first update is
late.

## Why it matters
What was green three weeks ago is not green: nobody knows. The one who steers finds out in the meeting, in front of the
others.

## How to mend it
Write one line with its date below `## Updates`, `- 2026-03-16: two of three signed`, or a note of kind update that is
`about` it. If a week is too short, say how often: `cadence: monthly`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.underway import is_under_way, plans
from vaultkit.insights.updates import cadence, updates
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.updates import Update
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.update-stale]`."""

    cadence: int = 7
    """Days from one update to the next, of what does not say."""
    grace: int = 1
    """Days that an update may be late."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("update-stale", Options)


def updated_kinds(vault: Vault) -> frozenset[str]:
    """The kinds of which at least half of the notes in progress have been updated."""
    told = vault.ask(updates)
    running = [note for note in vault.of_kind(*KINDS) if is_under_way(vault, note)]
    whole = Counter(vault.recognised[note.path].kind for note in running)
    part = Counter(vault.recognised[note.path].kind for note in running if note.path in told)
    return frozenset(kind for kind in part if 2 * part[kind] >= whole[kind])


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a note in progress whose update is missing."""
    if not is_under_way(vault, note):
        return
    wanted, told = vault.ask(options), vault.ask(updates).get(note.path)
    days = cadence(vault, note, wanted.cadence)
    if told:
        gone = (vault.today - told[0].day).days
        if gone > days + wanted.grace:
            severity = GRAVER if gone > 2 * days else SEVERITY
            yield _finding(note, vault, severity, _late(note, vault, gone, days), _last(note, vault, told[0]))
    elif _is_expected(note, vault) and _has_run(note, vault, days + wanted.grace):
        name = called(vault, note.path)
        said = message("{name} is in progress and has never been updated.", name=name)
        seen = message("no note is an update about {name}, and nothing dated stands below `Updates` in it", name=name)
        yield _finding(note, vault, GRAVER, said, Evidence(seen, note.path), "never")


def _is_expected(note: Note, vault: Vault) -> bool:
    """Whether it says how often, or others of its kind are updated."""
    return bool(vault.text(note, "cadence")) or vault.recognised[note.path].kind in vault.ask(updated_kinds)


def _has_run(note: Note, vault: Vault, days: int) -> bool:
    """Whether its first update would be due: not of what has just begun, or was written down just now."""
    begun = vault.gather(plans)[note.path].begins or history.created(vault, note)
    return begun is None or (vault.today - begun).days > days


def _late(note: Note, vault: Vault, gone: int, days: int) -> Message:
    every = message("every {days} days", days=days) if days > 1 else message("every day")
    return plural(
        "The last update on {name} was {count} day ago, and one is due {every}.",
        "The last update on {name} was {count} days ago, and one is due {every}.",
        gone,
        name=called(vault, note.path),
        every=every,
    )


def _last(note: Note, vault: Vault, update: Update) -> Evidence:
    said = message("the last update about {name} is of {date}", name=called(vault, note.path), date=str(update.day))
    return Evidence(said, update.path, telling.line_of_update(vault, note, update))


def _finding(
    note: Note, vault: Vault, severity: Severity, said: Message, step: Evidence, reason: str = "late"
) -> Finding:
    mend = message(
        "write a line below `## Updates`, `- {today}: ...`, or a note of kind update about [[{name}]]",
        today=str(vault.today),
        name=called(vault, note.path),
    )
    return Finding("update-stale", severity, note.path, TOP, said, mend, (step,), reason)
