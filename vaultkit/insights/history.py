"""What a note said of one of its fields, day by day: a Vault and a note go in; values with their days come out.

Everything here may be unknown: without git, and before vaultkit has been run on a few days, there is no earlier day to
look at. Then the answer is None, and whoever asks says so; a zero would be a claim.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.vault.past import version
from vaultkit.vault.values import date_of, text_of

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault
    from vaultkit.vault.past import Version


class Value(NamedTuple):
    """What a field said from a day on; empty when it was not filled in."""

    day: date
    text: str


def since(vault: Vault) -> date | None:
    """The first day of which anything is known; None when nothing is."""
    past = vault.setting.past
    return past.since if past and past.since <= vault.today else None


def values(vault: Vault, note: Note, field: str) -> tuple[Value, ...] | None:
    """The values of a field, each with the first day that it is known of, the oldest first; None when nobody knows.

    The last is what the note says today.
    """
    versions = _versions(vault, note)
    if versions is None:
        return None
    said = [Value(each.day, _said(vault, note, each, field)) for each in versions]
    first = said[:1]
    return (*first, *[value for before, value in pairwise(said) if value.text != before.text])


def said_on(vault: Vault, note: Note, day: date, field: str) -> str:
    """What a field said at the end of a day; empty when it was not filled in, or nobody knows."""
    found = [each for each in _versions(vault, note) or () if each.day <= day]
    return _said(vault, note, found[-1], field) if found else ""


def moves(vault: Vault, note: Note, field: str = "due") -> tuple[date, ...] | None:
    """The days that a date field has named, each time it was another one: two of them are one move. None: unknown."""
    found = values(vault, note, field)
    if found is None:
        return None
    days = [day for day in (date_of(value.text) for value in found) if day is not None]
    return tuple(day for place, day in enumerate(days) if not place or day != days[place - 1])


def created(vault: Vault, note: Note) -> date | None:
    """The first day on which the note is known; None when nobody knows, or it was there before anybody looked."""
    versions, begun = _versions(vault, note), since(vault)
    if not versions or begun is None or versions[0].day <= begun:
        return None
    return versions[0].day


def is_new(vault: Vault, note: Note, days: int) -> bool:
    """Whether a note is known to have been written fewer days ago than that."""
    born = created(vault, note)
    return born is not None and (vault.today - born).days < days


def touched(vault: Vault, note: Note) -> date | None:
    """The last day on which a person changed the note; None when nobody knows."""
    versions = _versions(vault, note)
    return versions[-1].day if versions else None


def added(vault: Vault, note: Note, first: date) -> int | None:
    """How many characters were added to a note from a day on, whatever was taken out; None when nobody knows."""
    versions, begun = _versions(vault, note), since(vault)
    if versions is None or begun is None or begun > first:
        return None
    total, before = 0, 0
    for each in versions:
        if each.day >= first:
            total += max(0, each.size - before)
        before = each.size
    return total


def _versions(vault: Vault, note: Note) -> tuple[Version, ...] | None:
    """What was known of a note until today, and how it reads now; None when nobody keeps anything.

    What nobody has kept yet of how it reads was written today, as far as anybody can tell.
    """
    past = vault.setting.past
    if past is None or past.since > vault.today:
        return None
    known = tuple(each for each in past.versions.get(note.path, ()) if each.day <= vault.today)
    now = version(vault.today, note)
    if known and (known[-1].properties, known[-1].size) == (now.properties, now.size):
        return known
    return (*known, now)


def _said(vault: Vault, note: Note, said: Version, field: str) -> str:
    """A version's value of a field, by any of the names that the note's kind has for it."""
    told = vault.recognised.get(note.path)
    for name, text in said.properties.items():
        known = vault.kinds.field(told.kind, name) if told else None
        if (known.name if known else name) == field and text:
            return text_of(text)
    return ""
