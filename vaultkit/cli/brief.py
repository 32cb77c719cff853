"""`vaultkit brief [NOTE]`: the name of a meeting or a person comes in, or none for today; what to know goes out."""

from __future__ import annotations

import shlex
import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.printing import judged, meeting_text, page_text, tell_unrecognised
from vaultkit.cli.saying import echo, next_step
from vaultkit.errors import VaultkitError
from vaultkit.insights.briefing import coming
from vaultkit.insights.calendar import called
from vaultkit.insights.ownership import people
from vaultkit.language import message
from vaultkit.report import briefing, paper
from vaultkit.report.screen import screen
from vaultkit.text import fold

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.session import Session


@door(
    "brief",
    _(
        "Say what to know of today: meetings, what is due and late, who waits for whom, decisions to take, people to "
        "talk to. With NOTE, what to know before that meeting, or before you talk to that person. Writes nothing.\n\n"
        "Through a pipe it is Markdown, to be pasted wherever you like."
    ),
    {
        "vaultkit brief": _("today"),
        "vaultkit brief board": _("the next meeting with this word in its name"),
        'vaultkit brief "Ann Lee"': _("what is open between you and her"),
    },
)
@click.argument("note", metavar=_("[NOTE]"), required=False)
@click.pass_obj
def command(asked: Asked, note: str | None = None) -> None:
    """Print the brief."""
    session = open_session(asked)
    text = page_text(session, "daily-brief") if note is None else _of(session, note)
    echo(paper.lines(text, screen(sys.stdout, asked.language)))
    today = [path for path, day in session.vault.ask(coming).items() if day == session.today]
    if note is None and today:
        name = shlex.quote(session.vault.notes[today[0]].name)
        next_step(asked, message("Next: {command}", command=f"vaultkit brief {name}"))
    if note is None:
        tell_unrecognised(asked, session)


def _of(session: Session, name: str) -> str:
    vault, note = judged(session), _found(session, name)
    if vault.is_kind(note, "meeting"):
        return meeting_text(vault, note)
    if vault.is_kind(note, *briefing.PEOPLE):
        return briefing.of_person(vault, note)
    raise VaultkitError(
        message("{name} is neither a meeting nor a person", name=note.name),
        path=note.path,
        hint=message("All that is known of any note: {command}", command="vaultkit show"),
    )


def _found(session: Session, name: str) -> Note:
    """A person by any name or alias, a meeting by the words of its title; else what a link of that name opens."""
    vault = session.vault
    path = None if vault.find(name) else vault.ask(people).get(fold(name)) or called(vault, name)
    return vault.notes[path] if path else find_note(session, name)
