"""More priorities in one hand than anybody can put first.

## What it flags
An owner with more live priorities than `most` (5), told of the last of them; from `far` (8) on it is an error. The same
is told of a team that more priorities than that name (`team`), unless all of these are in one hand and told of already.

## Why it matters
Whoever has nine priorities has none: the first phone call of the day decides which of them is worked on.

## How to mend it
Close what is not going to happen this quarter, hand on what somebody else can lead, or put it after another one:
`status: planned`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.too-many-priorities]`."""

    most: int = 5
    far: int = 8


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("too-many-priorities", Options)


def owned(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Owner or team -> their live priorities, the first one first; only of those who have more than is usual."""
    owners: dict[str, list[str]] = {}
    teams: dict[str, list[str]] = {}
    for note in vault.ask(ranked_priorities):
        person = ownership(vault, note).person
        if person is not None:
            owners.setdefault(person, []).append(note.path)
        for team in dict.fromkeys(edge.target or "" for edge in vault.relation(note, "contributors")):
            if team in vault.notes and vault.is_kind(vault.notes[team], "team"):
                teams.setdefault(team, []).append(note.path)
    most = vault.ask(options).most
    many = {person: tuple(paths) for person, paths in owners.items() if len(paths) > most}
    told = list(map(frozenset, many.values()))
    shared = {team: tuple(paths) for team, paths in teams.items() if len(paths) > most}
    return {team: paths for team, paths in shared.items() if not any(each.issuperset(paths) for each in told)} | many


def lasts(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """The last priority of each of them -> whose it is."""
    found: dict[str, tuple[str, ...]] = {}
    for holder, paths in vault.ask(owned).items():
        found[paths[-1]] = (*found.get(paths[-1], ()), holder)
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each owner or team of too many, at the last of them."""
    for holder in vault.ask(lasts).get(note.path, ()):
        yield _finding(note, vault, holder)


def _finding(note: Note, vault: Vault, holder: str) -> Finding:
    paths, wanted = vault.ask(owned)[holder], vault.ask(options)
    owner, beyond = called(vault, holder), paths[wanted.most :]
    is_team = vault.is_kind(vault.notes[holder], "team") if holder in vault.notes else False
    return Finding(
        "too-many-priorities",
        GRAVER if len(paths) >= wanted.far else SEVERITY,
        note.path,
        TOP,
        message(
            "{owner} holds {count} live priorities, more than {most}.",
            owner=owner,
            count=len(paths),
            most=wanted.most,
        ),
        message(
            "close, hand on or put off the last of them: {names}", names=", ".join(called(vault, p) for p in beyond)
        ),
        tuple(_step(vault, owner, path, "contributors" if is_team else "owner") for path in paths),
        "team" if is_team else "",
    )


def _step(vault: Vault, holder: str, path: str, field: str) -> Evidence:
    item, name = vault.property(vault.notes[path], field), called(vault, path)
    works = message("{team} works on {name}", team=holder, name=name)
    owns = message("{owner} owns {name}", owner=holder, name=name)
    return Evidence(owns if field == "owner" else works, path, item.span.line if item else 1)
