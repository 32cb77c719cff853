"""An objective that nobody works on.

## What it flags
A live objective, its period not yet over, that no live objective, key result, priority or project serves. One whose key
results are all done is told by `all-done-not-closed`.

## Why it matters
An objective is a promise. With nothing under way beneath it, it will be missed, and until the end of the period every
list of objectives will go on showing it as if it were being pursued.

## How to mend it
Let a priority or a project serve it, with `serves: "[[the objective]]"` in that note. If nobody is going to, drop the
objective and say so: `status: dropped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children, objectives, workers
from vaultkit.insights.finishing import is_reached
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("objective",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live objective without live work beneath it."""
    if note.path not in vault.ask(objectives) or workers(vault, note.path) or is_reached(vault, note):
        return
    name = called(vault, note.path)
    yield Finding(
        "unserved-objective",
        SEVERITY,
        note.path,
        TOP,
        message("Nobody works on {name}: no live key result, priority or project serves it.", name=name),
        message(
            'write `{property}: "[[{name}]]"` in the priority or project that pursues it, or drop it',
            property=property_name(vault, note, "serves"),
            name=name,
        ),
        tuple(_steps(note, vault)),
    )


def _steps(note: Note, vault: Vault) -> Iterator[Evidence]:
    """How long it has to go, and what no longer serves it."""
    name, until = called(vault, note.path), telling.last_day(vault, note)
    if until:
        yield until
    below = children(vault, note.path)
    if not below:
        yield Evidence(message("no note serves {name}", name=name), note.path)
    for child in below:
        yield telling.why_out(vault, child) or Evidence(_does_not_work(vault, child, name), child.path)


def _does_not_work(vault: Vault, child: Note, name: str) -> Message:
    return message("{child} serves {name}, and is no priority or project", child=called(vault, child.path), name=name)
