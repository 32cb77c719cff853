"""What may go wrong, and what stands on it: a Vault goes in; each live risk with its weight and what it threatens.

    weight of a risk         = probability x impact            (each 1 to 5, so 1 to 25; from `RED` on it is red)
    exposure of an objective = the sum of the weights of the risks that affect it, each risk once

A risk affects an objective directly, or through what it affects: a key result, priority or project counts for the
objective above it, by what it serves first. A probability or an impact that is missing or outside 1 to 5 makes the
weight unknown (None): such a risk adds nothing, and is counted as `unknown`; where all are, so is the exposure. A risk
is acted on while an open checkbox stands in it or links to it, or a live task or project does.

Worked: a risk of 4 x 3 affects objective A; another, 2 x 5, affects a project that serves a priority that serves A. The
exposure of A is 12 + 10 = 22. Neither is red: 15 would be, 3 x 5.

Source: the 5 x 5 matrix of risk registers, as in ISO 31010.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import ups
from vaultkit.insights.assignments import about
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

RED = 15.0
_LEAST, _MOST = 1, 5
_ACTING = ("project", "task")


class Risk(Struct, frozen=True):
    """A live risk."""

    path: str
    weight: float | None
    """1 to 25."""
    objectives: tuple[str, ...]
    """Those that it threatens, by path."""
    is_acted_on: bool

    @property
    def is_red(self) -> bool:
        """Whether it is one of those to look at first."""
        return self.weight is not None and self.weight >= RED


class Exposure(Struct, frozen=True):
    """What threatens one objective."""

    weight: float | None
    """The sum of those that are known; None when none is."""
    risks: tuple[str, ...]
    """By path."""
    unknown: int
    """How many of them have no weight."""


def risks(vault: Vault) -> tuple[Risk, ...]:
    """The live risks, the heaviest first, those of unknown weight last."""
    acted = _acted_on(vault)
    found = [
        Risk(note.path, weight(vault, note), _threatened(vault, note), note.path in acted)
        for note in vault.of_kind("risk")
        if is_live(vault, note)
    ]
    return tuple(sorted(found, key=lambda risk: (risk.weight is None, -(risk.weight or 0), risk.path)))


def exposures(vault: Vault) -> Mapping[str, Exposure]:
    """Objective -> what threatens it, of those that something does."""
    found: dict[str, list[Risk]] = {}
    for risk in sorted(vault.ask(risks), key=lambda risk: risk.path):
        for path in risk.objectives:
            found.setdefault(path, []).append(risk)
    return {
        path: Exposure(
            known_sum(risk.weight for risk in each),
            tuple(risk.path for risk in each),
            sum(risk.weight is None for risk in each),
        )
        for path, each in sorted(found.items())
    }


def known_sum(weights: Iterable[float | None]) -> float | None:
    """The sum of what is known; None when nothing is."""
    known = [weight for weight in weights if weight is not None]
    return sum(known) if known else None


def weight(vault: Vault, note: Note) -> float | None:
    """Probability x impact; None when either is missing, or is none of 1 to 5."""
    probability, impact = factor(vault, note, "probability"), factor(vault, note, "impact")
    return None if probability is None or impact is None else probability * impact


def factor(vault: Vault, note: Note, field: str) -> float | None:
    """A probability or an impact; None when it is missing, or is none of 1 to 5."""
    number = vault.number(note, field)
    return number if number is not None and _LEAST <= number <= _MOST else None


def _threatened(vault: Vault, note: Note) -> tuple[str, ...]:
    affected = (edge.target for edge in vault.relation(note, "affects") if edge.target in vault.notes)
    above = (_objective(vault, path) for path in affected if path)
    return tuple(sorted({path for path in above if path is not None}))


def _objective(vault: Vault, path: str) -> str | None:
    """The note itself when it is an objective, else the first objective above it."""
    seen: set[str] = set()
    while path not in seen and path in vault.notes:
        if vault.is_kind(vault.notes[path], "objective"):
            return path
        seen.add(path)
        path = next((up.parent for up in vault.ask(ups).get(path, ()) if up.parent is not None), "")
    return None


def _acted_on(vault: Vault) -> frozenset[str]:
    def acting() -> Iterator[str | None]:
        for path, each in vault.ask(about).items():
            if any(task.is_open for task in each):
                yield path
        for note in vault.of_kind(*_ACTING):
            if is_live(vault, note):
                yield from (edge.target for edge in vault.graph.of(note.path) if edge.human)

    return frozenset(path for path in acting() if path is not None)
