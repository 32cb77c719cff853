"""An owner who is nobody in particular.

## What it flags
A live objective, key result, project, risk or metric that is owned by a team (`team`), or by a name that leads to
nobody's note (`unresolved`) in a vault that has notes of people. A plain name counts when one person's note bears it,
as its name, title or alias. Priorities are told by `no-owner`, projects that several teams share by
`cross-functional-no-dri`.

## Why it matters
What everybody in a team owns, nobody does. And a name without a note is missing from every list of what one person has
in hand: its work is not counted, and nobody sees that it is too much.

## How to mend it
Name one person, with a link to their note: `owner: "[[Marie Curie]]"`. A team belongs under `team` or `contributors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.ownership import ownership, teams
from vaultkit.insights.owning import misowned
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding, Fix, Put
from vaultkit.text import fold
from vaultkit.validators import owners, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.owning import Misowned
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "project", "risk", "metric")
READS: tuple[Reads, ...] = ("names", "work")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live note that is owned by nobody in particular."""
    found = vault.ask(misowned).get(note.path)
    if found is None or found.told not in {"team", "unresolved"}:
        return
    item, owner = vault.property(note, "owner"), found.owners[0]
    near = owners.meant(vault, owner) if found.told == "unresolved" else ()
    meant = _lead(note, vault) if found.told == "team" else near[0] if len(near) == 1 else None
    yield Finding(
        "owner-not-a-person",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        _of_team(note, vault, owner) if found.told == "team" else owners.unresolved(vault, note, owner),
        _mend(note, vault, meant) if found.told == "team" else owners.mend(vault, note, owner),
        tuple(_steps(note, vault, found)),
        found.told,
        _fix(note, vault, meant) if meant else None,
    )


def _of_team(note: Note, vault: Vault, owner: str) -> Message:
    name = called(vault, note.path)
    return message("{name} is owned by a team, {owner}: by nobody in particular.", name=name, owner=owner)


def _mend(note: Note, vault: Vault, meant: str | None) -> Message:
    field = next((name for name in ("team", "contributors") if vault.field(note, name)), None)
    others = property_name(vault, note, field) if field else None
    if meant and others:
        return message(
            "name one person, {person} for one who leads it, and put the team under `{others}`",
            person=called(vault, meant),
            others=others,
        )
    if others:
        return message("name one person of it, and put the team under `{others}`", others=others)
    return message("name one person of it")


def _fix(note: Note, vault: Vault, path: str) -> Fix | None:
    """Name the person; only somebody who knows them can say that it is the right one."""
    item = vault.property(note, "owner")
    if item is None or item not in note.properties:
        return None
    link = telling.quoted(vault, note, "owner", path)
    return Fix(message("write `{property}: {link}`", property=item.name, link=link), (Put(note.path, item.name, link),))


def _steps(note: Note, vault: Vault, found: Misowned) -> Iterator[Evidence]:
    item = vault.property(note, "owner")
    said = message("{property} says {words}", property=item.name if item else "", words=", ".join(found.owners))
    yield Evidence(said, note.path, item.span.line if item else 1)
    team = _team(note, vault) if found.told == "team" else None
    if team:
        yield Evidence(message("{name} is a team", name=called(vault, team)), team)


def _team(note: Note, vault: Vault) -> str | None:
    """The team's note."""
    edges = vault.relation(note, "owner")
    return edges[0].target if edges else vault.ask(teams).get(fold(ownership(vault, note).said[0]))


def _lead(note: Note, vault: Vault) -> str | None:
    """Who leads the team, when its note says so."""
    team = vault.notes.get(_team(note, vault) or "")
    edges = vault.relation(team, "lead") if team else ()
    people = [edge.target for edge in edges if edge.target in vault.notes]
    return people[0] if len(people) == 1 and vault.is_kind(vault.notes[people[0] or ""], "person") else None
