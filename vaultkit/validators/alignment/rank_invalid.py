"""An order of priorities that does not say which comes first.

## What it flags
A live priority that has the same rank as another of its list (`duplicate`), or none while at least two others of its
list have one (`missing`). A list is all live priorities of one period; where several owners have a first one each, of
one period and one owner. A rank that nothing has, between others that follow one another (`gap`), is for information:
closing a priority leaves one behind, and the order is still clear. With `gaps = false` nothing is said of it.

## Why it matters
Ranks settle beforehand what gives way when both cannot be done. Two priorities with the same rank settle nothing, and
the one without is decided by whoever shouts.

## How to mend it
Give each its own number, and move the others down. `vaultkit check --fix` closes gaps; it changes no order.
"""

from __future__ import annotations

from collections import Counter
from itertools import count, pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding, Fix, Put
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
MILDER: Severity = "info"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.rank-invalid]`."""

    gaps: bool = True
    """Whether to tell of a rank that is left out."""


class Listed(NamedTuple):
    """Where a priority stands in its list."""

    reason: str
    other: str
    """The priority before it."""
    free: int
    """A rank that nobody has."""
    after: tuple[str, ...] = ()
    """For `gap`: the priority and all that come after it."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("rank-invalid", Options)


def misplaced(vault: Vault) -> Mapping[str, Listed]:
    """Priority -> what is wrong with its rank, of those with which something is."""
    held = frozenset(rank_of(vault, note) for note in vault.ask(ranked_priorities))
    found: dict[str, Listed] = {}
    for listed in _lists(vault):
        ranked = [note for note in listed if rank_of(vault, note) is not None]
        wrong = dict(_unordered(vault, listed, ranked))
        if not wrong and vault.ask(options).gaps:
            wrong = dict(_gaps(vault, ranked, held))
        found |= wrong
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live priority whose rank says nothing, or after which one is left out."""
    listed = vault.ask(misplaced).get(note.path)
    if listed is None:
        return
    item, name, other = vault.property(note, "rank"), called(vault, note.path), called(vault, listed.other)
    rank = f"{rank_of(vault, note) or 0:g}"
    said = {
        "missing": message("{name} has no rank, and others of its list do.", name=name),
        "duplicate": message("{name} and {other} both have rank {rank}.", name=name, other=other, rank=rank),
        "gap": message("{name} has rank {rank}, and nothing has {free}.", name=name, rank=rank, free=listed.free),
    }[listed.reason]
    fix = _fix(vault, note, listed)
    held = rank_of(vault, vault.notes[listed.other])
    line = vault.property(vault.notes[listed.other], "rank")
    yield Finding(
        "rank-invalid",
        MILDER if listed.reason == "gap" else SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        fix.message,
        (
            Evidence(
                message("{name} has rank {rank}", name=other, rank=f"{held or 0:g}"),
                listed.other,
                line.span.line if line else 1,
            ),
        ),
        listed.reason,
        fix,
    )


def _fix(vault: Vault, note: Note, listed: Listed) -> Fix:
    """A free number for what has none of its own; for a gap, the next numbers for all that come after it."""
    if listed.reason == "gap":
        puts = [_put(vault, path, listed.free + place) for place, path in enumerate(listed.after)]
        return Fix(_closed_up(puts[0], len(puts)), tuple(puts), safe=True)
    put = _put(vault, note.path, listed.free)
    written = f"{put.property}: {put.value}"
    return Fix(message("give it a rank of its own: `{written}` is free", written=written), (put,))


def _closed_up(put: Put, count: int) -> Message:
    written = f"{put.property}: {put.value}"
    if count == 1:
        return message("move it up: `{written}`", written=written)
    return message("move it up: `{written}`, and those after it as well", written=written)


def _put(vault: Vault, path: str, rank: int) -> Put:
    return Put(path, property_name(vault, vault.notes[path], "rank"), str(rank))


def _unordered(vault: Vault, listed: list[Note], ranked: list[Note]) -> Iterator[tuple[str, Listed]]:
    """What has the rank of the one before it, or none; each is offered another number."""
    free = count(max((int(rank_of(vault, note) or 0) for note in ranked), default=0) + 1)
    for before, note in pairwise(listed):
        rank = rank_of(vault, note)
        if rank is None and len(ranked) > 1:
            yield note.path, Listed("missing", ranked[0].path, next(free))
        elif rank is not None and rank == rank_of(vault, before):
            yield note.path, Listed("duplicate", before.path, next(free))


def _gaps(vault: Vault, ranked: list[Note], held: frozenset[float | None]) -> Iterator[tuple[str, Listed]]:
    """The first rank that is left out of a list that counts one by one; what counts by tens does so on purpose."""
    ranks = [rank_of(vault, note) or 0.0 for note in ranked]
    if not ranks or ranks[0] != 1 or any(rank != int(rank) for rank in ranks) or ranks[-1] >= 2 * len(ranks):
        return
    for place, (before, rank) in enumerate(pairwise(ranks), 1):
        if rank > before + 1 and held.isdisjoint(range(int(before) + 1, int(rank))):
            after = tuple(note.path for note in ranked[place:])
            yield after[0], Listed("gap", ranked[place - 1].path, int(before) + 1, after)
            return


def _lists(vault: Vault) -> Iterator[list[Note]]:
    """The live priorities of each list, the first rank first."""
    notes = vault.ask(ranked_priorities)
    firsts = {ownership(vault, note).person for note in notes if rank_of(vault, note) == 1}
    counts = Counter(fold(vault.text(note, "period")) for note in notes if rank_of(vault, note) == 1)
    by_owner = len(firsts) > 1 and max(counts.values(), default=0) > 1
    lists: dict[tuple[str, str | None], list[Note]] = {}
    for note in notes:
        key = fold(vault.text(note, "period")), ownership(vault, note).person if by_owner else None
        lists.setdefault(key, []).append(note)
    yield from lists.values()
