"""A waiver that waives nothing.

## What it flags
A comment `%% vaultkit:ignore NAME until 2026-12-31: reason %%` with a name that no finding of its note bears: it was
mended, the name is no validator's, or the validator is switched off.

## Why it matters
Once what it waived is mended, the comment waits for the next time, and hides that as well.

## How to mend it
Remove the comment, or correct the name; `vaultkit explain` lists all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.waiving import holds, said
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each waiver that still holds, with a name that nothing said of the note bears."""
    told = vault.ask(said).get(note.path, frozenset())
    for waiver in note.waivers:
        idle = [name for name in waiver.names if name not in told]
        if (idle or not waiver.names) and holds(vault, waiver):
            yield Finding(
                "waiver-unused",
                SEVERITY,
                note.path,
                waiver.span,
                message("This waives {names}, and nothing of the kind is found here.", names=", ".join(idle) or "?"),
                _mend(note, told),
                (
                    Evidence(
                        message("{name} says {words}", name=called(vault, note.path), words=waiver.said or "?"),
                        note.path,
                        waiver.span.line,
                    ),
                ),
            )


def _mend(note: Note, told: frozenset[str]) -> Message:
    """What may have been meant is what is found here and nobody waives."""
    waived = {name for waiver in note.waivers for name in waiver.names}
    others = sorted(name for name in told - waived if not name.startswith("waiver-"))
    if not others:
        return message("remove it, or correct the name")
    return message("remove it, or correct the name; what is found here: {names}", names=", ".join(others))
