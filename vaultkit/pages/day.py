"""What one should know of a day: a Vault and the day go in; meetings, what is due, decisions, people come out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultkit.insights.birthdays import birthdays
from vaultkit.insights.calendar import between
from vaultkit.insights.captured import jotted
from vaultkit.insights.deadlines import deadlines
from vaultkit.insights.decisions import days_pending, state, waiting
from vaultkit.insights.waits import awaited_of, waits
from vaultkit.language import message, plural
from vaultkit.pages import encounters, phrases
from vaultkit.pages.linking import link
from vaultkit.pages.sections import Entry, Section, first, joined, section, several
from vaultkit.validators import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.deadlines import Due
    from vaultkit.insights.waits import Awaited, Wait
    from vaultkit.model import Message, Note
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.pages.sections import Words
    from vaultkit.vault import Vault

TEMPLATE = "daily-brief.md.j2"
READS: tuple[Reads, ...] = ("work", "steps")
ASKS: tuple[Question, ...] = (jotted,)
CONTACTS = ("contact-overdue", "update-overdue", "drifting")
TOLD = (*CONTACTS, *encounters.TOLD)
MOST, FEW = 5, 3
"""Rows of a section: a day has one screen."""
WEEK = 7
_SOON = 1
"""Days beforehand that something due is told."""


def sections(vault: Vault, day: date, page: str) -> tuple[Section, ...]:
    """The brief of a day. Of a day that is over only its meetings are known; what was open then nobody has kept."""
    meetings = _meetings(vault, day, page)
    if day < vault.today:
        return (meetings,)
    told = (
        meetings,
        *_due(vault, day, page),
        *_waiting(vault, page),
        _decisions(vault, page),
        _people(vault, day, page),
    )
    return tuple(each for each in told if each.rows or each is meetings)


def verdict(vault: Vault, day: date) -> Message:
    """The day in a line."""
    met, found = len(between(vault, day, day)), vault.ask(deadlines)
    late, now = sum(1 for each in found if each.day < day), sum(1 for each in found if each.day == day)
    return message(
        "{meetings}; {due}, {late}; {decisions}",
        meetings=plural("{count} meeting", "{count} meetings", met) if met else message("No meeting"),
        due=plural("{count} due today", "{count} due today", now) if now else message("nothing due today"),
        late=plural("{count} late", "{count} late", late) if late else message("nothing late"),
        decisions=_pending(len(open_decisions(vault))),
    )


def callout(vault: Vault, day: date) -> str:
    """How bad it is, as the type of a callout."""
    found = vault.ask(deadlines)
    if found and found[0].day < day:
        return "warning"
    return "info" if any(each.day == day for each in found) or between(vault, day, day) else "success"


def open_decisions(vault: Vault) -> tuple[Note, ...]:
    """The decisions that are to be taken, what most work waits for first, then what has been open for longest."""
    found = [note for note in vault.of_kind("decision") if note.generated is None and state(vault, note) == "open"]
    return tuple(sorted(found, key=lambda note: _order(vault, note)))


def decision(vault: Vault, note: Note, page: str) -> Entry:
    """One of them: who decides, since when, by when, who waits."""
    days, wait, due = days_pending(vault, note), len(waiting(vault, note.path)), vault.day(note, "due")
    parts: list[Words | None] = [
        several(vault, deciders(vault, note, page), MOST)
        if vault.text(note, "decider")
        else message("**nobody decides**"),
        message("nobody knows since when")
        if days is None
        else plural("open for {count} day", "open for {count} days", days),
        message("to be taken by {date}", date=str(due)) if due else None,
        plural("{count} piece of work waits", "{count} pieces of work wait", wait) if wait else None,
    ]
    return Entry(message("{what} – {how}", what=link(vault, note.path, page), how=joined(vault, parts)))


def deciders(vault: Vault, note: Note, page: str) -> list[Words]:
    """Who decides, as links where they have a note."""
    return encounters.named(vault, note, "decider", page)


def waited_for(vault: Vault, each: Wait, page: str) -> Entry:
    """A piece of work that waits, for whom, since when."""
    whom = several(vault, encounters.named(vault, vault.notes[each.path], "waiting_on", page), MOST)
    how: Message = message("waits for {whom}", whom=whom)
    if each.days is not None:
        how = plural("waits for {whom}, for {count} day", "waits for {whom}, for {count} days", each.days, whom=whom)
    return Entry(message("{what} – {how}", what=link(vault, each.path, page), how=how))


def waited_on(vault: Vault, each: Awaited, page: str) -> Entry:
    """A piece of work that others need, and whose it is."""
    owner = phrases.owner(vault, vault.notes[each.path], page)
    others = several(vault, [link(vault, path, page) for path in each.dependents], 2)
    return Entry(
        message(
            "{what} – {owner}, needed by {others}",
            what=link(vault, each.path, page),
            owner=owner,
            others=others,
        )
    )


def overdue(vault: Vault, day: date) -> list[Due]:
    """What is late: for the shortest time first, as it can still be saved, and of one day whole notes first."""
    late = (each for each in vault.ask(deadlines) if each.day < day)
    return sorted(late, key=lambda each: (-each.day.toordinal(), bool(each.words), each.path))


def due_row(vault: Vault, each: Due, day: date, page: str) -> Entry:
    """What is due, and how late that is."""
    place = link(vault, each.path, page)
    when = _when(each.day, day)
    if not each.words:
        owner = phrases.owner(vault, vault.notes[each.path], page)
        return Entry(message("{what} – {owner}, {when}", what=place, when=when, owner=owner))
    what = encounters.action(vault, each.words, each.person, page, place)
    return Entry(message("{what} – {when}", what=what, when=when))


def _meetings(vault: Vault, day: date, page: str) -> Section:
    rows = [encounters.entry(vault, vault.notes[path], page) for _, path in between(vault, day, day)]
    if day >= vault.today:
        soon = [link(vault, path, page) for _, path in between(vault, day + timedelta(1), day + timedelta(1))]
        if soon:
            rows.append(Entry(message("Tomorrow: {meetings}", meetings=several(vault, soon, 3))))
    return section(message("Meetings"), rows or [Entry(message("No meeting."))], MOST)


def _due(vault: Vault, day: date, page: str) -> Iterator[Section]:
    late = overdue(vault, day)
    now = [each for each in vault.ask(deadlines) if day <= each.day <= day + timedelta(_SOON)]
    yield first(message("Due today and tomorrow"), now, MOST, lambda each: due_row(vault, each, day, page))
    yield first(message("Late"), late, MOST, lambda each: due_row(vault, each, day, page))


def _waiting(vault: Vault, page: str) -> Iterator[Section]:
    yield first(message("We wait for"), vault.ask(waits), FEW, lambda each: waited_for(vault, each, page))
    yield first(message("What other work needs"), vault.ask(awaited_of), FEW, lambda each: waited_on(vault, each, page))


def _decisions(vault: Vault, page: str) -> Section:
    return first(message("Decisions to take"), open_decisions(vault), MOST, lambda note: decision(vault, note, page))


def _people(vault: Vault, day: date, page: str) -> Section:
    """Birthdays of the coming week, then those who are to hear from us."""
    rows = [
        Entry(message("{who}: birthday {when}", who=link(vault, path, page), when=_on(born, day)))
        for born, path in birthdays(vault, day, WEEK)
    ]
    found = [finding for finding in standing(vault) if finding.validator in CONTACTS]
    found.sort(key=lambda finding: (CONTACTS.index(finding.validator), finding.path))
    rows += [Entry(phrases.told(vault, finding, page)) for finding in found]
    return section(message("People"), rows, MOST)


def _when(due: date, day: date) -> Message:
    days = (day - due).days
    if days > 0:
        return plural("{count} day late", "{count} days late", days)
    return message("due today") if days == 0 else message("due {when}", when=_on(due, day))


def _on(then: date, day: date) -> Message:
    days = (then - day).days
    if days == 0:
        return message("today")
    return message("tomorrow") if days == 1 else message("on {date}", date=str(then))


def _pending(count: int) -> Message:
    if not count:
        return message("no decision to take")
    return plural("{count} decision to take", "{count} decisions to take", count)


def _order(vault: Vault, note: Note) -> tuple[object, ...]:
    days = days_pending(vault, note)
    return -len(waiting(vault, note.path)), days is None, -(days or 0), note.path
