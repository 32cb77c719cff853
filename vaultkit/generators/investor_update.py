"""The update for investors: a Vault as they may see it goes in; a one-page letter comes out, with parts for its author.

It says what is declared and measured, and judges nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultkit.insights.compared import compared
from vaultkit.insights.going import accounts
from vaultkit.insights.lately import closed
from vaultkit.insights.names import aliases
from vaultkit.language import message, plural
from vaultkit.model import Page
from vaultkit.pages import outlook, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.compared import Comparison
    from vaultkit.insights.going import Account
    from vaultkit.model import Message
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "investor-update"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
DAYS = 31
"""What is told of: such letters go out once a month."""
NUMBERS, ENTRIES, REQUESTS = 12, 6, 4
_RUNWAY = frozenset({"runway", "tresorerie", "cash"})
"""Words, folded, in the name of the number that says how long the money lasts."""
_LAST = frozenset({"month", "mois", "week", "semaine", "day", "jour"})
"""Words, folded and in the singular, that begin a unit of time."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, first = vault.ask(places)[NAME], vault.today - timedelta(days=DAYS)
    every, numbers = vault.ask(accounts), outlook.numbers(vault, page)
    high = [each for each in every if each.declared == "on_track" and each.way == "well" and not each.is_outdated]
    low = [each for each in every if each.declared in {"at_risk", "off_track"} and not each.is_outdated]
    done = closed(vault, first)
    text = page_text(
        vault,
        NAME,
        page,
        "investor-update.md.j2",
        as_of=phrases.as_of(vault),
        days=plural("the last {count} day", "the last {count} days", DAYS),
        runway=_runway(vault, page),
        done=[link(vault, note.path, page) for note in done[:ENTRIES]],
        high=[_entry(vault, each, page) for each in high[:ENTRIES]],
        more_high=outlook.more(len(high) - ENTRIES),
        low=[_entry(vault, each, page) for each in low[:ENTRIES]],
        more_low=outlook.more(len(low) - ENTRIES),
        numbers=numbers[:NUMBERS],
        more_numbers=outlook.more(len(numbers) - NUMBERS),
        asks=outlook.asks(vault, page, "investors", first, REQUESTS),
        part={name: outlook.part(name) for name in ("summary", "highlights", "lowlights", "asks")},
    )
    yield Page(page, text, NAME)


def _entry(vault: Vault, account: Account, page: str) -> outlook.Entry:
    """What is declared, and why as far as it is written."""
    said = phrases.HEALTHS[account.declared or ""]
    update, words = account.update, outlook.quoted(account.update.why) if account.update else ""
    why = (message("Why: {words} ({day})", words=words, day=str(update.day)),) if update and words else ()
    return outlook.Entry(link(vault, account.path, page), None, (said,), why)


def _runway(vault: Vault, page: str) -> Message:
    """How long the money lasts, by the number that is called so."""
    found = next((each for each in vault.ask(compared) if _is_runway(vault, each)), None)
    if found is None:
        return message("Runway: unknown. No key result and no metric in months or weeks is called runway or cash.")
    told = {
        "now": outlook.amount(vault, found.now, found.unit),
        "name": link(vault, found.path, page),
        "target": outlook.amount(vault, found.target, found.unit),
    }
    if found.prior is None:
        return message("Runway: {now} ({name}); {target} wanted.", **told)
    prior = outlook.amount(vault, found.prior, found.unit)
    return message("Runway: {now} ({name}); {prior} before, {target} wanted.", **told, prior=prior)


def _is_runway(vault: Vault, each: Comparison) -> bool:
    note = vault.notes[each.path]
    words = {word for name in (note.name, vault.title(note), *aliases(note)) for word in fold(name).split()}
    unit = fold(each.unit).split()
    return not _RUNWAY.isdisjoint(words) and bool(unit) and unit[0].rstrip("s") in {word.rstrip("s") for word in _LAST}
