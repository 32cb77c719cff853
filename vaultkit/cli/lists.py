"""What the commands that list things share: rows and a format come in, text goes out to stdout."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, cast

import click

from vaultkit.report.table import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaultkit.report.table import Cell, Format

FORMATS = ("tsv", "csv", "json")


def format_option(*further: str) -> Callable[[Any], Any]:
    """`--format`; the first format is the default."""
    formats = (*further, *FORMATS)
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=_("How to print it; json says the most."),
    )


def total_option() -> Callable[[Any], Any]:
    """`--total`, as in Obsidian's command."""
    return click.option("--total", is_flag=True, help=_("Print only how many there are."))


def counts_option(text: str) -> Callable[[Any], Any]:
    """`--counts`, as in Obsidian's command."""
    return click.option("--counts", is_flag=True, help=text)


def print_rows(rows: Sequence[dict[str, Cell]], form: str, columns: Sequence[str], *, total: bool) -> None:
    """The rows, or how many there are; an empty list prints nothing, or `[]`."""
    if total:
        click.echo(str(len(rows)))
    elif rows or form == "json":
        print_text(encode(rows, cast("Format", form), columns))


def print_text(text: str) -> None:
    """Text for a program, in UTF-8 whatever the console thinks of it."""
    click.echo(text.encode())
