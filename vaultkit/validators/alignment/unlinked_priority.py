"""A priority to which no note links.

## What it flags
A live priority with no link from any other note: not from an objective, a project, a meeting or a daily note. Its own
links to itself do not count, nor do the dashboards.

## Why it matters
Nobody meets it by reading. A priority that is in no plan, on no agenda and behind no project is remembered by its
author alone.

## How to mend it
Link to it where it is decided, done or discussed: the objective it serves, the projects under it, the next review. If
nobody has a reason to, it may not be a priority: close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.links import inbound
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("backlinks",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live priority that no note and no index links to."""
    if not is_live(vault, note):
        return
    links = inbound(vault, note)
    if links.people or links.indexes:
        return
    name = called(vault, note.path)
    yield Finding(
        "unlinked-priority",
        SEVERITY,
        note.path,
        TOP,
        message("No note links to {name}.", name=name),
        message("link to [[{name}]] from an objective, a project or the next review, or close it", name=name),
        (Evidence(message("0 links lead to {name} from other notes", name=name), note.path),),
    )
