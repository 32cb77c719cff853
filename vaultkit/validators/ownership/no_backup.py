"""Work of the first importance that would stop if one person were away.

## What it flags
Live priorities on which nobody but their owner works: no contributor, no owner of anything below them, no open task
that names somebody else; when the owner is the only one who holds them and other work together. Only the first `top`
(5) by rank are looked at, all of them where they are no more, and projects where there is no priority. It is said once
for each owner, at the first of these, and only in a vault with notes of several people.

## Why it matters
Two weeks of flu, and the work that the company has put first stands still. It is the work that is at risk here: whoever
holds it is doing what was asked of them.

## How to mend it
Name somebody under `contributors` who knows enough to go on with it, and let them take one of its tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.bottlenecks import single_points
from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("priority", "project")
READS: tuple[Reads, ...] = ("work",)

PEOPLE = 2
"""Whoever is alone in a vault has nobody to stand in."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.no-backup]`."""

    top: int = 5
    """How many priorities come first."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("no-backup", Options)


def first(vault: Vault) -> tuple[str, ...]:
    """The work that comes first: the first priorities by rank, else a few priorities, else the projects."""
    top, priorities = vault.ask(options).top, vault.ask(ranked_priorities)
    ranked = tuple(note.path for note in priorities[:top] if rank_of(vault, note) is not None)
    if ranked or len(priorities) > top:
        return ranked
    few = priorities or [note for note in vault.of_kind("project") if is_live(vault, note)]
    return tuple(note.path for note in few)


def alone(vault: Vault) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The first work of each owner whom nobody could stand in for -> the owner, and all of this work."""
    paths = vault.ask(first)
    if len(vault.of_kind("person")) < PEOPLE:
        return {}
    found = {}
    for point in vault.ask(single_points):
        work = frozenset(point.alone)
        mine = tuple(path for path in paths if path in work and _owner(vault, path) == point.person)
        if mine:
            found[mine[0]] = point.person, mine
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each owner of such priorities, at the first of them."""
    found = vault.ask(alone).get(note.path)
    if found is None:
        return
    person, paths = found
    owner = called(vault, person)
    yield Finding(
        "no-backup",
        SEVERITY,
        note.path,
        TOP,
        _said(vault, person, paths),
        message(
            "name somebody under `{others}` who could go on with it", others=property_name(vault, note, "contributors")
        ),
        tuple(
            Evidence(
                message("{owner} alone works on {name}", owner=owner, name=called(vault, path)),
                path,
                _line(vault, path),
            )
            for path in paths
        ),
    )


def _said(vault: Vault, person: str, paths: tuple[str, ...]) -> Message:
    owner, names = called(vault, person), ", ".join(called(vault, path) for path in paths)
    if rank_of(vault, vault.notes[paths[0]]) is None:
        return plural(
            "If {owner} is away, nobody else works on {names}.",
            "If {owner} is away, nobody else works on these {count}: {names}.",
            len(paths),
            owner=owner,
            names=names,
        )
    return plural(
        "If {owner} is away, nobody else works on {names}, one of the first {top} priorities.",
        "If {owner} is away, nobody else works on {count} of the first {top} priorities: {names}.",
        len(paths),
        owner=owner,
        names=names,
        top=vault.ask(options).top,
    )


def _owner(vault: Vault, path: str) -> str | None:
    return ownership(vault, vault.notes[path]).person


def _line(vault: Vault, path: str) -> int:
    item = vault.property(vault.notes[path], "owner")
    return item.span.line if item else 1
