"""Whether a note is still in play: a Vault and a note go in; live, closed or expired comes out."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.text import folder_stem

if TYPE_CHECKING:
    from vaultkit.model import Note, Property
    from vaultkit.vault import Vault

CLOSED = frozenset({"done", "dropped", "archived"})
"""The statuses after which nobody is expected to work on a note."""
ARCHIVES = frozenset({"archive", "archived", "archivee"})
"""Words, as `stem` has them, in the name of a folder whose notes are put away."""


class Said(Struct, frozen=True, gc=False):
    """What a note says of its being in play, whatever the day."""

    closed: bool
    """Whether it is over: a closed status, an outcome, an archive folder."""
    last: date | None
    """The last day of its period."""
    end: date | None
    """The last day of its period, else the day it is due."""


def is_archived(note: Note) -> bool:
    """Whether a note lies in an archive folder, at any depth."""
    return _among_archives(note.folder)


@lru_cache(maxsize=4096)
def _among_archives(folder: str) -> bool:
    return any(ARCHIVES.intersection(folder_stem(name).split()) for name in folder.split("/"))


def is_closed(vault: Vault, note: Note) -> bool:
    """Whether its owner has said that it is over: a closed status, an outcome, an archive folder."""
    return vault.gather(said)[note.path].closed


def end_of(vault: Vault, note: Note) -> date | None:
    """The last day of its period, else the day it is due; None when it has neither."""
    return vault.gather(said)[note.path].end


def is_over(vault: Vault, note: Note) -> bool:
    """Whether its last day has passed."""
    end = end_of(vault, note)
    return end is not None and end < vault.today


def is_live(vault: Vault, note: Note) -> bool:
    """Whether it is of a kind and not closed. What has a period of its own that is over is not live either.

    An objective stays live until somebody closes it: that its time has passed is told of it (`is_over`).
    """
    told = vault.recognised.get(note.path)
    if told is None:
        return False
    known = vault.gather(said)[note.path]
    return not known.closed and (known.last is None or told.kind == "objective" or known.last >= vault.today)


def closing_property(vault: Vault, note: Note) -> Property | None:
    """The property that says it is over, its status before its outcome; None when only its folder says so."""
    if vault.choice(note, "status") in CLOSED:
        return vault.property(note, "status")
    return vault.property(note, "outcome") if vault.choice(note, "outcome") else None


def end_property(vault: Vault, note: Note) -> Property | None:
    """The property that gives its last day."""
    return vault.property(note, "period" if vault.period(note) else "due")


def said(vault: Vault, note: Note) -> Said:
    """What a note says of its being in play."""
    closed = vault.choice(note, "status") in CLOSED or vault.choice(note, "outcome") is not None or is_archived(note)
    period = vault.period(note)
    end = period or vault.period(note, "due")
    return Said(closed, period[1] if period else None, end[1] if end else None)
