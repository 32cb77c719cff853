"""A note, canvas or base that could not be read, or not all of it.

## What it flags
A file that is not UTF-8 text (`encoding`) or that the system does not let vaultkit open (`reading`), and a note that
goes beyond what vaultkit reads, in size or in how deep one thing stands in another (`limit`). A canvas that is not
JSON or has a card that shows nothing, and a base that is not YAML (`format`).

## Why it matters
What could not be read is in no page and in no other check. Obsidian may show such a note with characters replaced,
and save it so; a canvas or a base that is broken may not open at all.

## How to mend it
Save the file as UTF-8, give yourself the right to read it, or divide a note that is too large. A canvas or a base is a
text: correct the place that is named, or bring back the version before it broke. If it is no note at all, leave it out
with `exclude` in `vaultkit.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.marked import troubled
from vaultkit.language import message
from vaultkit.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()

_MEND: Mapping[str, Message] = {
    "encoding": message("save it as UTF-8, or leave it out with `exclude` in vaultkit.toml"),
    "limit": message("divide or simplify it, or leave it out with `exclude` in vaultkit.toml"),
    "format": message("correct it here in a text editor, or bring back the version before it broke"),
    "reading": message("give yourself the right to read it, or leave it out with `exclude` in vaultkit.toml"),
}


def among(vault: Vault) -> Iterable[str]:
    """What could not be read whole."""
    return vault.ask(troubled)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each thing that kept a note, a canvas or a base from being read."""
    for problem in note.problems:
        mend = _MEND.get(problem.kind)
        if mend:
            yield Finding(
                "unreadable-note",
                SEVERITY,
                note.path,
                problem.span,
                problem.message,
                mend,
                reason=problem.kind,
            )
