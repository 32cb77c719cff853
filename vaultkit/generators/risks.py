"""The risks: a Vault goes in; the heat table, the risks and who acts on them, and what they threaten come out."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.exposure import RED, exposures, factor, risks
from vaultkit.insights.status import is_live
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import figures, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.exposure import Exposure, Risk
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "risks"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST = 20
"""Risks, and objectives, in a list."""
SIDE = (1, 2, 3, 4, 5)
MITIGATION_LENGTH = 80
_RED = "🟥"


class Heat(Struct, frozen=True):
    """The risks of one probability: those of each impact by their numbers in the list."""

    probability: int
    cells: tuple[str, ...]


class Row(Struct, frozen=True):
    """A risk in the list."""

    number: int
    link: Markdown
    weight: Message | str
    threatens: Markdown | str
    owner: Markdown | Message
    acted_on: Message | str


class Threatened(Struct, frozen=True):
    """An objective and what threatens it."""

    link: Markdown
    weight: Message | str
    risks: Markdown | str


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, found = vault.ask(places)[NAME], vault.ask(risks)
    exposed = [each for each in vault.ask(exposures).items() if is_live(vault, vault.notes[each[0]])]
    text = page_text(
        vault,
        NAME,
        page,
        "risks.md.j2",
        as_of=phrases.as_of(vault),
        callout=_callout(found),
        verdict=_verdict(found),
        sides=SIDE,
        heat=_heat(vault, found),
        legend=message(
            "The numbers are those of the list below. 🟥: probability × impact is {red} or more.", red=int(RED)
        ),
        unplaced=_unplaced(found),
        risks=[_row(vault, i, risk, page) for i, risk in enumerate(found[:MOST], 1)],
        more_risks=figures.more(len(found) - MOST),
        objectives=[_threatened(vault, path, each, page) for path, each in sorted(exposed, key=_exposed)[:MOST]],
        more_objectives=figures.more(len(exposed) - MOST),
    )
    yield Page(page, text, NAME)


def _callout(found: Sequence[Risk]) -> str:
    if any(risk.is_red and not risk.is_acted_on for risk in found):
        return "danger"
    if any(risk.is_red or not risk.is_acted_on for risk in found):
        return "warning"
    return "success" if found else "info"


def _verdict(found: Sequence[Risk]) -> Message:
    """How many there are, and the two numbers that count."""
    if not found:
        return message("There is no live risk.")
    red = [risk for risk in found if risk.is_red]
    idle = sum(1 for risk in found if not risk.is_acted_on)
    unheeded = sum(1 for risk in red if not risk.is_acted_on)
    acted = plural("nobody acts on {count} of them", "nobody acts on {count} of them", idle)
    if not idle:
        acted = message("somebody acts on each of them")
    elif unheeded:
        acted = plural(
            "nobody acts on {idle} of them, {count} of these red",
            "nobody acts on {idle} of them, {count} of these red",
            unheeded,
            idle=idle,
        )
    return message(
        "{risks}, {red}; {acted}",
        risks=plural("{count} live risk", "{count} live risks", len(found)),
        red=plural("{count} of them red", "{count} of them red", len(red)) if red else message("none of them red"),
        acted=acted,
    )


def _heat(vault: Vault, found: Sequence[Risk]) -> tuple[Heat, ...]:
    """From the most probable down; red cells are marked, whether anything stands there or not."""
    at: dict[tuple[int, int], list[str]] = {}
    for number, risk in enumerate(found, 1):
        place = _place(vault, risk)
        if place is not None:
            at.setdefault(place, []).append(str(number))
    return (
        tuple(
            Heat(row, tuple(_cell(row * column, at.get((row, column), ())) for column in SIDE))
            for row in reversed(SIDE)
        )
        if at
        else ()
    )


def _place(vault: Vault, risk: Risk) -> tuple[int, int] | None:
    """The probability and the impact of a risk, each as the nearest of 1 to 5."""
    note = vault.notes[risk.path]
    probability, impact = factor(vault, note, "probability"), factor(vault, note, "impact")
    if probability is None or impact is None:
        return None
    return floor(probability + 0.5), floor(impact + 0.5)


def _cell(weight: int, numbers: Sequence[str]) -> str:
    """The first of the numbers; a cell is no wider than a phone has room for."""
    told = ", ".join(numbers[:4]) + ("…" if len(numbers) > 4 else "")
    return " ".join(part for part in (_RED if weight >= RED else "", told) if part)


def _unplaced(found: Sequence[Risk]) -> Message | None:
    count = sum(1 for risk in found if risk.weight is None)
    if not count:
        return None
    return plural(
        "{count} risk does not say how probable or how bad it is, in numbers from 1 to 5: it has no place here.",
        "{count} risks do not say how probable or how bad they are, in numbers from 1 to 5: they have no place here.",
        count,
    )


def _row(vault: Vault, number: int, risk: Risk, page: str) -> Row:
    return Row(
        number,
        link(vault, risk.path, page),
        _weight(vault, risk.weight, red=risk.is_red),
        phrases.threatened(vault, risk.objectives, page),
        phrases.owner(vault, vault.notes[risk.path], page),
        _acted_on(vault, risk),
    )


def _weight(vault: Vault, weight: float | None, *, red: bool = False) -> Message | str:
    if weight is None:
        return figures.UNKNOWN
    said = figures.number(vault, weight)
    return message("**{weight}**, red", weight=said) if red else said


def _exposed(each: tuple[str, Exposure]) -> tuple[bool, float, str]:
    path, exposure = each
    return exposure.weight is None, -(exposure.weight or 0), path


def _threatened(vault: Vault, path: str, exposure: Exposure, page: str) -> Threatened:
    weights: Mapping[str, float] = {risk.path: risk.weight or 0 for risk in vault.ask(risks)}
    heaviest = sorted(exposure.risks, key=lambda risk: (-weights[risk], risk))
    weight = _weight(vault, exposure.weight)
    if exposure.unknown and exposure.weight is not None:
        weight = plural(
            "{weight}, and {count} of unknown weight",
            "{weight}, and {count} of unknown weight",
            exposure.unknown,
            weight=weight,
        )
    return Threatened(link(vault, path, page), weight, figures.joined(vault, heaviest, page))


def _acted_on(vault: Vault, risk: Risk) -> Message | str:
    """Whether anybody does anything about it; else what its note says would be done."""
    if risk.is_acted_on:
        return message("yes")
    words = phrases.without_links(vault.text(vault.notes[risk.path], "mitigation"))
    if not words:
        return message("**nobody**")
    return message("**nobody**; planned: {mitigation}", mitigation=phrases.clipped(words, MITIGATION_LENGTH))
