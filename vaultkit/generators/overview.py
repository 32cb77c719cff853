"""The overview: a Vault goes in, one page of at most sixty lines comes out, and every row of it leads further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import baseline, escape
from vaultkit.escape import Markdown
from vaultkit.generators import phrases
from vaultkit.generators.environment import page_text
from vaultkit.generators.linking import link
from vaultkit.generators.places import places
from vaultkit.insights.action import next_step
from vaultkit.insights.alignment import standings
from vaultkit.insights.lineage import LEVELS
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.ratios import ratios
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.validators import VALIDATORS, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.generators.difference import Difference
    from vaultkit.insights.ratios import Ratios, Share
    from vaultkit.model import Finding, Note
    from vaultkit.vault import Vault

NAME = "overview"
MOST = 7
"""Rows of priorities, and of red flags: what one looks at before the first coffee."""
STEP_LENGTH = 100

SEVERITIES = ("error", "warning")
HOUSEKEEPING = frozenset(
    {
        "ambiguous-link",
        "broken-anchor",
        "broken-link",
        "empty-region",
        "generated-only-priority",
        "hand-edited-page",
        "unlinked-priority",
    }
)
"""Left to `vaultkit check`: they are about the notes and not the work, and writing pages can bring them about or mend
them, so that a page which told of them would never come to rest."""
WATCHED = tuple(name for name in VALIDATORS if name not in HOUSEKEEPING)


class Measure(Struct, frozen=True):
    """One ratio as a row."""

    name: Message
    now: Message | str
    meaning: Message


class Priority(Struct, frozen=True):
    """One of the first priorities as a row."""

    rank: str
    link: Markdown
    owner: Markdown | Message
    health: Message | str
    step: Markdown | Message
    """The next thing to do, and where that is written."""
    serves: Markdown | Message


def render(vault: Vault) -> Iterator[Page]:
    """The one page; on a vault where nothing is recognised, what was looked for."""
    page = vault.ask(places)[NAME]
    if not vault.of_kind(*LEVELS):
        yield Page(page, page_text(vault, NAME, page, "welcome.md.j2", read=_read(vault)), NAME)
        return
    measured = vault.ask(ratios)
    ranked = vault.ask(ranked_priorities)
    flags, known = _news(vault, _flags(vault, ranked))
    text = page_text(
        vault,
        NAME,
        page,
        "overview.md.j2",
        callout=_callout(measured),
        verdict=_verdict(measured),
        opted_out=_opted_out(measured),
        as_of=phrases.as_of(vault),
        measures=_measures(measured),
        priorities=[_priority(vault, note, page) for note in ranked[:MOST]],
        more_priorities=_more_priorities(len(ranked) - MOST),
        flags=[phrases.told(vault, finding, page) for finding in flags[:MOST]],
        more_flags=_more_flags(vault, len(flags) - MOST, page),
        known_flags=_known_flags(known),
        pages=[link(vault, path, page) for name, path in vault.ask(places).items() if name != NAME],
    )
    yield Page(page, text, NAME)


def rerender(pages: tuple[Page, ...], difference: Difference) -> Iterable[Page]:
    """The same page, where nothing of it differs."""
    return pages if difference.spares("work", "steps", "files", findings=WATCHED) else render(difference.step.after)


def _read(vault: Vault) -> Message:
    """That there was something to read, at least."""
    count = sum(1 for note in vault.notes.values() if note.generated is None)
    return plural("{count} note was read.", "{count} notes were read.", count)


def _callout(measured: Ratios) -> str:
    """How bad it is, as the type of a callout."""
    if measured.orphans or not measured.coverage.full:
        return "danger"
    well = measured.coverage.whole and measured.ownership.full and measured.action.full
    return "success" if well else "warning"


def _verdict(measured: Ratios) -> Message:
    """The one line of truth."""
    live = plural("{count} live priority", "{count} live priorities", measured.alignment.whole)
    if not measured.coverage.whole:
        return message("{priorities}, and no live objective to serve", priorities=live)
    idle = measured.coverage.whole - measured.coverage.part
    nobody = plural("nobody works on {count} objective", "nobody works on {count} objectives", idle)
    if not idle:
        nobody = message("somebody works on every objective")
    if not measured.alignment.whole:
        return message("No live priority; {objectives}", objectives=nobody)
    orphan = plural("{count} of them serves no objective", "{count} of them serve no objective", measured.orphans)
    if not measured.orphans:
        orphan = message("none is an orphan")
    return message("{priorities}, {orphans}; {objectives}", priorities=live, orphans=orphan, objectives=nobody)


def _opted_out(measured: Ratios) -> Message | None:
    if not measured.opted_out:
        return None
    return plural(
        "{count} priority says openly that it serves none, and why.",
        "{count} priorities say openly that they serve none, and why.",
        measured.opted_out,
    )


def _measures(measured: Ratios) -> tuple[Measure, ...]:
    aligned = message("live priorities that lead up to a live objective, of all live priorities")
    covered = message("live objectives that something serves, of all live objectives")
    owned = message("live priorities that one person owns, of all of them")
    acted_on = message("live priorities with an open task or a live project, of all of them")
    return (
        Measure(message("Alignment"), _share(measured.alignment), aligned),
        Measure(message("Coverage"), _share(measured.coverage), covered),
        Measure(message("Owners"), _share(measured.ownership), owned),
        Measure(message("Action"), _share(measured.action), acted_on),
    )


def _share(share: Share) -> Message | str:
    return message("{part} of {whole}", part=share.part, whole=share.whole) if share.whole else phrases.DASH


def _priority(vault: Vault, note: Note, page: str) -> Priority:
    rank = rank_of(vault, note)
    return Priority(
        rank=phrases.DASH if rank is None else f"{rank:g}",
        link=link(vault, note.path, page),
        owner=phrases.owner(vault, note, page),
        health=phrases.health(vault, note),
        step=_step(vault, note, page),
        serves=_serves(vault, note, page),
    )


def _step(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """What is to be done next, as words and never as a checkbox: other plugins would count the task twice."""
    step = next_step(vault, note)
    if step is None:
        return message("**none**")
    words = phrases.clipped(phrases.without_links(step.task.text), STEP_LENGTH)
    if step.path == note.path:
        return escape.text(words)
    return Markdown(f"{escape.text(words)} ({link(vault, step.path, page)})")


def _serves(vault: Vault, note: Note, page: str) -> Markdown | Message:
    standing = vault.ask(standings)[note.path]
    if standing.reason == "opted-out":
        return message("none, and says so")
    top = standing.chain[-1].parent if standing.reason == "aligned" else None
    return link(vault, top, page) if top else message("**no objective**")


def _flags(vault: Vault, ranked: tuple[Note, ...]) -> list[Finding]:
    """What is wrong with the work: errors first, the first priorities first, then in the order of the validators."""
    order = {note.path: place for place, note in enumerate(ranked)}
    return sorted(
        (finding for finding in standing(vault) if finding.severity in SEVERITIES and finding.validator in WATCHED),
        key=lambda f: (SEVERITIES.index(f.severity), order.get(f.path, len(order)), WATCHED.index(f.validator)),
    )


def _news(vault: Vault, flags: list[Finding]) -> tuple[Sequence[Finding], int]:
    """What the baseline does not know, where the vault has one, and how many it knows."""
    if vault.setting.known is None:
        return flags, 0
    told = baseline.delta(flags, vault.setting.known, vault.paths)
    return told.new, len(told.known)


def _known_flags(count: int) -> Message | None:
    if not count:
        return None
    return plural(
        "{count} that was known is left out: `vaultkit check --all` tells it.",
        "{count} that were known are left out: `vaultkit check --all` tells them.",
        count,
    )


def _more_priorities(count: int) -> Message | None:
    return plural("And {count} more priority.", "And {count} more priorities.", count) if count > 0 else None


def _more_flags(vault: Vault, count: int, page: str) -> Message | None:
    """How many more, and where they are."""
    if count <= 0:
        return None
    more = plural("And {count} more", "And {count} more", count)
    orphans = vault.ask(places).get("orphan-priorities")
    if orphans is None:
        return message("{more}: run `vaultkit check`.", more=more)
    return message("{more}: see {page}, or run `vaultkit check`.", more=more, page=link(vault, orphans, page))
