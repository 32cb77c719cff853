"""Vaults of several sizes come in; how the time and the memory of a check grow with them goes out."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.targets import Book
    from bench.vaults import Vault

LEGS = ("cold", "warm", "judgement", "memory")
COLD, WARM = "vaultkit check, empty cache", "vaultkit check"


def grown(vaults: Sequence[Vault], links: int, book: Book) -> Iterator[str]:
    """A table of the sizes, with the exponents between them: 1 is in step with the notes, 2 with their square."""
    sizes = {len(vault.notes): figures(vault.name, book) for vault in vaults}
    sizes = {notes: found for notes, found in sizes.items() if found}
    steps = [*pairwise(sizes), *([(min(sizes), max(sizes))] if len(sizes) > 2 else [])]
    yield from (f"### About {links} links a note", "")
    rows = [(f"{notes:,} notes", *(number(found[leg]) for leg in LEGS)) for notes, found in sizes.items()]
    for small, large in steps:
        exponents = [exponent(small, large, sizes[small][leg], sizes[large][leg]) for leg in LEGS]
        rows.append((f"exponent, {small:,} to {large:,}", *(f"{value:.2f}" for value in exponents)))
        for leg, value in zip(LEGS, exponents, strict=True):
            name = f"growth {small} to {large}, {leg}"
            book.numbers[name] = max(value, book.numbers.get(name, 0.0))
    for notes, found in sizes.items():
        book.numbers[f"{notes} notes with {links} links: peak GB"] = found["memory"] * 2**20 / 1e9
        book.numbers[f"{notes} notes with {links} links: judgement, ms"] = found["judgement"] * 1000
    yield from table(("", "cold s", "nothing changed s", "judgement alone s", "peak MiB, cold"), rows)


def figures(name: str, book: Book) -> dict[str, float]:
    """What is told of the vault of one size; nothing when a command failed."""
    outcomes = book.contests[name, "growth"]
    cold, warm = outcomes[COLD], outcomes[WARM]
    if not cold.samples or not warm.samples:
        return {}
    peak = max(cold.peak, warm.peak) / 2**20
    return {"cold": cold.wall, "warm": warm.wall, "judgement": book.judged[name], "memory": peak}


def exponent(small: int, large: int, before: float, after: float) -> float:
    """The power of the number of notes that the figure grew with."""
    return math.log(after / before) / math.log(large / small)
