"""The one room that touches files and the clock: folders go in, values come out; edits go in, files come out."""

from vaultkit.disk.clock import today
from vaultkit.disk.copying import copy_to_temporary
from vaultkit.disk.excluded import exclusion
from vaultkit.disk.listing import Listing, Stat, scan
from vaultkit.disk.places import locked, state_folder
from vaultkit.disk.reader import read_files, read_notes, read_texts
from vaultkit.disk.rescan import changes, changes_at
from vaultkit.disk.settings import find_vault, holds_notes, read_config, read_obsidian, template_paths
from vaultkit.disk.watcher import watch
from vaultkit.disk.writer import apply, remove_empty_parents

__all__ = [
    "Listing",
    "Stat",
    "apply",
    "changes",
    "changes_at",
    "copy_to_temporary",
    "exclusion",
    "find_vault",
    "holds_notes",
    "locked",
    "read_config",
    "read_files",
    "read_notes",
    "read_obsidian",
    "read_texts",
    "remove_empty_parents",
    "scan",
    "state_folder",
    "template_paths",
    "today",
    "watch",
]
