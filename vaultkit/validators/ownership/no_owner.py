"""A priority for which no one person answers.

## What it flags
A live priority whose owner is not exactly one person: none is named (`none`), the name leads to nobody's note
(`unresolved`), it is a team's (`team`), or there are several (`several`). A plain name counts when one person's note
bears it, as its name, title or alias.

## Why it matters
When two people own something, each may think that the other has it in hand; when a team does, everybody may. One
person need not do the work, but knows how it stands and says so.

## How to mend it
Name one person, with a link to their note: `owner: "[[Marie Curie]]"`. Put the others under `contributors`, the team
under `team`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.ownership import ownership
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import owners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.ownership import Ownership
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("names", "work")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live priority without one owner."""
    if not is_live(vault, note):
        return
    found = ownership(vault, note)
    if found.fault is None:
        return
    item = vault.property(note, "owner")
    said, mend = _said(note, vault, found), _mend(note, vault, found)
    yield Finding(
        "no-owner",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        mend,
        tuple(_steps(note, vault, found)),
        found.fault,
    )


def _said(note: Note, vault: Vault, found: Ownership) -> Message:
    name = called(vault, note.path)
    if found.fault == "none":
        return message("{name} has no owner.", name=name)
    if found.fault == "unresolved":
        return owners.unresolved(vault, note, found.said[0])
    if found.fault == "team":
        return message("{name} is owned by a team, {owner}: by nobody in particular.", name=name, owner=found.said[0])
    return message(
        "{name} has {count} owners: {owners}.", name=name, count=len(found.said), owners=", ".join(found.said)
    )


def _mend(note: Note, vault: Vault, found: Ownership) -> Message:
    owner, others = property_name(vault, note, "owner"), property_name(vault, note, "contributors")
    if found.fault == "several":
        return message("keep one of them, and put the others under `{others}`", others=others)
    if found.fault == "team":
        return message("name one person of it, and put the team under `{others}`", others=others)
    if found.fault == "unresolved":
        return owners.mend(vault, note, found.said[0])
    return message('add `{owner}: "[[...]]"` with the one person who answers for it', owner=owner)


def _steps(note: Note, vault: Vault, found: Ownership) -> Iterator[Evidence]:
    """What the note says of its owner."""
    item = vault.property(note, "owner")
    if item is None or not found.said:
        yield Evidence(
            message("{name} names no owner", name=called(vault, note.path)), note.path, item.span.line if item else 1
        )
        return
    said = message("{property} says {words}", property=item.name, words=", ".join(found.said))
    yield Evidence(said, note.path, item.span.line)
    edges = vault.relation(note, "owner")
    if found.fault == "team" and edges and edges[0].target:
        yield Evidence(message("{name} is a team", name=called(vault, edges[0].target)), edges[0].target)
