"""A priority to which only generated lists link.

## What it flags
A live priority whose only links from elsewhere stand in index pages or index regions, which vaultkit wrote. No person
has ever linked to it.

## Why it matters
A list of everything in a folder makes every note in it look connected. This one is on the list because of where it
lies, not because anybody thought of it.

## How to mend it
Link to it where it is decided, done or discussed: the objective it serves, the projects under it, the next review. If
nobody has a reason to, it may not be a priority: close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.links import inbound
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
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
    """One finding for a live priority that is on an index and that no person links to."""
    if not is_live(vault, note):
        return
    links = inbound(vault, note)
    if links.people or not links.indexes:
        return
    name = called(vault, note.path)
    yield Finding(
        "generated-only-priority",
        SEVERITY,
        note.path,
        TOP,
        plural(
            "Only {count} link leads to {name}, and it stands in a generated list.",
            "Only {count} links lead to {name}, and all of them stand in generated lists.",
            len(links.indexes),
            name=name,
        ),
        message("link to [[{name}]] from an objective, a project or the next review, or close it", name=name),
        tuple(
            Evidence(
                message("a generated list in {source} links to {name}", source=called(vault, edge.source), name=name),
                edge.source,
                edge.link.span.line,
            )
            for edge in links.indexes
        ),
    )
