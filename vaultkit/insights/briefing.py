"""What to know before a meeting: a Vault and a meeting go in; who comes, what was decided, and what is open come out.

- coming: the meetings of today and the next `AHEAD` days that are not cancelled.
- decided: the last decisions that hold, of the meetings of its series, about what it is about, or with a link to it;
  where there are none of these, those that the people who come took or were asked about.
- to decide: the open decisions that it or an earlier meeting of its series links to, or that link to one of these,
  before those that one of the people who come is to take; of both what has been open for longest before the rest.
- open actions: the open checkboxes in it and in earlier meetings of its series; and those by which one of the people
  who come has something to do for another: the line links to both, or stands in the other's note, or in the note of
  a meeting at which both were.

Worked: on 2026-03-16 the meetings of the 16th to the 23rd are coming. Ann and Bob meet. `- [ ] Send the figures
[[Bob]]` in a project of Ann's is open between them, and Bob has it; so it is in the note of a meeting of Ann, Bob and
Cyd. The same line in Cyd's project is not, nor that of a meeting at which Ann was not.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from vaultkit.insights.assignments import named_owner, open_by_note
from vaultkit.insights.decisions import is_replaced, since, state
from vaultkit.insights.follow_through import series_of
from vaultkit.insights.ownership import ownership, people, teams
from vaultkit.insights.owning import holder
from vaultkit.insights.series import said
from vaultkit.insights.status import is_archived
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Note
    from vaultkit.vault import Vault

AHEAD = 7
"""Days after today of which a meeting is near enough to prepare for."""
DECIDED = 3
_WORDS = frozenset({"agenda", "mandate", "limits"})
_TOPICS = ("about", "related")
_OF_PEOPLE = ("decider", "consulted")


def coming(vault: Vault) -> Mapping[str, date]:
    """Meeting -> its day, of those that are near, by day and path."""
    told, last = vault.gather(said), vault.today + timedelta(days=AHEAD)
    found: list[tuple[date, str]] = []
    for note in vault.of_kind("meeting"):
        known = told[note.path]
        if known is None or known.day is None or known.is_cancelled or is_archived(note):
            continue
        if vault.today <= known.day <= last:
            found.append((known.day, note.path))
    return {path: day for day, path in sorted(found)}


def prepared(vault: Vault, note: Note) -> tuple[tuple[str, str], ...]:
    """What a meeting's note lists of its agenda, its mandate and its red lines: topic and words."""
    if not vault.is_kind(note, "meeting"):
        return ()
    return tuple((point.topic, point.text) for point in note.points if point.topic in _WORDS)


def attending(vault: Vault, note: Note) -> tuple[str, ...]:
    """Whoever comes to a meeting and has a note: people, teams, stakeholders, in the order in which they are listed."""
    known = vault.ask(_attendance)
    if note.path not in known:
        known[note.path] = _attending(vault, note)
    return known[note.path]


def _attendance(_vault: Vault) -> dict[str, tuple[str, ...]]:
    """Meeting -> who comes, of those of which somebody has asked."""
    return {}


def _attending(vault: Vault, note: Note) -> tuple[str, ...]:
    known = vault.gather(said)[note.path]
    linked = (edge.target for edge in vault.relation(note, "attendees"))
    names = (fold(name) for name in (known.attendees if known else ()))
    spelled = (vault.ask(people).get(name) or vault.ask(teams).get(name) for name in names)
    found = dict.fromkeys(path for path in (*linked, *spelled) if path is not None)
    return tuple(path for path in found if path in vault.notes)


def earlier(vault: Vault, note: Note) -> tuple[str, ...]:
    """The meetings of its series before it, the latest first."""
    found = vault.ask(_by_series).get(series_of(vault, note), ())
    known = vault.gather(said)[note.path]
    day = known.day if known else None
    return tuple(path for when, path in reversed(found) if path != note.path and day is not None and when < day)


def decided(vault: Vault, note: Note) -> tuple[str, ...]:
    """The last decisions that a meeting goes on from, the newest first."""
    meetings = {note.path, *earlier(vault, note)}
    topics = {edge.target for relation in _TOPICS for edge in vault.relation(note, relation)}
    linked = {edge.target for path in meetings for edge in vault.graph.of(path) if edge.human}
    there = set(attending(vault, note))
    near, further = [], []
    for path, links in vault.ask(_holding_decisions).items():
        if path in linked or not links.isdisjoint(meetings | topics):
            near.append(path)
        elif not there.isdisjoint(vault.ask(_deciding)[path]):
            further.append(path)
    return tuple(_newest(vault, near or further)[:DECIDED])


def to_decide(vault: Vault, note: Note) -> tuple[str, ...]:
    """The decisions still to be taken: what its series has on its table, then what people who come are to take."""
    meetings, there = {note.path, *earlier(vault, note)}, set(attending(vault, note))
    linked = {edge.target for path in meetings for edge in vault.graph.of(path) if edge.human}
    found = []
    for each in vault.of_kind("decision"):
        if each.generated is None and state(vault, each) == "open":
            is_near = each.path in linked or not _targets(vault, each).isdisjoint(meetings)
            deciders = {edge.target for edge in vault.relation(each, "decider")}
            if is_near or not there.isdisjoint(deciders):
                found.append((not is_near, since(vault, each) or vault.today, each.path))
    return tuple(path for *_, path in sorted(found))


def open_actions(vault: Vault, note: Note) -> Mapping[str | None, tuple[Assignment, ...]]:
    """Who has it, None for nobody -> what is open before a meeting; those who come first, in the order of the list."""
    there = attending(vault, note)
    standing = vault.ask(open_by_note)
    found: dict[tuple[str, int], Assignment] = {}
    for path in (note.path, *earlier(vault, note)):
        found |= {(each.path, each.span.start): each for each in standing.get(path, ())}
    for person in there:
        for each in vault.ask(_naming).get(person, ()):
            if _is_between(vault, each, there):
                found[each.path, each.span.start] = each
    by_holder: dict[str | None, list[Assignment]] = {person: [] for person in there}
    for each in sorted(found.values(), key=lambda each: (each.due or date.max, each.path, each.span.start)):
        by_holder.setdefault(holder(vault, each), []).append(each)
    nobody = by_holder.pop(None, [])
    found_by = {person: tuple(each) for person, each in by_holder.items() if each}
    return found_by | ({None: tuple(nobody)} if nobody else {})


def _is_between(vault: Vault, task: Assignment, there: tuple[str, ...]) -> bool:
    """Whether one of the people who come has it to do for another of them."""
    owner = named_owner(vault, task)
    note = vault.notes.get(task.path)
    if owner not in there or note is None:
        return False
    others = {*task.links, ownership(vault, note).person, *_together(vault, note, owner)} - {owner}
    return not others.isdisjoint(there)


def _together(vault: Vault, note: Note, owner: str) -> tuple[str, ...]:
    """Whoever was at a meeting at which somebody took something on."""
    present = attending(vault, note) if vault.is_kind(note, "meeting") else ()
    return present if owner in present else ()


def _naming(vault: Vault) -> Mapping[str, tuple[Assignment, ...]]:
    """Person -> the open checkboxes that they have by name."""
    found: dict[str, list[Assignment]] = {}
    for each in vault.ask(open_by_note).values():
        for task in each:
            owner = named_owner(vault, task)
            if owner is not None:
                found.setdefault(owner, []).append(task)
    return {person: tuple(each) for person, each in found.items()}


def _by_series(vault: Vault) -> Mapping[str, tuple[tuple[date, str], ...]]:
    """Series -> its meetings that took or take place, by day."""
    found: dict[str, list[tuple[date, str]]] = {}
    told = vault.gather(said)
    for note in vault.of_kind("meeting"):
        known = told[note.path]
        if known is not None and known.day is not None and not known.is_cancelled:
            found.setdefault(series_of(vault, note), []).append((known.day, note.path))
    return {name: tuple(sorted(each)) for name, each in found.items()}


def _holding_decisions(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Decision that was taken and not replaced -> what it links to."""
    taken = (note for note in vault.of_kind("decision") if state(vault, note) in {"accepted", "closed"})
    return {note.path: _targets(vault, note) for note in taken if _holds(vault, note)}


def _holds(vault: Vault, note: Note) -> bool:
    return not is_replaced(vault, note) and not is_archived(note) and vault.choice(note, "status") != "dropped"


def _targets(vault: Vault, note: Note) -> frozenset[str]:
    return frozenset(edge.target for edge in vault.graph.of(note.path) if edge.human and edge.target)


def _deciding(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Decision -> the people who took it, or were asked."""
    return {note.path: frozenset(_deciders(vault, note)) for note in vault.of_kind("decision")}


def _deciders(vault: Vault, note: Note) -> Iterator[str]:
    for relation in _OF_PEOPLE:
        yield from (edge.target for edge in vault.relation(note, relation) if edge.target)


def _newest(vault: Vault, paths: list[str]) -> list[str]:
    days = {path: since(vault, vault.notes[path]) or date.min for path in paths}
    return sorted(sorted(paths), key=lambda path: days[path], reverse=True)
