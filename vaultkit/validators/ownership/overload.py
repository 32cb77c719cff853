"""More work in one hand than there are hours for, or too many of the first priorities.

## What it flags
Live work of one owner that takes more hours in the next two weeks than `share` (1) times those that there are
(`hours`): where the person's note says a `capacity` in hours a week, or `capacity` here says one for all. Or else more
than `most` (3) of the first five priorities by rank in one hand, where others own priorities too (`top`). It is said
once for each owner, of the last piece of that work: the one to hand on first. How the hours are counted, `vaultkit why
NOTE` shows.

## Why it matters
What does not fit is not done, and nobody has decided what that will be. It shows as a date that moves, in somebody
else's plan.

## How to mend it
Hand a piece on, make it smaller, or put it off; `effort` (hours), `due` and `status: planned` say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.wording import called
from vaultkit.insights.workload import HORIZON, loads, pieces
from vaultkit.insights.workload import TOP as FIRST
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.workload import Load, Piece
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)

SHOWN = 8
"""How many pieces of work are named."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.overload]`."""

    share: float = 1.0
    capacity: float = 0.0
    """Hours a week of everybody whose note says none; 0 leaves these out."""
    most: int = 3


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("overload", Options)


def owned(vault: Vault) -> Mapping[str, tuple[Piece, ...]]:
    """Person -> the pieces of work that they own."""
    found: dict[str, list[Piece]] = {}
    for piece in vault.ask(pieces):
        found.setdefault(piece.person, []).append(piece)
    return {person: tuple(each) for person, each in found.items()}


def overfull(vault: Vault) -> Mapping[str, str]:
    """The last piece of work of each owner who has more than fits -> that owner."""
    order = {note.path: place for place, note in enumerate(vault.ask(ranked_priorities))}
    found = {}
    for person, load in vault.ask(loads).items():
        there = _hours(vault, load)
        if there and load.hours > vault.ask(options).share * there:
            notes = [piece for piece in vault.ask(owned)[person] if piece.kind in KINDS and piece.hours]
            ranked = sorted(notes, key=lambda p: (p.kind != "priority", -order.get(p.path, 0), -p.hours, p.path))
            found.update({piece.path: person for piece in ranked[:1]})
    return found


def stretched(vault: Vault) -> Mapping[str, str]:
    """The last of the first priorities of each owner who has too many of these, if not too many hours -> that owner."""
    owners = {ownership(vault, note).person for note in vault.ask(ranked_priorities)} - {None}
    if len(owners) < 2:
        return {}
    told = set(vault.ask(overfull).values())
    return {
        load.top[-1]: person
        for person, load in vault.ask(loads).items()
        if len(load.top) > vault.ask(options).most and person not in told
    }


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each owner of too much, at the last piece of it."""
    person = vault.ask(overfull).get(note.path)
    if person is not None:
        yield _overfull(note, vault, person)
    person = vault.ask(stretched).get(note.path)
    if person is not None:
        yield _stretched(note, vault, person)


def _overfull(note: Note, vault: Vault, person: str) -> Finding:
    load, owner = vault.ask(loads)[person], called(vault, person)
    there = _hours(vault, load)
    decimals = 0 if round(load.hours) != round(there) else 1
    return Finding(
        "overload",
        SEVERITY,
        note.path,
        TOP,
        message(
            "The work in the hands of {owner} takes {hours} hours in the next {days} days, and there are {there}.",
            owner=owner,
            hours=f"{round(load.hours, decimals):g}",
            days=HORIZON,
            there=f"{round(there, decimals):g}",
        ),
        message("hand {name} on, make it smaller, or put it off", name=called(vault, note.path)),
        (*_first(vault, person), *_pieces(vault, vault.ask(owned)[person])),
        "hours",
    )


def _first(vault: Vault, person: str) -> Iterator[Evidence]:
    """That too many of the first priorities are among it."""
    top, owner = vault.ask(loads)[person].top, called(vault, person)
    if len(top) > vault.ask(options).most:
        said = message("{owner} owns {count} of the first {top} priorities", owner=owner, count=len(top), top=FIRST)
        yield Evidence(said, top[-1])


def _pieces(vault: Vault, mine: Sequence[Piece]) -> Iterator[Evidence]:
    """The largest pieces, the checkboxes of one note as one."""
    hours: dict[str, float] = {}
    for piece in mine:
        if piece.hours:
            hours[piece.path] = hours.get(piece.path, 0.0) + piece.hours
    for path in sorted(hours, key=lambda each: (-hours[each], each))[:SHOWN]:
        name, count = called(vault, path), round(hours[path])
        yield Evidence(plural("{name}: {count} hour", "{name}: {count} hours", count, name=name), path)


def _stretched(note: Note, vault: Vault, person: str) -> Finding:
    top, owner = vault.ask(loads)[person].top, called(vault, person)
    return Finding(
        "overload",
        SEVERITY,
        note.path,
        TOP,
        message(
            "{count} of the first {top} priorities are in the hands of {owner}.", count=len(top), top=FIRST, owner=owner
        ),
        message("let somebody else lead {name}, or put it after the others", name=called(vault, note.path)),
        tuple(
            Evidence(message("{owner} owns {name}", owner=owner, name=called(vault, path)), path, _line(vault, path))
            for path in top
        ),
        "top",
    )


def _hours(vault: Vault, load: Load) -> float:
    """The hours that there are; 0 when nobody has said."""
    weekly = vault.ask(options).capacity if load.is_assumed else load.capacity
    return weekly * HORIZON / 7


def _line(vault: Vault, path: str) -> int:
    item = vault.property(vault.notes[path], "owner")
    return item.span.line if item else 1
