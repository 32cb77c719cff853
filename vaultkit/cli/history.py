"""`vaultkit history`: what vaultkit has written into the vault goes out, the latest first."""

from __future__ import annotations

import sys
from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING, cast

import click

from vaultkit import disk
from vaultkit.cli.lists import format_option, print_rows, total_option
from vaultkit.cli.opening import vault_folder
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.language import message, plural, say
from vaultkit.report.screen import clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vaultkit.model import Message
    from vaultkit.report.screen import Screen
    from vaultkit.report.table import Cell, Format

_TAKEN_BACK = message("taken back")


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
    """Print a row for each run: a table for programs, words for who looks at a terminal."""
    past = disk.history(vault_folder(asked))
    rows = [_row(each) for each in (past if total else islice(past, limit))]
    if not rows:
        tell(asked, message("vaultkit has written nothing here that could be taken back."))
    view = screen(sys.stdout, asked.language)
    if form == "tsv" and view.width is not None and not total:
        echo(_lines(rows, view))
        return
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


def _lines(rows: Sequence[dict[str, Cell]], view: Screen) -> Iterator[str]:
    width = max((len(str(row["command"])) for row in rows), default=0)
    for row in rows:
        done = ", ".join(say(each, view.language) for each in _done(row))
        undone = f" ({say(_TAKEN_BACK, view.language)})" if row["undone"] else ""
        yield clean(f"{row['id']}  {row['time']}  {row['command']!s:<{width}}  {done}{undone}")


def _done(row: Mapping[str, Cell]) -> Iterator[Message]:
    new, changed, removed = (cast("int", row[each]) for each in ("new", "changed", "removed"))
    if new:
        yield plural("{count} file new", "{count} files new", new)
    if changed:
        yield plural("{count} file changed", "{count} files changed", changed)
    if removed:
        yield plural("{count} file removed", "{count} files removed", removed)
