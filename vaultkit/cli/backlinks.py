"""`vaultkit backlinks NOTE`: a note's name comes in, the notes that link to it go out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import backlinks_of

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door("backlinks", _("List the notes that link to a note; its links to itself are left out."))
@click.argument("note", metavar=_("NOTE"))
@counts_option(_("Say how often each links to it."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, note: str, form: Format, *, counts: bool, total: bool) -> None:
    """Print each source once."""
    session = open_session(asked)
    found = backlinks_of(session.vault, find_note(session, note))
    rows: list[dict[str, Cell]] = [
        {
            "path": source,
            "count": len(edges),
            "line": edges[0].link.span.line,
            "relation": next((edge.relation for edge in edges if edge.relation), None),
            "written_by": "human" if any(edge.human for edge in edges) else "vaultkit",
        }
        for source, edges in found.items()
    ]
    print_rows(rows, form, ("path", "count") if counts else ("path",), total=total)
