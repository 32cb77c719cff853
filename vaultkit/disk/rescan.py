"""What stood in a vault goes in, what stands there now comes out, with the changes between the two, read from disk.

Events only hint where to look: what counts is the walk.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import msgspec

from vaultkit.disk.beneath import opened
from vaultkit.disk.listing import Listing, is_hidden, is_read, scan, stat_of
from vaultkit.disk.reader import read_notes
from vaultkit.model import Change

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from vaultkit.disk.excluded import Exclusion
    from vaultkit.disk.listing import Stat

_SAME_TICK_NS = 2_000_000_000
"""The coarsest clock that files are stamped by (FAT): within it two writes may bear one time."""


def changes(root: Path, before: Listing, exclusion: Exclusion) -> tuple[Listing, tuple[Change, ...]]:
    """Walk the vault again, and read what has another stat than `before`, or may have been rewritten within a tick.

    A note that was read again is among the changes even if its text is the same. Raises VaultNotFoundError.
    """
    after = scan(root, exclusion)
    suspects = [
        path
        for path, found in after.notes.items()
        if before.notes.get(path) != found or found.mtime_ns >= before.taken_ns - _SAME_TICK_NS
    ]
    return _changed(root, before, after, suspects)


def changes_at(
    root: Path, before: Listing, paths: Iterable[str], exclusion: Exclusion
) -> tuple[Listing, tuple[Change, ...]]:
    """The same, looking only at the hinted paths; walks the whole vault when one of them is or was a folder."""
    looked = {path: _look(root, path) for path in sorted(set(paths)) if path and not is_hidden(path)}
    if any(_concerns_folder(path, found, before) for path, found in looked.items()):
        return changes(root, before, exclusion)
    notes: dict[str, Stat] = {path: found for path, found in before.notes.items() if path not in looked}
    files = set(before.files - looked.keys())
    for path, found in looked.items():
        if found is None or not stat.S_ISREG(found.st_mode):
            continue
        if is_read(path) and not exclusion(path):
            notes[path] = stat_of(found)
        else:
            files.add(path)
    after = Listing(dict(sorted(notes.items())), frozenset(files), before.unreadable, before.taken_ns)
    return _changed(root, before, after, [path for path in looked if path in notes])


def _changed(
    root: Path, before: Listing, after: Listing, suspects: Iterable[str]
) -> tuple[Listing, tuple[Change, ...]]:
    found = dict.fromkeys(suspects) | {note.path: note for note in read_notes(root, suspects)}
    gone = {path for path, note in found.items() if note is None}
    if gone:
        notes = {path: known for path, known in after.notes.items() if path not in gone}
        after = msgspec.structs.replace(after, notes=notes)
    removed = (before.notes.keys() | before.files) - (after.notes.keys() | after.files)
    changed = [Change(path, note) for path, note in found.items() if note is not None]
    changed += [Change(path) for path in after.files - before.files]
    changed += [Change(path, removed=True) for path in removed]
    return after, tuple(sorted(changed, key=lambda change: change.path))


def _look(root: Path, path: str) -> os.stat_result | None:
    folder, _, name = path.rpartition("/")
    try:
        with opened(root, folder) as place:
            return place.status(name)
    except OSError:
        return None


def _concerns_folder(path: str, found: os.stat_result | None, before: Listing) -> bool:
    """Whether a hint says more than one path can tell: a folder, a symbolic link, or a folder that is gone."""
    if found is not None:
        return stat.S_ISDIR(found.st_mode) or stat.S_ISLNK(found.st_mode)
    inside = f"{path}/"
    return any(known.startswith(inside) for known in (*before.notes, *before.files))
