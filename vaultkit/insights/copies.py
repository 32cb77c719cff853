"""Copies that a sync service made of a note saved in two places: a Vault goes in, what is a copy comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault

_MARK = "onfli"
"""What all of these names have in common, in English as in French, whatever the case of the first letter."""
_COPY = re.compile(
    r"(?P<name>.+?)(?:"
    r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"  # Syncthing
    r"| \((?:[^()]+ )?(?:conflicted copy|copie (?:en conflit|conflictuelle))(?: [^()]+)? ?[0-9][^()]*\)(?: \(\d+\))?"
    r"| \(SFConflict [^()]+\)"  # Seafile
    r"|_[^_]+_[A-Z][a-z]{2}-\d{2}-\d{6}-\d{4}_Conflict"  # Synology Drive
    r")(?P<ending>\.(?:md|canvas|base))",
    re.IGNORECASE,
)
"""The second is of Dropbox, Nextcloud, ownCloud and Obsidian Sync. iCloud, Google Drive and OneDrive name theirs as
people name notes (`Note 2`, `Note (1)`, `Note-MacBook`): these are not known."""


def copied(path: str) -> str | None:
    """The path of what a file is a conflict copy of; None for any other file."""
    if _MARK not in path:
        return None
    folder, slash, name = path.rpartition("/")
    found = _COPY.fullmatch(name)
    return f"{folder}{slash}{found['name']}{found['ending']}" if found else None


def copies(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Note -> the conflict copies to tell of there: its own; those of a note that is gone on the first one near it.

    Of what is left out of judgement a copy is as well.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(vault.files):
        original = copied(path)
        if original is not None and original not in vault.files:
            place = original if vault.has(original) else _near(vault, path)
            if place is not None:
                found.setdefault(place, []).append(path)
    return {place: tuple(paths) for place, paths in found.items()}


def _near(vault: Vault, path: str) -> str | None:
    """The first note of the same folder, or else of all, that a person wrote."""
    home = path[: path.rfind("/") + 1]
    near = [note for note in vault.notes if note.startswith(home)]
    return next((note for note in (*near, *vault.notes) if vault.notes[note].generated is None), None)
