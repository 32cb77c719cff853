"""Before one talks to somebody: a Vault and somebody's note go in; what is open both ways comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.assignments import every_assignment, named_owner
from vaultkit.insights.contact import contacts, planned
from vaultkit.insights.deadlines import deadlines
from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import rank_key
from vaultkit.insights.status import is_live
from vaultkit.insights.waits import awaited, waits
from vaultkit.language import message, plural
from vaultkit.pages import day, encounters, phrases
from vaultkit.pages.linking import link
from vaultkit.pages.sections import Entry, Section, joined, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

MOST = 7
OWNED = ("objective", "key_result", "priority", "project")


def sections(vault: Vault, note: Note, page: str) -> tuple[Section, ...]:
    """What is known of being in touch, then what they have in hand, decide, wait for and keep others waiting for."""
    told = (
        section(message("Contact"), list(_contact(vault, note, page)), MOST),
        section(message("Due"), list(_due(vault, note, page)), MOST),
        section(message("Asked of them"), list(_asked(vault, note, page)), MOST),
        section(message("In their hands"), list(_owned(vault, note, page)), MOST),
        section(message("Decisions to take"), list(_decisions(vault, note, page)), MOST),
        section(message("We wait for"), list(_waited_for(vault, note, page)), MOST),
        section(message("They wait for"), list(_waiting(vault, note, page)), MOST),
    )
    return tuple(each for each in told if each.rows)


def _contact(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    found, coming = contacts(vault, note), planned(vault, note)
    if found:
        days = (vault.today - found[0].day).days
        when = plural("{count} day ago", "{count} days ago", days) if days else message("today")
        where = link(vault, found[0].path, page)
        yield Entry(message("Last in touch on {date}, {when}: {note}", date=str(found[0].day), when=when, note=where))
    else:
        yield Entry(message("When you were last in touch is unknown."))
    if coming:
        yield Entry(message("Next on {date}: {note}", date=str(coming.day), note=link(vault, coming.path, page)))


def _due(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    """What of theirs has a day, what is late first."""
    for each in vault.ask(deadlines):
        if each.person == note.path and (each.day - vault.today).days <= day.WEEK:
            yield day.due_row(vault, each, vault.today, page)


def _asked(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    """The open checkboxes that name them and are not told of as due."""
    for each in vault.ask(every_assignment):
        if each.is_open and named_owner(vault, each) == note.path and not _is_soon(vault, each):
            place = link(vault, each.path, page)
            until: Message | None = message("due {date}", date=str(each.due)) if each.due else None
            words = encounters.words(each.text, encounters.LENGTH)
            yield Entry(message("{what} ({place})", what=words, place=joined(vault, [place, until])))


def _is_soon(vault: Vault, each: Assignment) -> bool:
    return each.due is not None and (each.due - vault.today).days <= day.WEEK


def _owned(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    keys = vault.gather(rank_key)
    mine = [each for each in vault.of_kind(*OWNED) if ownership(vault, each).person == note.path]
    for each in sorted(mine, key=lambda one: (OWNED.index(vault.recognised[one.path].kind), keys[one.path])):
        if is_live(vault, each):
            kind = phrases.kind_label(vault, vault.recognised[each.path].kind)
            health = phrases.HEALTHS.get(vault.choice(each, "health") or "")
            yield Entry(
                message("{what} ({kind})", what=link(vault, each.path, page), kind=joined(vault, [kind, health]))
            )


def _decisions(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    for each in day.open_decisions(vault):
        if any(edge.target == note.path for edge in vault.relation(each, "decider")):
            yield day.decision(vault, each, page)


def _waited_for(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    """Work that says it waits for them, and work of theirs that others cannot go on without."""
    for wait in vault.ask(waits):
        if note.path in wait.people:
            yield day.waited_for(vault, wait, page)
    for each in vault.ask(awaited):
        if each.person == note.path:
            yield day.waited_on(vault, each, page)


def _waiting(vault: Vault, note: Note, page: str) -> Iterator[Entry]:
    """Work of others that theirs needs first, and what their own work says that it waits for."""
    for wait in vault.ask(waits):
        if ownership(vault, vault.notes[wait.path]).person == note.path:
            yield day.waited_for(vault, wait, page)
    for each in vault.ask(awaited):
        owners = {ownership(vault, vault.notes[path]).person for path in each.dependents}
        if note.path in owners and each.person != note.path:
            yield day.waited_on(vault, each, page)
