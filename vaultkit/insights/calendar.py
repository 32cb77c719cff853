"""Which meetings there are on a day, and what one should know of each: a Vault goes in; they and their facts come out.

Cancelled meetings are none. The last time is the meeting before it in its series (`series.py`). What is open from then
are the checkboxes that stand in its note.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import Assignment, open_by_note
from vaultkit.insights.ownership import people
from vaultkit.insights.series import key_of, said, series
from vaultkit.text import fold
from vaultkit.vault.values import minutes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Meeting(Struct, frozen=True):
    """What one should know before a meeting."""

    path: str
    attendees: tuple[tuple[str, str | None], ...]
    """Each as written, with the file that it leads to."""
    minutes: int | None
    agenda: tuple[str, ...]
    """Its points, as written."""
    mandate: tuple[str, ...]
    represents: str
    """For whom somebody speaks there, as written."""
    last: str | None
    """The meeting before it, of the same series."""
    open: tuple[Assignment, ...]
    """What was to be done after the last one and is not."""


class Listed(Struct, frozen=True, gc=False):
    """What a meeting's note lists of what is to come, as written."""

    agenda: tuple[str, ...]
    mandate: tuple[str, ...]


def by_day(vault: Vault) -> Mapping[date, tuple[str, ...]]:
    """Day -> the meetings on it that take or took place, by path."""
    found: dict[date, list[str]] = {}
    told = vault.gather(said)
    for note in vault.of_kind("meeting"):
        known = told[note.path]
        if known is not None and known.day is not None and not known.is_cancelled and note.generated is None:
            found.setdefault(known.day, []).append(note.path)
    return {day: tuple(sorted(found[day])) for day in sorted(found)}


def between(vault: Vault, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The meetings from one day to another, both included, by day."""
    days = vault.ask(by_day)
    span = ((first + timedelta(days=count)) for count in range((last - first).days + 1))
    return tuple((day, path) for day in span for path in days.get(day, ()))


def called(vault: Vault, words: str) -> str | None:
    """The next meeting, today's included, whose title has these words in it; else the last one that had."""
    wanted, told = fold(words), vault.gather(said)
    days = [(day, path) for day, paths in vault.ask(by_day).items() for path in paths]
    found = [(day, path) for day, path in days if wanted and (known := told[path]) and wanted in known.title]
    coming = next((path for day, path in found if day >= vault.today), None)
    return coming or (found[-1][1] if found else None)


def meeting(vault: Vault, note: Note) -> Meeting:
    """What one should know of a meeting's note."""
    item, length = vault.property(note, "attendees"), vault.property(note, "duration")
    names = [edge.target for edge in vault.relation(note, "attendees")]
    known, told = vault.gather(said)[note.path], vault.gather(listed)[note.path]
    written = known.attendees if known is not None and item is not None else ()
    targets = names if len(names) == len(written) else [vault.ask(people).get(fold(name)) for name in written]
    minutes, last = minutes_of(length.value) if length else None, previous(vault, note)
    return Meeting(
        path=note.path,
        attendees=tuple(zip(written, targets, strict=True)),
        minutes=round(minutes) if minutes and minutes > 0 else None,
        agenda=told.agenda if told else (),
        mandate=told.mandate if told else (),
        represents=vault.text(note, "represents"),
        last=last,
        open=vault.ask(open_by_note).get(last or "", ()),
    )


def previous(vault: Vault, note: Note) -> str | None:
    """The meeting before it in its series; None for the first, and for one that is in none."""
    known = vault.gather(said)[note.path]
    if known is None or known.day is None:
        return None
    days = vault.gather(said)
    held = vault.ask(series).get(key_of(known), ())
    before = [path for path in held if (at := days[path]) and at.day and at.day < known.day]
    return before[-1] if before else None


def listed(vault: Vault, note: Note) -> Listed | None:
    """What a meeting lists below the headings for it, else what stands in the properties; None of any other note."""
    if not vault.is_kind(note, "meeting"):
        return None
    return Listed(_points(vault, note, "agenda"), _points(vault, note, "mandate"))


def _points(vault: Vault, note: Note, topic: str) -> tuple[str, ...]:
    points = tuple(point.text for point in note.points if point.topic == topic and point.text.strip())
    if points:
        return points
    item = vault.property(note, topic)
    values = item.value if item and isinstance(item.value, tuple) else (item.value,) if item else ()
    return tuple(words for value in values if (words := text_of(value)))
