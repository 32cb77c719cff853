"""What stood in a vault goes in, what stands there now comes out, with the changes between the two, read from disk.

Events only hint where to look: what counts is the walk.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from vaultkit.disk.beneath import status_of
from vaultkit.disk.listing import Listing, Stat, is_hidden, is_read, scan, stat_of
from vaultkit.model import Change

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from vaultkit.disk.doubts import Doubts
    from vaultkit.disk.excluded import Exclusion
    from vaultkit.disk.parsing import Parsed

    Read: TypeAlias = Callable[[Sequence[tuple[str, int]]], Iterable[Parsed]]
    """Paths and sizes of files go in, what each reads as comes out; what is gone by now does not."""

_SAME_TICK_NS = 2_000_000_000
"""The coarsest clock that files are stamped by (FAT): within it two writes may bear one time."""
_UNREAD = Stat(-1, -1, -1)
"""In place of the stat of a note that could not be read: nothing but another try tells whether it now can be."""


class Look(NamedTuple):
    """How to look at a vault."""

    root: Path
    exclusion: Exclusion
    read: Read
    doubts: Doubts | None = None
    """What keeps a note that looks half saved as it was; without it, what stands there is believed."""


def changes(before: Listing, look: Look) -> tuple[Listing, tuple[Change, ...]]:
    """Walk the vault again, and read what has another stat than `before`, or may have been rewritten within a tick.

    Raises VaultNotFoundError.
    """
    after, held = _held(before, scan(look.root, look.exclusion), look)
    suspects = [path for path in _suspects(before, after) if path not in held]
    if not suspects and (after.notes, after.files, after.unreadable) == (before.notes, before.files, before.unreadable):
        return before, ()
    return _changed(before, after, suspects, look)


def _suspects(before: Listing, after: Listing) -> list[str]:
    """What may read otherwise than it did."""
    sure = before.taken_ns - _SAME_TICK_NS
    known = before.notes.get
    return [path for path, found in after.notes.items() if known(path) != found or found.mtime_ns >= sure]


def changes_at(before: Listing, paths: Iterable[str], look: Look) -> tuple[Listing, tuple[Change, ...]]:
    """The same, looking only at the hinted paths; walks the whole vault when one of them is or was a folder."""
    looked = {path: status_of(path, look.root) for path in sorted(set(paths)) if path and not is_hidden(path)}
    if any(_concerns_folder(path, found, before) for path, found in looked.items()):
        return changes(before, look)
    there = _of_these(before, looked)
    stands, held = _held(there, _as_looked(looked, look.exclusion), look)
    now, changed = _changed(there, stands, [path for path in stands.notes if path not in held], look)
    return (before if now == there else _replaced(before, looked, now)), changed


def _held(before: Listing, after: Listing, look: Look) -> tuple[Listing, frozenset[str]]:
    """What stands there now, but for the files that are not believed yet: these are as before."""
    held = look.doubts.held(before, after) if look.doubts else frozenset()
    return (_kept(before, after, held) if held else after), held


def _kept(before: Listing, after: Listing, paths: Iterable[str]) -> Listing:
    """A listing in which these paths are as they were."""
    notes = after.notes | {path: before.notes[path] for path in paths if path in before.notes}
    files = after.files.difference(notes) | before.files.intersection(paths)
    return msgspec.structs.replace(after, notes=dict(sorted(notes.items())), files=files)


def _of_these(listing: Listing, paths: Iterable[str]) -> Listing:
    """What a listing says of some paths: nobody compares ten thousand names for the sake of one."""
    notes = {path: listing.notes[path] for path in paths if path in listing.notes}
    return Listing(notes, listing.files.intersection(paths))


def _as_looked(looked: Mapping[str, os.stat_result | None], exclusion: Exclusion) -> Listing:
    """The paths as they stand now; only regular files do."""
    stands = {path: found for path, found in looked.items() if found is not None and stat.S_ISREG(found.st_mode)}
    notes = {path: stat_of(found) for path, found in stands.items() if is_read(path) and not exclusion(path)}
    return Listing(notes, frozenset(stands.keys() - notes.keys()))


def _replaced(before: Listing, paths: Iterable[str], now: Listing) -> Listing:
    """A listing in which these paths are as they are now."""
    notes = before.notes | now.notes
    for path in paths:
        if path not in now.notes:
            notes.pop(path, None)
    if any(path not in before.notes for path in now.notes):
        notes = dict(sorted(notes.items()))
    return Listing(notes, before.files.difference(paths) | now.files, before.unreadable, before.taken_ns)


def _changed(
    before: Listing, after: Listing, suspects: Sequence[str], look: Look
) -> tuple[Listing, tuple[Change, ...]]:
    """What a note whose bytes are the same as before has changed is nothing but its stat."""
    found = {parsed.path: parsed.note for parsed in look.read([(path, after.notes[path].size) for path in suspects])}
    moving = _moving(before, after, [path for path in suspects if path not in found or found[path]], look)
    if moving:
        after, found = _kept(before, after, moving), {path: note for path, note in found.items() if path not in moving}
    gone = set(suspects) - found.keys() - moving
    unread = {path for path, note in found.items() if note is not None and not note.digest}
    if gone or unread:
        notes = {path: _UNREAD if path in unread else known for path, known in after.notes.items() if path not in gone}
        after = msgspec.structs.replace(after, notes=notes)
    gone = {*(before.notes.keys() - after.notes.keys()), *(before.files - after.files)}
    removed = [path for path in gone if path not in after.notes and path not in after.files]
    changed = [Change(path, note) for path, note in found.items() if note is not None]
    changed += [Change(path) for path in after.files - before.files]
    changed += [Change(path, removed=True) for path in removed]
    return after, tuple(sorted(changed, key=lambda change: change.path))


def _moving(before: Listing, after: Listing, paths: Iterable[str], look: Look) -> frozenset[str]:
    """The notes that were being saved while they were read: what was read may be a part."""
    doubts, known = look.doubts, before.notes
    if doubts is None:
        return frozenset()
    status = {path: status_of(path, look.root) for path in paths if path in known}
    now = {path: stat_of(found) if found else None for path, found in status.items()}
    return frozenset(path for path in now if doubts.about(path, known[path], now[path], after.notes[path]))


def _concerns_folder(path: str, found: os.stat_result | None, before: Listing) -> bool:
    """Whether a hint says more than one path can tell: a folder, a symbolic link, or a folder that is gone."""
    if found is not None:
        return stat.S_ISDIR(found.st_mode) or stat.S_ISLNK(found.st_mode)
    inside = f"{path}/"
    return any(known.startswith(inside) for known in (*before.notes, *before.files))
