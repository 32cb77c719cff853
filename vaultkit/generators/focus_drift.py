"""Focus drift: a Vault goes in; what was said to matter beside what was worked on in the last 14 days comes out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.drift import DAYS, drift, stated_shares
from vaultkit.insights.history import since
from vaultkit.language import message, say
from vaultkit.model import Message, Page
from vaultkit.pages import figures, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.drift import Drift, Focus
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "focus-drift"
READS: tuple[Reads, ...] = ("work", "written")
TOLD: tuple[str, ...] = ()
MOST = 12
USUAL = 43
"""Percent of a chief executive's time that goes to their own agenda (Porter and Nohria 2018)."""
SOURCES: Mapping[str, Message] = {
    "written": message("what was written in notes"),
    "met": message("meetings, minutes times people"),
    "completed": message("tasks that were completed, by their hours"),
}


class Row(Struct, frozen=True):
    """A priority, or what reaches none."""

    name: Markdown | Message
    stated: Markdown | str
    actual: Markdown | Message | None
    """None where nobody knows."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, found, stated = vault.ask(places)[NAME], vault.ask(drift), vault.ask(stated_shares)
    rows = _rows(vault, found, page) if found else _stated(vault, stated, page)[:MOST]
    text = page_text(
        vault,
        NAME,
        page,
        "focus-drift.md.j2",
        as_of=phrases.as_of(vault),
        callout="info" if found is None else "warning" if found.is_far else "success",
        verdict=_unknown(vault, stated) if found is None else _verdict(found),
        known=found is not None,
        why=None if found is None else _why(vault, found),
        rows=rows,
        more=figures.more(len(stated) - MOST),
        elsewhere=_elsewhere(vault, found) if found and found.elsewhere else None,
        sources=[SOURCES[source] for source in found.sources] if found else [],
    )
    yield Page(page, text, NAME)


def _unknown(vault: Vault, stated: Mapping[str, float]) -> Message:
    """What is missing for anybody to know."""
    if not stated:
        return message("Nobody can tell: no live priority has a rank, and not all of them a weight.")
    begun, first = since(vault), vault.today - timedelta(days=DAYS - 1)
    if begun is None:
        return message("Nobody can tell yet: there is no history of the notes, neither git's nor vaultkit's own.")
    if begun > first:
        return message(
            "Nobody can tell yet: it takes {days} days of history, and there is one since {date}.",
            days=DAYS,
            date=str(begun),
        )
    return message("Nothing was written, met on or completed in the last {days} days.", days=DAYS)


def _verdict(found: Drift) -> Message:
    """How far it is, and how much of the work was on what was said to matter."""
    agenda = message("{share} of the work was on a live priority", share=figures.rounded(found.agenda))
    if found.starved:
        starved = message("one of the first two priorities starves")
        if len(found.starved) > 1:
            starved = message("both of the first two priorities starve")
        return message("{agenda}; {starved}", agenda=agenda, starved=starved)
    if found.is_far:
        return message("{agenda}, and its shares are far from what was said", agenda=agenda)
    return message("{agenda}, much as was said", agenda=agenda)


def _why(vault: Vault, found: Drift) -> Message:
    """The days that it is of, the distance where it is worth a word, and what is usual."""
    when = message("From {first} to {last}.", first=str(found.first), last=str(vault.today))
    if found.is_far:
        when = message(
            "From {first} to {last}; {share} of the work would have to move to be as was said.",
            first=str(found.first),
            last=str(vault.today),
            share=figures.rounded(found.distance),
        )
    return message(
        "{when} Chief executives usually spend {usual} of their time on what they want to move.",
        when=when,
        usual=figures.rounded(USUAL / 100),
    )


def _rows(vault: Vault, found: Drift, page: str) -> list[Row]:
    """What was said to matter most, and what took most of the work whatever was said; in the order of the former."""
    starved, most = {focus.path for focus in found.starved}, _greatest(found)
    greatest = sorted(found.focus, key=lambda focus: -max(focus.stated, focus.actual))[:MOST]
    return [
        Row(
            link(vault, focus.path, page),
            _share(vault, focus.stated, most),
            _starving(vault, focus, most) if focus.path in starved else _share(vault, focus.actual, most),
        )
        for focus in found.focus
        if focus in greatest
    ]


def _stated(vault: Vault, stated: Mapping[str, float], page: str) -> list[Row]:
    """What was said is known even where nobody knows what was done."""
    ordered, most = sorted(stated.items(), key=lambda each: (-each[1], each[0])), max(stated.values(), default=0.0)
    return [Row(link(vault, path, page), _share(vault, share, most), None) for path, share in ordered]


def _elsewhere(vault: Vault, found: Drift) -> Row:
    return Row(message("*on no live priority*"), phrases.DASH, _share(vault, found.elsewhere, _greatest(found)))


def _greatest(found: Drift) -> float:
    """The longest bar: twenty priorities would have none to speak of, if it were all of the work."""
    return max(found.elsewhere, *(max(focus.stated, focus.actual) for focus in found.focus))


def _starving(vault: Vault, focus: Focus, most: float) -> Message:
    return message("{share}, **starves**", share=_share(vault, focus.actual, most))


def _share(vault: Vault, share: float, most: float) -> Markdown:
    return Markdown(f"{figures.bar(share, most)} {say(figures.rounded(share), vault.language)}")
