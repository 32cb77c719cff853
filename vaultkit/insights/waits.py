"""Who waits for whom: a Vault goes in; the work that waits for somebody, and that which others wait for, come out.

Work waits for somebody when its note says so under `waiting_on`; others wait for a piece of live work when theirs needs
it (`depends_on`, `blocks`) and another person owns it, or a team or nobody that can be told.

Worked: `Sign the lease` says `waiting_on: the notary`: it waits for the notary. Bea's `Move in` depends on Ann's `Sign
the lease`: others wait for Ann, and for `Sign the lease`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.awaiting import waiting
from vaultkit.insights.dependencies import WORK, is_awaited
from vaultkit.insights.history import since, values
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import leaders
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import due_of
from vaultkit.insights.workload import top_work

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Wait(Struct, frozen=True, gc=False):
    """A piece of work that waits for somebody."""

    path: str
    said: str
    """For whom or what, as written."""
    people: tuple[str, ...]
    """The files that it leads to."""
    days: int | None
    """For how many days it has said so; None when nobody knows."""


class Awaited(Struct, frozen=True, gc=False):
    """A piece of work that others wait for."""

    path: str
    person: str | None
    dependents: tuple[str, ...]


def waits(vault: Vault) -> tuple[Wait, ...]:
    """The live work that waits for somebody, what has waited longest first, and what nobody knows of last."""
    live = (note for note in vault.of_kind(*WORK) if vault.text(note, "waiting_on") and is_live(vault, note))
    found = [_wait(vault, note) for note in live]
    return tuple(sorted(found, key=lambda each: (each.days is None, -(each.days or 0), each.path)))


def awaited(vault: Vault) -> tuple[Awaited, ...]:
    """The work that people other than its owner wait for: by how many do, whether the first priorities do, its day."""
    found = []
    for path, dependents in vault.ask(waiting).items():
        note = vault.notes.get(path)
        if note is None or not vault.is_kind(note, *WORK) or not is_live(vault, note) or not is_awaited(vault, path):
            continue
        person = ownership(vault, note).person
        others = tuple(other for other in dependents if person is None or _owner(vault, other) != person)
        if others:
            found.append(Awaited(path, person, others))
    return tuple(sorted(found, key=lambda each: _order(vault, each)))


def _order(vault: Vault, each: Awaited) -> tuple[object, ...]:
    first, due = vault.ask(top_work), due_of(vault, vault.notes[each.path])
    return -len(each.dependents), first.isdisjoint(each.dependents), due is None, due, each.path


def awaited_of(vault: Vault) -> tuple[Awaited, ...]:
    """Of these, what is in the hands of those who lead; all of it where nobody is known to lead."""
    theirs, known = vault.ask(leaders), vault.ask(awaited)
    return tuple(each for each in known if each.person in theirs) if theirs else known


def _wait(vault: Vault, note: Note) -> Wait:
    edges = vault.relation(note, "waiting_on")
    people = tuple(dict.fromkeys(edge.target for edge in edges if edge.target is not None))
    first = _since(vault, note)
    return Wait(
        note.path, vault.text(note, "waiting_on"), people, None if first is None else (vault.today - first).days
    )


def _since(vault: Vault, note: Note) -> date | None:
    """The first day on which it said so; None when it said so before anybody looked."""
    known, begun = values(vault, note, "waiting_on"), since(vault)
    return known[-1].day if known and begun is not None and known[-1].day > begun else None


def _owner(vault: Vault, path: str) -> str | None:
    return ownership(vault, vault.notes[path]).person if path in vault.notes else None
