"""People and their load: a Vault goes in; what work lies in whose hands, and what stops without them, comes out.

A signal and not a grade: the rows stand in the order of names, and no page says how well anybody works.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.bottlenecks import held
from vaultkit.insights.contact import contacts, mentioning, planned
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import absence, is_away
from vaultkit.insights.status import is_live
from vaultkit.insights.waits import awaited
from vaultkit.insights.workload import HORIZON, concentration, loads, top_priorities, top_work, unheld_tasks
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.text import natural
from vaultkit.vault.values import cadence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from vaultkit.insights.workload import Load
    from vaultkit.model import Note
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "people"
READS: tuple[Reads, ...] = ("work", "steps")
ASKS: tuple[Question, ...] = (mentioning,)
TOLD: tuple[str, ...] = ()
MOST = 40
"""Rows of people."""
SHOWN = 3
"""Notes named in one row."""
SOON = 7
"""Days before a talk is due from which on the page speaks of it."""
OUTSIDE = frozenset({"board", "investor", "partner", "customer"})
"""The relations of those of whom another page tells when to be in touch."""
STOPPING = ("priority", "project", "objective", "key_result")
"""What is named first of the work that stops."""


class Row(Struct, frozen=True):
    """One person's work."""

    link: Markdown
    away: Message | None
    load: Message
    pressing: Message | str
    """What is due and what is late."""
    first: Markdown | Message | str
    """Which of the first priorities they hold."""
    talk: Message | str


class Talk(NamedTuple):
    """When the next talk with somebody is due."""

    day: date | None
    """None when nothing tells of any talk so far."""
    planned: date | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    known, talks, alone = vault.ask(loads), _talks(vault), _alone(vault)
    people = _in_order(vault, {*known, *(path for path, talk in talks.items() if _presses(vault, talk))})
    shown = _shown(people, known, talks)
    over = [path for path in known if _is_over(known[path])]
    text = page_text(
        vault,
        NAME,
        page,
        "people.md.j2",
        as_of=phrases.as_of(vault),
        callout="warning" if over else "info",
        verdict=_verdict(len(known), len(over)),
        rows=[_row(vault, path, talks.get(path), page) for path in shown],
        more=_more(len(people) - MOST),
        talks=any(path in talks for path in shown),
        stops=[_stop(vault, path, alone[path], page) for path in alone],
        spread=list(_spread(vault)),
        nobody=_nobody(vault, page),
        unheld=_unheld(vault, page),
        assumed=any(known[path].is_assumed for path in shown if path in known),
    )
    yield Page(page, text, NAME)


def _verdict(owners: int, over: int) -> Message:
    if not owners:
        return message("Nobody owns live work yet")
    who = plural("{count} person owns live work", "{count} people own live work", owners)
    if not over:
        return message("{who}; nobody is known to have more of it than hours", who=who)
    return plural(
        "{who}; {count} has more of it than hours in the next {days} days",
        "{who}; {count} have more of it than hours in the next {days} days",
        over,
        who=who,
        days=HORIZON,
    )


def _is_over(load: Load) -> bool:
    """Whether there is more work than hours; of somebody whose hours nobody has said, nobody knows."""
    return not load.is_assumed and load.share > 1


def _in_order(vault: Vault, paths: set[str]) -> list[str]:
    present = [path for path in paths if path in vault.notes]
    return sorted(present, key=lambda path: (natural(vault.title(vault.notes[path])), path))


def _shown(people: Sequence[str], known: Mapping[str, Load], talks: Mapping[str, Talk]) -> list[str]:
    """As many as a page has rows for, those of whom there is something to say before others, in the order of names."""
    signals = [path for path in people if path in talks or _signals(known.get(path))]
    wanted = {*signals[:MOST], *[path for path in people if path not in signals][: max(0, MOST - len(signals))]}
    return [path for path in people if path in wanted]


def _signals(load: Load | None) -> bool:
    return load is not None and bool(_is_over(load) or load.overdue or load.top or load.waited_for)


def _row(vault: Vault, path: str, talk: Talk | None, page: str) -> Row:
    load = vault.ask(loads).get(path)
    return Row(
        link=link(vault, path, page),
        away=_away(vault, vault.notes[path]),
        load=_load(load),
        pressing=_pressing(load),
        first=phrases.some(vault, load.top, page, SHOWN) if load and load.top else phrases.DASH,
        talk=_talk(vault, talk),
    )


def _load(load: Load | None) -> Message:
    if load is None:
        return message("no live work")
    hours = f"{load.hours:.0f}"
    if load.is_assumed:
        return message("{hours} h", hours=hours)
    there = f"{load.capacity * HORIZON / 7:.0f}"
    told = message("{hours} of {there} h", hours=hours, there=there)
    return message("**{told}**", told=told) if load.share > 1 else told


def _pressing(load: Load | None) -> Message | str:
    if load is None or not (load.due_soon or load.overdue or load.waited_for):
        return phrases.DASH
    parts = [plural("{count} due", "{count} due", load.due_soon)] if load.due_soon else []
    parts += [plural("{count} late", "{count} late", load.overdue)] if load.overdue else []
    parts += [plural("{count} waits", "{count} wait", load.waited_for)] if load.waited_for else []
    return phrases.listed(parts)


def _away(vault: Vault, note: Note) -> Message | None:
    said = absence(vault, note)
    if said is None:
        return None
    if said.reason == "gone":
        return message("has left")
    return message("away until {date}", date=str(said.until)) if said.until else message("away")


def _talks(vault: Vault) -> dict[str, Talk]:
    """Person of the house whose note has a rhythm -> when the next talk is due."""
    found = {}
    for note in vault.of_kind("person"):
        item = vault.property(note, "cadence")
        every = cadence_of(item.value) if item else None
        if every is None or is_away(vault, note) or not is_live(vault, note):
            continue
        if vault.choice(note, "relation") not in OUTSIDE:
            last, coming = next(iter(contacts(vault, note)), None), planned(vault, note)
            due = last.day + timedelta(days=every) if last else None
            found[note.path] = Talk(due, coming.day if coming else None)
    return found


def _presses(vault: Vault, talk: Talk) -> bool:
    """Whether a talk is worth a row by itself."""
    return talk.planned is None and (talk.day is None or talk.day <= vault.today + timedelta(days=SOON))


def _talk(vault: Vault, talk: Talk | None) -> Message | str:
    if talk is None:
        return phrases.DASH
    if talk.planned is not None:
        return message("planned {date}", date=str(talk.planned))
    if talk.day is None:
        return message("unknown")
    if talk.day < vault.today:
        return message("**due since {date}**", date=str(talk.day))
    return message("due {date}", date=str(talk.day))


def _alone(vault: Vault) -> Mapping[str, Sequence[str]]:
    """Person, in the order of names -> the live work that nobody else works on, of all that would be missed.

    That is what serves the first priorities, and what the work of others needs; of somebody who is away, and where
    nobody ranks any, all of it.
    """
    found: dict[str, list[str]] = {}
    missed = vault.ask(top_work) | {each.path for each in vault.ask(awaited)}
    everything = not vault.ask(top_priorities)
    for path, people in vault.ask(held).items():
        if len(people) > 1 or not vault.is_kind(vault.notes[path], *STOPPING):
            continue
        if everything or path in missed or is_away(vault, vault.notes[people[0]]):
            found.setdefault(people[0], []).append(path)
    first = {path: place for place, path in enumerate(vault.ask(top_priorities))}

    def weight(path: str) -> tuple[int, int, str]:
        return first.get(path, len(first)), STOPPING.index(vault.recognised[path].kind), path

    return {person: sorted(found[person], key=weight) for person in _in_order(vault, set(found))}


def _stop(vault: Vault, path: str, alone: Sequence[str], page: str) -> Message:
    work = phrases.some(vault, alone, page, SHOWN)
    away, person = _away(vault, vault.notes[path]), link(vault, path, page)
    if away is None:
        return message("{person}: {work}", person=person, work=work)
    return message("{person} (**{away}**): {work}", person=person, away=away, work=work)


def _spread(vault: Vault) -> Iterator[Message]:
    """How few hands the work lies in."""
    found = vault.ask(concentration)
    if found.truck_factor is not None:
        yield plural(
            "{count} person has more than half of the work of the first priorities.",
            "{count} people have more than half of the work of the first priorities.",
            found.truck_factor,
        )
    if found.gini is not None and len(vault.ask(loads)) > 1:
        share = f"{100 * found.gini:.0f}"
        yield message(
            "Unevenness of the hours: {share} % (Gini; 0 % when all have the same, 100 % when one has everything).",
            share=share,
        )


def _nobody(vault: Vault, page: str) -> Markdown | Message | None:
    """The first priorities that no one person owns."""
    loose = [path for path in vault.ask(top_priorities) if ownership(vault, vault.notes[path]).person is None]
    return phrases.some(vault, loose, page, SHOWN) if loose else None


def _unheld(vault: Vault, page: str) -> Message | None:
    found = vault.ask(unheld_tasks)
    where, count = phrases.some(vault, list(found), page, SHOWN), sum(found.values())
    said = plural(
        "{count} open task is nobody's: {where}", "{count} open tasks are nobody's: {where}", count, where=where
    )
    return said if count else None


def _more(count: int) -> Message | None:
    return plural("And {count} more person.", "And {count} more people.", count) if count > 0 else None
