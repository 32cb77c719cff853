"""Rows go in; TSV, CSV or JSON comes out: what every command that lists things prints."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

from vaultkit.report.json import dump
from vaultkit.report.screen import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

Format = Literal["tsv", "csv", "json"]
Cell = str | int | bool | list[str] | None


def encode(rows: Sequence[dict[str, Cell]], form: Format, columns: Sequence[str]) -> str:
    """These columns of each row, without a line of names, as Obsidian's own command does; in JSON, every column."""
    if form == "json":
        return dump(rows)
    cells = [[clean(_text(row[column])) for column in columns] for row in rows]
    return _csv(cells) if form == "csv" else "\n".join(map("\t".join, cells))


def _csv(cells: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(cells)
    return text.getvalue().removesuffix("\n")


def _text(cell: Cell) -> str:
    if isinstance(cell, list):
        return ", ".join(cell)
    return "" if cell is None else str(cell)
