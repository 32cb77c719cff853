"""`vaultkit changes [--since REF]`: a vault comes in; what is new, closed, moved or decided since then goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _

import click

from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.printing import page_text
from vaultkit.cli.saying import echo
from vaultkit.report import paper
from vaultkit.report.screen import screen


@door(
    "changes",
    _(
        "What has changed in the work: closed, decided, new, slipped, in other hands. Since Monday of last week, or "
        "since a day or a commit. Writes nothing."
    ),
)
@click.option("--since", metavar=_("REF"), help=_("Since this day (2026-03-16), or since a commit, as git tells."))
@click.pass_obj
def command(asked: Asked, *, since: str | None) -> None:
    """Print the page of changes."""
    session = open_session(asked, since=since)
    echo(paper.lines(page_text(session, "changes"), screen(sys.stdout, asked.language)))
