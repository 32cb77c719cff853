"""The orphans: a Vault goes in; each live priority that serves no live objective, its chain and its mend come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.alignment import nearest_objectives, standings
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.status import closing_property, end_of, is_closed
from vaultkit.insights.wording import called
from vaultkit.language import message, plural, say
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.validators import standing
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.alignment import Reason, Standing
    from vaultkit.model import Finding, Note
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "orphan-priorities"
READS: tuple[Reads, ...] = ("work",)

REASONS: Mapping[Reason, Message] = {
    "no-objective": message("There is no live objective to serve"),
    "expired": message("Serve an objective that has ended"),
    "closed": message("Serve an objective that is closed"),
    "broken-link": message("Serve a note that does not exist"),
    "weak": message("Mention an objective and do not serve it"),
    "no-link": message("Serve nothing"),
    "cycle": message("Serve one another in a circle"),
    "dead-end": message("Serve something that leads to no objective"),
}
"""Why a priority is an orphan, in the order in which it is judged -> the heading of those."""

TOLD: tuple[str, ...] = ("orphan-priority", "weak-alignment")
"""The validators whose advice stands here."""
LONGEST = 8
"""The steps of a chain that are shown."""
ARROW = Markdown(" → ")


class Orphan(Struct, frozen=True):
    """A priority as an entry."""

    link: Markdown
    owner: Markdown | Message
    chain: Markdown
    """What it serves, as links, an arrow for each `serves`; empty when it says nothing."""
    end: Message | None
    """What is wrong with the last of the chain."""
    mend: Markdown | None
    nearest: tuple[Markdown, ...]


class Group(Struct, frozen=True):
    """The orphans of one reason."""

    title: Message
    orphans: tuple[Orphan, ...]


class OptOut(Struct, frozen=True):
    """A priority that serves none on purpose."""

    link: Markdown
    why: Markdown


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    ranked = vault.ask(ranked_priorities)
    standing = vault.ask(standings)
    groups = tuple(_groups(vault, ranked, page))
    text = page_text(
        vault,
        NAME,
        page,
        "orphan-priorities.md.j2",
        as_of=phrases.as_of(vault),
        callout="danger" if groups else "success" if ranked else "info",
        verdict=_verdict(sum(len(group.orphans) for group in groups), len(ranked)),
        groups=groups,
        opted_out=[_opt_out(vault, note, page) for note in ranked if standing[note.path].reason == "opted-out"],
    )
    yield Page(page, text, NAME)


def _groups(vault: Vault, ranked: tuple[Note, ...], page: str) -> Iterator[Group]:
    """The orphans of each reason that there is, the first ranked first."""
    standing, mends = vault.ask(standings), _mends(vault)
    for reason, title in REASONS.items():
        notes = [note for note in ranked if standing[note.path].reason == reason]
        if notes:
            yield Group(title, tuple(_orphan(vault, note, mends.get(note.path), page) for note in notes))


def _verdict(orphans: int, live: int) -> Message:
    if not live:
        return message("There is no live priority.")
    if not orphans:
        return message("No orphan: every live priority serves a live objective, or says why not")
    if orphans == live:
        if live == 1:
            return message("The one live priority serves no live objective")
        return message("None of the {number} live priorities serves a live objective", number=live)
    priorities = plural("{count} live priority", "{count} live priorities", live)
    return plural(
        "{count} of {priorities} serves no live objective",
        "{count} of {priorities} serve no live objective",
        orphans,
        priorities=priorities,
    )


def _mends(vault: Vault) -> Mapping[str, Finding]:
    """Priority -> what the validators say of its alignment."""
    said = (finding for finding in standing(vault) if finding.validator in TOLD)
    return {finding.path: finding for finding in said}


def _orphan(vault: Vault, note: Note, finding: Finding | None, page: str) -> Orphan:
    standing = vault.ask(standings)[note.path]
    mend = phrases.in_words(vault, finding.next) if finding else None
    near = () if standing.mention else nearest_objectives(vault, note)
    if mend is not None and all(escape.text(called(vault, objective.path)) in mend for objective in near):
        near = ()  # the mend has named them already
    return Orphan(
        link=link(vault, note.path, page),
        owner=_owner(vault, note, page),
        chain=_chain(vault, note, standing, page),
        end=_end(vault, standing),
        mend=mend,
        nearest=tuple(link(vault, objective.path, page) for objective in near),
    )


def _owner(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """Whose it is, and how high it ranks."""
    owner, rank = phrases.owner(vault, note, page), rank_of(vault, note)
    return owner if rank is None else message("{owner}, rank {rank}", owner=owner, rank=f"{rank:g}")


def _chain(vault: Vault, note: Note, standing: Standing, page: str) -> Markdown:
    """From the priority upwards; a name that leads to no note stands in quotes."""
    steps = [link(vault, note.path, page)]
    steps += [
        _quoted(vault, up.edge.link.target) if up.parent is None else link(vault, up.parent, page)
        for up in standing.chain[:LONGEST]
    ]
    if len(standing.chain) > LONGEST:
        steps.append(Markdown("…"))
    if standing.mention and standing.mention.target:
        steps.append(link(vault, standing.mention.target, page))
    return Markdown(ARROW.join(steps) if len(steps) > 1 else "")


def _quoted(vault: Vault, name: str) -> Markdown:
    return escape.text(say(message("“{name}”", name=name), vault.language))


def _end(vault: Vault, standing: Standing) -> Message | None:
    """Where the chain ends, and why that is not enough."""
    if standing.mention:
        return message("only mentioned in its text")
    if not standing.chain:
        return None
    parent = standing.chain[-1].parent
    if parent is None:
        return message("there is no such note")
    if standing.reason == "cycle":
        return message("and round again")
    end = vault.notes.get(parent)
    if end is None:
        return message("not a note")
    if is_closed(vault, end):
        item = closing_property(vault, end)
        return message("closed: {value}", value=text_of(item.value)) if item else message("put away in an archive")
    if standing.reason == "expired":
        return message("ended on {date}", date=str(end_of(vault, end)))
    return message("serves nothing")


def _opt_out(vault: Vault, note: Note, page: str) -> OptOut:
    return OptOut(link(vault, note.path, page), escape.text(phrases.without_links(vault.text(note, "why"))))
