"""The weekly review: a Vault goes in; nine steps to tick off, each with what there is to look at, come out.

The ticks are the reader's: they stay while the week lasts, whatever the page is made anew for, and a new week begins
without any.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.assignments import open_by_note
from vaultkit.insights.calendar import between
from vaultkit.insights.captured import captured, jotted
from vaultkit.insights.series import fruitful
from vaultkit.insights.someday import someday
from vaultkit.insights.waits import awaited, waits
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import day, encounters, phrases
from vaultkit.pages.dates import beside, spoken
from vaultkit.pages.environment import page_text, sentence
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.pages.sections import Entry, joined, more
from vaultkit.pages.telling import Fact, said, told_by
from vaultkit.regions import TICKS, yours
from vaultkit.validators import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from vaultkit.insights.assignments import Assignment
    from vaultkit.insights.deadlines import Due
    from vaultkit.model import Note
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "weekly-review"
READS: tuple[Reads, ...] = ("work", "steps", "files")
ASKS: tuple[Question, ...] = (jotted,)
IDLE = ("stuck-project", "no-action", "blocked-by-done", "blocked-no-blocker", "all-done-not-closed")
STALE = ("update-stale", "in-progress-idle", "metric-stale")
ORPHANS = ("orphan-priority", "weak-alignment", "unserved-objective", "no-owner")
DORMANT = "idea-dormant"
LACKING: Mapping[str, Message] = {
    "meeting-no-agenda": message("**no agenda yet**"),
    "represented-no-mandate": message("**no mandate yet**"),
}
TOLD: tuple[str, ...] = (*IDLE, *STALE, *ORPHANS, DORMANT, *LACKING)
MOST = 7
"""Facts below a step."""
EACH = 3
"""Of each sort of waiting, those that stand before the others."""
PAST, COMING = 7, 14
"""Days of the calendar to look back on, and ahead."""
NOTES = "notes"
"""The part in which the reader writes."""
STEP_LENGTH = 100


class Step(Struct, frozen=True):
    """One thing to do, and what there is to look at."""

    name: str
    """The name of its tick, which the week makes its own."""
    title: Message
    task: Message
    """What is ticked off; it reads the same all week, so that its tick is found again."""
    facts: tuple[Fact, ...]
    nothing: Message


class Row(Struct, frozen=True):
    """A step as it is shown."""

    title: Markdown
    box: Markdown
    """The part of the page with its checkbox."""
    facts: tuple[Entry, ...]
    nothing: Message
    more: Message | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places).get(NAME, f"{NAME}.md")
    yield Page(page, text(vault, page), NAME)


def text(vault: Vault, page: str) -> str:
    """The review as it reads at a place."""
    rows = [_row(vault, number, step) for number, step in enumerate(_steps(vault, page), 1)]
    left = sum(1 for row in rows if row.facts)
    return page_text(
        vault,
        NAME,
        page,
        "weekly-review.md.j2",
        verdict=message(
            "Week {week}, from {monday}: {what}",
            week=vault.today.isocalendar().week,
            monday=spoken(vault.today - timedelta(vault.today.weekday())),
            what=_verdict(left, len(rows)),
        ),
        as_of=phrases.as_of(vault),
        steps=rows,
        notes=Markdown(yours(NOTES)),
    )


def _verdict(left: int, whole: int) -> Message:
    if not left:
        return message("nothing waits in any of the {count} steps", count=whole)
    return plural(
        "{count} of {whole} steps has something to look at",
        "{count} of {whole} steps have something to look at",
        left,
        whole=whole,
    )


def _row(vault: Vault, number: int, step: Step) -> Row:
    count, language = len(step.facts), vault.language
    title = Markdown(f"{number}. {sentence(step.title, language)}{f' ({count})' if count else ''}")
    box = yours(f"{TICKS} {_week(vault)} {step.name}", f"- [ ] {sentence(step.task, language)}")
    return Row(title, Markdown(box), tuple(fact() for fact in step.facts[:MOST]), step.nothing, more(count - MOST))


def _week(vault: Vault) -> str:
    year, week, _ = vault.today.isocalendar()
    return f"{year}-W{week:02}"


def _steps(vault: Vault, page: str) -> Iterator[Step]:
    """In the order of getting clear, then current, then looking up."""
    yield Step(
        "inbox",
        message("Inbox"),
        message("Give each a place, a day or a bin"),
        tuple(_captured(vault, page)),
        message("The inbox is empty."),
    )
    yield Step(
        "past",
        message("Last week's meetings"),
        message("Write down what came of each"),
        tuple(_past(vault, page)),
        message("No meeting in the last {days} days.", days=PAST),
    )
    yield Step(
        "coming",
        message("Coming meetings"),
        message("Prepare, hand on or cancel"),
        tuple(_coming(vault, page)),
        message("No meeting in the next {days} days.", days=COMING),
    )
    yield Step(
        "waiting",
        message("Waiting for"),
        message("Remind those we wait for, answer those who wait"),
        tuple(_waiting(vault, page)),
        message("Nobody waits for anybody."),
    )
    yield Step(
        "idle",
        message("No next action"),
        message("Write the next action of each, or close it"),
        tuple(told_by(vault, page, IDLE)),
        message("All that is under way has a next action."),
    )
    yield Step(
        "stale",
        message("Late or stale"),
        message("Say how each stands, or set a new day"),
        (*_late(vault, page), *told_by(vault, page, STALE)),
        message("Nothing is late or stale."),
    )
    yield Step(
        "decisions",
        message("Decisions to take"),
        message("Decide, or say who will and by when"),
        tuple(partial(day.decision, vault, note, page) for note in day.open_decisions(vault)),
        message("No decision waits to be taken."),
    )
    yield Step(
        "orphans",
        message("Priorities and objectives"),
        message("Tie each to an objective and an owner, or let it go"),
        tuple(told_by(vault, page, ORPHANS)),
        message("Every priority serves an objective, and every objective is served.")
        if vault.of_kind("objective", "priority")
        else message("There is no priority and no objective yet."),
    )
    yield Step(
        "someday",
        message("Someday"),
        message("Take one up, drop one, leave the others"),
        tuple(_someday(vault, page)),
        message("Nothing is set aside."),
    )


def _captured(vault: Vault, page: str) -> Iterator[Fact]:
    notes, tasks = captured(vault)
    yield from (partial(_linked, vault, path, page) for path in notes)
    yield from (partial(_jotted, vault, each, page) for each in tasks)


def _linked(vault: Vault, path: str, page: str) -> Entry:
    return Entry(link(vault, path, page))


def _jotted(vault: Vault, task: Assignment, page: str) -> Entry:
    words = encounters.words(task.text, STEP_LENGTH)
    return Entry(message("{what} ({place})", what=words, place=link(vault, task.path, page)))


def _past(vault: Vault, page: str) -> Iterator[Fact]:
    """The last first: it is what one remembers."""
    came, tasks = vault.ask(fruitful), vault.ask(open_by_note)
    for on, path in reversed(between(vault, vault.today - timedelta(PAST), vault.today - timedelta(1))):
        count = len(tasks.get(path, ()))
        how: Message = message("nothing open")
        if path not in came:
            how = message("**nothing came of it yet**")
        elif count:
            how = plural("{count} action open", "{count} actions open", count)
        yield partial(_met, vault, path, on, page, how)


def _coming(vault: Vault, page: str) -> Iterator[Fact]:
    lacks = {finding.path: LACKING[finding.validator] for finding in standing(vault) if finding.validator in LACKING}
    for on, path in between(vault, vault.today, vault.today + timedelta(COMING)):
        yield partial(_met, vault, path, on, page, lacks.get(path))


def _met(vault: Vault, path: str, on: date, page: str, how: Message | None) -> Entry:
    """A meeting, its day, and what is to be said of it."""
    what, on_ = link(vault, path, page), beside(on, vault.title(vault.notes[path]))
    if how is None:
        return Entry(message("{what}, {day}", what=what, day=on_))
    return Entry(message("{what}, {day} – {how}", what=what, day=on_, how=how))


def _waiting(vault: Vault, page: str) -> Iterator[Fact]:
    """What we wait for, what somebody has promised, what other work needs: the first of each, then all others."""
    promised = (due for due in day.overdue(vault, vault.today) if _is_promised(due))
    sorts: tuple[list[Fact], ...] = (
        [partial(day.waited_for, vault, wait, page) for wait in vault.ask(waits)],
        [partial(day.due_row, vault, due, vault.today, page) for due in promised],
        [partial(day.waited_on, vault, each, page) for each in vault.ask(awaited)],
    )
    for rows in sorts:
        yield from rows[:EACH]
    for rows in sorts:
        yield from rows[EACH:]


def _late(vault: Vault, page: str) -> Iterator[Fact]:
    """The work that is late, and what was to be done and nobody has."""
    yield from (
        partial(day.due_row, vault, due, vault.today, page)
        for due in day.overdue(vault, vault.today)
        if not _is_promised(due)
    )


def _is_promised(due: Due) -> bool:
    """Whether it is a checkbox that somebody has: they are to be reminded."""
    return bool(due.words) and due.person is not None


def _someday(vault: Vault, page: str) -> Iterator[Fact]:
    """What is set aside without waiting for anybody: what has slept for long, then ideas, then the rest."""
    slept = {finding.path: finding for finding in standing(vault) if finding.validator == DORMANT}
    yield from (partial(said, vault, finding, page) for finding in slept.values())
    yield from (partial(_idea, vault, note, page) for note in someday(vault) if note.path not in slept)


def _idea(vault: Vault, note: Note, page: str) -> Entry:
    kind = escape.text(phrases.kind_label(vault, vault.recognised[note.path].kind))
    return Entry(joined(vault, [link(vault, note.path, page), Markdown(f"({kind})")], " "))
