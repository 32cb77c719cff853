"""`vaultkit show NOTE`: a note's name comes in, all that is known of the note goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo
from vaultkit.report import portrait
from vaultkit.report.json import dump
from vaultkit.report.screen import screen


@door(
    "show",
    _("Say all that is known of one note: its kind and what told it, its fields, its links both ways, its findings."),
)
@click.argument("note", metavar=_("NOTE"))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help=_("How to say it.")
)
@click.pass_obj
def command(asked: Asked, note: str, form: str) -> None:
    """Print the portrait of a note."""
    session = open_session(asked)
    vault, shown = session.vault, find_note(session, note)
    findings = [finding for finding in session.findings() if finding.path == shown.path]
    if form == "json":
        print_text(dump(portrait.row(vault, shown, findings, asked.language)))
    else:
        echo(portrait.lines(vault, shown, findings, screen(sys.stdout, asked.language)))
