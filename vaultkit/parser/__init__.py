"""One file's bytes come in, a Note comes out: exactly what Obsidian would find there, with exact places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.parser.note import digest
from vaultkit.parser.note import parse as parse_note

if TYPE_CHECKING:
    from vaultkit.model import Note

__all__ = ["digest", "parse", "prepare"]


def parse(path: str, data: bytes) -> Note:
    """Read a note, a canvas or a base, as the end of its name says; never raises."""
    if path.endswith(".canvas"):
        from vaultkit.parser.canvas import parse_canvas  # most vaults have none

        return parse_canvas(path, data)
    if path.endswith(".base"):
        from vaultkit.parser.base import parse_base

        return parse_base(path, data)
    return parse_note(path, data)


def prepare() -> None:
    """Load all that any note may need, before the processes that share it are made."""
    parse("Note.md", _DOUBTFUL)


_DOUBTFUL = b"---\na: {b: c}\n---\n<div>\n"
"""What neither the simple forms of frontmatter nor those of blocks cover."""
