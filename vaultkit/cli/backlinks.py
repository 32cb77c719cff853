"""`vaultkit backlinks NOTE`: a note's name comes in, the notes that link to it go out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import find_source, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import backlinks_of

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door(
    "backlinks",
    _(
        "List the notes that link to a note, and after them the canvases and bases that do; its links to itself are "
        "left out. -v says where each link stands: in a note, on a card, as a canvas's card, in a base."
    ),
)
@click.argument("note", metavar=_("NOTE"))
@counts_option(_("Say how often each links to it."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, note: str, form: Format, *, counts: bool, total: bool) -> None:
    """Print each source once."""
    session = open_session(asked)
    found = backlinks_of(session.vault, find_source(session, note))
    rows: list[dict[str, Cell]] = [
        {
            "path": source,
            "count": len(edges),
            "line": edges[0].link.span.line,
            "relation": next((edge.relation for edge in edges if edge.relation), None),
            "origin": edges[0].link.origin,
            "written_by": "human" if any(edge.human for edge in edges) else "vaultkit",
        }
        for source, edges in found.items()
    ]
    columns = ("path", *(("count",) if counts else ()), *(("origin",) if asked.verbose else ()))
    print_rows(rows, form, columns, total=total)
