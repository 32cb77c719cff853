"""One file's bytes, before and after, go in; the file comes out new, or as it was with an error that says why.

Beside an editor that saves, "temporary file and rename" loses what was saved between the last look and the rename. So
the finished copy is exchanged with the file, and what came out is looked at: if it is not what was expected, it goes
back. If it is, it is not thrown away yet: `settle.py` looks again, when whoever had it open has had time to save.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from vaultkit.disk.beneath import BY_DESCRIPTOR, made, opened
from vaultkit.disk.refusal import check_status, refusals
from vaultkit.disk.renaming import exchange, rename_exclusively
from vaultkit.disk.settle import give_back
from vaultkit.disk.write import changed
from vaultkit.errors import ConflictError
from vaultkit.language import message

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.disk.beneath import Folder
    from vaultkit.disk.write import Own, Write

_NEW_FILE = 0o666  # less the umask
_KEPT_ATTRIBUTES = ("user.", "system.posix_acl")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def perform(write: Write, root: Path, own: Own) -> None:
    """Do it; what stood there waits under `own.aside` until it is settled.

    Raises ConflictError if the file does not hold `before`, WriteError if it may not or cannot be written.
    """
    folder, _, name = write.path.rpartition("/")
    with refusals(write.path), (made if write.before is None else opened)(root, folder) as place:
        if write.before is None:
            _create(place, name, write, own)
        elif write.after is None:
            _remove(place, name, write, own)
        else:
            _replace(place, name, write, own)


def _create(place: Folder, name: str, write: Write, own: Own) -> None:
    try:
        _fill(place, own.part, write.after or b"", _NEW_FILE)
        if not rename_exclusively(place, own.part, place, name):  # never onto a file that appeared meanwhile
            place.link(own.part, name)
    except FileExistsError:
        raise ConflictError(message("something stands there already"), path=write.path) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _create_in_place(place, name, write)
    finally:
        place.unlink(own.part)


def _create_in_place(place: Folder, name: str, write: Write) -> None:
    """The same where files have one name only: a crash can leave a part of the new file, never of an old one."""
    try:
        _fill(place, name, write.after or b"", _NEW_FILE)
    except FileExistsError:
        raise ConflictError(message("something stands there already"), path=write.path) from None


def _replace(place: Folder, name: str, write: Write, own: Own) -> None:
    try:
        data, status = place.read(name)
        check_status(status, write.path)
        if data == write.before:
            _fill(place, own.part, write.after or b"", 0o600, like=name)
            data, _ = place.read(name)  # an editor may have saved while we wrote: the last look before the exchange
        if data != write.before:
            raise changed(write)
        if not _exchanged(place, name, own):
            _swap_by_links(place, name, own)
    finally:
        place.unlink(own.part)
    _check_displaced(place, name, write, own)


def _exchanged(place: Folder, name: str, own: Own) -> bool:
    """Have the two change places; False, with nothing changed, where the system cannot."""
    place.replace(own.part, own.aside)  # from here on it is whole, and says so by its name
    try:
        if exchange(place, own.aside, name):
            return True
    except OSError:
        place.unlink(own.aside)
        raise
    place.replace(own.aside, own.part)
    return False


def _swap_by_links(place: Folder, name: str, own: Own) -> None:
    """The same in two steps: a save by rename that comes between them is lost, and no call can prevent it."""
    try:
        place.link(name, own.aside)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    try:
        place.replace(own.part, name)
    except OSError:
        place.unlink(own.aside)
        raise


def _check_displaced(place: Folder, name: str, write: Write, own: Own) -> None:
    """Look at what came out: a person's save gets its place back.

    Whatever goes wrong here, what came out stays on disk: it may be the only copy of somebody's text.
    """
    try:
        out, _ = place.read(own.aside)
    except FileNotFoundError:  # a disk without links
        return
    if out != write.before:
        give_back(place, name, own, write)
        raise changed(write)


def _remove(place: Folder, name: str, write: Write, own: Own) -> None:
    check_status(place.status(name), write.path)
    if place.read(name)[0] != write.before:
        raise changed(write)
    place.replace(name, own.aside)  # under a name that no editor knows, so that what we look at is what we remove
    if place.read(own.aside)[0] != write.before:
        give_back(place, name, own, write)
        raise changed(write)


def _fill(place: Folder, name: str, data: bytes, mode: int, *, like: str = "") -> None:
    """Write a new file and have it on the disk itself, with the owner, mode and attributes of `like`."""
    descriptor = place.create(name, mode)
    try:
        try:
            write_all(descriptor, data)
            if like and BY_DESCRIPTOR:
                _dress(place, like, descriptor)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:  # Ctrl-C included: what is half written is of no use to anybody
        place.unlink(name)
        raise


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it, in as many pieces as the system takes it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _dress(place: Folder, like: str, descriptor: int) -> None:
    source = place.open(like)
    try:
        wanted, given = os.fstat(source), os.fstat(descriptor)
        if (wanted.st_uid, wanted.st_gid) != (given.st_uid, given.st_gid):
            os.fchown(descriptor, wanted.st_uid, wanted.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(wanted.st_mode))
        if hasattr(os, "listxattr"):
            _copy_attributes(source, descriptor)
    finally:
        os.close(source)


def _copy_attributes(source: int, target: int) -> None:
    """Extended attributes, access control lists among them; those that only the system may set are its own affair."""
    try:
        wanted = os.listxattr(source)
        given = os.listxattr(target)
    except OSError:  # a file system without any
        return
    for name in wanted:
        try:
            os.setxattr(target, name, os.getxattr(source, name))
        except OSError:
            if name.startswith(_KEPT_ATTRIBUTES):
                raise
    for name in set(given) - set(wanted):  # a folder's default list, which the file itself did not have
        with suppress(OSError):
            os.removexattr(target, name)
