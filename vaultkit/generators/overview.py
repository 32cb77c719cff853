"""The overview: a Vault goes in, one page of at most sixty lines comes out, and every row of it leads further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import baseline, escape
from vaultkit.escape import Markdown
from vaultkit.insights.action import next_step
from vaultkit.insights.alignment import standings
from vaultkit.insights.calendar import between
from vaultkit.insights.contact import mentioning
from vaultkit.insights.lineage import LEVELS
from vaultkit.insights.questions import catalogue
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.ratios import ratios
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import asking, day, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.names import FILE_NAMES, INDEX
from vaultkit.pages.places import index_path, places
from vaultkit.pages.quiet import TELLABLE
from vaultkit.validators import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.ratios import Ratios, Share
    from vaultkit.model import Finding, Note
    from vaultkit.pages.difference import Question, Reads
    from vaultkit.vault import Vault

NAME = "overview"
READS: tuple[Reads, ...] = ("work", "steps", "files", "written", "ours")
ASKS: tuple[Question, ...] = (mentioning,)
MOST = 5
"""Rows of priorities, and of meetings: what one looks at before the first coffee."""
FEW = 3
"""Red flags, and questions."""
STEP_LENGTH = 100

SEVERITIES = ("error", "warning")
TOLD: tuple[str, ...] = tuple(dict.fromkeys((*TELLABLE, *catalogue.TOLD)))


class Measure(Struct, frozen=True):
    """One ratio: its name, what it is, and what it counts."""

    name: Message
    now: Message | str
    meaning: Message


class Priority(Struct, frozen=True):
    """One of the first priorities as a row."""

    what: Markdown | Message
    """Its rank and itself, and that it serves nothing, when it does not."""
    owner: Markdown | Message
    health: Message | str
    step: Markdown | Message
    """The next thing to do, and where that is written."""


def render(vault: Vault) -> Iterator[Page]:
    """The one page; on a vault where nothing is recognised, what was looked for."""
    page = vault.ask(places)[NAME]
    if not vault.of_kind(*LEVELS):
        yield Page(page, _welcome(vault, page), NAME)
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
        day=day.verdict(vault, vault.today),
        brief=_linked(vault, "daily-brief", page),
        meetings=_meetings(vault, page),
        measures=_measures(measured),
        priorities=[_priority(vault, note, page) for note in ranked[:MOST]],
        more_priorities=_more_priorities(len(ranked) - MOST),
        flags=[phrases.told(vault, finding, page) for finding in _various(flags)],
        more_flags=_more_flags(vault, len(flags) - FEW, page),
        known_flags=_known_flags(known),
        questions=_questions(vault, page),
        sparring=_linked(vault, "sparring", page),
        pages=_pages(vault, page),
    )
    yield Page(page, text, NAME)


def _welcome(vault: Vault, page: str) -> str:
    """Where nothing is recognised: what there is all the same, and how to begin."""
    lists = [] if INDEX in vault.config.pages.off else [index_path(index.path) for index in vault.config.index]
    here = [*_pages(vault, page), *(link(vault, path, page) for path in dict.fromkeys(lists))]
    return page_text(vault, NAME, page, "welcome.md.j2", read=_read(vault), pages=here)


def _pages(vault: Vault, page: str) -> list[Markdown]:
    """The other dashboards; what one team or one meeting has a page for is found from there."""
    named = vault.ask(places).items()
    return [link(vault, path, page) for name, path in named if name in FILE_NAMES and name != NAME]


def _linked(vault: Vault, name: str, page: str) -> Markdown | None:
    """A link to another page, where it is made."""
    path = vault.ask(places).get(name)
    return None if path is None else link(vault, path, page)


def _meetings(vault: Vault, page: str) -> list[Markdown]:
    """The agenda of the day."""
    return [link(vault, path, page) for _, path in between(vault, vault.today, vault.today)][:MOST]


def _questions(vault: Vault, page: str) -> list[Markdown]:
    """What to ask oneself first, of what the page of questions asks; nothing where nobody wants that page."""
    if "sparring" not in vault.ask(places):
        return []
    found = vault.ask(asking.week)
    return [asking.said(vault, asked.question, page) for asked in (*found.asked, *found.open)[:FEW]]


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
        _measure(message("Alignment"), measured.alignment, aligned),
        _measure(message("Coverage"), measured.coverage, covered),
        _measure(message("Owners"), measured.ownership, owned),
        _measure(message("Action"), measured.action, acted_on),
    )


def _measure(name: Message, share: Share, counts: Message) -> Measure:
    return Measure(name, _share(share), message("{name}: {counts}", name=name, counts=counts))


def _share(share: Share) -> Message | str:
    return message("{part} of {whole}", part=share.part, whole=share.whole) if share.whole else phrases.DASH


def _priority(vault: Vault, note: Note, page: str) -> Priority:
    return Priority(
        what=_what(vault, note, page),
        owner=phrases.owner(vault, note, page),
        health=phrases.health(vault, note),
        step=_step(vault, note, page),
    )


def _what(vault: Vault, note: Note, page: str) -> Markdown | Message:
    rank, standing = rank_of(vault, note), vault.ask(standings)[note.path]
    what = link(vault, note.path, page)
    named = what if rank is None else Markdown(f"{rank:g}. {what}")
    if standing.reason in {"aligned", "opted-out"}:
        return named
    return message("{priority} (**no objective**)", priority=named)


def _step(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """What is to be done next, as words and never as a checkbox: other plugins would count the task twice."""
    step = next_step(vault, note)
    if step is None:
        return message("**none**")
    words = phrases.clipped(phrases.without_links(step.task.text), STEP_LENGTH)
    if step.path == note.path:
        return escape.text(words)
    return Markdown(f"{escape.text(words)} ({link(vault, step.path, page)})")


def _flags(vault: Vault, ranked: tuple[Note, ...]) -> list[Finding]:
    """What is wrong with the work: errors first, the first priorities first, then in the order of the validators."""
    order = {note.path: place for place, note in enumerate(ranked)}
    return sorted(
        (finding for finding in standing(vault) if finding.severity in SEVERITIES and finding.validator in TELLABLE),
        key=lambda f: (SEVERITIES.index(f.severity), order.get(f.path, len(order)), TELLABLE.index(f.validator)),
    )


def _various(flags: Sequence[Finding]) -> list[Finding]:
    """The first of them, each of another sort as far as there are that many: one sort must not hide the others."""
    first = {finding.validator: finding for finding in reversed(flags)}
    chosen = [finding for finding in flags if first[finding.validator] is finding]
    chosen += [finding for finding in flags if first[finding.validator] is not finding]
    return sorted(chosen[:FEW], key=flags.index)


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
