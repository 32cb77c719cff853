"""A Move goes in; the file stands at its new path and its links are written, or an error says what is left to do.

The file goes first: whatever refuses to let it go (its new name was taken meanwhile, a folder is read-only) does so
before any note is touched. A link that leads nowhere for a moment harms nobody, and no text is ever out of the vault.
What is being done is noted in the user's own state folder, so that the same command finishes it after an interruption.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from vaultkit.disk.beneath import BY_DESCRIPTOR, made, opened
from vaultkit.disk.places import state_folder
from vaultkit.disk.reader import read_files
from vaultkit.disk.refusal import check_inside, check_portable, refusals
from vaultkit.disk.renaming import rename_exclusively
from vaultkit.disk.writer import apply, prepare
from vaultkit.errors import ConflictError, VaultkitError, WriteError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vaultkit.disk.beneath import Folder
    from vaultkit.disk.replace import Write
    from vaultkit.moving import Move

_JOURNAL = "move.json"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Unfinished(Struct, frozen=True):
    """A move that was begun and, for all that is known, not finished."""

    old: str
    new: str
    written: dict[str, str] = {}
    """Path -> the hash of what each note reads, once its links are written."""


def carry_out(move: Move, root: Path) -> tuple[str, ...]:
    """Move the file, then write the links; the paths of the notes that were written.

    Raises ConflictError, WriteError or LockedError. Nothing has happened then, unless the hint says otherwise.
    """
    for path in (move.old, move.new):
        check_inside(path)
    there = move.there or _is_twin(move, root)
    home = {move.new: move.new if there else move.old}
    writes = prepare((replace(edit, path=home.get(edit.path, edit.path)) for edit in move.edits), root)
    _remember(move, writes, root)
    if not there:
        try:
            _move(move, root)
        except VaultkitError:
            _forget(root)
            raise
    try:
        written = apply(move.edits, root)
    except VaultkitError as error:
        error.hint = message("The file has been moved, but not every link follows it yet: run the same command again.")
        raise
    _forget(root)
    return written


def unfinished(root: Path) -> Unfinished | None:
    """The move that was interrupted once the file stood at its new path; None when there is none."""
    try:
        noted = msgspec.json.decode((state_folder(root) / _JOURNAL).read_bytes(), type=Unfinished)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return None
    here, there = _status(noted.old, root), _status(noted.new, root)
    return noted if there is not None and (here is None or _are_twins(here, there)) else None


def finished_notes(noted: Unfinished, root: Path) -> frozenset[str]:
    """The notes that read as the move that was interrupted was to leave them."""
    found = read_files(root, sorted(noted.written))
    return frozenset(path for path, data in found if isinstance(data, bytes) and _hash(data) == noted.written[path])


def _remember(move: Move, writes: Iterable[Write], root: Path) -> None:
    """Note what will be done, what an earlier run did of it included."""
    earlier = unfinished(root)
    known = earlier.written if earlier and (earlier.old, earlier.new) == (move.old, move.new) else {}
    hashes = {move.new if w.path == move.old else w.path: _hash(w.after) for w in writes if w.after is not None}
    place = state_folder(root) / _JOURNAL
    temporary = place.with_suffix(".new")
    with refusals(str(place)):
        with temporary.open("wb") as file:
            file.write(msgspec.json.encode(Unfinished(move.old, move.new, {**known, **hashes})))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(place)


def _forget(root: Path) -> None:
    (state_folder(root) / _JOURNAL).unlink(missing_ok=True)


def _move(move: Move, root: Path) -> None:
    """Move one file; raises ConflictError when something stands at its new path, WriteError when it may not go."""
    folder, _, name = move.old.rpartition("/")
    new_folder, _, new_name = move.new.rpartition("/")
    missing = _missing(move.new, root)
    for each in missing:
        check_portable(each, move.new)
    with refusals(move.old), opened(root, folder) as place:
        _check_file(place.status(name), move.old)
        try:
            with refusals(move.new), made(root, new_folder) as new_place:
                _rename(place, name, new_place, new_name, move.new)
                new_place.sync()
        except VaultkitError:
            _unmake(move.new, missing, root)
            raise
        place.sync()


def _rename(place: Folder, name: str, new_place: Folder, new_name: str, path: str) -> None:
    """Rename, never onto what stands there."""
    try:
        if not _renamed_at_once(place, name, new_place, new_name):
            _linked(place, name, new_place, new_name)
    except FileExistsError:
        there, here = new_place.status(new_name), place.status(name)
        if not os.path.samestat(there, here) or here.st_nlink > 1:
            raise ConflictError(message("something stands there already"), path=path) from None
        os.replace(  # the same name but for its case, on a disk that does not tell case
            place.place(name), new_place.place(new_name), src_dir_fd=place.descriptor, dst_dir_fd=new_place.descriptor
        )


def _renamed_at_once(place: Folder, name: str, new_place: Folder, new_name: str) -> bool:
    """False, with nothing done, where the system or the disk has no such call."""
    if not BY_DESCRIPTOR:
        os.rename(place.place(name), new_place.place(new_name))  # noqa: PTH104 -- Windows never renames onto a file
        return True
    return rename_exclusively(place, name, new_place, new_name)


def _linked(place: Folder, name: str, new_place: Folder, new_name: str) -> None:
    """The same in two steps: between them the file has both names, and is whole under each."""
    try:
        os.link(
            place.place(name),
            new_place.place(new_name),
            src_dir_fd=place.descriptor,
            dst_dir_fd=new_place.descriptor,
            follow_symlinks=False,
        )
    except OSError as error:
        if error.errno in _NO_LINKS:
            said = message("on this disk nothing can be moved without the risk of writing over another file")
            raise WriteError(said, hint=message("move it yourself, then run the command again with --after")) from None
        raise
    place.unlink(name)


def _is_twin(move: Move, root: Path) -> bool:
    """Whether an earlier run came to give the file its new name and not to take the old one away: that is done now."""
    here, there = _status(move.old, root), _status(move.new, root)
    if here is None or there is None or not _are_twins(here, there):
        return False
    folder, _, name = move.old.rpartition("/")
    with refusals(move.old), opened(root, folder) as place:
        place.unlink(name)
    return True


def _are_twins(here: os.stat_result, there: os.stat_result) -> bool:
    """Whether two names are of one file, and not one name that a disk finds in two cases."""
    return here.st_nlink > 1 and os.path.samestat(here, there)


def _check_file(status: os.stat_result, path: str) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise WriteError(message("it is a symbolic link, which may lead elsewhere from another place"), path=path)
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(message("it is not a file"), path=path)


def _missing(path: str, root: Path) -> list[str]:
    """The names on the way to a path that stand nowhere yet."""
    names = path.split("/")
    known = next((d for d in range(len(names)) if _status("/".join(names[: d + 1]), root) is None), len(names))
    return names[known:]


def _unmake(path: str, missing: list[str], root: Path) -> None:
    """Take away the folders that were made for nothing."""
    if len(missing) > 1:
        above = "/".join(path.split("/")[: -len(missing)])
        for depth in range(len(missing) - 1, 0, -1):
            folder = "/".join(filter(None, (above, *missing[:depth])))
            parent, _, name = folder.rpartition("/")
            with suppress(OSError), opened(root, parent) as place:
                place.remove_folder(name)


def _status(path: str, root: Path) -> os.stat_result | None:
    folder, _, name = path.rpartition("/")
    try:
        with opened(root, folder) as place:
            return place.status(name)
    except OSError:
        return None


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()
