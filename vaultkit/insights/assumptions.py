"""What work rests on: a Vault goes in; each assumption's standing, and what it supports, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights import history
from vaultkit.insights.status import end_of, is_archived
from vaultkit.text import fold
from vaultkit.vault import Edge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

Standing = Literal["falsified", "verified", "given-up", "overdue", "open"]
_GIVEN_UP = frozenset(
    "dropped, cancelled, canceled, abandoned, killed, stopped, discarded, won't do, wont do, abandonne, abandonnee, "
    "annule, annulee, arrete, arretee".split(", ")
)
"""The statuses, folded, of an assumption that nobody looks into any more: nothing was found out."""


class Support(Struct, frozen=True, gc=False):
    """One statement that `item` rests on `assumption`."""

    assumption: str
    item: str
    edge: Edge
    """The link as it stands, in the assumption's note (`supports`) or in the item's (`depends_on`)."""


def standing(vault: Vault, note: Note) -> Standing:
    """What is known of an assumption: `overdue` when it was to be verified before today and nobody says that it was."""
    status = vault.choice(note, "status")
    if status == "dropped":
        return "given-up" if fold(vault.text(note, "status")) in _GIVEN_UP else "falsified"
    if status in {"done", "archived"} or is_archived(note):
        return "verified" if status == "done" else "given-up"
    end = end_of(vault, note)
    return "overdue" if end is not None and end < vault.today else "open"


def fell_on(vault: Vault, note: Note) -> date | None:
    """The day on which an assumption was found to be wrong: the one under `reviewed`, else the first known; or None."""
    said = vault.day(note, "reviewed")
    values = history.values(vault, note, "status") if said is None else None
    return values[-1].day if values and len(values) > 1 else said


def supports(vault: Vault) -> Mapping[str, tuple[Support, ...]]:
    """Item -> the statements of what it rests on, those of the assumptions first; each assumption once."""
    found: dict[str, dict[str, Support]] = {}
    for note in vault.of_kind("assumption"):
        for edge in vault.relation(note, "supports"):
            if edge.target is not None:
                found.setdefault(edge.target, {}).setdefault(note.path, Support(note.path, edge.target, edge))
    assumptions = {note.path for note in vault.of_kind("assumption")}
    for path in vault.recognised if assumptions else ():
        for edge in vault.graph.of(path):
            if edge.human and edge.relation == "depends_on" and edge.target in assumptions and edge.target:
                found.setdefault(path, {}).setdefault(edge.target, Support(edge.target, path, edge))
    return {item: tuple(each.values()) for item, each in sorted(found.items())}


def supported(vault: Vault) -> Mapping[str, tuple[Support, ...]]:
    """Assumption -> the statements of what rests on it, by path of the item."""
    found: dict[str, list[Support]] = {}
    for statements in vault.ask(supports).values():
        for each in statements:
            found.setdefault(each.assumption, []).append(each)
    return {assumption: tuple(each) for assumption, each in found.items()}
