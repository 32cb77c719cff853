"""Properties that cannot be read.

## What it flags
A note whose frontmatter, between the two lines `---` at its top, is not what Obsidian can read: a quote that is not
closed, a key that stands twice, a colon inside a value without quotes. One with placeholders, `{{date}}` or those of
Templater, can be read once they are filled in.

## Why it matters
Obsidian shows none of its properties, and vaultkit cannot tell its kind, its owner or what it serves: the note drops
out of every page and every other check.

## How to mend it
Go to the place that is named. Most often a value needs quotes around it: `title: "Plan: the second year"`, `serves:
"[[Growth]]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.marked import troubled
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()


def among(vault: Vault) -> Iterable[str]:
    """What could not be read whole."""
    return vault.ask(troubled)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each thing in the frontmatter that cannot be read."""
    for problem in note.problems:
        if problem.kind == "frontmatter":
            name = called(vault, note.path)
            unread = message("no property of {name} is read until this is mended", name=name)
            yield Finding(
                "invalid-frontmatter",
                SEVERITY,
                note.path,
                problem.span,
                problem.message,
                message(
                    'mend it here: a value that holds `: `, ` #`, `[[` or a quote needs quotes around it: key: "value"'
                ),
                () if note.properties else (Evidence(unread, note.path, problem.span.line),),
            )
