"""Something that is said to be done, with tasks that are still open.

## What it flags
An objective, a key result, a priority or a project that is done, with open checkboxes in its own text or with task
notes that serve it and are not closed. What was dropped, and what lies in an archive folder, is not judged.

## Why it matters
Either it is not done, or these tasks are nobody's any more. They go on turning up in every list of open tasks, and what
was forgotten among them is found by a customer.

## How to mend it
Tick what was done, give up the rest with `- [-]`, or move it to where it will be done. If something is missing, it is
not done: open it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children
from vaultkit.insights.assignments import assignments
from vaultkit.insights.progress import state_of
from vaultkit.insights.status import closing_property, is_archived, is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assignments import Assignment
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)

SHOWN = 8
"""Tasks that are named: a longer list is in the note."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a note that is done and has open tasks."""
    if state_of(vault, note) != "done" or is_archived(note):
        return
    boxes = [each for each in vault.gather(assignments)[note.path] if each.is_open]
    tasks = [each for each in children(vault, note.path) if vault.is_kind(each, "task") and is_live(vault, each)]
    if not boxes and not tasks:
        return
    said = plural(
        "{name} is done, and {count} task of it is open.",
        "{name} is done, and {count} tasks of it are open.",
        len(boxes) + len(tasks),
        name=called(vault, note.path),
    )
    yield Finding(
        "done-with-open-tasks",
        SEVERITY,
        note.path,
        boxes[0].span if boxes else TOP,
        said,
        message("tick what was done, give up the rest (`- [-]`) or move it; or open it again"),
        tuple(_steps(note, vault, boxes, tasks)),
    )


def _steps(note: Note, vault: Vault, boxes: list[Assignment], tasks: list[Note]) -> Iterator[Evidence]:
    item = closing_property(vault, note)
    if item is not None:
        said = message("{property} says {words}", property=item.name, words=text_of(item.value))
        yield Evidence(said, note.path, item.span.line)
    for box in boxes[:SHOWN]:
        yield Evidence(message("open: {task}", task=box.text), note.path, box.span.line)
    for task in tasks[:SHOWN]:
        yield Evidence(message("open: {task}", task=called(vault, task.path)), task.path)
