"""`vaultkit ask [NOTE]`: a note's name, or none, comes in; the questions of this week, or of the note, go out."""

from __future__ import annotations

import sys
from gettext import gettext as _

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.printing import tell_unrecognised, where_to_write
from vaultkit.cli.saying import echo, next_step
from vaultkit.insights.questions.sparring import about, sparring
from vaultkit.language import message
from vaultkit.pages.places import places
from vaultkit.report import questions
from vaultkit.report.json import dump
from vaultkit.report.screen import screen
from vaultkit.validators import standing

_PAGE = "sparring"


@door(
    "ask",
    _(
        "Ask what a good chief of staff would ask this week, or of one note, each question with what it rests on. "
        "Answers are written on the page of questions, which `vaultkit build` makes."
    ),
    {
        "vaultkit ask": _("the questions of this week"),
        'vaultkit ask "New website"': _("those of one note"),
        "vaultkit ask --json": _("for programs: name, target, said, weight, evidence, key, before"),
    },
)
@click.argument("note", metavar=_("[NOTE]"), required=False)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for programs."))
@click.pass_obj
def command(asked: Asked, note: str | None, *, as_json: bool) -> None:
    """Print the questions."""
    session = open_session(asked)
    vault = session.vault
    shown = find_note(session, note) if note else None
    if shown is not None:
        found, later = about(vault, standing(vault), shown.path), 0
    else:
        week = sparring(vault, standing(vault))
        found, later = (*week.asked, *week.open), week.later
    if as_json:
        print_text(dump(questions.row(vault, found, later, vault.language)))
    else:
        echo(questions.lines(found, later, screen(sys.stdout, vault.language)))
        if found:
            place = vault.ask(places).get(_PAGE, "")
            next_step(asked, where_to_write(vault, _PAGE, message("Answer in {path}.", path=place)))
        if shown is None:
            tell_unrecognised(asked, session)
