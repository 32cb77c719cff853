"""Work of one person or one project that serves the vision and nothing between.

## What it flags
A live objective of level `individual`, or a live project, that serves a vision first, in a vault with live objectives.

## Why it matters
A vision carries everything, so nothing follows from serving it: when two such projects compete for one week, nobody can
say which of them the year needs.

## How to mend it
Point it to the objective that it helps to reach; if there is none, that objective may be missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import objectives, ups
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective", "project")
READS: tuple[Reads, ...] = ("names", "work")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for such a note."""
    if not is_live(vault, note) or not vault.ask(objectives):
        return
    if vault.is_kind(note, "objective") and vault.choice(note, "level") != "individual":
        return
    served = [up for up in vault.ask(ups).get(note.path, ()) if up.parent is not None]
    vision = vault.notes.get(served[0].parent or "") if served else None
    if vision is None or not vault.is_kind(vision, "vision"):
        return
    name, other, edge = called(vault, note.path), called(vault, vision.path), served[0].edge
    yield Finding(
        "level-skip",
        SEVERITY,
        note.path,
        telling.place(note, edge),
        message("{name} serves {vision} and no objective between.", name=name, vision=other),
        message("point it to the objective that it helps to reach: {choices}", choices=telling.choices(vault, note)),
        (Evidence(message("{child} serves {parent}", child=name, parent=other), edge.source, edge.link.span.line),),
    )
