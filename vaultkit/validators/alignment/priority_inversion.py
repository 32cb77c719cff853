"""A priority that waits for another which comes after it.

## What it flags
A live priority that depends on another live priority of a lower rank, itself or through one of its projects
(`depends_on`, or `blocks` on the other side).

## Why it matters
The first cannot be done before the second, so the order on paper is not the one that will happen: the team of the
second one does not know that it holds up the first.

## How to mend it
Move the one that is needed up, take the dependency away, or accept openly that the first will be late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.inversions import inversions
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.inversions import Inversion
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each priority that this one waits for though it comes after it."""
    for found in inversions(vault, note):
        yield _finding(note, vault, found)


def _finding(note: Note, vault: Vault, found: Inversion) -> Finding:
    name, other = called(vault, note.path), called(vault, found.other)
    return Finding(
        "priority-inversion",
        SEVERITY,
        note.path,
        telling.place(note, found.need.edge),
        message(
            "{name} (rank {rank}) waits for {other} (rank {after}).",
            name=name,
            rank=f"{found.rank:g}",
            other=other,
            after=f"{found.after:g}",
        ),
        message("move {other} up, or take the dependency away", other=other),
        (
            Evidence(
                message("{name} depends on {other}", name=called(vault, found.need.dependent), other=other),
                found.need.edge.source,
                found.need.edge.link.span.line,
            ),
        ),
    )
