"""Who takes an action and until when, as its words say: a Vault and an assignment go in; whether it tells comes out.

People write `Call the bank, Ann, before Friday` as often as they link and date it: a known person's name, first name or
alias counts as somebody, and so does `@ann`; a day, a month, a weekday or `tomorrow` counts as a time.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from vaultkit.insights.ownership import people, teams
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Note
    from vaultkit.vault import Vault

_SOMEBODY = frozenset({"person", "team", "stakeholder"})
_SAID = re.compile(r"(?:^|\W)@\w|\b(?:owner|assignee|assigned|who|responsable|porteur|pilote|qui|par) ?::")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LONGEST = 4
"""The most words of a name that are looked for in a text."""
_MONTHS = "|".join(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december janv fev avr mai juin juil janvier fevrier mars avril juillet aout septembre octobre "
    "novembre decembre".split()
)
_DAYS = "|".join(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche "
    "today tonight tomorrow demain aujourd'hui eow eom asap".split()
)
_WHEN = re.compile(
    r"\d{4} \d{2} \d{2}|(?<![\d.,/])\d{1,2}/\d{1,2}(?![\d%])|\b\d{1,2}\.\d{1,2}\."
    r"|\b(?:due|scheduled|deadline|echeance|quand|when) ?::"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b|\b(?:{_MONTHS}) \d|\b(?:{_DAYS})\b"
    rf"|\b(?:in|by|until|before|en|avant|fin|d'ici|debut) (?:{_MONTHS})\b"
    r"|\b(?:next|this|of the|la|de la|cette|fin de|end of) (?:week|month|quarter|semaine|mois|trimestre)\b"
    r"|\b(?:semaine|week|by|avant le|d'ici le|pour le|le|du) \d{1,2}\b|\b[qt][1-4]\b"
)
"""Words, folded, that say when."""


def has_somebody(vault: Vault, assignment: Assignment) -> bool:
    """Whether its line names a person, a team or a stakeholder, by a link or by words."""
    told = vault.recognised.get
    if any(kind.kind in _SOMEBODY for path in assignment.links if (kind := told(path)) is not None):
        return True
    text = fold(assignment.text)
    return bool(_SAID.search(text)) or not vault.ask(names_of_people).isdisjoint(_pieces(text))


def has_time(assignment: Assignment, *, scheduled: bool) -> bool:
    """Whether it says until when; `scheduled` is whether its marks say on which day it is to be done."""
    return scheduled or assignment.due is not None or bool(_WHEN.search(fold(assignment.text)))


def names_of_people(vault: Vault) -> frozenset[str]:
    """Every name by which a text may mean a person or a team, folded: whole names, aliases, first names."""
    whole = {*vault.ask(people), *vault.ask(teams)}
    notes = vault.of_kind("person")
    whole.update(fold(name) for note in notes for name in (note.name, vault.title(note)))
    firsts = (name.split(" ", 1)[0] for name in chain.from_iterable(_names(vault, note) for note in notes))
    return frozenset(" ".join(_WORDS.findall(name)) for name in (*whole, *(name for name in firsts if len(name) > 2)))


def _names(vault: Vault, note: Note) -> tuple[str, ...]:
    return fold(note.name), fold(vault.title(note))


def _pieces(text: str) -> Iterator[str]:
    """Every run of a few words in a text."""
    words = _WORDS.findall(text)
    for start in range(len(words)):
        for length in range(1, _LONGEST + 1):
            yield " ".join(words[start : start + length])
