"""When a person or a stakeholder was last in touch: a Vault and their note go in; contacts with their days come out.

A contact is the day in `last_contact`, a meeting that lists them among its attendees (or somebody of the organisation
that the note is of), an update about them or for their audience, a dated line below `Updates` in their note, and a note
of no kind with a day in its name, such as a daily note, that links to them; a link in an open task is only a plan.

    rhythm r  = median of the days between two contacts, of at least 3 gaps over at least 21 days
    drifting  = silence in ( max(2r, r + 14), max(12r, r + 90) ]          days

Worked: met on 5, 12, 19 and 26 January: three gaps of 7 days over 21, so r is 7; drifting from the 22nd day of silence
to the 97th. With r = 30 it is from the 61st to the 360th. What is silent for longer is over, not drifting.

Source: the constants are those of personal contact managers; the median leaves a long holiday out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.assignments import assignments
from vaultkit.insights.dated import day_of, named_day
from vaultkit.insights.ownership import people
from vaultkit.insights.series import said
from vaultkit.insights.updates import updates
from vaultkit.text import fold, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

GAPS, DAYS = 3, 21
"""The least from which a rhythm is read."""
_BETWEEN = re.compile(r"[,;/]")
_START = attrgetter("span.start")


class Contact(Struct, frozen=True, gc=False):
    """One day on which somebody was in touch, and the note that says so."""

    day: date
    path: str
    line: int = 1


class Silence(NamedTuple):
    """Of how many days of silence a rhythm makes a drift."""

    after: float
    until: float


def contacts(vault: Vault, note: Note) -> tuple[Contact, ...]:
    """Every contact until today, the newest first."""
    item, day = vault.property(note, "last_contact"), vault.day(note, "last_contact")
    found = [Contact(day, note.path, item.span.line)] if item and day else []
    found += vault.ask(met).get(note.path, ())
    for update in vault.ask(updates).get(note.path, ()):
        found.append(Contact(update.day, update.path, update.line if update.path == note.path else 1))
    sent = vault.ask(updates_by_audience)
    found += [contact for word in (audience_of(vault, note) if sent else ()) for contact in sent.get(word, ())]
    found += vault.ask(mentioned).get(note.path, ())
    past = (contact for contact in found if contact.day <= vault.today)
    return tuple(sorted(past, key=lambda contact: (contact.day, contact.path), reverse=True))


def may_have_rhythm(vault: Vault, note: Note, gaps: int) -> bool:
    """Whether there is enough that leads to a note for a rhythm; most notes of people need no closer look."""
    told = (vault.ask(met), vault.ask(updates), vault.ask(mentioned))
    return sum(len(each.get(note.path, ())) for each in told) >= gaps or bool(vault.ask(updates_by_audience))


def planned(vault: Vault, note: Note) -> Contact | None:
    """The next meeting with them after today."""
    coming = (contact for contact in vault.ask(met).get(note.path, ()) if contact.day > vault.today)
    return min(coming, key=lambda contact: (contact.day, contact.path), default=None)


def rhythm(days: Iterable[date], gaps: int = GAPS, span: int = DAYS) -> float | None:
    """The median of the days between two contacts; None when there are too few to tell."""
    ordered = sorted(set(days))
    between = [(after - before).days for before, after in pairwise(ordered)]
    return median(between) if between and len(between) >= gaps and sum(between) >= span else None


def silence(every: float) -> Silence:
    """The days of silence after and until which somebody of this rhythm is drifting away."""
    return Silence(max(2 * every, every + 14), max(12 * every, every + 90))


def met(vault: Vault) -> Mapping[str, tuple[Contact, ...]]:
    """Person or stakeholder -> the meetings with them, past and to come."""
    found: dict[str, list[Contact]] = {}
    known = {fold(name): note.path for note in vault.of_kind("stakeholder") for name in (note.name, vault.title(note))}
    named = {**known, **vault.ask(people)}
    told = vault.gather(said)
    for note in vault.of_kind("meeting"):
        of = told[note.path]
        if of is None or of.day is None or of.is_cancelled:
            continue
        linked = (edge.target for edge in vault.relation(note, "attendees"))
        spelled = (named.get(fold(name)) for name in of.attendees)
        there = dict.fromkeys(path for path in (*linked, *spelled) if path is not None)
        for path in dict.fromkeys((*there, *_organisations(vault, there))):
            found.setdefault(path, []).append(Contact(of.day, note.path))
    return {path: tuple(each) for path, each in found.items()}


def last_meeting(vault: Vault) -> date | None:
    """The day of the latest meeting that the vault tells of; nobody has been silent for longer than the vault."""
    told = vault.gather(said)
    known = (told[note.path] for note in vault.of_kind("meeting"))
    days = (each.day for each in known if each is not None and each.day is not None and not each.is_cancelled)
    return max((day for day in days if day <= vault.today), default=None)


def updates_by_audience(vault: Vault) -> Mapping[str, tuple[Contact, ...]]:
    """Audience, as `stem` has it -> the updates that were written for it."""
    found: dict[str, list[Contact]] = {}
    for note in vault.of_kind("update"):
        day = day_of(vault, note)
        if day is not None:
            for word in audiences(vault, note):
                found.setdefault(word, []).append(Contact(day, note.path))
    return {word: tuple(each) for word, each in found.items()}


def audiences(vault: Vault, note: Note) -> Mapping[str, str]:
    """The audiences that a stakeholder is of, or an update is for: as `stem` has them -> as written."""
    words = (word.strip() for word in _BETWEEN.split(vault.text(note, "audience")))
    return {stem(word): word for word in words if stem(word)}


def audience_of(vault: Vault, note: Note) -> tuple[str, ...]:
    """By which words an update may be for somebody: their audience, their name."""
    return tuple(dict.fromkeys((*audiences(vault, note), stem(note.name), stem(vault.title(note)))))


def _organisations(vault: Vault, paths: Iterable[str]) -> Iterator[str]:
    """The stakeholders that these people are of."""
    for path in paths:
        for edge in vault.graph.of(path):
            of = vault.recognised.get(edge.target or "")
            if edge.relation == "team" and edge.human and edge.target and of and of.kind == "stakeholder":
                yield edge.target


def mentioned(vault: Vault) -> Mapping[str, tuple[Contact, ...]]:
    """Note -> the notes of no kind, with a day in their name, that link to it otherwise than in what is to be done."""
    found: dict[str, list[Contact]] = {}
    for path, targets in vault.gather(mentioning).items():
        if targets and (day := named_day(path.rpartition("/")[2])):
            for target in targets:
                found.setdefault(target, []).append(Contact(day, path))
    return {path: tuple(each) for path, each in found.items()}


def mentioning(vault: Vault, note: Note) -> tuple[str, ...]:
    """What a note of no kind with a day in its name links to, but for what is still to be done."""
    path = note.path
    if path in vault.recognised or path not in vault.notes or named_day(path.rpartition("/")[2]) is None:
        return ()
    edges = [edge for edge in vault.graph.of(path) if edge.human and edge.target and edge.target != path]
    told = (edge.target for edge in edges if not _is_plan(vault, path, edge.link.span.start))
    return tuple(dict.fromkeys(target for target in told if target))


def _is_plan(vault: Vault, path: str, place: int) -> bool:
    """Whether a place lies in an open task."""
    tasks = vault.gather(assignments)[path]
    before = bisect_right(tasks, place, key=_START)
    return before > 0 and place < tasks[before - 1].span.end and tasks[before - 1].is_open
