"""`vaultkit links NOTE`: a note's name comes in, what it links to goes out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import find_note, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import links_of

if TYPE_CHECKING:
    from vaultkit.report.table import Cell, Format


@door("links", _("List what a note links to, in the order of its text; its links to itself are left out."))
@click.argument("note", metavar=_("NOTE"))
@counts_option(_("Say how often each is linked to."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, note: str, form: Format, *, counts: bool, total: bool) -> None:
    """Print each target once."""
    session = open_session(asked)
    found = links_of(session.vault, find_note(session, note))
    rows: list[dict[str, Cell]] = [
        {
            "target": target,
            "resolved": edges[0].target is not None,
            "count": len(edges),
            "line": edges[0].link.span.line,
            "relation": next((edge.relation for edge in edges if edge.relation), None),
        }
        for target, edges in found.items()
    ]
    print_rows(rows, form, ("target", "count") if counts else ("target",), total=total)
