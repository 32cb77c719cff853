"""The decision log: a Vault goes in; what waits to be decided, what was decided, and what replaced what come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.decisions import (
    days_pending,
    is_replaced,
    replacements,
    since,
    stands,
    state,
    successor,
    waiting,
)
from vaultkit.insights.minutes import minutes
from vaultkit.insights.why.words import when
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import mermaid, outlook, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.mermaid import Node, Style
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from vaultkit.insights.minutes import Minutes
    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

    _Key: TypeAlias = Callable[[Note], tuple[object, ...]]

NAME = "decision-log"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
PENDING, TAKEN, MEETINGS, LINES = 20, 40, 12, 8
"""Rows of each; lines of one meeting."""
REPLACED = mermaid.MOST_NODES // 2
"""Pairs of an old and a new one that are told and drawn."""


class Waiting(Struct, frozen=True):
    """One decision that is still to be taken."""

    link: Markdown
    decider: Markdown | Message
    days: Message
    by: Message | None
    """Until when it is to be taken."""
    needed: Markdown | Message | str
    """What waits for it."""


class Taken(Struct, frozen=True):
    """One decision that was taken."""

    day: Message | str
    link: Markdown
    status: Message
    decider: Markdown | Message
    review: Message | str


class Meeting(Struct, frozen=True):
    """What one meeting decided."""

    link: Markdown
    lines: tuple[Markdown, ...]
    more: Message | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    pending = sorted((note for note in vault.of_kind("decision") if state(vault, note) == "open"), key=_oldest(vault))
    put_off = [note for note in vault.of_kind("decision") if state(vault, note) == "put-off"]
    taken = sorted((n for n in vault.of_kind("decision") if _is_taken(vault, n)), key=_newest(vault))
    chains, meetings = _chains(vault), vault.ask(minutes)
    text = page_text(
        vault,
        NAME,
        page,
        "decision-log.md.j2",
        as_of=phrases.as_of(vault),
        callout="warning" if pending else "info",
        verdict=_verdict(vault, pending, taken),
        pending=[_waiting(vault, note, page) for note in pending[:PENDING]],
        waiting=len(pending),
        more_pending=outlook.more(len(pending) - PENDING),
        put_off=outlook.several(vault, [note.path for note in put_off], page, PENDING) if put_off else None,
        taken=[_taken(vault, note, page) for note in taken[:TAKEN]],
        more_taken=outlook.more(len(taken) - TAKEN),
        diagram=_mermaid(vault, chains[:REPLACED]),
        chains=[_chain(vault, new, old, page) for new, old in chains[:REPLACED]],
        more_chains=outlook.more(len(chains) - REPLACED),
        meetings=[each for each in (_meeting(vault, m, page) for m in meetings[:MEETINGS]) if each.lines],
        more_meetings=outlook.more(len(meetings) - MEETINGS),
    )
    yield Page(page, text, NAME)


def _verdict(vault: Vault, pending: Sequence[Note], taken: Sequence[Note]) -> Message:
    if not pending and not taken:
        return message("No decision was taken yet, and none waits to be")
    holding = sum(1 for note in taken if state(vault, note) == "accepted" and not is_replaced(vault, note))
    holds = plural("{count} decision holds", "{count} decisions hold", holding)
    if not pending:
        return message("{holds}, none waits to be taken", holds=holds)
    waits = plural("{count} waits to be taken", "{count} wait to be taken", len(pending))
    days = [each for note in pending if (each := days_pending(vault, note)) is not None]
    if not days:
        return message("{holds}, {waits}", holds=holds, waits=waits)
    longest = plural("the oldest for {count} day", "the oldest for {count} days", max(days))
    return message("{holds}, {waits}, {longest}", holds=holds, waits=waits, longest=longest)


def _is_taken(vault: Vault, note: Note) -> bool:
    return state(vault, note) not in {"open", "put-off"}


def _oldest(vault: Vault) -> _Key:
    def key(note: Note) -> tuple[object, ...]:
        day = since(vault, note)
        return day is None, day.toordinal() if day else 0, note.path

    return key


def _newest(vault: Vault) -> _Key:
    def key(note: Note) -> tuple[object, ...]:
        day = since(vault, note)
        return day is None, -day.toordinal() if day else 0, note.path

    return key


def _waiting(vault: Vault, note: Note, page: str) -> Waiting:
    days, due = days_pending(vault, note), vault.day(note, "due")
    paths = waiting(vault, note.path)
    return Waiting(
        link(vault, note.path, page),
        outlook.decider(vault, note, page),
        outlook.UNKNOWN if days is None else plural("{count} day", "{count} days", days),
        None if due is None else message("to be taken by {when}", when=when(vault, due)),
        outlook.several(vault, paths, page) if paths else phrases.DASH,
    )


def _taken(vault: Vault, note: Note, page: str) -> Taken:
    day, review = since(vault, note), vault.day(note, "review")
    holds = state(vault, note) == "accepted" and not is_replaced(vault, note)
    shown: Message | str = phrases.DASH if review is None else str(review)
    if review is not None and holds and review <= vault.today and not _is_reviewed(vault, note):
        shown = message("**{when}**", when=when(vault, review))
    who, told = outlook.decider(vault, note, page), outlook.UNKNOWN if day is None else str(day)
    return Taken(told, link(vault, note.path, page), _status(vault, note, page), who, shown)


def _is_reviewed(vault: Vault, note: Note) -> bool:
    day, review = vault.day(note, "reviewed"), vault.day(note, "review")
    return day is not None and review is not None and day >= review


def _status(vault: Vault, note: Note, page: str) -> Message:
    if is_replaced(vault, note):
        new = successor(vault, note.path)
        return message("replaced by {name}", name=link(vault, new, page)) if new else message("replaced")
    match state(vault, note):
        case "accepted":
            return message("holds")
        case "closed":
            return message("closed")
        case _:
            return outlook.UNKNOWN


def _chains(vault: Vault) -> list[tuple[str, str]]:
    """The new and the old of each pair, where the new one holds; the latest first."""
    pairs = {(each.new, each.old) for told in vault.ask(replacements).values() for each in told if each.new != each.old}
    held = [pair for pair in pairs if stands(vault, vault.notes[pair[0]])]
    key = _newest(vault)
    return sorted(held, key=lambda pair: (key(vault.notes[pair[0]]), pair))


def _chain(vault: Vault, new: str, old: str, page: str) -> Message:
    day = since(vault, vault.notes[new])
    names = {"new": link(vault, new, page), "old": link(vault, old, page)}
    if day is None:
        return message("{new} replaced {old}", **names)
    return message("{new} replaced {old} ({day})", day=str(day), **names)


def _mermaid(vault: Vault, chains: Sequence[tuple[str, str]]) -> Markdown | None:
    """A flowchart of what replaced what, from the old to the new; the label is what Obsidian opens on a click."""
    paths = dict.fromkeys(path for pair in chains for path in reversed(pair))
    gone = frozenset(path for path in paths if is_replaced(vault, vault.notes[path]))
    style = Style("replaced", "stroke-dasharray:6 4", gone)
    return mermaid.flowchart(
        {path: Node(called(vault, path)) for path in paths}, [(old, new) for new, old in chains], [style]
    )


def _meeting(vault: Vault, told: Minutes, page: str) -> Meeting:
    lines = [link(vault, path, page) for path in told.decisions]
    lines += [words for line in told.lines if (words := outlook.quoted(line))]
    return Meeting(link(vault, told.path, page), tuple(lines[:LINES]), outlook.more(len(lines) - LINES))
