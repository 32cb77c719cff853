"""A date that was put off again and again.

## What it flags
A live objective, key result, priority or project whose due date was put off at least `often` (2) times; from `far` (3)
times on it is an error. Where an update gives the reason of every one of these times, in `why` or in a line below
`Updates` that says `because`, it counts for one level less: an error becomes a warning, and a warning is not told. An
update is about a date that it names, or that was set within a week of it. How often is read from git or from vaultkit's
own daily notes, from `due_original`, and from the `due` of updates; what nobody has kept is not made up.

## Why it matters
Each new date looks like a plan. Seen together they show that nobody knows what it would take, and a date that turns
green again by being moved hides exactly that.

## How to mend it
Say in an update why it moved (`- 2026-03-16: to 30 April, because ...`, or `why`), and what has to be true for the new
date to hold. Or cut the work down to what can be done by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.pushes import pushes
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.pushes import Push
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.date-pushed]`."""

    often: int = 2
    far: int = 3


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("date-pushed", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live note whose date was put off too often."""
    found = pushes(vault, note) if is_live(vault, note) else ()
    wanted = vault.ask(options)
    explained = all(push.update for push in found)
    if len(found) < (wanted.far if explained else wanted.often):
        return
    item = vault.property(note, "due")
    yield Finding(
        "date-pushed",
        GRAVER if len(found) >= wanted.far and not explained else SEVERITY,
        note.path,
        item.span if item else TOP,
        _said(note, vault, found),
        message("say what has to be true for the new date to hold; or do less by then")
        if explained
        else message(
            "say why in an update (`{why}`), and what the new date depends on; or do less by then",
            why=property_name(vault, note, "why"),
        ),
        tuple(_step(note, vault, push, item.span.line if item else 1) for push in found),
    )


def _said(note: Note, vault: Vault, found: Sequence[Push]) -> Message:
    silent = sum(1 for push in found if push.update is None)
    unsaid = plural("{count} time without a reason", "{count} times without a reason", silent)
    reasons = unsaid if silent else message("each time with a reason")
    return plural(
        "The date of {name} was put off {count} time, from {first} to {last}, {reasons}.",
        "The date of {name} was put off {count} times, from {first} to {last}, {reasons}.",
        len(found),
        name=called(vault, note.path),
        first=str(found[0].before),
        last=str(found[-1].after),
        reasons=reasons,
    )


def _step(note: Note, vault: Vault, push: Push, line: int) -> Evidence:
    before, after = str(push.before), str(push.after)
    if push.update is not None:
        said = message("from {before} to {after}: {why}", before=before, after=after, why=push.update.why)
        return Evidence(said, push.update.path, telling.line_of_update(vault, note, push.update))
    if push.day is None:
        return Evidence(message("from {before} to {after}", before=before, after=after), note.path, line)
    said = message("from {before} to {after} on {day}", before=before, after=after, day=str(push.day))
    return Evidence(said, note.path, line)
