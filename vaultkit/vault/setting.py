"""All that settles how a vault is read, in one value that goes with the notes from step to step."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from vaultkit.config import Config, Obsidian
from vaultkit.vault.kinds import Kinds


class Setting(Struct, frozen=True):
    """What a vault is read in the light of: the catalogue of kinds, the user's and Obsidian's settings, the day."""

    kinds: Kinds
    config: Config
    obsidian: Obsidian
    today: date
    language: str = "en"
    """The language of the pages."""
    templates: dict[str, str] = {}
    """File name -> text of each page template, the vault's own in place of ours: `overview.md.j2`."""
