"""A meeting in three lines, or a person: a note goes in; who, what about, what is left open comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.assignments import named_owner
from vaultkit.insights.briefing import to_decide
from vaultkit.insights.calendar import meeting
from vaultkit.insights.ownership import people
from vaultkit.language import message, plural
from vaultkit.pages import phrases
from vaultkit.pages.linking import link
from vaultkit.pages.sections import Entry, joined, several
from vaultkit.text import fold
from vaultkit.validators import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assignments import Assignment
    from vaultkit.insights.calendar import Meeting
    from vaultkit.model import Note
    from vaultkit.pages.sections import Words
    from vaultkit.vault import Vault

TOLD = ("meeting-no-agenda", "represented-no-mandate")
LENGTH, POINT_LENGTH = 100, 60
POINTS, NAMES, OPEN = 3, 3, 2
"""How many points of an agenda, people and open actions are named."""
_LAST_LINK = re.compile(r"[\s,:;(–—-]*\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\][\s).]*$")
"""A line ends with whoever has it: `Call the bank, [[Ann Lee]]`."""
_BLOCK = re.compile(r"#\^[\w-]+(?=\||\]\])")


def entry(vault: Vault, note: Note, page: str) -> Entry:
    """A meeting, and what to know before it."""
    told = meeting(vault, note)
    about = joined(vault, _about(vault, told, page), " · ")
    what = link(vault, note.path, page)
    head: Words = message("**{what}** – {about}", what=what, about=about) if about else message("**{what}**", what=what)
    return Entry(head, tuple(_below(vault, told, page)))


def named(vault: Vault, note: Note, field: str, page: str) -> list[Words]:
    """Whom a field names: links to their notes where they have one, else the words."""
    item = vault.property(note, field)
    if item is None:
        return []
    edges = [edge for edge in vault.relation(note, field) if edge.target is not None]
    if edges:
        return [link(vault, path, page) for path in dict.fromkeys(edge.target or "" for edge in edges)]
    values = item.value if isinstance(item.value, tuple) else (vault.text(note, field),)
    known, names = vault.ask(people), [phrases.without_links(str(value)) for value in values if value]
    paths = [(name, known.get(fold(name))) for name in names]
    return [link(vault, path, page) if path else escape.text(name) for name, path in paths]


def _about(vault: Vault, told: Meeting, page: str) -> Iterator[Words]:
    """Who is there, how long, for whom somebody speaks."""
    if told.attendees:
        who = [link(vault, path, page) if path else escape.text(name) for name, path in told.attendees]
        yield several(vault, who, NAMES)
    if told.minutes:
        yield message("{minutes} min", minutes=told.minutes)
    if told.represents:
        whom = several(vault, named(vault, vault.notes[told.path], "represents", page), NAMES)
        yield message("on behalf of {whom}", whom=whom)


def _below(vault: Vault, told: Meeting, page: str) -> Iterator[Words]:
    lacks = {finding.validator for finding in standing_of(vault, told.path)}
    if told.agenda:
        yield message("Agenda: {points}", points=_points(vault, told.agenda))
    elif "meeting-no-agenda" in lacks:
        yield message("**No agenda yet.**")
    if told.mandate:
        yield message("Mandate: {points}", points=_points(vault, told.mandate))
    elif "represented-no-mandate" in lacks:
        yield message("**No mandate yet:** nothing says what may be agreed to.")
    last = joined(vault, _last(vault, told, page), " · ")
    if last:
        yield last


def _last(vault: Vault, told: Meeting, page: str) -> Iterator[Words]:
    """What is left of the last time, and what is to be decided, as the brief of the meeting has it."""
    if told.last is not None:
        before = link(vault, told.last, page)
        count = len(told.open)
        if count:
            yield plural(
                "Last time ({meeting}), {count} action stayed open: {actions}",
                "Last time ({meeting}), {count} actions stayed open: {actions}",
                count,
                meeting=before,
                actions=several(vault, [_open(vault, each, page) for each in told.open], OPEN),
            )
        else:
            yield message("Last time: {meeting}, no action open", meeting=before)
    undecided = to_decide(vault, vault.notes[told.path])
    if undecided:
        yield message(
            "To decide: {decisions}", decisions=several(vault, [link(vault, p, page) for p in undecided], OPEN)
        )


def _open(vault: Vault, each: Assignment, page: str) -> Markdown:
    return action(vault, each.text, named_owner(vault, each), page)


def action(vault: Vault, text: str, person: str | None, page: str, *further: Words) -> Markdown:
    """A checkbox: what is to be done, and in brackets who has it and what else there is to say."""
    said = text
    if person is not None and (found := _LAST_LINK.search(text)) and _is_named(vault, person, found[1]):
        said = text[: found.start()]
    who: list[Words] = [link(vault, person, page)] if person is not None else []
    aside = joined(vault, [*who, *further], ", ")
    return Markdown(f"{words(said, LENGTH)} ({aside})") if aside else words(said, LENGTH)


def words(text: str, length: int) -> Markdown:
    """What somebody wrote, without its links; that one leads to a block says nothing to a reader."""
    return escape.text(phrases.clipped(phrases.without_links(_BLOCK.sub("", text)), length))


def _points(vault: Vault, points: tuple[str, ...]) -> Markdown:
    """A point may end with a mark of its own: a dot stands between two of them."""
    shown: list[Words] = [words(point, POINT_LENGTH) for point in points[:POINTS]]
    rest = len(points) - POINTS
    return joined(vault, [*shown, plural("and {count} more", "and {count} more", rest) if rest > 0 else None], " · ")


def _is_named(vault: Vault, person: str, target: str) -> bool:
    note, name = vault.notes.get(person), fold(target.partition("#")[0].rpartition("/")[2])
    return note is not None and name in {fold(note.name), fold(vault.title(note))}
