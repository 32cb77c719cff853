"""Whose hands the work is in: a Vault and a note go in; the load of its owner, or of the person it is of, comes out.

Everything here is about work: nothing is added up to a score of a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.bottlenecks import held
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import HOLDING
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import is_live
from vaultkit.insights.why.words import KINDS, named
from vaultkit.insights.wording import called
from vaultkit.insights.workload import CAPACITY, HORIZON, hours_of, loads, pieces
from vaultkit.language import message, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.workload import Load
    from vaultkit.model import Note
    from vaultkit.vault import Vault


def ownership_of_note(vault: Vault, note: Note) -> Score | None:
    """Who answers for it, and how much else lies in the same hand."""
    if not is_live(vault, note) or not vault.is_kind(note, *HOLDING, "metric"):
        return None
    found, name = ownership(vault, note), message("Ownership")
    owners = Term("owner", message("owner"), said=", ".join(found.said))
    if found.person is None:
        said = message("Nobody in particular answers for it.")
        return Score("ownership", name, (owners,) if found.said else (), said=said)
    load = vault.ask(loads).get(found.person)
    terms = [Term("owner", message("owner"), said=called(vault, found.person))]
    if vault.is_kind(note, "priority", "project", "task"):
        hours = message("hours of this within {days} days", days=HORIZON)
        terms.append(Term("hours_here", hours, hours_of(vault, note)))
    if load is not None:
        terms += _load(vault, load)
    return Score("ownership", name, tuple(terms), said=message("One person answers for it."))


def workload(vault: Vault, note: Note) -> Score | None:
    """The work that a person owns, piece by piece, and what of it stops without them."""
    load = vault.ask(loads).get(note.path) if vault.is_kind(note, "person") else None
    alone = vault.ask(alone_with).get(note.path, ()) if vault.is_kind(note, "person") else ()
    if load is None and not alone:
        return None
    terms: list[Term] = [] if load is None else [*_load(vault, load), *_pieces(vault, note.path)]
    terms += [Term("at_risk", message("at risk if away"), said=called(vault, path)) for path in alone]
    if alone:
        said = plural(
            "{count} piece of work is at risk while this person is away: nobody else is named in it.",
            "{count} pieces of work are at risk while this person is away: nobody else is named in them.",
            len(alone),
        )
    else:
        said = message("Somebody else is named in all of the work.")
    return Score("workload", message("Work in this hand"), tuple(terms), said=said)


def alone_with(vault: Vault) -> dict[str, tuple[str, ...]]:
    """Person -> the live work in which nobody else is named, by path."""
    found: dict[str, list[str]] = {}
    for path, people in sorted(vault.ask(held).items()):
        if len(people) == 1:
            found.setdefault(people[0], []).append(path)
    return {person: tuple(paths) for person, paths in found.items()}


def _pieces(vault: Vault, person: str) -> Iterator[Term]:
    """Each piece of work with hours in the next two weeks, and how many have none."""
    mine = [piece for piece in vault.ask(pieces) if piece.person == person]
    for piece in sorted(mine, key=lambda piece: -piece.hours):
        if piece.hours:
            name = called(vault, piece.path)
            due = message("{name}, due {date}", name=name, date=str(piece.due))
            yield Term("piece", KINDS[piece.kind], piece.hours, said=due if piece.due else name)
    later = sum(1 for piece in mine if not piece.hours)
    if later:
        yield Term("later", message("pieces for later"), later, said=message("resting, or not due by then"))


def _load(vault: Vault, load: Load) -> Iterator[Term]:
    """The work of one person, as the sum that it is."""
    yield Term("hours", message("hours of all work in this hand"), load.hours)
    assumed = message(
        "assumed: the note of the person says no capacity, and {hours} h a week is usual", hours=int(CAPACITY)
    )
    there = load.capacity * HORIZON / 7
    yield Term("capacity", message("hours that there are"), there, said=assumed if load.is_assumed else "")
    yield Term("load", message("share of them that is taken"), load.share)
    yield Term("due_soon", message("pieces due within {days} days", days=HORIZON), load.due_soon)
    yield Term("overdue", message("pieces overdue"), load.overdue)
    if load.top:
        yield Term("top", message("first priorities in this hand"), len(load.top), said=named(vault, load.top))
    if load.waited_for:
        yield Term("waited_for", message("pieces that wait for this person"), load.waited_for)
