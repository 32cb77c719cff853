"""What the tests of kinds share: vaultkit's own kinds, and notes made of a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.config import Config
from vaultkit.parser import parse
from vaultkit.resources import templates
from vaultkit.vault import Kinds, read_kinds

if TYPE_CHECKING:
    from vaultkit.model import Note

OURS = {path.name: path.read_bytes() for path in sorted((templates() / "kinds").glob("*.md"))}
KINDS = Kinds(read_kinds(OURS), Config())


def note(path: str, text: str = "") -> Note:
    """A note of this text."""
    return parse(path, text.encode())


def typed(value: str, name: str = "type") -> Note:
    """A note that says of what kind it is."""
    return note("Note.md", f"---\n{name}: {value}\n---\nText.\n")


def kind_of(found: Note, kinds: Kinds = KINDS) -> str | None:
    """The kind that it is recognised as."""
    told = kinds.recognise(found)
    return told.kind if told else None
