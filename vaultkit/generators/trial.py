"""The trial report: a Vault goes in; how the work stood on the first day that is known, and how it stands, come out.

It says as well what `vaultkit eject` would take out again: whoever tries something wants to know how to be rid of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import baseline
from vaultkit.config import Index
from vaultkit.insights.first_day import first_day
from vaultkit.insights.holding import holding
from vaultkit.insights.ratios import Share, ratios
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.names import INDEX
from vaultkit.pages.places import index_path, places
from vaultkit.pages.several import several
from vaultkit.regions import TICKS
from vaultkit.validators import standing
from vaultkit.vault.requests import read_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.escape import Markdown
    from vaultkit.insights.first_day import First
    from vaultkit.insights.ratios import Ratios
    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault
    from vaultkit.written import Region

NAME = "trial"
READS: tuple[Reads, ...] = ("work", "files", "ours")
TOLD: tuple[str, ...] = ()
UNKNOWN = message("unknown")
MOST = 7
"""How many of the pages that would stay are named."""


class Row(Struct, frozen=True):
    """One measure, then and now."""

    name: Message
    then: Message | str
    now: Message | str
    change: Message | str


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, first, now = vault.ask(places)[NAME], first_day(vault), vault.ask(ratios)
    kept = tuple(path for path in _pages(vault) if path in vault.notes and _stays(vault.notes[path]))
    text = page_text(
        vault,
        NAME,
        page,
        "trial.md.j2",
        verdict=_verdict(vault, first),
        as_of=phrases.as_of(vault),
        day=None if first is None else first.day.isoformat(),
        rows=_rows(first, now),
        baseline=_baseline(vault),
        removed=_removed(vault, len(kept)),
        kept=_kept(vault, kept, page),
    )
    yield Page(page, text, NAME)


def _verdict(vault: Vault, first: First | None) -> Message:
    if first is None:
        return message("How it stood before is unknown: no earlier day is kept.")
    days = plural("{count} day", "{count} days", (vault.today - first.day).days)
    now = vault.ask(ratios).alignment
    if first.alignment is None or not first.alignment.whole or not now.whole:
        return message("{days} since {date}, the first day that is known", date=first.day.isoformat(), days=days)
    return message(
        "Alignment was {then} on {date}; {days} later it is {now}",
        then=_percent(first.alignment),
        now=_percent(now),
        date=first.day.isoformat(),
        days=days,
    )


def _rows(first: First | None, now: Ratios) -> tuple[Row, ...]:
    """The four shares, and the orphans."""
    then = (first.alignment, first.coverage, first.ownership, first.action) if first else (None,) * 4
    names = (message("Alignment"), message("Coverage"), message("Owners"), message("Action"))
    shares = (now.alignment, now.coverage, now.ownership, now.action)
    rows = [_row(name, before, after) for name, before, after in zip(names, then, shares, strict=True)]
    orphans = first.orphans if first else None
    return (*rows, _orphans(orphans, now.orphans))


def _row(name: Message, then: Share | None, now: Share) -> Row:
    change: Message | str = phrases.DASH
    if then is None:
        change = UNKNOWN
    elif then.whole and now.whole:
        points = round(100 * now.part / now.whole) - round(100 * then.part / then.whole)
        change = _points(points)
    return Row(name, UNKNOWN if then is None else _share(then), _share(now), change)


def _points(points: int) -> Message:
    """By how many points of percentage."""
    if points == 0:
        return message("the same")
    if points > 0:
        return plural("up {count} point", "up {count} points", points)
    return plural("down {count} point", "down {count} points", -points)


def _orphans(then: int | None, now: int) -> Row:
    name = message("Orphans")
    if then is None:
        return Row(name, UNKNOWN, str(now), UNKNOWN)
    change = message("the same")
    if now != then:
        more, fewer = (
            plural("{count} more", "{count} more", now - then),
            plural("{count} fewer", "{count} fewer", then - now),
        )
        change = more if now > then else fewer
    return Row(name, str(then), str(now), change)


def _share(share: Share) -> Message | str:
    if not share.whole:
        return phrases.DASH
    return message("{part} of {whole} ({percent})", part=share.part, whole=share.whole, percent=_percent(share))


def _percent(share: Share) -> Message:
    return message("{number}%", number=round(100 * share.part / share.whole))


def _baseline(vault: Vault) -> Message | None:
    """What has become of the findings that were there when the baseline was written; None without one."""
    known = vault.setting.known
    if known is None:
        return None
    told = baseline.delta(standing(vault), known, vault.paths)
    return message(
        "Of {known} that the baseline holds, {gone} since.",
        known=plural("{count} finding", "{count} findings", sum(entry.count for entry in known)),
        gone=plural("{count} is settled", "{count} are settled", told.gone),
    )


def _pages(vault: Vault) -> tuple[str, ...]:
    """Every page of vaultkit's, those to come included: so that the first build says what a second would."""
    ours = {path for path in vault.ask(holding) if vault.read(path).generated}
    lists = () if INDEX in vault.config.pages.off else (index_path(each.path) for each in vault.config.index)
    return tuple(sorted(ours | set(vault.ask(places).values()) | set(lists)))


def _stays(note: Note) -> bool:
    """Whether a page holds what a person wrote: that is not ours to take away."""
    ours = note.generated
    words = any(each.text.strip() and not each.name.startswith(TICKS) for each in ours.yours) if ours else True
    return ours is None or words or ours.digest != ours.actual


def _removed(vault: Vault, kept: int) -> Message:
    lists = sum(1 for path in vault.ask(holding) for each in vault.read(path).regions if _is_filled(vault, each))
    pages = plural("{count} page", "{count} pages", len(_pages(vault)) - kept)
    if not lists:
        return message("`vaultkit eject` would remove {pages}. Every other byte would stay.", pages=pages)
    return message(
        "`vaultkit eject` would remove {pages}, and the text of {lists} in your notes. Every other byte would stay.",
        pages=pages,
        lists=plural("{count} list", "{count} lists", lists),
    )


def _is_filled(vault: Vault, region: Region) -> bool:
    """Whether a region has a list that nobody has edited, or will have one."""
    if region.closing is None:
        return isinstance(read_request(region, vault.kinds), Index)
    return region.digest == region.actual


def _kept(vault: Vault, kept: tuple[str, ...], page: str) -> Message | None:
    """The pages that a person has written in."""
    if not kept:
        return None
    links: Markdown = several(vault, kept, page, MOST)
    return message("What people wrote stays: {links}.", links=links)
