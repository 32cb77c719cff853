"""A recurring meeting from which nothing has come for several times in a row.

## What it flags
The last meeting of a series, when it and those before it, at least `times` (3) in all, have text and left neither a
decision nor an action, and it was at most `until` (60) days ago. A series is the meetings of one title without its days
and numbers; where only a word such as `Point` is left, those of the same people. What counts as a result is told under
`meeting-no-output`, which is silent of the meetings that are named here. As there, there must be at least `people` (3)
people, and `days` (3) days to write down what came of a meeting.

## Why it matters
A meeting that decides nothing is a habit, and the dearest one there is: it costs the same hours every week.

## How to mend it
Cancel the series and see who asks for it; or make it rarer, or write down what it is there to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.fruitless import Options as Options  # noqa: PLC0414 -- others keep silent by it
from vaultkit.insights.fruitless import runs
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("meeting",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a series, at its last meeting."""
    empty = vault.ask(runs).get(note.path)
    if empty is None:
        return
    item = vault.property(note, "date")
    yield Finding(
        "recurring-meeting-empty",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message(
            "{count} meetings in a row ended with no decision and no action, {name} the last of them.",
            name=called(vault, note.path),
            count=len(empty),
        ),
        message("write down what came of them; or cancel the series, make it rarer, or say what it is there to decide"),
        tuple(
            Evidence(message("nothing came of {name}", name=called(vault, path)), path)
            for path in empty[: telling.LONGEST]
        ),
    )
