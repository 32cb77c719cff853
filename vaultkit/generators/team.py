"""Team pages: a Vault goes in; for each team what it serves, needs and is owed, and what was decided, come out.

Everybody in the house may read them: they say what is, and judge nothing. What was agreed in meetings stays there.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.assignments import about, named_owner
from vaultkit.insights.decisions import is_replaced, since, state
from vaultkit.insights.duplicates import objective_of, teams_at_work
from vaultkit.insights.friction import waits
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import holder
from vaultkit.insights.people import absence, teams_of
from vaultkit.insights.ranking import rank_key, ranked_priorities
from vaultkit.insights.redacting import BLANK
from vaultkit.insights.status import end_of, is_live
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.names import TEAM
from vaultkit.pages.places import own_pages
from vaultkit.text import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.insights.assignments import Assignment
    from vaultkit.insights.friction import Wait
    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = TEAM
READS: tuple[Reads, ...] = ("work", "steps")
TOLD: tuple[str, ...] = ()
WORK = ("priority", "project")
KINDS = frozenset({"objective", "key_result", "priority", "project", "task"})
"""The kinds of note whose checkboxes everybody may read here; those of a meeting are for those who were there."""
MOST = 15
"""Rows of work."""
FEW = 7
"""Rows of each list."""
PEOPLE = 12
STEP_LENGTH = 100
_CONCERNING = ("about", "affects", "consulted", "informed", "decider", "team", "related")


class Row(Struct, frozen=True):
    """A piece of the team's work."""

    link: Markdown
    owner: Markdown | str
    due: str
    serves: Markdown | str


class Members(Struct, frozen=True):
    """Who a team is."""

    lead: Markdown | Message | None
    people: Markdown | Message | None


class Given(Struct, frozen=True):
    """What the pages of all teams draw from, worked out once."""

    work: dict[str, tuple[str, ...]]
    """Team -> its live priorities and projects, by what they serve and their rank."""
    people: dict[str, tuple[str, ...]]
    """Team -> those who are of it, by name."""
    decisions: dict[str, tuple[str, ...]]
    """Team, person or work -> the decisions that name it, of those that hold or are still to be taken."""


def render(vault: Vault) -> Iterator[Page]:
    """A page for each live team that may be seen."""
    for team in vault.of_kind("team"):
        own = vault.ask(own_pages).get((NAME, team.path))
        if own is not None:
            yield Page(own.path, _text(vault, team, own.name, own.path), NAME)


def _text(vault: Vault, team: Note, name: str, page: str) -> str:
    given = vault.ask(_given)
    work, people = given.work.get(team.path, ()), given.people.get(team.path, ())
    ours = frozenset(work)
    needed = [wait for wait in vault.ask(waits) if wait.dependent in ours and wait.prerequisite not in ours]
    asked = [wait for wait in vault.ask(waits) if wait.prerequisite in ours and wait.dependent not in ours]
    owed = list(_owed(vault, work, people))
    decisions = _newest(vault, {each for path in (team.path, *work, *people) for each in given.decisions.get(path, ())})
    return page_text(
        vault,
        name,
        page,
        "team.md.j2",
        team=link(vault, team.path, page),
        as_of=phrases.as_of(vault),
        members=_members(vault, team, people, page),
        rows=[_row(vault, path, page) for path in work[:MOST]],
        more_rows=_more(len(work) - MOST),
        needed=[_wait(vault, wait, wait.other, page) for wait in needed[:FEW]],
        more_needed=_more(len(needed) - FEW),
        asked=[_wait(vault, wait, wait.team, page) for wait in asked[:FEW]],
        more_asked=_more(len(asked) - FEW),
        owed=[_owing(vault, each, page) for each in owed[:FEW]],
        more_owed=_more(len(owed) - FEW),
        decisions=[_decision(vault, note, page) for note in decisions[:FEW]],
        more_decisions=_more(len(decisions) - FEW),
    )


def _given(vault: Vault) -> Given:
    work: dict[str, list[Note]] = {}
    for note in vault.of_kind(*WORK):
        if is_live(vault, note):
            for team in sorted(teams_at_work(vault, note.path)):
                work.setdefault(team, []).append(note)
    people: dict[str, list[Note]] = {}
    for person in vault.of_kind("person"):
        for team in vault.ask(teams_of).get(person.path, ()):
            people.setdefault(team, []).append(person)
    keys, first = vault.gather(rank_key), _first_of(vault)

    def place(note: Note) -> tuple[object, ...]:
        objective = objective_of(vault, note.path) or ""
        return (
            not objective,
            first.get(objective, len(first)),
            objective,
            not vault.is_kind(note, "priority"),
            keys[note.path],
        )

    return Given(
        {team: tuple(note.path for note in sorted(each, key=place)) for team, each in work.items()},
        {team: tuple(note.path for note in sorted(each, key=partial(_name, vault))) for team, each in people.items()},
        _by_subject(vault),
    )


def _first_of(vault: Vault) -> dict[str, int]:
    """Objective -> the place of the first ranked priority that serves it."""
    found: dict[str, int] = {}
    for place, note in enumerate(vault.ask(ranked_priorities)):
        found.setdefault(objective_of(vault, note.path) or "", place)
    return found


def _name(vault: Vault, note: Note) -> tuple[object, ...]:
    return natural(vault.title(note)), note.path


def _by_subject(vault: Vault) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for note in vault.of_kind("decision"):
        if state(vault, note) in {"open", "accepted"} and not is_replaced(vault, note):
            for edge in (edge for relation in _CONCERNING for edge in vault.relation(note, relation)):
                found.setdefault(edge.target or "", {})[note.path] = None
    return {path: tuple(each) for path, each in found.items()}


def _members(vault: Vault, team: Note, people: Sequence[str], page: str) -> Members:
    leads = [edge.target for edge in vault.relation(team, "lead") if edge.target in vault.notes and edge.target]
    others = [path for path in people if path not in leads and not _is_gone(vault, vault.notes[path])]
    return Members(
        phrases.some(vault, leads, page, PEOPLE) if leads else None,
        phrases.some(vault, others, page, PEOPLE) if others else None,
    )


def _is_gone(vault: Vault, person: Note) -> bool:
    """Whether somebody has left; who is away for a time is of the team still."""
    said = absence(vault, person)
    return said is not None and said.reason == "gone"


def _row(vault: Vault, path: str, page: str) -> Row:
    note, objective = vault.notes[path], objective_of(vault, path)
    end = end_of(vault, note)
    return Row(
        link=link(vault, path, page),
        owner=_owner(vault, note, page),
        due=str(end) if end else phrases.DASH,
        serves=link(vault, objective, page) if objective else phrases.DASH,
    )


def _owner(vault: Vault, note: Note, page: str) -> Markdown | str:
    found = ownership(vault, note)
    if found.person:
        return link(vault, found.person, page)
    return ", ".join(found.said) or phrases.DASH


def _wait(vault: Vault, wait: Wait, other: str | None, page: str) -> Message:
    """Which work needs which, and whose the other one is."""
    names = {"work": link(vault, wait.dependent, page), "needed": link(vault, wait.prerequisite, page)}
    if other is None:
        return message("{work} needs {needed}", **names)
    return message("{work} needs {needed} ({team})", **names, team=link(vault, other, page))


def _owed(vault: Vault, work: Sequence[str], people: Sequence[str]) -> Iterator[Assignment]:
    """The open checkboxes about the team's work that somebody else has, each once, the first due before all.

    Elsewhere than in that work, a line must name whoever has it: an objective that links to a project owes it nothing.
    """
    found: dict[tuple[str, int], Assignment] = {}
    for path in work:
        for each in vault.ask(about).get(path, ()):
            note = vault.notes.get(each.path)
            if each.is_open and note is not None and vault.is_kind(note, *KINDS):
                person = holder(vault, each) if each.path in work else named_owner(vault, each)
                if person is not None and person not in people and _says_something(vault, each, person):
                    found[each.path, each.span.start] = each
    yield from sorted(found.values(), key=lambda each: (each.due is None, str(each.due), each.path, each.span.start))


def _says_something(vault: Vault, task: Assignment, person: str) -> bool:
    """Whether these readers see more of a line than that it is not for them."""
    return phrases.task(vault, task.text, person, STEP_LENGTH) != BLANK


def _owing(vault: Vault, task: Assignment, page: str) -> Message:
    person = holder(vault, task)
    words = phrases.task(vault, task.text, person, STEP_LENGTH)
    values = {"person": link(vault, person or task.path, page), "task": words, "note": link(vault, task.path, page)}
    if task.due is None:
        return message("{person}: {task} ({note})", **values)
    return message("{person}: {task}, by {date} ({note})", **values, date=str(task.due))


def _newest(vault: Vault, paths: Iterable[str]) -> list[Note]:
    """Decisions: those still to be taken, then the newest first; those of which nobody knows the day after them."""
    days = {path: since(vault, vault.notes[path]) for path in sorted(paths)}
    found = sorted(
        days, key=lambda path: (state(vault, vault.notes[path]) == "open", days[path] or date.min), reverse=True
    )
    return [vault.notes[path] for path in found]


def _decision(vault: Vault, note: Note, page: str) -> Message:
    day, name = since(vault, note), link(vault, note.path, page)
    if state(vault, note) == "open":
        return message("{decision}: still to be taken", decision=name)
    if day is None:
        return message("{decision}: taken", decision=name)
    return message("{decision}: taken on {date}", decision=name, date=str(day))


def _more(count: int) -> Message | None:
    return plural("And {count} more.", "And {count} more.", count) if count > 0 else None
