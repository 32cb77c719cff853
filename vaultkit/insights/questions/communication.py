"""What to ask of who is told what: a Vault and its findings go in; questions of boards and agendas come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.contact import contacts
from vaultkit.insights.dated import day_of
from vaultkit.insights.people import leaders
from vaultkit.insights.questions.question import Question, of_finding
from vaultkit.insights.questions.spoken import agenda, spoken
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.series import said as meeting_said
from vaultkit.insights.wording import called
from vaultkit.insights.workload import below, top_priorities
from vaultkit.language import message, plural
from vaultkit.model import Evidence
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.questions.question import Said
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

SILENT = 14
"""Days without news before anybody is asked what somebody believes."""
LATELY = 62
"""Days for which the last update for the board is the one to talk of."""
MEETINGS, LEADERS = 4, 2
"""How many meetings of the leadership are looked at, and how many leaders make one."""
_LOOKED_AT = 50
"""How many priorities tell whether these meetings speak of priorities at all."""
_SHORTEST = 4
"""Letters of a name that are looked for in the words of an agenda: fewer may be any word."""


def what_they_believe(vault: Vault, said: Said) -> Iterator[Question]:
    """What they believe, of somebody who matters and has heard nothing."""
    told: set[str] = set()
    for finding in (*said.get("key-stakeholder-uncovered", ()), *said.get("update-overdue", ())):
        note = vault.notes[finding.path]
        last = next(iter(contacts(vault, note)), None)
        if last is None or (vault.today - last.day).days <= SILENT or note.path in told:
            continue
        told.add(note.path)
        words = _silence(vault, note, (vault.today - last.day).days)
        yield of_finding("what-they-believe", finding, words, (str(last.day), vault.text(note, "power")))


def ask_the_board(vault: Vault, _said: Said) -> Iterator[Question]:
    """What is wanted and what is kept back, of an update for the board without an ask or without bad news."""
    found = [(day, note) for note in vault.of_kind("update") if (day := _board_day(vault, note)) is not None]
    if not found:
        return
    _, note = max(found, key=lambda each: (each[0], each[1].path))
    facts, name = vault.gather(spoken)[note.path], called(vault, note.path)
    if facts.asks and facts.trouble:
        return
    nothing = message("{name} asks for nothing", name=name)
    well = message("{name} has no heading for what does not work", name=name)
    steps = [Evidence(nothing, note.path)] if not facts.asks else []
    steps += [Evidence(well, note.path)] if not facts.trouble else []
    words = message("What do you want from the board? What are you not telling it in {name}?", name=name)
    if facts.asks:
        words = message("What are you not telling the board in {name}?", name=name)
    elif facts.trouble:
        words = message("What do you want from the board, which {name} does not say?", name=name)
    yield Question("ask-the-board", note.path, words, 2, tuple(steps), (f"{facts.asks}", f"{facts.trouble}"))


def absent_from_agendas(vault: Vault, _said: Said) -> Iterator[Question]:
    """Why nobody speaks of it, of a first priority where the leadership speaks of others."""
    meetings = _leadership_meetings(vault)
    last = meetings[-MEETINGS:]
    if len(last) < MEETINGS:
        return
    about = {note.path: below(vault, (note.path,)) for note in vault.ask(ranked_priorities)[:_LOOKED_AT]}
    spoken_of = {path for path, work in about.items() if any(_speaks_of(vault, m, path, work) for m in last)}
    first = vault.ask(top_priorities)
    for place, path in enumerate(first, start=1):
        if spoken_of and path not in spoken_of:
            earlier = next((m for m in reversed(meetings) if _speaks_of(vault, m, path, about[path])), None)
            words = message(
                "{name} is number {place} and was on none of the last {count} agendas of the leadership. Why?",
                name=called(vault, path),
                place=place,
                count=MEETINGS,
            )
            steps = tuple(_does_not_speak(vault, meeting, path) for meeting in reversed(last))
            facts = (earlier.path if earlier else "",)
            yield Question("absent-from-agendas", path, words, 2, steps, facts)


def _silence(vault: Vault, note: Note, days: int) -> Message:
    name, power = called(vault, note.path), vault.text(note, "power")
    if power:
        return message(
            "{name} (power {power}) has heard nothing for {count} days. What do they believe now?",
            name=name,
            power=power,
            count=days,
        )
    return plural(
        "{name} has heard nothing for {count} day. What do they believe now?",
        "{name} has heard nothing for {count} days. What do they believe now?",
        days,
        name=name,
    )


def _board_day(vault: Vault, note: Note) -> date | None:
    """The day of an update for the board, when it is a recent one."""
    day = day_of(vault, note) if vault.gather(spoken)[note.path].board else None
    return day if day is not None and (vault.today - day).days <= LATELY else None


def _leadership_meetings(vault: Vault) -> list[Note]:
    """The meetings until today in which several leaders sat and of which something is written, by day."""
    leading, told = vault.ask(leaders), vault.gather(meeting_said)
    found = []
    for note in vault.of_kind("meeting"):
        known = told[note.path]
        if known is None or known.day is None or known.is_cancelled or not known.is_written:
            continue
        there = {edge.target for edge in vault.relation(note, "attendees")} & leading
        if known.day <= vault.today and len(there) >= LEADERS:
            found.append((known.day, note.path))
    return [vault.notes[path] for _, path in sorted(found)]


def _speaks_of(vault: Vault, meeting: Note, path: str, work: frozenset[str]) -> bool:
    """Whether a meeting's note links to a priority or to work below it, or its agenda names it."""
    linked = (edge.target for edge in vault.graph.of(meeting.path) if edge.human)
    if any(target in work for target in linked):
        return True
    name = fold(vault.title(vault.notes[path]))
    return len(name) >= _SHORTEST and any(name in words for words in vault.gather(agenda)[meeting.path])


def _does_not_speak(vault: Vault, meeting: Note, path: str) -> Evidence:
    names = message("{meeting} does not speak of {name}", meeting=called(vault, meeting.path), name=called(vault, path))
    return Evidence(names, meeting.path)
