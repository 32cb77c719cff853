"""`vaultkit unresolved`: the links that lead nowhere yet go out, by the name they ask for."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import unresolved

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door(
    "unresolved",
    _("List the names that links ask for and no file bears. Many vaults keep such links on purpose. -v says who asks."),
)
@counts_option(_("Say how many links ask for each."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, form: Format, *, counts: bool, total: bool) -> None:
    """Print each name once."""
    found = open_session(asked).vault.ask(unresolved)
    rows: list[dict[str, Cell]] = [
        {"name": name, "count": len(edges), "sources": list(dict.fromkeys(edge.source for edge in edges))}
        for name, edges in found.items()
    ]
    columns = ("name", *(("count",) if counts else ()), *(("sources",) if asked.verbose else ()))
    print_rows(rows, form, columns, total=total)
