"""`vaultkit eject`: a vault with vaultkit's pages comes in; the vault as its people wrote it goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from vaultkit import disk
from vaultkit.cli.build import say_kept
from vaultkit.cli.consent import outline, paths
from vaultkit.cli.known import in_vault
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import ask, can_ask, echo, tell
from vaultkit.config import FILE_NAME
from vaultkit.errors import ConsentError
from vaultkit.language import message, plural
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from vaultkit.planner import Plan
    from vaultkit.session import Session


@door(
    "eject",
    _(
        "Remove every page, and the text of every region, that vaultkit has written: the notes are as they were "
        "before. Shows what goes, and asks."
    ),
)
@click.option("--dry-run", "-n", is_flag=True, help=_("Say what would be removed, and write nothing."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def command(asked: Asked, *, dry_run: bool, yes: bool) -> int:
    """Exit with 1 when the owner says no."""
    session = open_session(asked, writes=not dry_run)
    plan = _with_baseline(session, session.eject())
    say_kept(asked, plan)
    if not plan.edits:
        tell(asked, message("There is nothing of vaultkit's to remove from the vault."))
        if not dry_run:
            with disk.watching(session.root):
                _forget(session)
        return 0
    echo(outline(plan.edits, screen(sys.stdout, asked.language)))
    state = str(disk.state_folder(session.root))
    tell(asked, message("The history goes as well, so that this cannot be undone: {folder}", folder=state))
    if dry_run:
        return 0
    if not yes and not _agreed(asked, plan):
        return 1
    with disk.watching(session.root):  # a watch would write all of it again
        written = session.apply(plan, command="eject")
        disk.remove_empty_parents([edit.path for edit in plan.edits if edit.text is None], session.root)
        _forget(session)
    tell(
        asked,
        plural("Done: {count} file changed or removed.", "Done: {count} files changed or removed.", len(written)),
    )
    if session.vault.config.written:
        tell(asked, message("{file} is yours, and stays: delete it, and the vault is as it was.", file=FILE_NAME))
    return 0


def _with_baseline(session: Session, plan: Plan) -> Plan:
    """The plan, and the findings that were to be known from then on."""
    removal = in_vault(session)
    return plan if removal is None else replace(plan, edits=(*plan.edits, removal))


def _forget(session: Session) -> None:
    """Remove what is kept of the vault in the user's own folders, once the session has put there what it leaves."""
    session.close()
    disk.remove_files(disk.kept_files(disk.cache_file(session.root)))
    disk.forget(session.root)


def _agreed(asked: Asked, plan: Plan) -> bool:
    if not can_ask():
        raise ConsentError(message("nobody is here to say yes"), hint=message("Agree with --yes."))
    count = len(paths(plan.edits))
    if ask(asked, plural("Change or remove this {count} file?", "Change or remove these {count} files?", count)):
        return True
    tell(asked, message("Nothing was removed."))
    return False
