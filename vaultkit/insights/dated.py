"""On which day a note is: a Vault and a note go in; the day of its `date`, or the one in its name, comes out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_ISO = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)\d{1,2}[-.]\d{1,2}[-.]\d{4}(?!\d)")


def day_of(vault: Vault, note: Note) -> date | None:
    """The day of a meeting, a decision, an update: what it says, else what its name says."""
    return vault.day(note, "date") or named_day(note.name)


@lru_cache(maxsize=4096)
def named_day(name: str) -> date | None:
    """The first day in a name: `2026-03-16`, `20260316 CODIR`, `CODIR 16-03-2026`; None when there is none."""
    iso = _ISO.search(name)
    found = date_of("-".join(iso.groups())) if iso else None
    if found is None and (day_first := _DAY_FIRST.search(name)):
        found = date_of(day_first[0])
    return found
