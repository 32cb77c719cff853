"""Who acts on what: which notes have work under way below them, and the next step of each."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children, ups
from vaultkit.insights.status import is_archived, is_live
from vaultkit.listed import Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Step(Struct, frozen=True):
    """An open task and the note that it stands in."""

    path: str
    task: Task


def pointing(vault: Vault, note: Note) -> tuple[str, ...]:
    """The files that the open tasks of a note are about: the note that they stand in, and what they link to."""
    tasks = _open_tasks(vault, note) if note.tasks and note.path.endswith(".md") else []
    if not tasks:
        return ()
    return (note.path, *dict.fromkeys(target for target, _ in _targets(vault, note, tasks)))


def said(vault: Vault, path: str) -> tuple[tuple[str, str], ...]:
    """What the open tasks of the note at a path say, each with every file that it is about."""
    if path not in vault.notes:
        return ()
    note = vault.notes[path]
    tasks = _open_tasks(vault, note)
    pointed = ((target, task.text) for target, task in _targets(vault, note, tasks))
    return (*((path, task.text) for task in tasks), *pointed)


def acted_on(vault: Vault) -> frozenset[str]:
    """Every note with an open task of its own or pointing at it, or with a live project or task note below it."""
    tasks = {path for paths in vault.gather(pointing).values() for path in paths if path in vault.notes}
    working = [n.path for n in vault.of_kind("project", "task") if is_live(vault, n)]
    below = [path for path in sorted(tasks) if path in vault.recognised and is_live(vault, vault.notes[path])]
    climbed: set[str] = set()
    layer = list(dict.fromkeys((*working, *below)))
    while layer:
        climbed.update(layer)
        served = (up.parent for path in layer for up in vault.ask(ups).get(path, ()))
        above = dict.fromkeys(path for path in served if path is not None and path in vault.notes)
        tasks.update(above)
        layer = [path for path in above if path not in climbed]
    return frozenset(tasks)


def next_step(vault: Vault, note: Note) -> Step | None:
    """The first open task of a note, else of what serves it, nearest first."""
    seen, layer = {note.path}, [note]
    while layer:
        step = next((step for each in layer for step in _steps(vault, each)), None)
        if step:
            return step
        below = dict.fromkeys(child.path for each in layer for child in children(vault, each.path))
        layer = [vault.notes[path] for path in below if path not in seen and is_live(vault, vault.notes[path])]
        seen.update(below)
    return None


def _steps(vault: Vault, note: Note) -> Iterator[Step]:
    """The open tasks in a note, then those elsewhere whose line links to it."""
    yield from (Step(note.path, task) for task in _open_tasks(vault, note))
    for source in dict.fromkeys(edge.source for edge in vault.graph.backlinks(note.path)):
        other = vault.notes[source]
        for target, task in _targets(vault, other, _open_tasks(vault, other)):
            if target == note.path:
                yield Step(source, task)


def _open_tasks(vault: Vault, note: Note) -> list[Task]:
    """Those that a person wrote and that say something; none in a note that is put away."""
    tasks = [task for task in note.tasks if vault.is_open(task) and task.text and task.written_by == "human"]
    return [] if tasks and is_archived(note) else tasks


def _targets(vault: Vault, note: Note, tasks: Sequence[Task]) -> Iterator[tuple[str, Task]]:
    """Every other file that a line with a task links to, with the task."""
    edges = vault.graph.of(note.path) if tasks else ()
    starts = [task.span.start for task in tasks] if edges else []
    for edge in edges:
        target = edge.target
        if target is not None and target != note.path and edge.human:
            place = edge.link.span.start
            before = bisect_right(starts, place)
            if before and place < tasks[before - 1].span.end:
                yield target, tasks[before - 1]
