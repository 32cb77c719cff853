"""What to ask of who works on what: a Vault and its findings go in; questions of hands, teams and lists come out.

They are asked of work, never of how anybody does theirs.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from vaultkit.insights.bottlenecks import single_points
from vaultkit.insights.leadership import leadership, overlap
from vaultkit.insights.ownership import ownership
from vaultkit.insights.owning import misowned
from vaultkit.insights.questions.question import WEIGHTS, Question, of_finding
from vaultkit.insights.wording import called
from vaultkit.insights.workload import pieces
from vaultkit.language import message, plural
from vaultkit.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.leadership import Leader
    from vaultkit.insights.questions.question import Said
    from vaultkit.model import Message
    from vaultkit.vault import Vault

AGREED = 0.6
"""The index of the leaders' lists below which they are not the same list."""
_PAIRS = 200
"""How many pairs of leaders are compared: more than any leadership has."""
_SHOWN = 8
"""Pieces of work that are named."""


def two_weeks_away(vault: Vault, said: Said) -> Iterator[Question]:
    """What would stop, of work in the hands of one person."""
    held = {point.person: point.alone for point in vault.ask(single_points)}
    asked: set[str] = set()
    for finding in (*said.get("no-backup", ()), *said.get("overload", ())):
        person = ownership(vault, vault.notes[finding.path]).person or ""
        paths = held.get(person) or vault.ask(_owned).get(person, ())
        if person not in vault.notes or person in asked or not paths:
            continue
        asked.add(person)
        owner, target = called(vault, person), finding.path
        words = _would_stop(owner, [called(vault, path) for path in paths])
        steps = tuple(
            Evidence(message("{owner} works on {name}", owner=owner, name=called(vault, path)), path)
            for path in paths[:_SHOWN]
        )
        yield Question("two-weeks-away", target, words, WEIGHTS[finding.severity], steps, tuple(paths), person)


def _would_stop(owner: str, work: list[str]) -> Message:
    if len(work) == 1:
        return message("If {owner} were away for two weeks, would {name} stop?", owner=owner, name=work[0])
    return message(
        "If {owner} were away for two weeks, which of these {number} would stop?", owner=owner, number=len(work)
    )


def who_decides(vault: Vault, said: Said) -> Iterator[Question]:
    """Who decides, of a project of many teams that nobody owns."""
    for finding in said.get("cross-functional-no-dri", ()):
        found = vault.ask(misowned).get(finding.path)
        count = len(found.teams) if found else len(finding.evidence)
        words = plural(
            "{count} team, and no single owner of {name}: who decides when they disagree?",
            "{count} teams, and no single owner of {name}: who decides when they disagree?",
            count,
            name=called(vault, finding.path),
        )
        yield of_finding("who-decides", finding, words)


def whose_list(vault: Vault, _said: Said) -> Iterator[Question]:
    """Which list holds, where leaders have other first priorities: asked of those who say which, if two of them do."""
    found = vault.ask(leadership)
    if found.index is None or found.index >= AGREED or not found.company:
        return
    said = [leader for leader in found.leaders if leader.is_declared]
    pairs = islice(combinations(said if len(said) > 1 else found.leaders, 2), _PAIRS)
    one, other = min(pairs, key=lambda pair: overlap(pair[0].chosen, pair[1].chosen))
    if set(one.chosen) == set(other.chosen):
        return
    names = {"one": called(vault, one.person), "other": called(vault, other.person)}
    words = message("{one} and {other} hold different top priorities. Which list is the company's?", **names)
    if one.is_declared and other.is_declared:
        words = message("{one} and {other} name different top priorities. Which list is the company's?", **names)
    steps = tuple(_names(vault, leader) for leader in (one, other))
    facts = (*one.chosen, "", *other.chosen)
    yield Question("whose-list", found.company[0], words, 2, steps, facts, "leaders")


def _names(vault: Vault, leader: Leader) -> Evidence:
    names = ", ".join(called(vault, path) for path in leader.chosen)
    name = called(vault, leader.person)
    if leader.is_declared:
        return Evidence(message("{name} names {names}", name=name, names=names), leader.person)
    return Evidence(message("{name} owns {names}", name=name, names=names), leader.person)


def _owned(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Person -> the notes of the work that they own, each once."""
    found: dict[str, dict[str, None]] = {}
    for piece in vault.ask(pieces):
        found.setdefault(piece.person, {})[piece.path] = None
    return {person: tuple(paths) for person, paths in found.items()}
