"""The one room that touches files and the clock: folders go in, values come out; edits go in, files come out."""

from vaultkit.disk.clock import today
from vaultkit.disk.copying import copy_to_temporary
from vaultkit.disk.excluded import exclusion
from vaultkit.disk.listing import Listing, Stat, scan
from vaultkit.disk.moving import Unfinished, carry_out, finished_notes, unfinished
from vaultkit.disk.obsidian import HOME, may_be_setting, read_obsidian, setting_paths
from vaultkit.disk.places import locked, state_folder
from vaultkit.disk.reader import read_files, read_notes, read_texts
from vaultkit.disk.rescan import changes, changes_at
from vaultkit.disk.settings import find_vault, holds_folder, holds_notes, read_config, template_paths
from vaultkit.disk.watcher import watch
from vaultkit.disk.writer import apply, remove_empty_parents

__all__ = [
    "HOME",
    "Listing",
    "Stat",
    "Unfinished",
    "apply",
    "carry_out",
    "changes",
    "changes_at",
    "copy_to_temporary",
    "exclusion",
    "find_vault",
    "finished_notes",
    "holds_folder",
    "holds_notes",
    "locked",
    "may_be_setting",
    "read_config",
    "read_files",
    "read_notes",
    "read_obsidian",
    "read_texts",
    "remove_empty_parents",
    "scan",
    "setting_paths",
    "state_folder",
    "template_paths",
    "today",
    "unfinished",
    "watch",
]
