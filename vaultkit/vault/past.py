"""What notes said on earlier days: the versions that git or vaultkit's own daily notes keep, as one value.

A Vault is one instant; what needs more than that (a date that was moved, an interest that drifts) asks here. Where
neither git nor vaultkit has kept anything, nobody knows, and that is said rather than a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from msgspec import Struct

from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.lazy import Once
    from vaultkit.model import Message, Note

Recollection: TypeAlias = "Once[Recalled]"
"""Found out when somebody first asks: most runs do not."""
Keeper = Literal["git", "vaultkit"]
Said: TypeAlias = tuple[dict[str, str], int]
"""What of a note is kept: property, as written -> its value as text; how many characters people had written in it."""
_LONGEST = 120
"""Characters of a value that is kept: nobody asks how a longer text has changed."""


class Version(Struct, frozen=True, gc=False, array_like=True):
    """What a note said from a day on, until the next version of it."""

    day: date
    properties: dict[str, str] = {}
    """Property, as written -> its value as text; long texts left out."""
    size: int = 0
    """How many characters people had written in it."""


class Past(Struct, frozen=True):
    """The versions of the notes, as far as anybody has kept them."""

    keeper: Keeper
    since: date
    """The first day of which anything is known."""
    versions: Mapping[str, tuple[Version, ...]] = {}
    """Path -> its versions, the oldest first; of two on one day only the last."""


class Recalled(NamedTuple):
    """What is known of earlier days."""

    past: Past | None = None
    """None when nobody has kept anything."""
    trouble: Message | None = None
    """What kept it from being known."""


def said(note: Note) -> Said:
    """What of a note is kept of a day: its short properties, and how much people have written in it."""
    items = ((item.name, text_of(item.value)) for item in note.properties)
    return {name: text for name, text in items if text and len(text) <= _LONGEST}, note.written


def version(day: date, note: Note) -> Version:
    """The same, as what the note said from a day on."""
    return Version(day, *said(note))


def past(keeper: Keeper, versions: Iterable[tuple[str, Version]], since: date | None = None) -> Past | None:
    """The versions of many notes, in any order, as a Past; None when there are none and nobody says since when."""
    found: dict[str, dict[date, Version]] = {}
    for path, version in versions:
        found.setdefault(path, {})[version.day] = version
    days = [day for each in found.values() for day in each]
    begun = min((*days, *([since] if since else [])), default=None)
    if begun is None:
        return None
    ordered = {path: tuple(each[day] for day in sorted(each)) for path, each in sorted(found.items())}
    return Past(keeper, begun, ordered)
