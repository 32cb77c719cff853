"""What told a note's kind goes in, how to say it comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message

if TYPE_CHECKING:
    from vaultkit.model import Message
    from vaultkit.vault.kinds import Clue


def clue_said(by: Clue, clue: str) -> Message:
    """A clue as a noun with its name: `folder Priorities`."""
    match by:
        case "config":
            return message("{clue} in vaultkit.toml", clue=clue)
        case "property":
            return message("property {clue}", clue=clue)
        case "tag":
            return message("tag {clue}", clue=clue)
        case "folder":
            return message("folder {clue}", clue=clue)
        case "file name":
            return message("file name")
