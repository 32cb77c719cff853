"""Two pieces of live work that are said to be in conflict, and nothing says how it is settled.

## What it flags
A live objective, key result, priority or project with `conflicts_with` another live one, while no decision is about
both of them and neither says in which decision it was settled (`decided_in`). Told once, of the one that says so.

## Why it matters
Somebody has seen that both cannot succeed, and has written it down. Until it is decided, two teams work against each
other, and each will learn of it at the end.

## How to mend it
Decide which of them gives way, and write it down: `vaultkit new decision`, with both under `about`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.conflicts import WORK, open_conflicts
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = WORK
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each open conflict that a note declares first."""
    for edge in vault.ask(open_conflicts).get(note.path, ()):
        yield _finding(note, vault, edge, vault.notes[edge.target or ""])


def _finding(note: Note, vault: Vault, edge: Edge, other: Note) -> Finding:
    name, rival = called(vault, note.path), called(vault, other.path)
    return Finding(
        "declared-conflict-open",
        SEVERITY,
        note.path,
        edge.link.span,
        message("{name} is in conflict with {other}, and no decision says which gives way.", name=name, other=rival),
        message(
            "decide, and name both in the decision; or write `{property}` here",
            property=property_name(vault, note, "decided_in"),
        ),
        (
            Evidence(
                message("{name} says that it is in conflict with {other}", name=name, other=rival),
                note.path,
                edge.link.span.line,
            ),
        ),
    )
