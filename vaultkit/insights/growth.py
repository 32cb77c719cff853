"""How a project's tasks have grown in number: a Vault goes in; open, new and finished tasks of each project come out.

    creep = open tasks written in the last D days / open tasks        0 to 1; None without open tasks

A project's tasks are the checkboxes in its note, those elsewhere whose line links to it, and the task notes that serve
it. A checkbox says itself when it was written (`➕ 2026-03-01`), a task note in `created`, else its history says it; a
task of which nobody knows counts as an old one.

Worked: of 8 open tasks 3 were written within 30 days: creep is 3 / 8, or 0.375. If 4 were done in the same time, the
list is shorter than before, whatever the share.

Source: project reviews that ask what was added after the start.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.assignments import every_assignment
from vaultkit.insights.history import created
from vaultkit.insights.staleness import done_on
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Growth(Struct, frozen=True):
    """The tasks of a project, by day."""

    open: int
    written: tuple[date, ...] = ()
    """When the open ones were written, as far as anybody knows; the first first."""
    done: tuple[date, ...] = ()
    """When others were done."""
    first: date | None = None
    """The first day that is known of the project: its start, its first version, its first task."""

    def new(self, day: date) -> int:
        """How many of the open ones were written on a day or later."""
        return sum(1 for each in self.written if each >= day)

    def finished(self, day: date) -> int:
        """How many were done on a day or later."""
        return sum(1 for each in self.done if each >= day)

    def creep(self, day: date) -> float | None:
        """The share of the open ones that were written on a day or later."""
        return self.new(day) / self.open if self.open else None


def growth(vault: Vault) -> Mapping[str, Growth]:
    """Live project -> its tasks."""
    projects = {note.path: note for note in vault.of_kind("project") if is_live(vault, note)}
    still: dict[str, list[date | None]] = {path: [] for path in projects}
    done: dict[str, list[date]] = {path: [] for path in projects}
    first: dict[str, list[date]] = {path: [] for path in projects}
    for each in vault.ask(every_assignment):
        for path in dict.fromkeys((each.path, *each.links)):
            if path in projects:
                if each.is_open:
                    still[path].append(each.created)
                if each.done:
                    done[path].append(each.done)
                first[path].extend([each.created] if each.created else ())
    for path in projects:
        for task in children(vault, path):
            if vault.is_kind(task, "task"):
                written, finished = vault.day(task, "created") or created(vault, task), done_on(vault, task)
                still[path].extend([written] if is_live(vault, task) else ())
                done[path].extend([finished] if finished else ())
                first[path].extend([written] if written else ())
    return {
        path: Growth(
            len(still[path]),
            tuple(sorted(day for day in still[path] if day is not None and day <= vault.today)),
            tuple(sorted(day for day in done[path] if day <= vault.today)),
            _begun(vault, note, first[path]),
        )
        for path, note in projects.items()
    }


def _begun(vault: Vault, note: Note, days: list[date]) -> date | None:
    known = (vault.day(note, "start"), created(vault, note), *days)
    return min((day for day in known if day is not None), default=None)
