"""The update for everybody in the company: a Vault as they may see it goes in; what changed and why comes out.

It says what is and what was decided, and judges nothing. What nobody works on is said as plainly as what is done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.alignment import standings
from vaultkit.insights.decisions import state
from vaultkit.insights.lately import begun, closed, set_aside, told
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import outlook, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.updates import Update
    from vaultkit.model import Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "team-update"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
DAYS = 14
"""What is told of: every other week."""
BEFORE = 90
"""Days after which what was dropped is no news."""
CHANGES, PRIORITIES, ASIDE, DECISIONS = 10, 5, 7, 7


class Change(Struct, frozen=True):
    """What became of one note."""

    link: Markdown
    said: tuple[Message | Markdown, ...]


class Aim(Struct, frozen=True):
    """One of the first priorities, and what for."""

    link: Markdown
    serves: Markdown | None
    why: Markdown


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, first = vault.ask(places)[NAME], vault.today - timedelta(days=DAYS)
    changes, ranked = _changes(vault, page), vault.ask(ranked_priorities)
    aside, decisions = _aside(vault, page), outlook.decided(vault, page, first)
    text = page_text(
        vault,
        NAME,
        page,
        "team-update.md.j2",
        as_of=phrases.as_of(vault),
        days=plural("the last {count} day", "the last {count} days", DAYS),
        changes=changes[:CHANGES],
        more_changes=outlook.more(len(changes) - CHANGES),
        aims=[_aim(vault, note, page) for note in ranked[:PRIORITIES]],
        more_aims=outlook.more(len(ranked) - PRIORITIES),
        aside=aside[:ASIDE],
        more_aside=outlook.more(len(aside) - ASIDE),
        decisions=decisions[:DECISIONS],
        more_decisions=outlook.more(len(decisions) - DECISIONS),
        part={name: outlook.part(name) for name in ("summary", "why", "not doing", "kudos")},
    )
    yield Page(page, text, NAME)


def _changes(vault: Vault, page: str) -> list[Change]:
    """What was finished, what was begun, then what was told of the rest."""
    first = vault.today - timedelta(days=DAYS)
    done, new = closed(vault, first), begun(vault, first)
    rows = [Change(link(vault, note.path, page), (message("done"),)) for note in done]
    rows += [Change(link(vault, note.path, page), (message("new"),)) for note in new]
    seen = {note.path for note in (*done, *new)}
    others = [each for each in told(vault, first) if each[0].path not in seen]
    for note, last, before in sorted(others, key=lambda each: not _is_other(*each[1:])):
        said = tuple(_told(last, before))
        if said:
            rows.append(Change(link(vault, note.path, page), said))
    return rows


def _is_other(last: Update, before: Update | None) -> bool:
    """Whether a health or a date is known to be another one than before: that is news before all that is as it was."""
    if before is None:
        return False
    turned = None not in {last.health, before.health} and last.health != before.health
    return turned or (None not in {last.due, before.due} and last.due != before.due)


def _told(last: Update, before: Update | None) -> Iterator[Message]:
    """How it goes and until when, with what was said before where that was otherwise."""
    health = phrases.HEALTHS.get(last.health or "")
    was = phrases.HEALTHS.get(before.health or "") if before else None
    if health is not None and was is not None and was != health:
        yield message("{health} (was {before})", health=health, before=was)
    elif health is not None:
        yield message("still {health}", health=health) if was is not None else health
    if last.due is not None and before is not None and before.due not in {None, last.due}:
        yield message("due {date} (was {before})", date=str(last.due), before=str(before.due))
    elif last.due is not None:
        yield message("due {date}", date=str(last.due))
    words = outlook.quoted(last.why)
    if words:
        yield message("why: {words}", words=words)


def _aim(vault: Vault, note: Note, page: str) -> Aim:
    standing = vault.ask(standings)[note.path]
    top = standing.chain[-1].parent if standing.reason == "aligned" else None
    return Aim(
        link(vault, note.path, page), link(vault, top, page) if top else None, outlook.quoted(vault.text(note, "why"))
    )


def _aside(vault: Vault, page: str) -> list[Change]:
    """What is paused, dropped or put off, with why."""
    work = set_aside(vault, vault.today - timedelta(days=BEFORE))
    rows = [Change(link(vault, note.path, page), _reason(vault, note, _word(vault, note))) for note in work]
    put_off = (note for note in vault.of_kind("decision") if state(vault, note) == "put-off")
    return rows + [
        Change(link(vault, n.path, page), _reason(vault, n, message("not decided for now"))) for n in put_off
    ]


def _word(vault: Vault, note: Note) -> Message:
    return message("paused") if vault.choice(note, "status") == "paused" else message("dropped")


def _reason(vault: Vault, note: Note, word: Message) -> tuple[Message, ...]:
    words = outlook.quoted(vault.text(note, "why"))
    return (word, message("why: {words}", words=words)) if words else (word,)
