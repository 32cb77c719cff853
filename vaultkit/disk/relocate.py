"""Two paths go in; the file stands at the second one alone, or where it stood, with an error that says why."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from vaultkit.disk.beneath import BY_DESCRIPTOR, made, opened, status_of
from vaultkit.disk.refusal import check_portable, refusals
from vaultkit.disk.renaming import rename_exclusively
from vaultkit.errors import ConflictError, VaultkitError, WriteError
from vaultkit.language import message

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.disk.beneath import Folder

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def move_file(old: str, new: str, root: Path) -> None:
    """Move one file; raises ConflictError when something stands at its new path, WriteError when it may not go."""
    folder, _, name = old.rpartition("/")
    new_folder, _, new_name = new.rpartition("/")
    missing = _missing(new, root)
    for each in missing:
        check_portable(each, new)
    with refusals(old), opened(root, folder) as place:
        _check_file(place.status(name), old)
        try:
            with refusals(new), made(root, new_folder) as new_place:
                _rename(place, name, new_place, new_name, new)
                new_place.sync()
        except VaultkitError:
            _unmake(new, missing, root)
            raise
        place.sync()


def finish_move(old: str, new: str, root: Path) -> bool:
    """Move a file that a run was about to move; False when it stays where it is."""
    here, there = status_of(old, root), status_of(new, root)
    if here is None or finish_twin(old, new, root):
        return True
    if there is not None and not os.path.samestat(here, there):
        return False  # both are files of their own: nobody knows any more which one was meant
    try:
        move_file(old, new, root)
    except VaultkitError:
        return False
    return True


def finish_twin(old: str, new: str, root: Path) -> bool:
    """Take the old name of a file away that has both, as an interruption can leave it; False when it has not."""
    here, there = status_of(old, root), status_of(new, root)
    if here is None or there is None or not _are_twins(here, there):
        return False
    folder, _, name = old.rpartition("/")
    with refusals(old), opened(root, folder) as place:
        place.unlink(name)
        place.sync()
    return True


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
    known = next((d for d in range(len(names)) if status_of("/".join(names[: d + 1]), root) is None), len(names))
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
