"""What Obsidian lists of a vault: a Vault goes in; orphans, dead ends, unresolved names, tags and tasks come out.

Only what people wrote counts: a page of vaultkit's is no orphan, and its links save no note from being one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, to_builtins

from vaultkit.listed import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Edge, Vault

_DEEPEST = 64
"""How many levels of a tag are counted, each for those above it."""


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
    for edge in vault.graph.of(note.path):
        if edge.target != note.path:
            found.setdefault(edge.target or edge.link.target, []).append(edge)
    return {target: tuple(edges) for target, edges in found.items()}


def backlinks_of(vault: Vault, note: Note) -> Mapping[str, tuple[Edge, ...]]:
    """Note -> its links to this one, by path, vaultkit's own pages included; after them, canvases and bases."""
    notes = _by_source(vault.graph.backlinks(note.path))
    return notes | _by_source(edge for edge in vault.graph.backlinks_aside(note.path) if edge.source != note.path)


def view_of(vault: Vault, edge: Edge) -> str | None:
    """The view of a base that a link to it opens: the one that it names, or the first; None for any other link."""
    if edge.target is None or not edge.target.endswith(".base") or edge.target not in vault.boards:
        return None
    from vaultkit.parser.base import view  # the whole parser, and few links lead to a base

    found = view(vault.boards[edge.target], edge.link.anchor)
    return found.text if found else None


def tag_counts(vault: Vault) -> Mapping[str, int]:
    """Tag -> how often it is written, or one below it, by name; all of its spellings as one, under the usual one."""
    spellings: dict[str, Counter[str]] = {}
    for note in _people(vault):
        for tag in note.tags:
            for name in _with_ancestors(tag.name.rstrip("/")):
                spellings.setdefault(name.lower(), Counter())[name] += 1
    return {_usual(found): found.total() for _, found in sorted(spellings.items())}


def tasks(vault: Vault) -> tuple[Placed, ...]:
    """Every task that a person wrote, by path and place."""
    return tuple(
        Placed(note.path, task) for note in _people(vault) for task in note.tasks if task.written_by == "human"
    )


def said_of(task: Task) -> Mapping[str, str | list[str]]:
    """What the marks of a task say, by name, and its text without them; empty when it has none."""
    marks: dict[str, str | list[str]] = to_builtins(task.marks)
    return {"description": task.description, **marks} if marks else {}


def _people(vault: Vault) -> Iterator[Note]:
    """The notes that are not vaultkit's own pages."""
    return (note for note in vault.notes.values() if note.generated is None)


def _by_source(edges: Iterable[Edge]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(edge.source, []).append(edge)
    return {source: tuple(found[source]) for source in sorted(found)}


def _outward(edge: Edge) -> bool:
    return edge.human and edge.target != edge.source


def _with_ancestors(tag: str) -> Iterator[str]:
    """A tag, and those it stands below: `a/b/c` counts for `a/b` and for `a`, but `2024/b` for no `2024`."""
    if not tag:
        return
    yield tag
    parts = tag.split("/")[:_DEEPEST]  # the ancestors of a tag of n parts are n² long
    for length in range(1, len(parts)):
        name = "/".join(parts[:length])
        if parts[length - 1] and not (name.isascii() and name.isdigit()):
            yield name


def _usual(spellings: Counter[str]) -> str:
    """The commonest; between equals the one that was met first."""
    return max(spellings, key=lambda name: spellings[name])
