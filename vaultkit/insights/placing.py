"""Where a new note goes: a Vault, a kind and a title go in; the folder and the file's name come out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from vaultkit.insights.status import is_archived
from vaultkit.text import name_key

if TYPE_CHECKING:
    from vaultkit.config import Obsidian
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Kind

LONGEST = 200
"""Bytes of a name: file systems take 255, and a sync client or a temporary file may add some of its own."""

_JOINT = re.compile(r"\s*[\\/|:]\s*")
"""What no file system or no link takes, where it stands between words: `CRM: phase 2`, `Q1/Q2`."""
_UNLINKABLE = re.compile(
    '[*"<>?#^\\[\\]\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|%%'
)
_HIDDEN = re.compile(r"(?:^|/)\.")
"""A folder that is not in the vault, though it lies there."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)([ .].*)?")
"""Names that Windows keeps for itself: a vault is often synchronised to one."""


def home(vault: Vault, kind: Kind, here: str = "") -> str:
    """The folder where most notes of a kind lie, archives apart; where there are none yet, the kind's own home.

    A kind that has none goes where Obsidian's settings send a new note; `here` is the folder that one is in.
    """
    folders = Counter(note.folder for note in vault.of_kind(kind.name) if not is_archived(note))
    if folders:
        return min(folders, key=lambda folder: (-folders[folder], folder))
    usual = kind.homes.get(vault.language) or kind.homes.get("en") or _obsidian_home(vault.obsidian, here)
    return standing_folder(vault, usual)


def _obsidian_home(obsidian: Obsidian, here: str) -> str:
    if obsidian.new_file_location == "folder":
        return obsidian.new_file_folder
    return here if obsidian.new_file_location == "current" and not _HIDDEN.search(here) else ""


def standing_folder(vault: Vault, folder: str) -> str:
    """The folder as the disk writes it, as far as it stands there: its name may be in capitals, its accents apart."""
    if not folder or any(path.startswith(f"{folder}/") for path in vault.paths):
        return folder
    wanted, depth = name_key(folder), folder.count("/") + 1
    above = ("/".join(path.split("/")[:depth]) for path in sorted(vault.paths) if path.count("/") >= depth)
    found = next((each for each in above if name_key(each) == wanted), None)
    if found is not None:
        return found
    parent, slash, name = folder.rpartition("/")
    return f"{standing_folder(vault, parent)}{slash}{name}"


def is_portable(name: str) -> bool:
    """Whether every system and every sync client takes a name for its length, and no system for a device."""
    return len(name.encode("utf-8", "surrogatepass")) <= LONGEST and not _RESERVED.fullmatch(name)


def file_name(title: str) -> str:
    """A title as a name, without `.md`, that every system takes and every link can say; empty if nothing is left."""
    name = _UNLINKABLE.sub("", _JOINT.sub(lambda found: " - " if found[0].strip() == ":" else "-", title))
    name = " ".join(name.split()).strip(". -")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"  # Windows takes these for devices, whatever follows a dot or a space
    while len(f"{name}.md".encode()) > LONGEST:
        name = name[:-1].rstrip(". ")
    return name


def standing_at(vault: Vault, path: str) -> str | None:
    """The file that stands at a path already, or would on a disk that does not tell case."""
    wanted = name_key(path)
    return next((taken for taken in sorted(vault.paths) if name_key(taken) == wanted), None)
