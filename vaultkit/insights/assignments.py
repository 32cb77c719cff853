"""The checkboxes of a vault as assignments: what is to be done, by whom, until when, and about what.

    - [ ] Call the three candidates [[Ann Lee]] 📅 2026-03-20

The first person that the line links to has it; where there is none, the owner of the note that it stands in may
(`owning.holder`), and of a note without one nobody has it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.insights.status import is_archived
from vaultkit.model import TOP
from vaultkit.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Assignment(Struct, frozen=True, gc=False):
    """A checkbox that a person wrote."""

    path: str
    """The note that it stands in."""
    span: Span
    text: str
    """Without the marks of the Tasks plugin."""
    is_open: bool
    """Whether work remains; what is neither open nor done was given up."""
    is_done: bool
    links: tuple[str, ...]
    """The files that its line links to, in the order of the text."""
    due: date | None = None
    done: date | None = None
    created: date | None = None


def assignments(vault: Vault, note: Note) -> tuple[Assignment, ...]:
    """The checkboxes of one note, in the order of the text; none of a note that is put away, a board or a page."""
    if not note.tasks or note.generated is not None or note.path not in vault.notes or is_archived(note):
        return ()
    tasks = [task for task in note.tasks if task.written_by == "human" and task.text]
    starts = [task.span.start for task in tasks]
    links: list[list[str]] = [[] for _ in tasks]
    for edge in vault.graph.of(note.path):
        if edge.target is not None and edge.human and not edge.link.property:
            place = bisect_right(starts, edge.link.span.start) - 1
            if place >= 0 and edge.link.span.start < tasks[place].span.end:
                links[place].append(edge.target)
    return tuple(
        Assignment(
            note.path,
            task.span,
            task.description or task.text,
            vault.is_open(task),
            task.status in {"x", "X"},
            tuple(dict.fromkeys(targets)),
            task.marks.due,
            task.marks.done,
            task.marks.created,
        )
        for task, targets in zip(tasks, links, strict=True)
    )


def facts(vault: Vault, note: Note) -> tuple[Assignment, ...]:
    """What of a note's checkboxes may count elsewhere: all but their words and their places."""
    return tuple(replace(each, text="", span=TOP) for each in vault.gather(assignments)[note.path])


def every_assignment(vault: Vault) -> tuple[Assignment, ...]:
    """All of them, by the note that they stand in."""
    return tuple(chain.from_iterable(vault.gather(assignments).values()))


def open_by_note(vault: Vault) -> Mapping[str, tuple[Assignment, ...]]:
    """Note -> the open ones that stand in it, of the notes that have any."""
    found: dict[str, list[Assignment]] = {}
    for each in vault.ask(every_assignment):
        if each.is_open:
            found.setdefault(each.path, []).append(each)
    return {path: tuple(standing) for path, standing in found.items()}


def about(vault: Vault) -> Mapping[str, tuple[Assignment, ...]]:
    """Note -> the checkboxes that stand in it, then those elsewhere whose line links to it."""
    within: dict[str, list[Assignment]] = {}
    linking: dict[str, list[Assignment]] = {}
    for each in vault.ask(every_assignment):
        within.setdefault(each.path, []).append(each)
        for target in each.links:
            if target != each.path:
                linking.setdefault(target, []).append(each)
    paths = sorted(within.keys() | linking.keys())
    return {path: (*within.get(path, ()), *linking.get(path, ())) for path in paths}


def named_owner(vault: Vault, assignment: Assignment) -> str | None:
    """The first person that its line links to; None when it names nobody."""
    if not assignment.links:
        return None
    told = vault.recognised.get
    people = (path for path in assignment.links if (kind := told(path)) is not None and kind.kind == "person")
    return next(people, None)
