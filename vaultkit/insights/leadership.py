"""Whether those who lead hold the same things to be first: a Vault goes in; how far their lists agree comes out.

    overlap of a leader = |T and C| / |T or C|        (Jaccard)
    index               = the mean overlap of the leaders who have a list

C is the company's first `TOP` priorities by rank; T is what a leader's note names under `priorities`, else the first of
the priorities that they own. Between 0 (nothing in common) and 1 (the same); no unit. Unknown (None) with fewer than
two such leaders.

    voice = "one" when every leader with a list has the company's first priority on it (five of five), "some" when
            three in five or more have, else "many"; None as for the index

Worked: the company's first five are A B C D E. One leader names A B C X Y: 3 of 7 different ones, 0.43. Another owns A
and B alone: 2 of 5, 0.40. The index is 0.41. On A B C the first leader's order is the company's: tau is 1; for C B A it
would be -1. Both hold A: they speak with one voice. Were A on the lists of 3 of 5 leaders, it would be "some"; of 2 of
5, "many".

Source: the test of asking five people of a leadership for the first priorities, with its three answers (all five,
three or four, fewer); Kendall's rank correlation (1938).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import leaders
from vaultkit.insights.ranking import ranked_priorities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.vault import Vault

Voice = Literal["one", "some", "many"]
SOME = 0.6
"""The share of leaders from which on they speak with some agreement: three in five."""
TOP = 5
"""How many priorities can come first."""


class Leader(Struct, frozen=True):
    """What one of them holds to be first."""

    person: str
    chosen: tuple[str, ...]
    """Priorities, the first one first."""
    is_declared: bool
    """Whether the person's note names them; else they are those that the person owns."""
    overlap: float
    agreement: float | None
    """Kendall's tau on what both lists hold, from -1 to 1; None with fewer than two of these."""


class Leadership(Struct, frozen=True):
    """How far they agree."""

    company: tuple[str, ...]
    leaders: tuple[Leader, ...]
    """Those who have a list, by path."""
    index: float | None
    voice: Voice | None
    """Whether they would name the same thing when asked what comes first."""
    unowned: tuple[str, ...]
    """Which of the company's first no leader holds."""


def leadership(vault: Vault) -> Leadership:
    """Compare the lists of all who lead."""
    ranked = vault.ask(ranked_priorities)
    company = tuple(note.path for note in ranked[:TOP])
    owned: dict[str, list[str]] = {}
    for note in ranked:
        owned.setdefault(ownership(vault, note).person or "", []).append(note.path)
    found = []
    for person in sorted(vault.ask(leaders)):
        declared = _declared(vault, person)
        chosen = declared or tuple(owned.get(person, ())[:TOP])
        if chosen:
            found.append(Leader(person, chosen, bool(declared), overlap(chosen, company), agreement(chosen, company)))
    index = sum(each.overlap for each in found) / len(found) if len(found) > 1 else None
    held = {path for each in found for path in each.chosen}
    unowned = tuple(path for path in company if path not in held)
    return Leadership(company, tuple(found), index, voice([each.chosen for each in found], company), unowned)


def voice(lists: Sequence[Sequence[str]], company: Sequence[str]) -> Voice | None:
    """How many of the lists hold what comes first for the company; None for fewer than two, or without such a thing."""
    if len(lists) < 2 or not company:
        return None
    agreeing = sum(company[0] in each for each in lists)
    if agreeing == len(lists):
        return "one"
    return "some" if agreeing >= SOME * len(lists) else "many"


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two lists have in common, whatever their order: 0 to 1."""
    both = {*one, *other}
    return len(set(one) & set(other)) / len(both) if both else 0.0


def agreement(one: Sequence[str], other: Sequence[str]) -> float | None:
    """How far two lists put in the same order what both hold: -1 to 1; None for fewer than two of these."""
    places = {path: place for place, path in enumerate(other)}
    shared = [places[path] for path in dict.fromkeys(one) if path in places]
    pairs = list(combinations(shared, 2))
    return sum(1 if before < after else -1 for before, after in pairs) / len(pairs) if pairs else None


def _declared(vault: Vault, person: str) -> tuple[str, ...]:
    edges = vault.relation(vault.notes[person], "priorities")
    named = (edge.target for edge in edges if edge.target in vault.notes)
    return tuple(dict.fromkeys(path for path in named if path and vault.is_kind(vault.notes[path], "priority")))[:TOP]
