"""A project of several teams for which no one person answers.

## What it flags
A project under way on which at least `teams` (3) teams work, without one person as its owner: none is named (`none`),
there are several (`several`), it is a team (`team`), or the name leads to nobody's note (`unresolved`). Teams work on a
project when it names them, or their people: as its owners, as contributors, or in an open task about it.

## Why it matters
Inside one team, somebody decides in the end. Between three, each waits for the others, and what falls between them
comes up in the week before it is due. One person, the directly responsible one, decides when the teams disagree.

## How to mend it
Name that person under `owner`, and say so to the teams. The others stay under `contributors`, the teams under `team`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import Options as Options  # noqa: PLC0414 -- others keep silent by it
from vaultkit.insights.owning import misowned
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.owning import Misowned
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("project",)
READS: tuple[Reads, ...] = ("work",)

SHOWN = 8
"""How many teams are named."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a project of many teams without one owner."""
    found = vault.ask(misowned).get(note.path)
    if found is None or found.told != "crossing":
        return
    item = vault.property(note, "owner")
    fault = ownership(vault, note).fault
    reason = "several" if len(found.owners) > 1 else fault or "none"
    yield Finding(
        "cross-functional-no-dri",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        _said(called(vault, note.path), found, reason),
        message(
            "name the one person who decides when they disagree under `{owner}`",
            owner=property_name(vault, note, "owner"),
        ),
        tuple(
            Evidence(message("{team} works on {name}", team=called(vault, team), name=called(vault, note.path)), team)
            for team in found.teams[:SHOWN]
        ),
        reason,
    )


def _said(name: str, found: Misowned, reason: str) -> Message:
    teams = plural("{count} team works on {name}", "{count} teams work on {name}", len(found.teams), name=name)
    if reason == "none":
        return message("{teams}, and nobody owns it.", teams=teams)
    owners = ", ".join(found.owners)
    if reason == "several":
        return message(
            "{teams}, and it has {count} owners: {owners}.", teams=teams, count=len(found.owners), owners=owners
        )
    if reason == "team":
        return message("{teams}, and it is owned by a team, {owners}.", teams=teams, owners=owners)
    return message("{teams}, and it is owned by {owners}, who has no note.", teams=teams, owners=owners)
