"""`vaultkit review`: a vault comes in; the weekly review, with what has been ticked off this week, goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _

import click

from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.printing import page_text, tell_unrecognised, where_to_write
from vaultkit.cli.saying import echo, next_step
from vaultkit.language import message
from vaultkit.pages.places import places
from vaultkit.report import paper
from vaultkit.report.screen import screen

_PAGE = "weekly-review"


@door(
    "review",
    _(
        "Go through the weekly review: inbox, meetings, who waits for whom, what has no next action, what is late or "
        "stale, decisions, orphans, someday. Writes nothing; tick the steps off on the page.\n\n"
        "Through a pipe it is Markdown, to be pasted wherever you like."
    ),
)
@click.pass_obj
def command(asked: Asked) -> None:
    """Print the review."""
    session = open_session(asked)
    echo(paper.lines(page_text(session, _PAGE), screen(sys.stdout, asked.language)))
    if not session.recognises:
        tell_unrecognised(asked, session)
        return
    place = session.vault.ask(places).get(_PAGE, "")
    next_step(asked, where_to_write(session.vault, _PAGE, message("Tick the steps off in {path}.", path=place)))
