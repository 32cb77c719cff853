"""Hours as people write them: a Vault, a note and a field go in; the hours that the note says there come out.

A number is hours, and minutes under `timeEstimate`; `3 h`, `35 hours a week`, `90 min` and `2h30` say so themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.text import fold

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

_SPELLED = re.compile(
    r"(?P<count>\d{1,4}(?:[.,]\d{1,2})?) ?(?:(?P<hours>h|hrs?|hours?|heures?)(?P<rest>[0-5]\d)?|mins?|minutes?)\b"
    r"(?: ?(?:/|a|per|par) ?(?:w|week|semaine))?"
)
_LONGEST = 40
"""Characters of a text that may be hours."""


def hours(vault: Vault, note: Note, field: str) -> float | None:
    """None when a note says none there, or nothing that is hours."""
    item, number = vault.property(note, field), vault.number(note, field)
    if item is None:
        return None
    if number is None:
        return _spelled(fold(vault.text(note, field)))
    return number / 60 if item.name.replace("_", "").lower() == "timeestimate" else number


def _spelled(text: str) -> float | None:
    found = _SPELLED.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    count = float(found["count"].replace(",", "."))
    return count + int(found["rest"] or 0) / 60 if found["hours"] else count / 60
