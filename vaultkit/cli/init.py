"""`vaultkit init`: a vault comes in; what was recognised, and a `vaultkit.toml` if its owner agrees, go out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import ask, can_ask, echo, tell
from vaultkit.config import FILE_NAME
from vaultkit.errors import ConsentError
from vaultkit.insights.census import census
from vaultkit.insights.frameworks import framework
from vaultkit.language import message, plural, say
from vaultkit.model import Edit
from vaultkit.planner import Plan
from vaultkit.report.proposal import config_text, missing, recognised, unneeded
from vaultkit.report.screen import clean, screen
from vaultkit.settled import profiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from vaultkit.report.screen import Screen
    from vaultkit.session import Session


@door(
    "init",
    _("Say what is recognised in this vault, and propose a vaultkit.toml that fits it. Moves and changes no note."),
)
@click.option("--dry-run", "-n", is_flag=True, help=_("Show the file, and write nothing."))
@click.option("--write", is_flag=True, help=_("Write the file without asking."))
@click.pass_obj
def command(asked: Asked, *, dry_run: bool, write: bool) -> int:
    """Exit with 1 when the owner says no."""
    session = open_session(asked._replace(vault=asked.vault or Path.cwd()), writes=not dry_run)
    told = framework(session.vault, profiles().values())
    text = config_text(session.vault.ask(census), asked.language, told)
    config = session.vault.config
    meant = config if config.written or told is None else msgspec.structs.replace(config, profile=told.profile)
    echo(_report(session, screen(sys.stdout, asked.language), meant.roots))
    if config.written:
        click.echo()
        tell(asked, message("{file} stands here already, and is left as it is.", file=FILE_NAME))
        return 0
    click.echo(f"\n{FILE_NAME}:\n")
    click.echo("".join(f"  {line}".rstrip() + "\n" for line in text.splitlines()))
    if dry_run:
        return 0
    if not write and not can_ask():
        raise ConsentError(message("nobody is here to say yes"), hint=message("Agree with --write."))
    if not write and not ask(asked, message("Write {file} into {folder}?", file=FILE_NAME, folder=session.root.name)):
        tell(asked, message("Nothing was written."))
        return 1
    session.apply(Plan((Edit(FILE_NAME, None, text),)), command="init")
    tell(
        asked,
        message("{file} is written.", file=FILE_NAME),
        message("Next: {command}", command="vaultkit check · vaultkit build"),
    )
    return 0


def _report(session: Session, view: Screen, roots: Collection[str]) -> Iterator[str]:
    vault = session.vault
    counted = vault.ask(census)
    notes = plural("{count} note", "{count} notes", counted.notes)
    yield clean(say(message("{notes} in {folder}", notes=notes, folder=str(session.root)), view.language))
    found = list(recognised(counted, vault.kinds.all, view))
    without = list(missing(counted, vault.kinds.all, view, roots))
    if found:
        yield ""
        yield say(message("Recognised"), view.language)
        yield from found
    if without:
        yield ""
        yield say(message("Not recognised"), view.language)
        yield from without
    if not session.recognises:
        yield ""
        yield from unneeded(view)
