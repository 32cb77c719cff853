"""A project in progress that has no next action.

## What it flags
A live project in progress without any open task: no open checkbox in its own text, none elsewhere that links to it, no
live task note and no live project below it. A project that is blocked or waits (its status, `waiting_on`, a
prerequisite that is still open), that is planned for later, or whose milestones and notes below are all done is not
stuck. Where no project of the vault has ever had a task, that is said once, of the first one (`none`).

## Why it matters
A project in progress without a next action stands still, and looks like one that moves. It comes up in every review,
and everybody takes it that somebody else is on it.

## How to mend it
Write the very next thing that somebody can do as a task, `- [ ] Ask for the three quotes`, in the project or beside a
link to it. If it waits for somebody, say for whom in `waiting_on`; if it is over, close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.action import acted_on
from vaultkit.insights.alignment import children
from vaultkit.insights.dependencies import needs
from vaultkit.insights.finishing import is_finished
from vaultkit.insights.progress import checklist
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import is_under_way, status_of
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("project",)
READS: tuple[Reads, ...] = ("work",)


def stuck(vault: Vault) -> tuple[str, ...]:
    """The projects in progress without an open task, by path."""
    acting = vault.ask(acted_on)
    idle = (note for note in vault.of_kind("project") if note.path not in acting and is_under_way(vault, note))
    return tuple(note.path for note in idle if not _waits(vault, note) and not is_finished(vault, note))


def has_tasks(vault: Vault) -> bool:
    """Whether any project of the vault has, or had, a task."""
    acting, boxes = vault.ask(acted_on), vault.gather(checklist)
    projects = vault.of_kind("project")
    if any(note.path in acting or boxes[note.path].whole for note in projects):
        return True
    return any(vault.is_kind(child, "task") for note in projects for child in children(vault, note.path))


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each project that is stuck; one for all of them where none has ever had a task."""
    found, name = vault.ask(stuck), called(vault, note.path)
    if note.path not in found:
        return
    if len(found) > 1 and not vault.ask(has_tasks):
        if note.path == found[0]:
            count = len(found)
            yield _finding(
                note, vault, message("None of {count} projects in progress has a task.", count=count), "none"
            )
        return
    yield _finding(note, vault, message("{name} is in progress and has no next action.", name=name), "")


def _waits(vault: Vault, note: Note) -> bool:
    """Whether it says that it is blocked, or something that it needs first is still open."""
    if status_of(vault, note) == "blocked":
        return True
    first = (need.prerequisite for need in vault.ask(needs).get(note.path, ()))
    return any(path in vault.notes and is_live(vault, vault.notes[path]) for path in first if path)


def _finding(note: Note, vault: Vault, said: Message, reason: str) -> Finding:
    item, name = vault.property(note, "status"), called(vault, note.path)
    return Finding(
        "stuck-project",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        message(
            "write its next action, `- [ ] ...`, in the note or beside a link to [[{name}]]; or say in `{property}` "
            "whom it waits for, or close it",
            name=name,
            property=property_name(vault, note, "waiting_on"),
        ),
        tuple(_steps(note, vault)),
        reason,
    )


def _steps(note: Note, vault: Vault) -> Iterator[Evidence]:
    """What has been done, and what is below it that does not move it."""
    name, done = called(vault, note.path), [task for task in note.tasks if not vault.is_open(task)]
    if done:
        told = plural(
            "the {count} task in {name} is not open",
            "none of the {count} tasks in {name} is open",
            len(done),
            name=name,
        )
        yield Evidence(told, note.path, done[-1].span.line)
    else:
        yield Evidence(message("there is no task in {name}, and none elsewhere links to it", name=name), note.path)
    for child in children(vault, note.path):
        if step := telling.why_out(vault, child):
            yield step
