"""Who acts on what: which notes have work under way below them, and the next step of each."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children, ups
from vaultkit.insights.status import is_archived, is_live
from vaultkit.model import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Step(Struct, frozen=True):
    """An open task and the note that it stands in."""

    path: str
    task: Task


def open_tasks(vault: Vault) -> Mapping[str, tuple[Step, ...]]:
    """Note -> the open tasks in it, then those elsewhere whose line links to it."""
    own: dict[str, list[Step]] = {}
    pointing: dict[str, list[Step]] = {}
    for path, note in vault.notes.items():
        tasks = [task for task in note.tasks if vault.is_open(task) and task.text and task.written_by == "human"]
        if not tasks or is_archived(note):
            continue
        own[path] = [Step(path, task) for task in tasks]
        starts = [task.span.start for task in tasks]
        for edge in vault.graph.outgoing[path]:
            if edge.target in vault.notes and edge.target != path and edge.human:
                place = edge.link.span.start
                before = bisect_right(starts, place)
                if before and place < tasks[before - 1].span.end:
                    pointing.setdefault(edge.target or "", []).append(Step(path, tasks[before - 1]))
    return {path: (*own.get(path, ()), *pointing.get(path, ())) for path in sorted(own.keys() | pointing.keys())}


def acted_on(vault: Vault) -> frozenset[str]:
    """Every note with an open task of its own or pointing at it, or with a live project or task note below it."""
    tasks = vault.ask(open_tasks)
    working = [n.path for n in vault.of_kind("project", "task") if is_live(vault, n)]
    below = [path for path in tasks if path in vault.recognised and is_live(vault, vault.notes[path])]
    seen: set[str] = set(tasks)
    layer = [up.parent for path in dict.fromkeys((*working, *below)) for up in vault.ask(ups).get(path, ())]
    while layer:
        parents = {path for path in layer if path is not None and path in vault.notes} - seen
        seen |= parents
        layer = [up.parent for path in sorted(parents) for up in vault.ask(ups).get(path, ())]
    return frozenset(seen)


def next_step(vault: Vault, note: Note) -> Step | None:
    """The first open task of a note, else of what serves it, nearest first."""
    tasks = vault.ask(open_tasks)
    seen, layer = {note.path}, [note]
    while layer:
        for each in layer:
            if each.path in tasks:
                return tasks[each.path][0]
        below = dict.fromkeys(child.path for each in layer for child in children(vault, each.path))
        layer = [vault.notes[path] for path in below if path not in seen and is_live(vault, vault.notes[path])]
        seen.update(below)
    return None
