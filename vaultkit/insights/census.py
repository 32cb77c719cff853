"""What a vault is made of: a Vault goes in; counts, recognised kinds with what told them, languages come out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.listing import tasks, unresolved
from vaultkit.vault.kinds import Clue

if TYPE_CHECKING:
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Recognition


class Told(Struct, frozen=True):
    """A clue, and how many notes of a kind it told."""

    by: Clue
    clue: str
    count: int


class Seen(Struct, frozen=True):
    """How many notes were recognised as one kind, and by what."""

    kind: str
    count: int
    told: tuple[Told, ...]
    """The commonest first."""


class Census(Struct, frozen=True):
    """The vault in numbers."""

    notes: int
    """Vaultkit's own pages left out."""
    pages: int
    files: int
    links: int
    """Those that people wrote."""
    unresolved: int
    """How many of the links lead nowhere."""
    open_tasks: int
    kinds: tuple[Seen, ...]
    """Every kind there is, in the catalogue's order; those without a note as well."""
    french: int
    """How many notes are mostly in French."""
    english: int

    @property
    def language(self) -> str:
        """The language that most notes are written in; English when neither leads."""
        return "fr" if self.french > self.english else "en"


def census(vault: Vault) -> Census:
    """Count what there is."""
    written = [note for note in vault.notes.values() if note.generated is None]
    return Census(
        notes=len(written),
        pages=len(vault.notes) - len(written),
        files=len(vault.files) + len(vault.boards),
        links=sum(1 for edge in vault.graph.edges() if edge.human),
        unresolved=sum(len(edges) for edges in vault.ask(unresolved).values()),
        open_tasks=sum(1 for placed in vault.ask(tasks) if vault.is_open(placed.task)),
        kinds=tuple(_seen(vault, kind) for kind in vault.kinds.all),
        french=sum(1 for note in written if note.french > 0),
        english=sum(1 for note in written if note.french < 0),
    )


def _seen(vault: Vault, kind: str) -> Seen:
    told = Counter((f.by, _clue(f)) for f in vault.recognised.values() if f.kind == kind)
    ordered = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    return Seen(kind, told.total(), tuple(Told(by, clue, count) for (by, clue), count in ordered))


def _clue(told: Recognition) -> str:
    """The clue, or nothing for a file's name: each is another."""
    return "" if told.by == "file name" else told.clue
