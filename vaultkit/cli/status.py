"""`vaultkit status`, or `vaultkit` alone: a vault comes in; what it holds and what needs its owner go out."""

from __future__ import annotations

import sys
from collections import Counter
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.narrowing import Wish, narrowed
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell_unread
from vaultkit.insights.census import census
from vaultkit.insights.ratios import ratios
from vaultkit.language import message, plural, say
from vaultkit.report import text
from vaultkit.report.json import dump
from vaultkit.report.screen import clean, glued, screen
from vaultkit.report.severity import shown
from vaultkit.report.statistics import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.census import Census
    from vaultkit.model import Finding, Message, Severity
    from vaultkit.report.said import Said
    from vaultkit.report.screen import Screen
    from vaultkit.session import Session
    from vaultkit.vault import Vault

_NAMED = 2
"""How many notes are named for each validator."""
_LINES = 10
"""How many validators are named: all of it is to be seen at once."""


@door("status", _("Say what the vault holds, what needs you, and what to do next. Writes nothing."))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("How to say it.")
)
@click.pass_obj
def command(asked: Asked, form: str = "text") -> None:
    """Print one screen."""
    session = open_session(asked)
    said = narrowed(session, Wish())
    if form == "json":
        print_text(dump(_row(session, said)))
    else:
        echo(_lines(session, said, screen(sys.stdout, asked.language)))
        tell_unread(asked, session.unread)


def _lines(session: Session, said: Said, view: Screen) -> Iterator[str]:
    vault = session.vault
    counted = vault.ask(census)
    yield view.paint(clean(session.root.name), "strong") + f"  {vault.today}"
    yield view.fold(say(_counts(counted), view.language), "  ")
    needs = [*_needs(said.findings, view), *_known(said, view)]
    if needs:
        yield ""
        yield _heading(said.findings, view)
        yield from needs
    if any(seen.count for seen in counted.kinds):
        yield ""
        yield view.paint(say(message("Recognised"), view.language), "strong")
        yield view.fold(f"  {', '.join(_kinds(counted, vault, view))}", "  ")
    yield ""
    yield view.fold(say(_next(session, said, counted), view.language), "  ")


def _counts(counted: Census) -> Message:
    return message(
        "{notes} · {links}, {unresolved} leading nowhere · {tasks}",
        notes=plural("{count} note", "{count} notes", counted.notes),
        links=plural("{count} link", "{count} links", counted.links),
        unresolved=counted.unresolved,
        tasks=plural("{count} open task", "{count} open tasks", counted.open_tasks),
    )


def _kinds(counted: Census, vault: Vault, view: Screen) -> Iterator[str]:
    """Each kind and how many notes of it there are, which stay on one line."""
    for seen in counted.kinds:
        if seen.count:
            yield glued(f"{view.paint(clean(vault.kinds.all[seen.kind].label(view.language)), 'name')} {seen.count}")


def _heading(findings: Sequence[Finding], view: Screen) -> str:
    heading = view.paint(say(message("Needs you"), view.language), "strong")
    grave = [finding for finding in findings if finding.severity != "info"]
    return f"{heading}  {say(text.grave(grave), view.language)}" if grave else heading


def _needs(findings: Sequence[Finding], view: Screen) -> Iterator[str]:
    """A line for each of the first validators that have something to say, the gravest and commonest first."""
    counts = Counter((SEVERITIES.index(found.severity), found.validator) for found in findings)
    ranked = sorted(counts.items(), key=lambda entry: (entry[0][0], -entry[1], entry[0][1]))
    grave = [entry for entry in ranked if entry[0][0] < SEVERITIES.index("info")]
    shown_ones = grave[:_LINES]
    width = max((len(validator) for (_, validator), _ in shown_ones), default=0)
    for (rank, validator), count in shown_ones:
        severity: Severity = SEVERITIES[rank]
        paths = dict.fromkeys(finding.path for finding in findings if finding.validator == validator)
        names = [clean(path.rpartition("/")[2].removesuffix(".md")) for path in paths]
        name = view.paint(f"{validator:<{width}}", "name")
        yield f"  {shown(severity, view, 7)} {count:>5}  {name}  {view.some(names, width + 19, _NAMED)}".rstrip()
    rest = len(grave) - len(shown_ones)
    if rest:
        told = plural(
            "and {count} more validator ({command})",
            "and {count} more validators ({command})",
            rest,
            command="vaultkit check --statistics",
        )
        yield view.fold(view.paint(f"  {say(told, view.language)}", "faint"), "  ")
    informing = sum(1 for found in findings if found.severity == "info")
    if informing:
        told = message("{count} for information (vaultkit check -v)", count=informing)
        yield view.paint(f"  {say(told, view.language)}", "faint")


def _known(said: Said, view: Screen) -> Iterator[str]:
    """How much of it is lived with."""
    if said.known:
        told = plural("{count} was known (check --all)", "{count} were known (check --all)", len(said.known))
        yield view.paint(f"  {say(told, view.language)}", "faint")


def _next(session: Session, said: Said, counted: Census) -> Message:
    """The one command that helps most from here."""
    if not session.vault.recognised:
        return message("Next: {command}", command="vaultkit init")
    if any(finding.severity != "info" for finding in said.findings):
        return message("Next: {command}", command="vaultkit check")
    return message("Next: {command}", command="vaultkit watch" if counted.pages else "vaultkit build --diff")


def _row(session: Session, said: Said) -> dict[str, object]:
    vault = session.vault
    counted, shares = vault.ask(census), vault.ask(ratios)
    severities = Counter(finding.severity for finding in said.findings)
    return {
        "today": vault.today.isoformat(),
        "notes": counted.notes,
        "pages": counted.pages,
        "files": counted.files,
        "links": counted.links,
        "unresolved": counted.unresolved,
        "open_tasks": counted.open_tasks,
        "kinds": {seen.kind: seen.count for seen in counted.kinds},
        "priorities": {
            "live": shares.alignment.whole,
            "aligned": shares.alignment.part,
            "orphans": shares.orphans,
            "opted_out": shares.opted_out,
        },
        "findings": dict(Counter(finding.validator for finding in said.findings)),
        "severities": {severity: severities[severity] for severity in SEVERITIES},
        "baseline": {"file": said.against, "known": len(said.known), "gone": said.gone} if said.against else None,
    }
