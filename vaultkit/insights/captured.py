"""What was noted down and has no place yet: a Vault goes in; notes in an inbox and loose checkboxes come out.

A checkbox is loose when it stands in a daily note of the last `RECENT` days or in an inbox, says nothing of when, and
links to no work: nobody will come across it again. An inbox is a folder of that name (`Inbox`, `00 - À trier`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from vaultkit.insights.assignments import Assignment, assignments
from vaultkit.insights.dated import named_day
from vaultkit.insights.status import is_archived
from vaultkit.insights.undertaken import has_time
from vaultkit.model import TOP
from vaultkit.text import folder_stem

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

RECENT = 30
INBOXES = frozenset(
    "inbox, in box, in, capture, to sort, to file, unsorted, boite de reception, a trier, a classer, en vrac".split(
        ", "
    )
)
"""Words, as `stem` has them, in the name of a folder in which things wait to be put away."""
_PEOPLE = frozenset({"person", "team", "stakeholder"})


class Catching(NamedTuple):
    """Where things are jotted down."""

    day: date | None
    """The day that its name is."""
    is_inbox: bool


class Captured(NamedTuple):
    """What waits to be put away, the newest first."""

    notes: tuple[str, ...]
    tasks: tuple[Assignment, ...]


def captured(vault: Vault) -> Captured:
    """The notes in an inbox, and the loose checkboxes of daily notes."""
    earliest = vault.today - timedelta(days=RECENT)
    where = [(path, told) for path, told in vault.gather(catching).items() if told]
    inbox = tuple(path for path, told in where if told.is_inbox)
    days = ((told.day, path) for path, told in where if told.day and earliest <= told.day <= vault.today)
    places = [path for _, path in sorted(days, key=lambda each: (-each[0].toordinal(), each[1]))]
    told = vault.gather(jotted)
    return Captured(
        tuple(sorted(inbox)), tuple(each for path in (*places, *inbox) for each in told[path] if _loose(vault, each))
    )


def catching(_vault: Vault, note: Note) -> Catching | None:
    """Whether things are jotted down in a note."""
    if not note.path.endswith(".md"):
        return None
    day, is_inbox = named_day(note.name), note.generated is None and _is_inbox(note)
    return Catching(day, is_inbox) if day or is_inbox else None


def jotted(vault: Vault, note: Note) -> tuple[Assignment, ...]:
    """The open checkboxes of a note of no kind, their places left out."""
    if not note.tasks or note.path in vault.recognised:
        return ()
    return tuple(replace(each, span=TOP) for each in vault.gather(assignments)[note.path] if each.is_open)


def _loose(vault: Vault, each: Assignment) -> bool:
    told = vault.recognised.get
    work = (kind for path in each.links if (kind := told(path)) is not None and kind.kind not in _PEOPLE)
    return next(work, None) is None and not has_time(each, scheduled=False)


def _is_inbox(note: Note) -> bool:
    return (
        bool(note.folder)
        and not is_archived(note)
        and any(folder_stem(name) in INBOXES for name in note.folder.split("/"))
    )
