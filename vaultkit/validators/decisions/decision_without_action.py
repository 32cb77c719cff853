"""A decision after which nothing happened.

## What it flags
A decision accepted more than `after` (7) and at most `within` (90) days ago of which no work has come: it holds no
checkbox and lists no next step, no checkbox links to it, no project, task, priority or key result does, and it is about
none that is under way. Among five decisions and more, only where work has come of one of them.

## Why it matters
To decide feels like having done something. Four weeks later everybody is surprised that nothing has changed, and the
decision is taken once more.

## How to mend it
Write the next step into the decision as a task with a name and a day, or say in the project which decision it carries
out: `decided_in: "[[...]]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.carrying import carried
from vaultkit.insights.decisions import MANY, since, state
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.decision-without-action]`."""

    after: int = 7
    within: int = 90


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("decision-without-action", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for an accepted decision that nobody carries out."""
    day = since(vault, note) if state(vault, note) == "accepted" else None
    done = vault.ask(carried)
    if day is None or note.path in done or (not done and len(vault.of_kind("decision")) >= MANY):
        return
    days, wanted = (vault.today - day).days, vault.ask(options)
    if not wanted.after < days <= wanted.within:
        return
    name, item = called(vault, note.path), vault.property(note, "date") or vault.property(note, "status")
    yield Finding(
        "decision-without-action",
        SEVERITY,
        note.path,
        telling.span_of(item),
        plural(
            "{name} was accepted {count} day ago, and no work has come of it.",
            "{name} was accepted {count} days ago, and no work has come of it.",
            days,
            name=name,
        ),
        message("write the next step into it, `- [ ] ...`, with a name and a day"),
        (
            telling.says(vault, note, "status"),
            telling.says(vault, note, "date" if vault.text(note, "date") else "decided_in"),
            Evidence(message("no checkbox, project or task links to {name}", name=name), note.path),
        ),
    )
