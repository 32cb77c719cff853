"""`vaultkit history`: what vaultkit has written into the vault goes out, the latest first."""

from __future__ import annotations

from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.lists import format_option, print_rows, total_option
from vaultkit.cli.opening import vault_folder
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import tell
from vaultkit.language import message

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door(
    "history",
    _(
        "List what vaultkit has written into this vault, the latest first: each can be taken back with "
        "`vaultkit undo ID`. It is kept for 30 days, in your own folder and not in the vault."
    ),
)
@click.option("--limit", "-l", type=click.IntRange(min=1), default=20, show_default=True, help=_("How many, at most."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, limit: int, form: Format, *, total: bool) -> None:
    """Print a row for each run."""
    past = disk.history(vault_folder(asked))
    rows = [_row(each) for each in (past if total else islice(past, limit))]
    if not rows:
        tell(asked, message("vaultkit has written nothing here that could be taken back."))
    print_rows(rows, form, ("id", "time", "command", "new", "changed", "removed", "undone"), total=total)


def _row(past: disk.Past) -> dict[str, Cell]:
    run = past.run
    return {
        "id": run.id,
        "time": run.began,
        "command": run.command,
        "new": sum(1 for write in run.writes if write.before is None),
        "changed": sum(1 for write in run.writes if write.before is not None and write.after is not None),
        "removed": sum(1 for write in run.writes if write.after is None),
        "undone": past.undone,
        "files": [write.path for write in run.writes],
    }
