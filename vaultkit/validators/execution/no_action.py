"""A priority on which nothing is under way.

## What it flags
A live priority without any live project or open task below it: nothing that serves it, directly or through other
notes, no open checkbox in its own text, and no open checkbox anywhere that links to it. In its first `days` (7), as far
as they are known, that is a warning; then an error.

## Why it matters
What has no next step does not move. It stays on the list, is read out in every review, and takes the place of
something that somebody would have done.

## How to mend it
Write the next step as a task, `- [ ] Call the three candidates`, in the priority or anywhere with a link to it; or
open a project that serves it. If nobody is going to do anything about it, close it: `status: dropped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.action import acted_on
from vaultkit.insights.alignment import children
from vaultkit.insights.history import is_new
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
MILDER: Severity = "warning"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.no-action]`."""

    days: int = 7
    """How long a new priority may be without a next step before that is an error."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("no-action", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live priority that nothing acts on."""
    if not is_live(vault, note) or note.path in vault.ask(acted_on):
        return
    name = called(vault, note.path)
    yield Finding(
        "no-action",
        MILDER if is_new(vault, note, vault.ask(options).days) else SEVERITY,
        note.path,
        TOP,
        message("{name} has no project under way and no open task.", name=name),
        message("write its next step, `- [ ] ...`, in the note or beside a link to [[{name}]]", name=name),
        tuple(_steps(note, vault)),
    )


def _steps(note: Note, vault: Vault) -> Iterator[Evidence]:
    """What has been done, and what serves it without moving it."""
    name, done = called(vault, note.path), [task for task in note.tasks if not vault.is_open(task)]
    if done:
        said = plural(
            "the {count} task in {name} is done", "the {count} tasks in {name} are done", len(done), name=name
        )
        yield Evidence(said, note.path, done[-1].span.line)
    below = children(vault, note.path)
    if not below:
        yield Evidence(message("no note serves {name}", name=name), note.path)
    for child in below:
        idle = message("{child} serves {name}, and has no open task", child=called(vault, child.path), name=name)
        yield telling.why_out(vault, child) or Evidence(idle, child.path)
