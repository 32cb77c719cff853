"""What a person lists in a note: tasks and their marks, what stands below a heading, the values of a metric."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from vaultkit.span import Author, Span

Urgency = Literal["highest", "high", "medium", "low", "lowest"]
Topic = Literal[
    "options",
    "rejected",
    "agenda",
    "decisions",
    "actions",
    "asks",
    "updates",
    "milestones",
    "mandate",
    "limits",
    "status",
    "record",
]
"""What a heading says is listed below it; `limits`, what nobody is to agree to in a meeting.

`record` is a line at the head of a note that says how it stands.
"""


class Marks(Struct, frozen=True, gc=False, omit_defaults=True):
    """What the Tasks plugin reads at the end of a task: `📅 2026-03-01`, `⏫`, or `[due:: 2026-03-01]`."""

    due: date | None = None
    scheduled: date | None = None
    start: date | None = None
    done: date | None = None
    created: date | None = None
    cancelled: date | None = None
    priority: Urgency | None = None
    recurrence: str = ""
    """As written: `every week when done`."""
    id: str = ""
    depends_on: tuple[str, ...] = ()
    """The ids of the tasks that must be done before."""
    on_completion: str = ""
    """What the plugin does with the line once it is done: `keep` or `delete`."""


class Task(Struct, frozen=True, gc=False, array_like=True):
    """A checkbox line, `- [x] text`: from the list marker to the end of its own text, before any list in it."""

    text: str
    """What follows the checkbox, on its first line, without its block id."""
    status: str
    """The character between the brackets: a space when open."""
    span: Span
    indent: int = 0
    """The column offset of its marker: deeper than its parent's."""
    block: str = ""
    """Its block id, if it has one."""
    description: str = ""
    """Its text without the marks of the Tasks plugin."""
    marks: Marks = Marks()
    written_by: Author = "human"


class Point(Struct, frozen=True, gc=False, array_like=True):
    """One of the things that are listed below a heading which says of what: an item's first line, or a sub-heading."""

    topic: Topic
    text: str
    span: Span


class Measurement(Struct, frozen=True, gc=False, array_like=True):
    """A row of a table that says a value of a day."""

    day: date
    value: float
    span: Span
