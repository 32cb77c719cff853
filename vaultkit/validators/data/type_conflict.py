"""A note that may be of two kinds.

## What it flags
A note that its tag tells to be of one kind, and its folder or its file name of another; that has tags of two kinds; or
whose `type` names two. What a note says of itself by a single `type`, or what `vaultkit.toml` says, is not doubted.
Notes with the same two clues are told of once, at the first of them.

## Why it matters
The first clue is followed: property, tag, folder, file name. A meeting that is tagged `#project` after the project
that it was about is taken for a project, and then it has no owner and no next action.

## How to mend it
Write `type` into the note, or say in `vaultkit.toml` which folder or tag is of which kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.clues import conflicts
from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = EVERY
READS: tuple[Reads, ...] = ("work",)

SHOWN = 5
"""How many of the notes are named."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each pair of clues, at the first note that has them."""
    found = vault.ask(conflicts).get(note.path)
    if found is None:
        return
    conflict, paths = found
    kind, other = (vault.kinds.all[each.kind].label(vault.language) for each in (conflict.taken, conflict.other))
    said = plural(
        "{name} counts as {kind} because of `{clue}`, and `{other}` says {wrong}.",
        "{count} notes, {name} among them, count as {kind} because of `{clue}`, and `{other}` says {wrong}.",
        len(paths),
        name=called(vault, note.path),
        kind=kind,
        clue=conflict.taken.clue,
        other=conflict.other.clue,
        wrong=other,
    )
    yield Finding(
        "type-conflict",
        SEVERITY,
        note.path,
        TOP,
        said,
        message("write `type: {kind}` or `type: {other}`, as it is meant", kind=kind, other=other),
        tuple(Evidence(message("{name} bears both", name=called(vault, path)), path) for path in paths[:SHOWN]),
    )
