"""A note of the work that no link ties to anything.

## What it flags
A live vision, key result, project, team, risk, assumption, metric or stakeholder whose note links to no other note,
and to which none leads. Links that vaultkit wrote do not count. Priorities and objectives are told of by
`unlinked-priority` and `unserved-objective`; contacts, ideas, tasks and dated notes often stand alone.

## Why it matters
It is found by whoever remembers its name. Nothing says what it is for, who looks after it or what came of it, and no
page of vaultkit can place it.

## How to mend it
Link it to what it is for, to its owner, or from the next review. If nothing comes to mind, archive it.
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

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = (
    *("vision", "key_result", "project", "team"),
    *("risk", "assumption", "metric", "stakeholder"),
)
READS: tuple[Reads, ...] = ("backlinks",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live note without a link to or from another."""
    if not is_live(vault, note) or _is_tied(note, vault):
        return
    if inbound(vault, note).people:
        return
    name = called(vault, note.path)
    yield Finding(
        "isolated-note",
        SEVERITY,
        note.path,
        TOP,
        message("{name} links to no note, and no note links to it.", name=name),
        message("link it to what it is for or to its owner, or put it into the archive"),
        (Evidence(message("0 links lead from {name} to other notes, and 0 to it", name=name), note.path),),
    )


def _is_tied(note: Note, vault: Vault) -> bool:
    """Whether a link of a person's leads to another note, or nowhere yet: a picture is no tie."""
    targets = (edge.target for edge in vault.graph.of(note.path) if edge.human)
    return any(target is None or (target != note.path and target.endswith(".md")) for target in targets)
