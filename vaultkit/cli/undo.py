"""`vaultkit undo [ID]`: a run that wrote into the vault comes in; its files as they were before it go out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.consent import fate_lines
from vaultkit.cli.opening import finish_interrupted, vault_folder
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.errors import VaultkitError
from vaultkit.language import message
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.cli.consent import Fate
    from vaultkit.disk import Run

_SEE = message("See {command}", command="vaultkit history")


@door(
    "undo",
    _(
        "Take back what vaultkit wrote last: each of its files is as it was before, if nobody has changed it since. "
        "What was undone can be redone: undo the undoing, by its ID.\n\nID: a run that `vaultkit history` lists."
    ),
)
@click.argument("run_id", default="", metavar=_("[ID]"))
@click.option("--dry-run", "-n", is_flag=True, help=_("Say what would change, and write nothing."))
@click.pass_obj
def command(asked: Asked, run_id: str, *, dry_run: bool) -> int:
    """Exit with 1 when something had to be left as it is."""
    root = vault_folder(asked)
    if not dry_run:
        finish_interrupted(asked, root)
    with disk.locked(root):
        run = _found(root, run_id)
        wanted = disk.undoing(run, root)
        if not dry_run and wanted.run.is_any:
            disk.undo(wanted, run, root)
    echo(fate_lines(_fates(wanted.run), screen(sys.stdout, asked.language)))
    for path in wanted.left:
        tell(asked, message("Left as it is, for it has changed since: {path}", path=path))
    if not wanted.run.is_any:
        tell(asked, message("There is nothing left to take back of it."))
    elif not dry_run:
        tell(asked, message("Undone: {command}, {time}.", command=run.command, time=run.began))
        if disk.is_watched(root):
            tell(asked, message("A watch keeps the pages of this vault current, and writes them again."))
    return int(bool(wanted.left))


def _found(root: Path, run_id: str) -> Run:
    """The run of that ID, else the last that is still to be undone; raises VaultkitError when there is none."""
    for past in disk.history(root):
        if run_id and past.run.id == run_id and past.undone:
            raise VaultkitError(message("this has been undone already"), hint=_SEE)
        if past.run.id == run_id or (not run_id and not past.undone and not past.run.undoes):
            return past.run
    if run_id:
        raise VaultkitError(message("there is no run {id}", id=run_id), hint=_SEE)
    raise VaultkitError(message("vaultkit has written nothing here that could be taken back"))


def _fates(run: Run) -> dict[str, Fate]:
    fates: dict[str, Fate] = {f"{run.moved[0]} -> {run.moved[1]}": "moved"} if run.moved else {}
    for write in sorted(run.writes, key=lambda write: write.path):
        fates[write.path] = "new" if write.before is None else "removed" if write.after is None else "changed"
    return fates
