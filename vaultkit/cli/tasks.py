"""`vaultkit tasks`: the checkbox lines that were asked for go out, each with its place."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import format_option, print_rows, total_option
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import said_of, tasks
from vaultkit.report.screen import clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.listing import Placed
    from vaultkit.report.screen import Screen
    from vaultkit.report.table import Cell


@door("tasks", _("List the tasks, all of them or some, with the place of each."))
@click.option("--todo", is_flag=True, help=_("Those still to be done."))
@click.option("--done", is_flag=True, help=_("Those that are done."))
@click.option("--status", metavar="C", help=_("Those with this character between their brackets."))
@total_option()
@format_option("text")
@click.pass_obj
def command(asked: Asked, status: str | None, form: str, *, todo: bool, done: bool, total: bool) -> None:
    """Print each task on a line."""
    vault = open_session(asked).vault

    def wanted(placed: Placed) -> bool:
        task = placed.task
        asked_for = [
            todo and vault.is_open(task),
            done and task.status in "xX",
            status is not None and task.status == status,
        ]
        return any(asked_for) or not (todo or done or status)

    found = [placed for placed in vault.ask(tasks) if wanted(placed)]
    if form == "text" and not total:
        for line in _lines(found, screen(sys.stdout, asked.language)):
            click.echo(line, color=True)
    else:
        print_rows([_row(placed) for placed in found], form, ("path", "line", "status", "text"), total=total)


def _row(placed: Placed) -> dict[str, Cell]:
    task = placed.task
    return {
        "path": placed.path,
        "line": task.span.line,
        "status": task.status,
        "text": task.text,
        **said_of(task),
    }


def _lines(found: Sequence[Placed], view: Screen) -> Iterator[str]:
    for placed in found:
        place = view.paint(f"{clean(placed.path)}:{placed.task.span.line}:", "strong")
        yield view.fold(f"{place} [{clean(placed.task.status)}] {clean(placed.task.text)}", "    ")
