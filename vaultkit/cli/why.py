"""`vaultkit why NOTE`: a note's name comes in; every score of it, with every term, goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo
from vaultkit.insights.why.questions import why
from vaultkit.report import scores
from vaultkit.report.json import dump
from vaultkit.report.screen import screen


@door(
    "why",
    _(
        "Say how every score of a note comes about, term by term: urgency, alignment, load, progress, pace, health, "
        "staleness, critical path, risk, decision, follow-through, contact."
    ),
)
@click.argument("note", metavar=_("NOTE"))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("How to say it.")
)
@click.pass_obj
def command(asked: Asked, note: str, form: str) -> None:
    """Print the scores of a note."""
    session = open_session(asked)
    vault, shown = session.vault, find_note(session, note)
    found = why(vault, shown)
    if form == "json":
        print_text(dump(scores.row(vault, shown, found, asked.language)))
    else:
        echo(scores.lines(vault, shown, found, screen(sys.stdout, asked.language)))
