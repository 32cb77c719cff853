"""What a vault is made of: a Vault goes in; counts, recognised kinds with what told them, languages come out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.vault.kinds import Clue

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Recognition


_NONE = (0, 0, 0, 0, 0, 0)


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
    each = vault.gather(counted)
    own, links, unresolved, open_tasks, french, english = map(
        sum, zip(_NONE, *(each[path] for path in vault.notes), strict=True)
    )
    return Census(
        notes=own,
        pages=len(vault.notes) - own,
        files=len(vault.files) + len(vault.boards),
        links=links,
        unresolved=unresolved,
        open_tasks=open_tasks,
        kinds=tuple(_seen(vault, kind) for kind in vault.kinds.all),
        french=french,
        english=english,
    )


def counted(vault: Vault, note: Note) -> tuple[int, int, int, int, int, int]:
    """What a note adds: itself if a person's, links, those that lead nowhere, open tasks, French and English."""
    edges = [edge for edge in vault.graph.of(note.path) if edge.human]
    nowhere = sum(1 for edge in edges if edge.target is None)
    if note.generated:
        return 0, len(edges), nowhere, 0, 0, 0
    tasks = sum(1 for task in note.tasks if task.written_by == "human" and vault.is_open(task))
    return 1, len(edges), nowhere, tasks, int(note.french > 0), int(note.french < 0)


def _seen(vault: Vault, kind: str) -> Seen:
    told = Counter((f.by, _clue(f)) for f in vault.recognised.values() if f.kind == kind)
    ordered = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    return Seen(kind, told.total(), tuple(Told(by, clue, count) for (by, clue), count in ordered))


def _clue(told: Recognition) -> str:
    """The clue, or nothing for a file's name: each is another."""
    return "" if told.by == "file name" else told.clue
