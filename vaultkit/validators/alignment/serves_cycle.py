"""Notes that serve one another in a circle.

## What it flags
A circle of live notes, each of which serves the next, told of the first one by path; a note that serves itself is one.
A circle in which a priority is caught and reaches no objective is told by `orphan-priority`.

## Why it matters
In a circle nothing is for anything. Every page that follows the chain upwards has to cut it somewhere, and may cut it
where it hurts.

## How to mend it
Find the link that points the wrong way, and remove it or turn it round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import standings, ups
from vaultkit.insights.circles import circles
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.alignment import Up
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("vision", "objective", "key_result", "priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)


def found(vault: Vault) -> Mapping[str, tuple[Up, ...]]:
    """First note of a circle -> the statements that make it."""
    leading: dict[str, dict[str, Up]] = {}
    for child, statements in vault.ask(ups).items():
        if child in vault.notes and is_live(vault, vault.notes[child]):
            for up in statements:
                if up.parent in vault.notes and is_live(vault, vault.notes[up.parent or ""]):
                    leading.setdefault(child, {}).setdefault(up.parent or "", up)
    told = {path for path, standing in vault.ask(standings).items() if standing.reason == "cycle"}
    result = {}
    for circle in circles({child: list(parents) for child, parents in leading.items()}):
        if told.isdisjoint(circle):
            result[circle[0]] = tuple(leading[a][b] for a, b in zip(circle, (*circle[1:], circle[0]), strict=True))
    return result


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for the first note of a circle."""
    circle = vault.ask(found).get(note.path)
    if circle is None:
        return
    if len(circle) == 1:
        yield _of_one(note, vault, circle[0])
        return
    names = [called(vault, up.child) for up in circle]
    shown = names if len(names) <= telling.LONGEST else [*names[: telling.LONGEST - 1], "…", names[-1]]
    last = circle[-1]
    yield Finding(
        "serves-cycle",
        SEVERITY,
        note.path,
        telling.place(note, circle[0].edge),
        message("{chain}: they serve one another in a circle.", chain=" → ".join([*shown, names[0]])),
        message(
            "remove the link that points the wrong way: {child} serves {parent}, perhaps",
            child=called(vault, last.child),
            parent=called(vault, last.parent or ""),
        ),
        telling.chain(vault, circle),
    )


def _of_one(note: Note, vault: Vault, up: Up) -> Finding:
    return Finding(
        "serves-cycle",
        SEVERITY,
        note.path,
        telling.place(note, up.edge),
        message("{name} says that it serves itself.", name=called(vault, note.path)),
        message("remove the link, or point it to what {name} is for", name=called(vault, note.path)),
        telling.chain(vault, (up,)),
    )
