"""`vaultkit waive NOTE VALIDATOR`: what a note's owner will live with, until when and why, goes into the note."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, Day, door
from vaultkit.cli.saying import tell
from vaultkit.config import suggestion
from vaultkit.errors import ConfigError, ConflictError
from vaultkit.language import message
from vaultkit.model import Edit, Message
from vaultkit.planner import Plan

if TYPE_CHECKING:
    from datetime import date


@door(
    "waive",
    _(
        "Live with a finding for a while: write into the note until when, and why. It is said again after that day.\n\n"
        "NOTE: its name or path. VALIDATOR: what `vaultkit check` calls it."
    ),
)
@click.argument("name", metavar=_("NOTE"))
@click.argument("validator", metavar=_("VALIDATOR"))
@click.option("--until", type=Day(), required=True, metavar=_("DATE"), help=_("The last day."))
@click.option("--reason", required=True, metavar=_("TEXT"), help=_("Why, in one sentence: others will read it."))
@click.pass_obj
def command(asked: Asked, name: str, validator: str, until: date, reason: str) -> None:
    """Write one comment."""
    from vaultkit.mending.waiving import waived  # 50 ms with the parser
    from vaultkit.validators import VALIDATORS

    session = open_session(asked, writes=True)
    note = find_note(session, name)
    if validator not in VALIDATORS:
        said = message("there is no validator named {name}", name=validator)
        raise ConfigError(said, hint=suggestion(validator, tuple(VALIDATORS)))
    if until < session.today:
        raise ConfigError(message("{date} is past: a waiver needs a day to come", date=until.isoformat()))
    if not any(each.path == note.path and each.validator == validator for each in session.judged()):
        raise ConfigError(message("there is no {validator} to waive", validator=validator), path=note.path)
    text = disk.read_texts(session.root, [note.path])[note.path]
    new = waived(note.path, text, validator, until, reason)
    if isinstance(new, Message):
        raise ConflictError(new, path=note.path)
    session.apply(Plan((Edit(note.path, text, new, whole=True),)), command="waive")
    done = message("Written into {path}; {command} takes it back.", path=note.path, command="vaultkit undo")
    tell(asked, done)
