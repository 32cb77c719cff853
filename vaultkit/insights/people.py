"""Who is who: a Vault goes in; the people who lead, those who are away, and the teams that people are of come out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from vaultkit.insights.ownership import people, teams
from vaultkit.text import fold
from vaultkit.vault.values import choice_of, period_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaultkit.model import Note, Property
    from vaultkit.vault import Vault

_LEADS = re.compile(
    r"\b(ceo|coo|cfo|cto|cmo|cpo|cro|chro|chief \w+ officer|founder|co founder|cofounder|president|managing director"
    r"|general manager|pdg|dg|dga|daf|drh|dsi|fondateur|fondatrice|cofondateur|cofondatrice|presidente?"
    r"|(directeur|directrice) \w+|direction generale)\b"
)
"""Roles, folded, of those who lead a company; `directeur commercial` is one, `director's assistant` is not."""
_YES, _NO = frozenset({"true", "yes", "oui", "vrai", "1"}), frozenset({"false", "no", "non", "faux", "0"})
AWAY = frozenset({"paused", "archived", "done", "dropped"})
"""The statuses of a person who is not there: on leave, or gone."""
_UNTIL = re.compile(
    r"(?P<why>.+?)[\s,(]+(?:until|till|jusqu['’](?:au|a|à|en)|→|(?P<back>(?:de )?(?:back|retour)(?: on| le)?))"
    r"\s+(?P<day>.+?)\)?"
)
"""`on leave until 2026-04-01`, `absente jusqu’au 1er avril 2026`, `en congé, retour le 02/04/2026`."""
_LONGEST = 80
"""Characters of a status that are looked at."""


class Absence(NamedTuple):
    """Why a person is not there, and which property says so."""

    reason: Literal["away", "gone"]
    said: Property
    until: date | None = None
    """The last day on leave, when it is told."""


def leaders(vault: Vault) -> frozenset[str]:
    """The people who lead: `leader: true`, or where nobody is marked so, those whose role says it."""
    present = [note for note in vault.of_kind("person") if not is_away(vault, note)]
    marked = frozenset(note.path for note in present if fold(vault.text(note, "leader")) in _YES)
    if marked:
        return marked
    told = (note for note in present if fold(vault.text(note, "leader")) not in _NO)
    return frozenset(note.path for note in told if _LEADS.search(fold(vault.text(note, "role"))))


def is_away(vault: Vault, person: Note) -> bool:
    """Whether a person's note says that they have left or are on leave."""
    return absence(vault, person) is not None


def absence(vault: Vault, person: Note) -> Absence | None:
    """That a person has left or is on leave today, as their note says; None while they are there."""
    left = vault.day(person, "left")
    if left is not None and left <= vault.today and (item := vault.property(person, "left")):
        return Absence("gone", item)
    until, item = vault.day(person, "away_until"), vault.property(person, "away_until")
    if until is not None and item is not None:
        return Absence("away", item, until) if until >= vault.today else None
    item, field = vault.property(person, "status"), vault.field(person, "status")
    if item is None or field is None:
        return None
    found = _UNTIL.fullmatch(text_of(item.value)[:_LONGEST])
    word = choice_of(found["why"] if found else item.value, field.vocabulary)
    if word not in AWAY:
        return None
    if word != "paused":
        return Absence("gone", item)
    until = _last_day(found) if found else None
    return Absence("away", item, until) if until is None or until >= vault.today else None


def _last_day(found: re.Match[str]) -> date | None:
    """The last day on leave: the one before somebody is back."""
    period = period_of(found["day"])
    if period is None:
        return None
    return period[0] - timedelta(days=1) if found["back"] else period[1]


def teams_of(vault: Vault) -> Mapping[str, frozenset[str]]:
    """Person, project or whatever names a team -> the paths of the teams, a team's own list of members included."""
    found: dict[str, set[str]] = {}
    for path in vault.recognised:
        for edge in vault.graph.of(path):
            if edge.human and edge.target is not None:
                if edge.relation == "team" and vault.recognised.get(edge.target) is not None:
                    found.setdefault(path, set()).add(edge.target)
                elif edge.relation in {"members", "lead"} and vault.is_kind(vault.notes[path], "team"):
                    found.setdefault(edge.target, set()).add(path)
    named = vault.ask(teams)
    for note in vault.of_kind("person", "project", "priority", "objective"):
        told = {named[word] for word in _names(vault.text(note, "team")) if word in named}
        if told:
            found.setdefault(note.path, set()).update(told)
    return {path: frozenset(each) for path, each in found.items()}


def person(vault: Vault, name: str) -> str | None:
    """The path of the person whom a plain name means, when exactly one is called so."""
    return vault.ask(people).get(fold(name))


def _names(text: str) -> tuple[str, ...]:
    """A name, or several between commas, folded."""
    return (fold(text), *(fold(part) for part in text.split(",") if "," in text)) if text else ()
