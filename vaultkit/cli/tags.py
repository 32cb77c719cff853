"""`vaultkit tags`: the tags in use go out, with how often each is written."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import tag_counts

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door("tags", _("List the tags in use, in properties and in the text."))
@click.option(
    "--sort",
    type=click.Choice(("name", "count")),
    default="name",
    show_default=True,
    help=_("By name, or the commonest first."),
)
@counts_option(_("Say how often each is written."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, sort: str, form: Format, *, counts: bool, total: bool) -> None:
    """Print each tag once."""
    found = list(open_session(asked).vault.ask(tag_counts).items())
    if sort == "count":
        found.sort(key=lambda entry: -entry[1])
    rows: list[dict[str, Cell]] = [{"tag": f"#{name}", "count": count} for name, count in found]
    print_rows(rows, form, ("tag", "count") if counts else ("tag",), total=total)
