"""From vision to project: a Vault goes in, one tree with each live note in one place comes out.

A note may serve several others. It stands below the first that it names, as long as that leads up to somewhere; the
others stay known as its further parents. A circle of notes is cut at its first note, so that the tree always ends.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import ups
from vaultkit.insights.status import is_live, is_over
from vaultkit.text import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

LEVELS = ("vision", "objective", "key_result", "priority", "project")
"""The kinds of the tree, from what it is for to what is done."""


class Lineage(Struct, frozen=True):
    """Which note stands below which. Paths in reading order: by level, then by name."""

    tops: tuple[str, ...]
    """The notes that stand below none."""
    children: dict[str, tuple[str, ...]]
    parents: dict[str, tuple[str, ...]]
    """Every live note of the tree that a note serves, in the order in which it says so."""

    def below(self, path: str) -> tuple[str, ...]:
        """The note at `path` and all that stand under it, each before what stands under it."""
        found, waiting = [], [path]
        while waiting:
            found.append(waiting.pop())
            waiting.extend(reversed(self.children.get(found[-1], ())))
        return tuple(found)


def lineage(vault: Vault) -> Lineage:
    """Place every live note of these kinds; an objective whose time has passed is not among them."""
    notes = [note for note in vault.of_kind(*LEVELS) if is_live(vault, note)]
    shown = {n.path for n in notes if not (vault.is_kind(n, "objective") and is_over(vault, n))}
    parents = {path: _parents(vault, path, shown) for path in sorted(shown)}
    placed = _placed(parents)
    children: dict[str, list[str]] = {}
    for path, parent in placed.items():
        children.setdefault(parent, []).append(path)
    ordered = {parent: _in_order(vault, paths) for parent, paths in children.items()}
    return Lineage(ordered.pop("", ()), ordered, parents)


def reading_key(vault: Vault, note: Note) -> tuple[object, ...]:
    """What a note of the tree is put in order by: its level, then its name."""
    return LEVELS.index(vault.recognised[note.path].kind), natural(vault.title(note)), note.path


def _parents(vault: Vault, path: str, shown: set[str]) -> tuple[str, ...]:
    served = (up.parent for up in vault.ask(ups).get(path, ()) if up.parent in shown and up.parent != path)
    return tuple(dict.fromkeys(parent for parent in served if parent))


def _placed(parents: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Note -> the parent it stands below, `""` for a top.

    Whoever's first parent is placed is placed below it. When nobody's is, the next one with any placed parent; when
    there is none either, what is left goes in circles, and the first of it becomes a top.
    """
    first: dict[str, list[str]] = {}
    further: dict[str, list[str]] = {}
    for path, above in parents.items():
        for parent in above[:1]:
            first.setdefault(parent, []).append(path)
        for parent in above[1:]:
            further.setdefault(parent, []).append(path)
    placed: dict[str, str] = {}
    ready = deque((path, "") for path, above in parents.items() if not above)
    second: deque[tuple[str, str]] = deque()
    circles = deque((path, "") for path, above in parents.items() if above)
    while ready or second or circles:
        path, parent = (ready or second or circles).popleft()
        if path not in placed:
            placed[path] = parent
            ready.extend((child, path) for child in first.get(path, ()))
            second.extend((child, path) for child in further.get(path, ()))
    return placed


def _in_order(vault: Vault, paths: Iterable[str]) -> tuple[str, ...]:
    keys = vault.gather(reading_key)
    return tuple(sorted(paths, key=lambda path: keys[path]))
