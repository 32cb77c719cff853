"""A few of many notes: their paths go in; links to the first of them, and how many more there are, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.language import plural, say
from vaultkit.pages.linking import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.model import Message
    from vaultkit.vault import Vault

FEW = 3


def several(vault: Vault, paths: Sequence[str], page: str, most: int = FEW) -> Markdown:
    """Links to the first of them, with how many more there are."""
    links = [link(vault, path, page) for path in paths[:most]]
    rest = plural("and {count} more", "and {count} more", len(paths) - most)
    more = f" {escape.text(say(rest, vault.language))}" if len(paths) > most else ""
    return Markdown(", ".join(links) + more)


def notes(count: int) -> Message:
    """So many notes."""
    return plural("{count} note", "{count} notes", count)


def more(count: int) -> Message | None:
    """How many rows are left out; None when none is."""
    return plural("And {count} more.", "And {count} more.", count) if count > 0 else None
