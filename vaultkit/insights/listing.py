"""What Obsidian lists of a vault: a Vault goes in; orphans, dead ends, unresolved names, tags and tasks come out.

Only what people wrote counts: a page of vaultkit's is no orphan, and its links save no note from being one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.model import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Edge, Vault


class Placed(Struct, frozen=True):
    """A task and the note that it stands in."""

    path: str
    task: Task


def orphans(vault: Vault) -> tuple[str, ...]:
    """The notes that no other note links to; a link to itself does not count."""
    return tuple(n.path for n in _people(vault) if not any(e.human for e in vault.graph.backlinks(n.path)))


def deadends(vault: Vault) -> tuple[str, ...]:
    """The notes that link to nothing but themselves. A link to a note still to be written leads somewhere."""
    return tuple(n.path for n in _people(vault) if not any(_outward(e) for e in vault.graph.outgoing[n.path]))


def unresolved(vault: Vault) -> Mapping[str, tuple[Edge, ...]]:
    """Name that leads nowhere, as it is written -> the links that ask for it."""
    found = {name: tuple(e for e in edges if e.human) for name, edges in vault.graph.unresolved().items()}
    return {name: edges for name, edges in found.items() if edges}


def links_of(vault: Vault, note: Note) -> Mapping[str, tuple[Edge, ...]]:
    """File, or name that leads nowhere -> the links to it, in the order of the text; none to the note itself."""
    found: dict[str, list[Edge]] = {}
    for edge in vault.graph.outgoing[note.path]:
        if edge.target != note.path:
            found.setdefault(edge.target or edge.link.target, []).append(edge)
    return {target: tuple(edges) for target, edges in found.items()}


def backlinks_of(vault: Vault, note: Note) -> Mapping[str, tuple[Edge, ...]]:
    """Note -> its links to this one, by path; vaultkit's own pages included."""
    found: dict[str, list[Edge]] = {}
    for edge in vault.graph.backlinks(note.path):
        found.setdefault(edge.source, []).append(edge)
    return {source: tuple(edges) for source, edges in sorted(found.items())}


def tag_counts(vault: Vault) -> Mapping[str, int]:
    """Tag -> how often it is written, by name; one for all of its spellings, as in Obsidian, under the usual one."""
    spellings: dict[str, Counter[str]] = {}
    for note in _people(vault):
        for tag in note.tags:
            spellings.setdefault(tag.name.casefold(), Counter())[tag.name] += 1
    return {_usual(found): found.total() for _, found in sorted(spellings.items())}


def tasks(vault: Vault) -> tuple[Placed, ...]:
    """Every task that a person wrote, by path and place."""
    return tuple(
        Placed(note.path, task) for note in _people(vault) for task in note.tasks if task.written_by == "human"
    )


def _people(vault: Vault) -> Iterator[Note]:
    """The notes that are not vaultkit's own pages."""
    return (note for note in vault.notes.values() if note.generated is None)


def _outward(edge: Edge) -> bool:
    return edge.human and edge.target != edge.source


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
