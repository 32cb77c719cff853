"""An objective that leads to no vision, in a vault that has one.

## What it flags
A live objective with no chain of `serves` up to a live vision, while the vault has such a vision. Where no objective
leads to one, that is said once, of the first of them (`none`).

## Why it matters
A vision that half of the objectives have nothing to do with is a poster. Either the objective belongs to it and nobody
has said how, or the vision leaves out something that the company does.

## How to mend it
Let the objective serve the vision, or an objective that does: `serves: "[[the vision]]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import downs, objectives
from vaultkit.insights.status import is_live, is_over
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective",)
READS: tuple[Reads, ...] = ("work",)


def visions(vault: Vault) -> tuple[str, ...]:
    """The live visions, by path."""
    return tuple(note.path for note in vault.of_kind("vision") if is_live(vault, note) and not is_over(vault, note))


def led(vault: Vault) -> frozenset[str]:
    """All that leads to a live vision."""
    found = set(vault.ask(visions))
    layer = list(found)
    while layer:
        below = {up.child for path in layer for up in vault.ask(downs).get(path, ())} - found
        found |= below
        layer = sorted(below)
    return frozenset(found)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each live objective that leads to none; one for all of them where none does."""
    live, found = vault.ask(objectives), vault.ask(led)
    if note.path not in live or note.path in found or not vault.ask(visions):
        return
    if live.isdisjoint(found) and len(live) > 1:
        if note.path == min(live):
            said = message("None of the {count} live objectives leads to a vision.", count=len(live))
            yield _finding(note, vault, said, "none")
        return
    yield _finding(note, vault, message("{name} leads to no vision.", name=called(vault, note.path)), "")


def _finding(note: Note, vault: Vault, said: Message, reason: str) -> Finding:
    live, first = vault.ask(objectives), vault.ask(visions)[0]
    vision, count = called(vault, first), len(live & vault.ask(led))
    others = plural(
        "{count} of {all} live objectives does", "{count} of {all} live objectives do", count, all=len(live)
    )
    nothing = message("no live objective serves {vision}", vision=vision)
    return Finding(
        "objective-no-vision",
        SEVERITY,
        note.path,
        TOP,
        said,
        message(
            'write `{property}: "[[{vision}]]"`, or let it serve an objective that leads there',
            property=property_name(vault, note, "serves"),
            vision=vision,
        ),
        (Evidence(others if count else nothing, first),),
        reason,
    )
