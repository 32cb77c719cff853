"""Pieces of work that wait for one another in a circle.

## What it flags
A circle of live notes, each of which depends on the next (`depends_on`, or `blocks` on the other side), told of the
first one by path; and a note that depends on itself. What is done, and a decision that was taken, hold nobody up.

## Why it matters
None of them can be finished first, so none will be: each owner waits, with good reason, for another.

## How to mend it
Find the dependency that is not one, or cut one of the notes in two: what the others need, and the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.dependencies import needs
from vaultkit.insights.friction import live_circles
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.dependencies import Need
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task", "decision")
READS: tuple[Reads, ...] = ("work",)


def found(vault: Vault) -> Mapping[str, tuple[Need, ...]]:
    """First note of a circle -> the statements that make it."""
    result = {}
    for circle in vault.ask(live_circles):
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        result[circle[0]] = tuple(_need(vault, one, other) for one, other in steps)
    return result


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for the first note of a circle."""
    circle = vault.ask(found).get(note.path)
    if circle is None:
        return
    name, last = called(vault, note.path), circle[-1]
    names = [called(vault, need.dependent) for need in circle]
    shown = names if len(names) <= telling.LONGEST else [*names[: telling.LONGEST - 1], "…", names[-1]]
    yield Finding(
        "dependency-cycle",
        SEVERITY,
        note.path,
        telling.place(note, circle[0].edge),
        message("{name} depends on itself.", name=name)
        if len(circle) == 1
        else message("{chain}: they wait for one another in a circle.", chain=" → ".join([*shown, names[0]])),
        message("take out the link from {name} to itself", name=name)
        if len(circle) == 1
        else message(
            "take out the dependency that is none: {name} depends on {other}, perhaps",
            name=called(vault, last.dependent),
            other=called(vault, last.prerequisite or ""),
        ),
        tuple(
            Evidence(
                message(
                    "{name} depends on {other}",
                    name=called(vault, need.dependent),
                    other=called(vault, need.prerequisite or ""),
                ),
                need.edge.source,
                need.edge.link.span.line,
            )
            for need in circle[: telling.LONGEST]
        ),
    )


def _need(vault: Vault, one: str, other: str) -> Need:
    return next(need for need in vault.ask(needs)[one] if need.prerequisite == other)
