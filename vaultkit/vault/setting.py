"""All that settles how a vault is read, in one value that goes with the notes from step to step."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from vaultkit.baseline import Entry
from vaultkit.config import Config, Obsidian
from vaultkit.vault.kinds import Kinds
from vaultkit.vault.past import Past, Recollection


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
    known: tuple[Entry, ...] | None = None
    """What the baseline holds that the user's settings name; None when they name none, or it cannot be read."""
    since: date | None = None
    """The first day of which the page of changes tells; None leaves it to the page."""
    recollection: Recollection | None = None
    """What is known of earlier days."""

    @property
    def past(self) -> Past | None:
        """What the notes said on earlier days; None when nobody has kept it."""
        return self.recollection.value.past if self.recollection else None
