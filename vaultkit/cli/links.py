"""`vaultkit links NOTE`: a note's name comes in, what it links to goes out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import counts_option, format_option, print_rows, total_option
from vaultkit.cli.opening import find_source, open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import links_of, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.report.table import Cell, Format
    from vaultkit.vault import Edge, Vault


@door("links", _("List what a note links to, in the order of its text; its links to itself are left out."))
@click.argument("source", metavar=_("NOTE"))
@counts_option(_("Say how often each is linked to."))
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, source: str, form: Format, *, counts: bool, total: bool) -> None:
    """Print each target once."""
    session = open_session(asked)
    found = links_of(session.vault, find_source(session, source))
    rows: list[dict[str, Cell]] = [
        {
            "target": target,
            "resolved": edges[0].target is not None,
            "count": len(edges),
            "line": edges[0].link.span.line,
            "relation": next((edge.relation for edge in edges if edge.relation), None),
            "origin": edges[0].link.origin,
            "views": _views(session.vault, edges),
        }
        for target, edges in found.items()
    ]
    print_rows(rows, form, ("target", "count") if counts else ("target",), total=total)


def _views(vault: Vault, edges: Iterable[Edge]) -> list[str] | None:
    """The views of a base that the links to it open."""
    found = [view for edge in edges if (view := view_of(vault, edge)) is not None]
    return list(dict.fromkeys(found)) or None
