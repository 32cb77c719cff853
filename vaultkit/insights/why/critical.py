"""What decides when an objective is reached: a Vault and a note go in; its slack, chain and next dominoes come out."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from vaultkit.insights.awaiting import is_aside
from vaultkit.insights.critical_path import critical_paths
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import end_of
from vaultkit.insights.why.words import named, when
from vaultkit.insights.wording import called
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.insights.critical_path import Critical, Domino
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

_LIFE = 36_500
"""Days: of what takes longer no day is told."""


def critical_path(vault: Vault, note: Note) -> Score | None:
    """Of an objective, the chain that decides; of a piece of work, how many days it can slip."""
    found = vault.ask(by_objective).get(note.path)
    if found is not None:
        return _objective(vault, note, found)
    places = vault.ask(by_work).get(note.path, ())
    return _work(vault, note, places) if places else None


def by_objective(vault: Vault) -> Mapping[str, Critical]:
    """Objective -> its critical path."""
    return {each.objective: each for each in vault.ask(critical_paths)}


def by_work(vault: Vault) -> Mapping[str, tuple[tuple[Critical, Domino], ...]]:
    """Piece of work -> the objectives that it stands on the way to, the one that it can hold up soonest first."""
    found: dict[str, list[tuple[Critical, Domino]]] = {}
    for each in vault.ask(critical_paths):
        for domino in each.work:
            found.setdefault(domino.path, []).append((each, domino))
    return {path: tuple(sorted(each, key=lambda pair: pair[1].total_float)) for path, each in found.items()}


def _objective(vault: Vault, note: Note, found: Critical) -> Score:
    ends = vault.today + timedelta(days=ceil(found.finish)) if found.finish < _LIFE else None
    said = when(vault, ends) if ends else ""
    terms = [Term("finish", message("days until it can be reached"), found.finish, said=said)]
    end = end_of(vault, note)
    if end is not None:
        terms.append(Term("end", message("its last day"), (end - vault.today).days, said=when(vault, end)))
    terms += [
        Term("chain", message("on the chain, days"), domino.duration.days, said=_lasting(vault, domino))
        for domino in found.chain
    ]
    if found.next:
        terms.append(Term("next", message("next dominoes"), len(found.next), said=named(vault, found.next)))
    return Score("critical_path", message("Critical path"), tuple(terms), found.slack, _slack(found.slack))


def _work(vault: Vault, note: Note, places: tuple[tuple[Critical, Domino], ...]) -> Score:
    domino = places[0][1]
    assumed = _assumed(domino, message("assumed: nobody says how long it takes"))
    terms = [Term("duration", message("days that it takes"), domino.duration.days, said=assumed)]
    for toward, each in places:
        terms.append(Term("float", message("days it can slip"), each.total_float, said=_toward(vault, note, toward)))
    if domino.total_float:
        said = message("Days that it can slip before it holds up an objective.")
    else:
        said = message("It is critical: each day that it loses is lost for the objective.")
    return Score("critical_path", message("Critical path"), tuple(terms), domino.total_float, said)


def _toward(vault: Vault, note: Note, found: Critical) -> Message | str:
    """The objective, and whether this is the next thing to be done for it."""
    name = called(vault, found.objective)
    if note.path in found.next and is_aside(vault, note):
        return message("{name}: nothing need come first, and it is set aside", name=name)
    if note.path in found.next:
        return message("{name}: the next domino, it can be begun now", name=name)
    return name


def _lasting(vault: Vault, domino: Domino) -> Message | str:
    name = called(vault, domino.path)
    return _assumed(domino, message("{name}: assumed, nobody says how long it takes", name=name)) or name


def _assumed(domino: Domino, said: Message) -> Message | str:
    return "" if domino.duration.is_known else said


def _slack(slack: float | None) -> Message:
    if slack is None:
        return message("Its slack is unknown: it has no last day.")
    if slack < 0:
        return message("As things are planned its last day cannot be kept: so many days are missing.")
    return message("Slack: days until its last day, less those until it can be reached.")
