"""`vaultkit deadends`: the notes that link to nothing go out."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import format_option, print_rows, total_option
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.insights.listing import deadends

if TYPE_CHECKING:
    from vaultkit.report.table import Format


@door(
    "deadends",
    _("List the notes that link to nothing but themselves. A link to a note still to be written counts as a link."),
)
@total_option()
@format_option()
@click.pass_obj
def command(asked: Asked, form: Format, *, total: bool) -> None:
    """Print their paths."""
    print_rows([{"path": path} for path in open_session(asked).vault.ask(deadends)], form, ("path",), total=total)
