"""One note, as vaultkit understands it: a Vault and a note go in; kind and clue, fields and standing come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import Standing, Up, aligned, standings
from vaultkit.vault.kinds import Recognition
from vaultkit.vault.recorded import KIND, recorded
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from vaultkit.model import Link, Note, Property
    from vaultkit.vault import Vault


class Said(Struct, frozen=True):
    """One property or inline field, and what it means."""

    name: str
    """As it is written."""
    value: str
    field: str | None
    """The field that it is, for the note's kind."""
    targets: tuple[str | None, ...]
    """The files that its links lead to; None for one that leads nowhere."""


class Portrait(Struct, frozen=True):
    """What is known of a note beside its links."""

    told: Recognition | None
    also: tuple[Recognition, ...]
    """Further clues to the same kind."""
    others: tuple[Recognition, ...]
    """Clues that speak for another kind, and are overruled."""
    said: tuple[Said, ...]
    standing: Standing | None
    """For a live priority."""
    chain: tuple[Up, ...]
    """For any live note: what it serves, up to a live objective; empty when none is reached."""


def portrait(vault: Vault, note: Note) -> Portrait:
    """Everything at once."""
    told = vault.recognised.get(note.path)
    clues = tuple(dict.fromkeys(vault.kinds.clues(note))) if told else ()
    return Portrait(
        told=told,
        also=tuple(clue for clue in clues if told and clue.kind == told.kind and clue != told),
        others=tuple(clue for clue in clues if told and clue.kind != told.kind),
        said=tuple(_said(vault, note, item) for item in _stated(vault, note)),
        standing=vault.ask(standings).get(note.path),
        chain=_chain(vault, note.path),
    )


def _stated(vault: Vault, note: Note) -> tuple[Property, ...]:
    in_text = recorded(note, vault.kinds) if vault.is_kind(note, KIND) else ()
    return (*note.properties, *note.fields, *in_text)


def _said(vault: Vault, note: Note, item: Property) -> Said:
    told = vault.recognised.get(note.path)
    field = vault.kinds.field(told.kind, item.name) if told else None
    edges = vault.graph.outgoing[note.path]
    targets = tuple(e.target for e in edges if _stands_in(e.link, item))
    return Said(item.name, text_of(item.value), field.name if field else None, targets)


def _stands_in(link: Link, item: Property) -> bool:
    place = item.value_span
    inline = link.field in {item.name, ""} and not link.property and place.start <= link.span.start < place.end
    return inline or (link.property.partition(".")[0] == item.name and not link.field)


def _chain(vault: Vault, path: str) -> tuple[Up, ...]:
    steps, toward = [], vault.ask(aligned)
    while path in toward:
        steps.append(toward[path])
        path = toward[path].parent or ""
    return tuple(steps)
