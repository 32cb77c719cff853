"""What updates for others have in common to show: accounts and numbers go in, rows and sentences come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.asked import asked
from vaultkit.insights.compared import compared
from vaultkit.insights.decisions import is_replaced, since, state
from vaultkit.insights.going import LATE
from vaultkit.insights.ownership import ownership
from vaultkit.insights.redacting import BLANK
from vaultkit.insights.why.words import STANDINGS, figure
from vaultkit.language import message, plural
from vaultkit.model import Message
from vaultkit.pages import figures, phrases
from vaultkit.pages.linking import link
from vaultkit.regions import yours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from vaultkit.insights.asked import Ask
    from vaultkit.insights.compared import Comparison, Standing
    from vaultkit.insights.going import Account
    from vaultkit.model import Note
    from vaultkit.vault import Vault

LONGEST = 160
"""Characters of what a note is quoted with."""
UNKNOWN = message("unknown")
BEHIND = LATE | {"missed", "partial"}
"""What the calendar says of work that is not where it should be, or did not get there."""
_BOUNDS: dict[str, Message] = {"kept": message("within its bound"), "broken": message("outside its bound")}


class Number(Struct, frozen=True):
    """One number as a row."""

    link: Markdown
    now: Message | Markdown
    plan: Message | Markdown
    prior: Message | Markdown
    target: Message | Markdown
    standing: Message


class Entry(Struct, frozen=True):
    """One piece of work, what is said of it, and what stands below it."""

    link: Markdown
    owner: Markdown | Message | None
    said: tuple[Message | Markdown, ...]
    below: tuple[Message | Markdown, ...] = ()


class Decided(Struct, frozen=True):
    """One decision as an entry."""

    day: Message | str
    link: Markdown
    decider: Markdown | Message | None
    """None where nobody says."""


def part(name: str) -> Markdown:
    """A part of the page that is left to a person."""
    return Markdown(yours(name))


def numbers(vault: Vault, page: str) -> list[Number]:
    """Every number that a page can tell of."""
    return [_number(vault, each, page) for each in vault.ask(compared)]


def _number(vault: Vault, each: Comparison, page: str) -> Number:
    prior: Message | Markdown = amount(vault, each.prior, each.unit)
    if each.prior is not None:
        prior = message("{value} ({day})", value=prior, day=str(each.prior_day))
    return Number(
        link(vault, each.path, page),
        amount(vault, each.now, each.unit),
        amount(vault, each.plan, each.unit),
        prior,
        amount(vault, each.target, each.unit),
        _standing(each.standing),
    )


def _standing(standing: Standing | None) -> Message:
    return UNKNOWN if standing is None else _BOUNDS.get(standing) or STANDINGS[standing]


def amount(vault: Vault, value: float | None, unit: str) -> Message | Markdown:
    """A number with its unit, as its readers write numbers."""
    if value is None:
        return UNKNOWN
    shown = figure(round(value, 2))
    shown = shown.replace(".", ",") if vault.language == "fr" else shown
    return Markdown(f"{shown}\u00a0{escape.text(unit)}" if unit else shown)


def entry(vault: Vault, account: Account, page: str, *, owner: bool = True) -> Entry:
    """How a piece of work goes, in a line; with why, where it goes badly."""
    note = vault.notes[account.path]
    return Entry(
        link(vault, account.path, page),
        holder(vault, note, page) if owner else None,
        tuple(_said(account)),
        tuple(_below(vault, account, page)) if account.way == "badly" else (),
    )


def _said(account: Account) -> Iterator[Message]:
    own = (account.pace.grade or account.pace.label) if account.pace else None
    if account.declared is not None:
        yield _declared(account, STANDINGS.get(account.declared, UNKNOWN), own)
    elif own is not None:
        yield STANDINGS[own]
    if account.pace is not None:
        done, gone = (figures.percent(share) for share in (account.pace.progress, account.pace.expected))
        yield message("done: {done}, expected: {expected}", done=done, expected=gone)
    if account.late is not None:
        yield plural("{count} day late", "{count} days late", account.late)


def _declared(account: Account, word: Message, own: str | None) -> Message:
    """The health that is declared; beside it the calendar's, where that is worse than a green."""
    if account.is_outdated:
        return message("{health} when last told", health=word)
    if account.declared == "on_track" and own in BEHIND:
        return message("{pace}, said to be {health}", pace=STANDINGS[own], health=word)
    return word


def _below(vault: Vault, account: Account, page: str) -> Iterator[Message]:
    why = account.update.why if account.update else ""
    words = quoted(why)
    if account.update and words:
        source = link(vault, account.update.path, page)
        yield message("Why: {words} ({source}, {day})", words=words, source=source, day=str(account.update.day))
    if account.waits:
        shown = several(vault, account.waits, page)
        yield message("Waits for {names}", names=shown)
    sign = link(vault, account.sign, page) if account.sign is not None else ""
    if sign and account.worst in LATE:
        yield message("Held back by {name}: {standing}", name=sign, standing=STANDINGS[account.worst])
    elif sign and account.worst is not None:
        yield message("To watch: {name} ({standing})", name=sign, standing=STANDINGS[account.worst])
    elif sign:
        yield message("To watch: {name}", name=sign)


def holder(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """Who owns a note, as it says."""
    found = ownership(vault, note)
    if found.person:
        return link(vault, found.person, page)
    return escape.text(", ".join(found.said)) if found.said else message("nobody")


def several(vault: Vault, paths: Sequence[str], page: str, most: int = 3) -> Markdown | Message:
    """Some notes as links, and how many more."""
    shown = Markdown(", ".join(link(vault, path, page) for path in paths[:most]))
    if len(paths) <= most:
        return shown
    return plural("{names} and {count} more", "{names} and {count} more", len(paths) - most, names=shown)


def more(left: int) -> Message | None:
    """How many rows there was no place for."""
    return plural("And {count} more.", "And {count} more.", left) if left > 0 else None


def quoted(text: str) -> Markdown:
    """What a note says, as words; empty where nothing of it is for the reader."""
    words = phrases.clipped(phrases.without_links(text), LONGEST)
    return escape.text("" if words.strip(" :.–-") in {"", BLANK} or words.endswith(f": {BLANK}") else words)


def asks(vault: Vault, page: str, group: str | None, first: date, most: int) -> list[Markdown]:
    """What is asked of a group from a day on, or of nobody in particular: what, and where that is written."""
    found: list[Markdown] = []
    for each in vault.ask(asked):
        wanted = _is_of(vault, each, group) and (each.day is None or each.day >= first)
        words = quoted(each.text) if wanted else ""
        if words:
            found.append(Markdown(f"{words} ({link(vault, each.path, page)})"))
    return found[:most]


def _is_of(vault: Vault, ask: Ask, group: str | None) -> bool:
    """What a meeting asks of those who were there is nobody else's."""
    if group is None:
        return not ask.readers and vault.is_kind(vault.notes[ask.path], "update")
    return group in ask.readers


def decided(vault: Vault, page: str, first: date) -> list[Decided]:
    """The decisions that were taken from a day on and hold, the latest first."""
    found = []
    for note in vault.of_kind("decision"):
        day = since(vault, note) if state(vault, note) in {"accepted", "closed"} else None
        if day is not None and first <= day <= vault.today and not is_replaced(vault, note):
            found.append((-day.toordinal(), note.path, str(day), note))
    ordered = sorted(found, key=lambda each: each[:2])
    return [Decided(day, link(vault, n.path, page), _known(decider(vault, n, page))) for _, _, day, n in ordered]


def _known(who: Markdown | Message) -> Markdown | Message | None:
    return None if who is UNKNOWN else who


def decider(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """Who decides or decided, as links where there are notes of them."""
    paths = [edge.target for edge in vault.relation(note, "decider") if edge.target is not None]
    if paths:
        return several(vault, tuple(dict.fromkeys(paths)), page)
    said = vault.text(note, "decider")
    return escape.text(said) if said else UNKNOWN
