"""The one room that touches files and the clock: folders go in, values come out; edits go in, files come out.

Each name is imported when it is first used: most runs need a third of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultkit.disk.cache import Cache
    from vaultkit.disk.clock import Stages, today
    from vaultkit.disk.copying import copy_to_temporary
    from vaultkit.disk.days import keep_day, past_of, read_days
    from vaultkit.disk.doubts import Doubts
    from vaultkit.disk.excluded import exclusion
    from vaultkit.disk.gitdir import find_repository
    from vaultkit.disk.gitlog import read_history, read_versions
    from vaultkit.disk.gitrun import GitError
    from vaultkit.disk.journal import Run, is_unfinished
    from vaultkit.disk.kept import all_kept_files, kept_files, remove_files, total_size
    from vaultkit.disk.listing import Listing, Stat, is_note, scan
    from vaultkit.disk.moving import move
    from vaultkit.disk.obsidian import HOME, may_be_setting, read_obsidian, setting_paths
    from vaultkit.disk.parsing import Wanted, decode, encode, parse_all
    from vaultkit.disk.past import Past, history, last_move, undo, undoing
    from vaultkit.disk.places import cache_file, cache_folder, forget, is_watched, locked, state_folder, watching
    from vaultkit.disk.reader import read_files, read_notes, read_texts
    from vaultkit.disk.rescan import Look, changes, changes_at
    from vaultkit.disk.run import Finished, finish
    from vaultkit.disk.settings import find_vault, holds_folder, holds_notes, read_config, template_paths
    from vaultkit.disk.since import changed_since, first_day
    from vaultkit.disk.watcher import Watch
    from vaultkit.disk.writer import apply, remove_empty_parents

__all__ = [
    "HOME",
    "Cache",
    "Doubts",
    "Finished",
    "GitError",
    "Listing",
    "Look",
    "Past",
    "Run",
    "Stages",
    "Stat",
    "Wanted",
    "Watch",
    "all_kept_files",
    "apply",
    "cache_file",
    "cache_folder",
    "changed_since",
    "changes",
    "changes_at",
    "copy_to_temporary",
    "decode",
    "encode",
    "exclusion",
    "find_repository",
    "find_vault",
    "finish",
    "first_day",
    "forget",
    "history",
    "holds_folder",
    "holds_notes",
    "is_note",
    "is_unfinished",
    "is_watched",
    "keep_day",
    "kept_files",
    "last_move",
    "locked",
    "may_be_setting",
    "move",
    "parse_all",
    "past_of",
    "read_config",
    "read_days",
    "read_files",
    "read_history",
    "read_notes",
    "read_obsidian",
    "read_texts",
    "read_versions",
    "remove_empty_parents",
    "remove_files",
    "scan",
    "setting_paths",
    "state_folder",
    "template_paths",
    "today",
    "total_size",
    "undo",
    "undoing",
    "watching",
]

_HOMES = {
    "Cache": "cache",
    "Doubts": "doubts",
    "Finished": "run",
    "GitError": "gitrun",
    "HOME": "obsidian",
    "Listing": "listing",
    "Look": "rescan",
    "Past": "past",
    "Run": "journal",
    "Stages": "clock",
    "Stat": "listing",
    "Wanted": "parsing",
    "Watch": "watcher",
    "all_kept_files": "kept",
    "apply": "writer",
    "cache_file": "places",
    "cache_folder": "places",
    "changed_since": "since",
    "first_day": "since",
    "changes": "rescan",
    "changes_at": "rescan",
    "copy_to_temporary": "copying",
    "decode": "parsing",
    "encode": "parsing",
    "exclusion": "excluded",
    "find_repository": "gitdir",
    "find_vault": "settings",
    "finish": "run",
    "forget": "places",
    "history": "past",
    "holds_folder": "settings",
    "holds_notes": "settings",
    "is_note": "listing",
    "is_unfinished": "journal",
    "is_watched": "places",
    "keep_day": "days",
    "kept_files": "kept",
    "last_move": "past",
    "locked": "places",
    "may_be_setting": "obsidian",
    "move": "moving",
    "parse_all": "parsing",
    "past_of": "days",
    "read_config": "settings",
    "read_days": "days",
    "read_files": "reader",
    "read_history": "gitlog",
    "read_notes": "reader",
    "read_obsidian": "obsidian",
    "read_texts": "reader",
    "read_versions": "gitlog",
    "remove_empty_parents": "writer",
    "remove_files": "kept",
    "scan": "listing",
    "setting_paths": "obsidian",
    "state_folder": "places",
    "template_paths": "settings",
    "today": "clock",
    "total_size": "kept",
    "undo": "past",
    "undoing": "past",
    "watching": "places",
}
"""The module of each name."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        text = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(text)
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
