"""Meeting briefs: a Vault goes in; for each meeting of the next days what to know, to ask and to refuse comes out."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights import briefing, calendar
from vaultkit.insights.decisions import days_pending, since
from vaultkit.insights.friction import waits
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import holder
from vaultkit.insights.ranking import rank_key
from vaultkit.insights.series import said
from vaultkit.insights.status import is_live
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.dates import spoken
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.names import MEETING
from vaultkit.pages.places import own_pages
from vaultkit.regions import yours
from vaultkit.validators import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = MEETING
READS: tuple[Reads, ...] = ("work", "steps")
TOLD: tuple[str, ...] = ("meeting-no-agenda",)
MOST = 8
"""Items of each list."""
ACTIONS = 12
"""What is open between all who come: a brief has one screen."""
EACH = 2
"""Questions of each sort."""
LENGTH = 140
WORRYING: Mapping[str, Message] = {"at_risk": message("at risk"), "off_track": message("off track")}


class Action(Struct, frozen=True):
    """What one person has to do for the others."""

    who: Markdown | Message
    tasks: tuple[Message, ...]


class Mandate(Struct, frozen=True):
    """In whose name somebody speaks, and how far."""

    whom: Markdown | None
    words: tuple[Markdown, ...]
    limits: tuple[Markdown, ...]


def render(vault: Vault) -> Iterator[Page]:
    """A page for each meeting to come; one that is over keeps the page that it has, with what was written there."""
    for meeting in vault.of_kind("meeting"):
        own = vault.ask(own_pages).get((NAME, meeting.path))
        if own is not None:
            near = meeting.path in vault.ask(briefing.coming)
            text = _brief(vault, meeting, own.name, own.path) if near else _over(vault, meeting, own.name, own.path)
            yield Page(own.path, text, NAME)


def text_of(vault: Vault, meeting: Note) -> str:
    """The page of any meeting as it would read, near or not, wanted or not."""
    own = vault.ask(own_pages).get((NAME, meeting.path))
    return _brief(vault, meeting, own.name, own.path) if own else _brief(vault, meeting, NAME, "")


def _over(vault: Vault, meeting: Note, name: str, page: str) -> str:
    """The page of a meeting that is no longer near."""
    return page_text(
        vault, name, page, "meeting-over.md.j2", meeting=link(vault, meeting.path, page), mine=Markdown(yours("mine"))
    )


def _brief(vault: Vault, meeting: Note, name: str, page: str) -> str:
    agenda, people = _words(vault, meeting, "agenda"), calendar.meeting(vault, meeting).attendees
    between = briefing.open_actions(vault, meeting)
    shown = _first(vault, meeting, between)
    decided, open_ = briefing.decided(vault, meeting), briefing.to_decide(vault, meeting)
    return page_text(
        vault,
        name,
        page,
        "meeting-brief.md.j2",
        head=_head(vault, meeting, page),
        as_of=phrases.as_of(vault),
        mandate=_mandate(vault, meeting, page),
        people=[_person(vault, name, path, page) for name, path in people[:MOST]],
        more_people=_more(len(people) - MOST),
        agenda=agenda[:MOST],
        bare=any(each.validator in TOLD for each in standing_of(vault, meeting.path)),
        more_agenda=_more(len(agenda) - MOST),
        decided=[_decided(vault, path, page) for path in decided],
        to_decide=[_to_decide(vault, path, page) for path in open_[:MOST]],
        actions=[_action(vault, who, each, page) for who, each in shown.items()],
        more_actions=_more(sum(map(len, between.values())) - sum(map(len, shown.values()))),
        questions=[
            *_of_tasks(vault, between, page),
            *_of_decisions(vault, open_, page),
            *_of_work(vault, meeting, page),
        ],
        mine=Markdown(yours("mine")),
    )


def _head(vault: Vault, meeting: Note, page: str) -> Message | Markdown:
    known, name = vault.gather(said)[meeting.path], link(vault, meeting.path, page)
    if known is None or known.day is None:
        return name
    head, minutes = message("{meeting}, {day}", meeting=name, day=spoken(known.day)), vault.number(meeting, "duration")
    if minutes is None or not 0 < minutes < 24 * 60:
        return head
    return message("{head}, {minutes} minutes", head=head, minutes=f"{minutes:g}")


def _words(vault: Vault, meeting: Note, topic: str) -> tuple[Markdown, ...]:
    """What a meeting says of a topic: in its property, and below such a heading."""
    said_there = [words for where, words in vault.gather(briefing.prepared)[meeting.path] if where == topic]
    stated = vault.text(meeting, topic) if topic != "limits" else ""
    found = [phrases.clipped(phrases.without_links(words), LENGTH) for words in (stated, *said_there) if words]
    return tuple(escape.text(words) for words in found if words)


def _mandate(vault: Vault, meeting: Note, page: str) -> Mandate | None:
    targets = [edge.target for edge in vault.relation(meeting, "represents") if edge.target in vault.notes]
    stated = vault.text(meeting, "represents")
    whom = link(vault, targets[0], page) if targets and targets[0] else escape.text(stated) if stated else None
    words, limits = _words(vault, meeting, "mandate"), _words(vault, meeting, "limits")
    return Mandate(whom, words[:MOST], limits[:MOST]) if whom or words or limits else None


def _person(vault: Vault, written: str, path: str | None, page: str) -> Message | Markdown:
    """Somebody who comes, and what they are, where they have a note."""
    if path is None or path not in vault.notes:
        return escape.text(phrases.without_links(written))
    note, name = vault.notes[path], link(vault, path, page)
    role = phrases.clipped(phrases.without_links(vault.text(note, "role")), LENGTH)
    return message("{person} – {role}", person=name, role=escape.text(role)) if role else name


def _decided(vault: Vault, path: str, page: str) -> Message | Markdown:
    day, name = since(vault, vault.notes[path]), link(vault, path, page)
    return message("{decision} ({date})", decision=name, date=str(day)) if day else name


def _to_decide(vault: Vault, path: str, page: str) -> Message | Markdown:
    days, name = days_pending(vault, vault.notes[path]), link(vault, path, page)
    if days is None:
        return name
    return plural("{decision}, open for {count} day", "{decision}, open for {count} days", days, decision=name)


def _first(
    vault: Vault, meeting: Note, between: Mapping[str | None, Sequence[Assignment]]
) -> Mapping[str | None, Sequence[Assignment]]:
    """As many open actions as one can go through: those of the series before others, and what is due first."""
    series = {meeting.path, *briefing.earlier(vault, meeting)}

    def place(each: Assignment) -> tuple[object, ...]:
        return each.path not in series, each.due or date.max, each.path, each.span.start

    wanted = set(map(place, sorted(chain.from_iterable(between.values()), key=place)[:ACTIONS]))
    found = {who: [each for each in tasks if place(each) in wanted] for who, tasks in between.items()}
    return {who: tasks for who, tasks in found.items() if tasks}


def _action(vault: Vault, who: str | None, tasks: Sequence[Assignment], page: str) -> Action:
    return Action(
        link(vault, who, page) if who else message("Nobody yet"),
        tuple(_task(vault, each, page) for each in tasks),
    )


def _task(vault: Vault, task: Assignment, page: str) -> Message:
    values = {"task": _said(vault, task), "note": link(vault, task.path, page)}
    if task.due is None:
        return message("{task} ({note})", **values)
    if task.due < vault.today:
        return message("{task}, **due since {date}** ({note})", **values, date=str(task.due))
    return message("{task}, by {date} ({note})", **values, date=str(task.due))


def _said(vault: Vault, task: Assignment) -> Markdown:
    return phrases.task(vault, task.text, holder(vault, task), LENGTH)


def _of_work(vault: Vault, meeting: Note, page: str) -> Iterator[Message]:
    """What is likely to be asked of the work of those who come, and of where they stand."""
    there = briefing.attending(vault, meeting)
    owned = [path for person in there for path in vault.ask(_owned).get(person, ())]
    worrying = [path for path in owned if vault.choice(vault.notes[path], "health") in WORRYING]
    for path in worrying[:EACH]:
        health = WORRYING[vault.choice(vault.notes[path], "health") or ""]
        yield message("{work} is {health}: what does it need?", work=link(vault, path, page), health=health)
    mine = frozenset(owned)
    between = [wait for wait in vault.ask(waits) if wait.dependent in mine and wait.prerequisite in mine]
    for wait in between[:EACH]:
        work, other = link(vault, wait.dependent, page), link(vault, wait.prerequisite, page)
        yield message("{work} waits for {other}: until when?", work=work, other=other)
    for path in there:
        note = vault.notes[path]
        stance, target = vault.text(note, "stance"), vault.choice(note, "stance_target")
        if target is not None and vault.choice(note, "stance") not in {None, target}:
            name, wanted = link(vault, path, page), vault.text(note, "stance_target")
            yield message(
                "What would move {person} from “{stance}” to “{wanted}”?", person=name, stance=stance, wanted=wanted
            )


def _of_decisions(vault: Vault, undecided: Sequence[str], page: str) -> Iterator[Message]:
    for path in undecided[:EACH]:
        yield message("What is missing to decide {decision}?", decision=link(vault, path, page))


def _of_tasks(vault: Vault, between: Mapping[str | None, Sequence[Assignment]], page: str) -> Iterator[Message]:
    late = [
        (who, each)
        for who, tasks in between.items()
        for each in tasks
        if who is not None and each.due is not None and each.due < vault.today
    ]
    for who, each in sorted(late, key=lambda pair: (str(pair[1].due), pair[1].path, pair[1].span.start))[:EACH]:
        yield message("What keeps {person} from “{task}”?", person=link(vault, who, page), task=_said(vault, each))


def _owned(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Person -> their live priorities and projects, the first ranked first."""
    keys = vault.gather(rank_key)
    found: dict[str, list[str]] = {}
    work = (note for note in vault.of_kind("priority", "project") if is_live(vault, note))
    for note in sorted(work, key=lambda note: (not vault.is_kind(note, "priority"), keys[note.path])):
        person = ownership(vault, note).person
        if person is not None:
            found.setdefault(person, []).append(note.path)
    return {person: tuple(paths) for person, paths in found.items()}


def _more(count: int) -> Message | None:
    return plural("And {count} more.", "And {count} more.", count) if count > 0 else None
