"""The friction radar: a Vault goes in; where work waits for other work, and for how long, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.critical_path import critical_paths
from vaultkit.insights.friction import friction
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import figures, mermaid, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.mermaid import Node
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.critical_path import Critical
    from vaultkit.insights.friction import Cell, Friction, Pending, Wait
    from vaultkit.insights.inversions import Inversion
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "friction"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()
MOST = 10
"""Rows of each list."""
FEW = 4
"""Objectives whose chain is shown: those with the least slack."""
WAITS = 8
"""Waits that are told one by one: those that have cost most."""
TEAMS = 12
"""Rows of the matrix."""
ACROSS = 5
"""Columns of the matrix beside the names: more are not read on a phone."""
LONGEST = 8
"""The steps of a chain that are shown."""
ARROW = Markdown(" → ")


class Line(Struct, frozen=True):
    """A team of the matrix, and what it waits for."""

    team: Markdown
    cells: tuple[Message | str, ...]


class Table(Struct, frozen=True):
    """Which team waits for which: lines and columns where they are few, else sentences; and the same drawn."""

    others: tuple[Markdown, ...]
    """The teams that others wait for."""
    lines: tuple[Line, ...]
    cells: tuple[Message, ...]
    diagram: Markdown | None
    more: Message | None


class Decision(Struct, frozen=True):
    """A decision that has not been taken."""

    link: Markdown
    days: Message
    waiting: Markdown | Message | str
    deciders: Markdown | Message | str


class Chain(Struct, frozen=True):
    """What decides when an objective is reached."""

    slack: Message
    work: Markdown
    next: Markdown | Message | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    found = vault.ask(friction)
    waits = sorted(found.waits, key=_longest_first)
    table, chains = _table(vault, found.matrix, page), _critical(vault)
    text = page_text(
        vault,
        NAME,
        page,
        "friction.md.j2",
        as_of=phrases.as_of(vault),
        callout=_callout(found),
        verdict=_verdict(found),
        table=table,
        waits=[_wait(vault, wait, page) for wait in waits[:WAITS]],
        more_waits=figures.more(len(waits) - WAITS),
        circles=[_circle(vault, circle, page) for circle in found.circles[:MOST]],
        more_circles=figures.more(len(found.circles) - MOST),
        inversions=[_inversion(vault, each, page) for each in found.inversions[:MOST]],
        more_inversions=figures.more(len(found.inversions) - MOST),
        chains=[_chain(vault, each, page) for each in chains[:FEW]],
        more_chains=figures.more(len(chains) - FEW),
        decisions=[_decision(vault, each, page) for each in found.pending[:MOST]],
        more_decisions=figures.more(len(found.pending) - MOST),
        further=list(_further(vault, found, page)),
    )
    yield Page(page, text, NAME)


def _callout(found: Friction) -> str:
    bad = found.circles or found.inversions or any(wait.days for wait in found.waits)
    return "warning" if bad else "info"


def _verdict(found: Friction) -> Message:
    if not (found.waits or found.circles or found.inversions or found.pending):
        return message("Nothing waits for anything, as far as the notes say")
    days, told = sum(wait.days or 0 for wait in found.waits), []
    if found.waits:
        told.append(plural("{count} piece of work waits", "{count} pieces of work wait", len(found.waits)))
        told.append(plural("{count} day lost", "{count} days lost", days) if days else message("no day lost yet"))
    if found.circles:
        told.append(plural("{count} circle", "{count} circles", len(found.circles)))
    if found.inversions:
        told.append(plural("{count} inversion", "{count} inversions", len(found.inversions)))
    if found.pending:
        told.append(plural("{count} decision to be taken", "{count} decisions to be taken", len(found.pending)))
    return phrases.listed(told)


def _longest_first(wait: Wait) -> tuple[object, ...]:
    """What has cost days, then what may have, then what has cost none yet."""
    return not wait.days, wait.days is not None, -(wait.days or 0), wait.dependent


def _days(days: int | None) -> Message:
    if days is None:
        return message("for an unknown time")
    return plural("{count} day", "{count} days", days) if days else message("no day lost yet")


def _table(vault: Vault, cells: Sequence[Cell], page: str) -> Table | None:
    """The matrix of the teams; what is drawn is what is told."""
    if not cells:
        return None
    others, teams = sorted({cell.other for cell in cells}), sorted({cell.team for cell in cells})
    if len(others) > ACROSS:
        told = sorted(cells, key=lambda cell: (-(cell.days or 0), -cell.waits, cell.team, cell.other))[:MOST]
        said, more = tuple(_cell(vault, cell, page) for cell in told), figures.more(len(cells) - MOST)
        return Table((), (), said, _diagram(vault, told), more)
    told = [cell for cell in cells if cell.team in teams[:TEAMS]]
    return Table(
        others=tuple(link(vault, path, page) for path in others),
        lines=_lines(vault, told, others, page),
        cells=(),
        diagram=_diagram(vault, told),
        more=figures.more(len(teams) - TEAMS),
    )


def _lines(vault: Vault, cells: Sequence[Cell], others: Sequence[str], page: str) -> tuple[Line, ...]:
    """A line for each team that waits, with what it waits for from each of the others."""
    known = {(cell.team, cell.other): cell for cell in cells}
    return tuple(
        Line(link(vault, team, page), tuple(_counted(known.get((team, other))) for other in others))
        for team in dict.fromkeys(cell.team for cell in cells)
    )


def _counted(cell: Cell | None) -> Message | str:
    """How many waits, and the days that they have cost so far, where there are any."""
    if cell is None:
        return phrases.DASH
    lost = _lost(cell)
    return str(cell.waits) if lost is None else message("{count} ({days})", count=cell.waits, days=lost)


def _lost(cell: Cell) -> Message | None:
    if cell.days is None:
        return message("for an unknown time")
    days = plural("{count} day", "{count} days", cell.days)
    if cell.unknown:
        return plural(
            "{days}, {count} for an unknown time", "{days}, {count} for an unknown time", cell.unknown, days=days
        )
    return days if cell.days else None


def _diagram(vault: Vault, cells: Sequence[Cell]) -> Markdown | None:
    """Which team waits for which, how often; None where it would show nothing."""
    paths = sorted({each for cell in cells for each in cell[:2]})
    said = {(cell.team, cell.other): str(cell.waits) for cell in cells}
    if len(paths) <= 2:
        return None
    return mermaid.flowchart({path: Node(called(vault, path), "round") for path in paths}, said, said=said)


def _cell(vault: Vault, cell: Cell, page: str) -> Message:
    team, other = link(vault, cell.team, page), link(vault, cell.other, page)
    waits = plural("{count} wait", "{count} waits", cell.waits)
    lost = _lost(cell)
    said = waits if lost is None else message("{waits}, {days}", waits=waits, days=lost)
    return message("{team} waits for {other}: {days}", team=team, other=other, days=said)


def _wait(vault: Vault, wait: Wait, page: str) -> Message:
    return message(
        "{work} waits for {other}: {days}",
        work=_of_team(vault, wait.dependent, wait.team, page),
        other=_of_team(vault, wait.prerequisite, wait.other, page),
        days=_days(wait.days),
    )


def _of_team(vault: Vault, path: str, team: str | None, page: str) -> Markdown:
    """A piece of work, and whose it is."""
    own = link(vault, path, page)
    return own if team is None else Markdown(f"{own} ({link(vault, team, page)})")


def _circle(vault: Vault, circle: Sequence[str], page: str) -> Markdown:
    """Round, and back to where it began."""
    return _joined(vault, (*circle, circle[0]), page)


def _joined(vault: Vault, paths: Sequence[str], page: str) -> Markdown:
    steps = [link(vault, path, page) for path in paths[:LONGEST]]
    return Markdown(ARROW.join((*steps, "…") if len(paths) > LONGEST else steps))


def _inversion(vault: Vault, each: Inversion, page: str) -> Message:
    return message(
        "{priority} (rank {rank}) waits for {other} (rank {after})",
        priority=link(vault, each.priority, page),
        rank=f"{each.rank:g}",
        other=link(vault, each.other, page),
        after=f"{each.after:g}",
    )


def _critical(vault: Vault) -> list[Critical]:
    """The objectives, the one with the least slack first, those without a last day after them."""
    found = (each for each in vault.ask(critical_paths) if each.chain)
    return sorted(found, key=lambda each: (each.slack is None, each.slack or 0.0, each.objective))


def _chain(vault: Vault, each: Critical, page: str) -> Chain:
    guessed = sum(not domino.duration.is_known for domino in each.chain)
    slack = message("{objective}: {slack}", objective=link(vault, each.objective, page), slack=_slack(each))
    if guessed:
        told = plural("{count} duration is not known", "{count} durations are not known", guessed)
        slack = message("{slack} ({guessed})", slack=slack, guessed=told)
    return Chain(
        slack,
        _joined(vault, [domino.path for domino in each.chain], page),
        phrases.some(vault, each.next, page, 3) if set(each.next) - {each.chain[0].path} else None,
    )


def _slack(each: Critical) -> Message:
    if each.slack is None:
        return message("no last day")
    days = round(each.slack)
    if days < 0:
        return plural("**{count} day too late**", "**{count} days too late**", -days)
    return plural("{count} day of slack", "{count} days of slack", days)


def _decision(vault: Vault, each: Pending, page: str) -> Decision:
    deciders = [edge.target for edge in vault.relation(vault.notes[each.decision], "decider") if edge.target]
    return Decision(
        link=link(vault, each.decision, page),
        days=message("unknown") if each.days is None else plural("{count} day", "{count} days", each.days),
        waiting=phrases.some(vault, each.waiting, page, 3) if each.waiting else phrases.DASH,
        deciders=phrases.some(vault, deciders, page, 2) if deciders else message("**nobody**"),
    )


def _further(vault: Vault, found: Friction, page: str) -> Iterator[Message]:
    """The share of waits between teams, what changes hands often, and what may be done twice."""
    share = found.cross_team_ratio
    if share is not None:
        yield message("Of the waits {share} % are between two teams.", share=f"{100 * share:.0f}")
    handed = sorted(found.handoffs.items(), key=lambda item: (-item[1], item[0]))
    for path, count in handed[:MOST]:
        project = link(vault, path, page)
        yield plural(
            "{project} changes hands between teams {count} time.",
            "{project} changes hands between teams {count} times.",
            count,
            project=project,
        )
    for each in found.duplicates[:MOST]:
        one, other = link(vault, each.one, page), link(vault, each.other, page)
        yield message("{one} and {other} may be the same work in two teams.", one=one, other=other)
