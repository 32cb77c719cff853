"""The portfolio: a Vault goes in; each project with its verdict, dates and slack, as table and plan, comes out."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.milestones import next_milestone
from vaultkit.insights.pace import span_of
from vaultkit.insights.pushes import slip
from vaultkit.insights.slack import slacks
from vaultkit.insights.status import end_of, is_live
from vaultkit.insights.underway import is_under_way, plans
from vaultkit.insights.verdicts import COLOURS, Verdict, verdict
from vaultkit.insights.wording import property_name
from vaultkit.language import message, plural, say
from vaultkit.model import Message, Note, Page
from vaultkit.pages import figures, mermaid, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.mermaid import Bar
from vaultkit.pages.places import places
from vaultkit.text import natural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.insights.verdicts import Colour, Reason
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "portfolio"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST, MOST_BARS = 30, 15
"""Rows of the table, and bars of the plan, which are the first of them: more are no picture on a phone."""
MOST_AHEAD = 10
MILESTONE_LENGTH = 80
TOLD_REASONS = 3

SIGNS: Mapping[Colour, str] = {
    "red": "🔴",
    "yellow": "🟡",
    "green": "🟢",
}
"""The verdict at the top of the page says in words what they mean."""
REASONS: Mapping[Reason, Message] = {
    "overdue": message("overdue"),
    "off_track": message("off track"),
    "at_risk": message("at risk"),
    "blocked": message("blocked"),
    "behind": message("far behind"),
    "no-slack": message("too late for its objective"),
    "slow": message("a little behind"),
    "outdated": message("no recent update"),
    "slipped": message("put off"),
    "no-due": message("no date"),
    "no-owner": message("no single owner"),
    "no-action": message("no next step"),
}


class Project(Struct, frozen=True):
    """A project under way, and how it stands."""

    note: Note
    verdict: Verdict
    first: date | None
    last: date | None


class Row(Struct, frozen=True):
    """A project as a row."""

    link: Markdown
    verdict: Markdown
    owner: Markdown | Message
    runs: Markdown
    slack: Markdown | str


class Ahead(Struct, frozen=True):
    """The next milestone of a project."""

    link: Markdown
    words: Markdown


class Later(Struct, frozen=True):
    """A project on which nobody is to work now."""

    link: Markdown
    owner: Markdown | Message
    why: Message


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    live = [note for note in vault.of_kind("project") if is_live(vault, note)]
    found = sorted(
        (_project(vault, note) for note in live if is_under_way(vault, note)), key=lambda p: _order(vault, p)
    )
    later = sorted((note for note in live if not is_under_way(vault, note)), key=lambda note: _named(vault, note))
    rows = [_row(vault, project, page) for project in found[:MOST]]
    dated = [project for project in found[:MOST] if project.last]
    ahead = sorted((p for p in found if next_milestone(vault, p.note)), key=lambda p: _soonest(vault, p))
    text = page_text(
        vault,
        NAME,
        page,
        "portfolio.md.j2",
        as_of=phrases.as_of(vault),
        callout=_callout(found),
        verdict=_verdict(vault, found),
        projects=rows,
        has_dates=any(row.runs != phrases.DASH for row in rows),
        has_slack=any(row.slack != phrases.DASH for row in rows),
        more=figures.more(len(found) - MOST),
        unknown=_unknown(vault, found),
        plan=_plan(vault, dated[:MOST_BARS]),
        more_bars=_more_bars(len(dated)),
        milestones=[_ahead(vault, project.note, page) for project in ahead[:MOST_AHEAD]],
        more_milestones=figures.more(len(ahead) - MOST_AHEAD),
        later=[_later(vault, note, page) for note in later[:MOST]],
        more_later=figures.more(len(later) - MOST),
    )
    yield Page(page, text, NAME)


def _project(vault: Vault, note: Note) -> Project:
    span = span_of(vault, note)
    first = span[0] if span else vault.gather(plans)[note.path].begins
    return Project(note, verdict(vault, note), first, end_of(vault, note))


def _order(vault: Vault, project: Project) -> tuple[object, ...]:
    """The worst first, then what is due first; without a date last."""
    return COLOURS.index(project.verdict.colour), project.last or date.max, *_named(vault, project.note)


def _named(vault: Vault, note: Note) -> tuple[object, ...]:
    return natural(vault.title(note)), note.path


def _callout(found: Sequence[Project]) -> str:
    colours = {project.verdict.colour for project in found}
    if not colours:
        return "info"
    return "danger" if "red" in colours else "warning" if "yellow" in colours else "success"


def _verdict(vault: Vault, found: Sequence[Project]) -> Message:
    """How many of each colour that there is."""
    if not found:
        return message("No project is under way.")
    red, yellow, green = (sum(1 for each in found if each.verdict.colour == colour) for colour in COLOURS)
    told = (
        plural("🔴 {count} in danger", "🔴 {count} in danger", red) if red else None,
        plural("🟡 {count} to watch", "🟡 {count} to watch", yellow) if yellow else None,
        plural("🟢 {count} on its way", "🟢 {count} on their way", green) if green else None,
    )
    return message(
        "{projects} under way: {standings}",
        projects=plural("{count} project", "{count} projects", len(found)),
        standings=", ".join(say(each, vault.language) for each in told if each),
    )


def _row(vault: Vault, project: Project, page: str) -> Row:
    note = project.note
    return Row(
        link=link(vault, note.path, page),
        verdict=_stands(vault, project.verdict),
        owner=phrases.owner(vault, note, page),
        runs=_runs(vault, project),
        slack=_slack(vault, note),
    )


def _stands(vault: Vault, found: Verdict) -> Markdown:
    """The colour, and what speaks against the project: a column of it is as narrow as the others."""
    reasons = [say(REASONS[reason], vault.language) for reason in found.reasons[:TOLD_REASONS]]
    beyond = len(found.reasons) - TOLD_REASONS
    told = ", ".join(reasons) + (f" +{beyond}" if beyond > 0 else "")
    return Markdown(f"{SIGNS[found.colour]} {told}".rstrip())


def _runs(vault: Vault, project: Project) -> Markdown:
    """From when to when, and how far its last day has moved, where that is known."""
    if project.last is None:
        return Markdown(f"{project.first} → ?" if project.first else phrases.DASH)
    told = f"{project.first} → {project.last}" if project.first else f"→ {project.last}"
    moved = slip(vault, project.note)
    if not moved:
        return Markdown(told)
    return Markdown(f"{told} ({'+' if moved > 0 else ''}{figures.days(vault, moved)})")


def _slack(vault: Vault, note: Note) -> Markdown | str:
    """Whole days that it can wait before its objective is late."""
    known = vault.ask(slacks).get(note.path)
    if known is None:
        return phrases.DASH
    days = floor(known)
    return str(days) if days >= 0 else Markdown(f"**−{-days}**")


def _soonest(vault: Vault, project: Project) -> tuple[object, ...]:
    """What is to come first before all, what has no date after it."""
    found = next_milestone(vault, project.note)
    return (found and found.day) or date.max, *_named(vault, project.note)


def _ahead(vault: Vault, note: Note, page: str) -> Ahead:
    found = next_milestone(vault, note)
    said, day = (found.words, found.day) if found else ("", None)
    words = escape.text(phrases.clipped(phrases.without_links(said), MILESTONE_LENGTH))
    return Ahead(
        link(vault, note.path, page), words if day is None or str(day) in said else Markdown(f"{words} ({day})")
    )


def _unknown(vault: Vault, found: Sequence[Project]) -> Message | None:
    """What nobody can know of the dates, once, and not row by row."""
    notes = (each.note for each in found if vault.gather(plans)[each.note.path].due and slip(vault, each.note) is None)
    first = next(notes, None)
    if first is None:
        return None
    return message(
        "How far a date has moved is unknown where there is no history and its note does not say `{field}`.",
        field=property_name(vault, first, "due_original"),
    )


def _plan(vault: Vault, found: Sequence[Project]) -> Markdown | None:
    """The first of these projects as bars, by their colour; those without a last day cannot be drawn."""
    sections = []
    for colour in COLOURS:
        drawn = [_bar(vault, each) for each in found if each.verdict.colour == colour]
        sections.append((SIGNS[colour], drawn))  # words beside the plan would lie on its first bars
    return mermaid.gantt(sections)


def _more_bars(count: int) -> Message | None:
    """That the plan is no more than a beginning."""
    if count <= MOST_BARS:
        return None
    return message("Drawn are the first {count} of the {all} that have a last day.", count=MOST_BARS, all=count)


def _bar(vault: Vault, project: Project) -> Bar:
    last = project.last or vault.today
    first = project.first if project.first and project.first <= last else None
    return Bar(vault.title(project.note), first, last, "crit" if project.verdict.colour == "red" else "")


def _later(vault: Vault, note: Note, page: str) -> Later:
    plan = vault.gather(plans)[note.path]
    why = message("not steered by yet: no status, owner, date or objective")
    if plan.begins is not None and plan.begins > vault.today:
        why = message("begins on {date}", date=str(plan.begins))
    elif plan.is_waiting:
        why = message("waits or rests")
    elif plan.status == "planned":
        why = message("planned")
    return Later(link(vault, note.path, page), phrases.owner(vault, note, page), why)
