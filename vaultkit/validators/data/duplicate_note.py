"""Two notes that seem to be about one thing.

## What it flags
A live vision, objective, key result, priority, project, decision, risk, assumption, metric or stakeholder with the
same title as another of its kind: case, accents, hyphens and plurals apart. Those of two periods are two, and what
people do again and again, meetings, updates, tasks, may bear a name again. People and teams are told of by
`alias-or-title-collision`.

## Why it matters
Half of what is known stands in each of them. One is kept up to date, and links lead to the other.

## How to mend it
Move what one says into the other and delete it, or call one of them what makes it another thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.namesakes import TITLED, duplicates
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = TITLED
READS: tuple[Reads, ...] = ("work",)

SHOWN = 5
"""How many of the others are named."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each note but the first of those with one title."""
    others = vault.ask(duplicates).get(note.path)
    if others is None:
        return
    title = vault.title(note)
    yield Finding(
        "duplicate-note",
        SEVERITY,
        note.path,
        TOP,
        message(
            "{name} has the title of {other}, another note of the kind {kind}.",
            name=called(vault, note.path),
            other=called(vault, others[0]),
            kind=vault.kinds.all[vault.recognised[note.path].kind].label(vault.language),
        ),
        message("merge the two, or give one a title that tells them apart"),
        tuple(Evidence(message("{path} is called {title}", path=p, title=title), p) for p in others[:SHOWN]),
    )
