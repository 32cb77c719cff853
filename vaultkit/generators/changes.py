"""What has changed since Monday of last week: a Vault goes in; one page of what is new, closed, moved comes out."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.insights.changes import changes
from vaultkit.insights.history import since
from vaultkit.language import message, plural
from vaultkit.model import Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.pages.sections import Entry, Section, joined, section
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultkit.escape import Markdown
    from vaultkit.insights.changes import Changed
    from vaultkit.model import Message
    from vaultkit.pages.difference import Reads
    from vaultkit.pages.sections import Words
    from vaultkit.vault import Vault

NAME = "changes"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST = 12
"""Rows of a section."""
PASSING = frozenset({"meeting", "update", "note"})
"""The kinds of which a new one is no news."""

TITLES: Mapping[str, Message] = {
    "closed": message("Closed"),
    "decided": message("Decided"),
    "new": message("New"),
    "slipped": message("Slipped"),
    "earlier": message("Brought forward"),
    "health": message("Health turned"),
    "owner": message("In other hands"),
    "reopened": message("Reopened"),
}
"""What closed and what was decided first: that is what the days were for."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page; where nobody knows how it was, that."""
    page = vault.ask(places).get(NAME, f"{NAME}.md")
    yield Page(page, text(vault, page), NAME)


def text(vault: Vault, page: str) -> str:
    """The page as it reads at a place."""
    first, begun = vault.setting.since or first_day(vault.today), since(vault)
    start = None if begun is None else max(first - timedelta(1), begun)
    found = _told(vault, changes(vault, start) or () if start is not None else ())
    return page_text(
        vault,
        NAME,
        page,
        "changes.md.j2",
        verdict=_verdict(vault, start, found, first),
        unknown=_unknown(begun, start, first),
        as_of=phrases.as_of(vault),
        sections=_sections(vault, found, page),
    )


def first_day(today: date) -> date:
    """Monday of last week."""
    return today - timedelta(today.weekday() + 7)


def _told(vault: Vault, found: Iterable[Changed]) -> list[Changed]:
    kinds = vault.recognised
    return [each for each in found if each.what != "new" or kinds[each.path].kind not in PASSING]


def _verdict(vault: Vault, start: date | None, found: Sequence[Changed], first: date) -> Message:
    if start is None:
        return message("Since {date}: unknown", date=str(first))
    from_day = max(first, start)
    if not found:
        return message("Since {date}: nothing has changed", date=str(from_day))
    return message("Since {date}: {what}", date=str(from_day), what=_counts(vault, found))


def _counts(vault: Vault, found: Sequence[Changed]) -> Markdown:
    """What one asks first: how much came, how much went, how much slipped."""
    counts = Counter(_group(each) for each in found)
    told = (
        plural("{count} closed", "{count} closed", counts["closed"]),
        plural("{count} decided", "{count} decided", counts["decided"]),
        plural("{count} new", "{count} new", counts["new"]),
        plural("{count} date slipped", "{count} dates slipped", counts["slipped"]),
        plural("{count} brought forward", "{count} brought forward", counts["earlier"]),
        plural("{count} change of health", "{count} changes of health", counts["health"]),
        plural("{count} change of owner", "{count} changes of owner", counts["owner"]),
        plural("{count} reopened", "{count} reopened", counts["reopened"]),
    )
    return joined(vault, [each for each in told if each.count])


def _group(each: Changed) -> str:
    """Under which heading it stands."""
    if each.what != "due":
        return each.what
    return "slipped" if (each.slip or 0) > 0 else "earlier"


def _unknown(begun: date | None, start: date | None, first: date) -> Message | None:
    """Why so little is known, where that is so."""
    if begun is None or start is None:
        return message(
            "Nobody has kept what the notes said then: git does, and vaultkit does from its first run on, day by day."
        )
    if begun >= first:
        return message("Of the days before {date} nothing is known.", date=str(begun))
    return None


def _sections(vault: Vault, found: Sequence[Changed], page: str) -> list[Section]:
    """What closed and what was decided first: that is what a week was for."""
    groups: dict[str, list[Changed]] = {}
    for each in found:
        groups.setdefault(_group(each), []).append(each)
    groups.get("slipped", []).sort(key=lambda each: (-(each.slip or 0), each.path))
    return [
        section(_title(vault, title, len(groups[name])), [_entry(vault, each, page) for each in groups[name]], MOST)
        for name, title in TITLES.items()
        if name in groups
    ]


def _title(vault: Vault, title: Message, count: int) -> Words:
    return joined(vault, [title, f"({count})"], " ")


def _entry(vault: Vault, each: Changed, page: str) -> Entry:
    note, what = vault.notes[each.path], link(vault, each.path, page)
    how = _how(vault, each, page)
    kind = phrases.kind_label(vault, vault.recognised[note.path].kind)
    named = message("{what} ({kind})", what=what, kind=kind)
    return Entry(named if how is None else message("{what} – {how}", what=named, how=how))


def _how(vault: Vault, each: Changed, page: str) -> Words | None:
    match each.what:
        case "due":
            days = abs(each.slip or 0)
            later = plural("{count} day later", "{count} days later", days)
            sooner = plural("{count} day earlier", "{count} days earlier", days)
            how = later if (each.slip or 0) > 0 else sooner
            return message("{before} → {after}, {how}", before=each.before, after=each.after, how=how)
        case "health":
            before, after = (phrases.HEALTHS.get(word, word) for word in (each.before, each.after))
            return message("{before} → {after}", before=before, after=after)
        case "owner":
            before = phrases.without_links(each.before)
            return message(
                "{before} → {after}", before=before, after=phrases.owner(vault, vault.notes[each.path], page)
            )
        case "closed" | "reopened":
            return _said(vault, each)
        case _:
            return None


def _said(vault: Vault, each: Changed) -> Words | None:
    """The word of its owner for how it stands now."""
    note = vault.notes[each.path]
    item = vault.property(note, "outcome" if vault.choice(note, "outcome") else "status")
    return escape.text(phrases.clipped(phrases.without_links(text_of(item.value)), 40)) if item else None
