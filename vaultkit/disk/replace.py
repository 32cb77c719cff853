"""One file's bytes, before and after, go in; the file comes out new, or as it was with an error that says why.

Beside an editor that saves, "temporary file and rename" loses what was saved between the last look and the rename. So
the finished copy is exchanged with the file, and what came out is looked at: if it is not what was expected, it goes
back.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.disk.beneath import BY_DESCRIPTOR, made, opened
from vaultkit.disk.refusal import check_status, refusals
from vaultkit.disk.renaming import exchange
from vaultkit.errors import ConflictError, WriteError
from vaultkit.language import message

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.disk.beneath import Folder

_ROUNDS = 64
_NEW_FILE = 0o666  # less the umask
_KEPT_ATTRIBUTES = ("user.", "system.posix_acl")
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Write(Struct, frozen=True):
    """What becomes of one file, to the byte."""

    path: str
    before: bytes | None
    """None for a file still to be made."""
    after: bytes | None
    """None for a file to be removed."""


def perform(write: Write, root: Path) -> None:
    """Do it; raises ConflictError if the file does not hold `before`, WriteError if it may not or cannot be written."""
    folder, _, name = write.path.rpartition("/")
    with refusals(write.path), (made if write.before is None else opened)(root, folder) as place:
        if write.before is None:
            _create(place, name, write)
        elif write.after is None:
            _remove(place, name, write)
        else:
            _replace(place, name, write)
        place.sync()


def _create(place: Folder, name: str, write: Write) -> None:
    temporary = _temporary()
    try:
        _fill(place, temporary, write.after or b"", _NEW_FILE)
        place.link(temporary, name)  # unlike a rename, never onto a file that appeared meanwhile
    except FileExistsError:
        raise ConflictError(message("something stands there already"), path=write.path) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _create_in_place(place, name, write)
    finally:
        place.unlink(temporary)


def _create_in_place(place: Folder, name: str, write: Write) -> None:
    """The same where files have one name only (exFAT): a crash can leave a part of the new file, never of an old."""
    try:
        _fill(place, name, write.after or b"", _NEW_FILE)
    except FileExistsError:
        raise ConflictError(message("something stands there already"), path=write.path) from None


def _replace(place: Folder, name: str, write: Write) -> None:
    temporary = _temporary()
    try:
        data, status = place.read(name)
        check_status(status, write.path)
        if data == write.before:
            _fill(place, temporary, write.after or b"", 0o600, like=name)
            data, _ = place.read(name)  # an editor may have saved while we wrote: the last look before the exchange
        if data != write.before:
            raise _changed(write)
        exchanged = exchange(place, temporary, name)
        if not exchanged:
            place.replace(temporary, name)  # here a save between the look and this line is lost: no call prevents it
    except (OSError, ConflictError, WriteError):
        place.unlink(temporary)
        raise
    if exchanged:
        _settle(place, name, temporary, write)


def _settle(place: Folder, name: str, temporary: str, write: Write) -> None:
    """Look at what the exchange brought out, and give a person's save its place back until only our own text is out.

    Whatever goes wrong here, what came out stays on disk: it may be the only copy of somebody's text.
    """
    expected, put = write.before, write.after
    try:
        for _ in range(_ROUNDS):
            out, _ = place.read(temporary)
            if out == expected:
                break
            expected, put = put, out
            exchange(place, temporary, name)
        else:
            raise _left_behind(write, temporary)
    except OSError as error:
        raise _left_behind(write, temporary) from error
    place.unlink(temporary)
    if put is not write.after:
        raise _changed(write)


def _remove(place: Folder, name: str, write: Write) -> None:
    check_status(place.status(name), write.path)
    if place.read(name)[0] != write.before:
        raise _changed(write)
    aside = _temporary()
    place.replace(name, aside)  # under a name that no editor knows, so that what we look at is what we remove
    out = None
    with suppress(OSError):
        out, _ = place.read(aside)
    if out != write.before:
        try:
            place.link(aside, name)
        except OSError as error:
            raise _left_behind(write, aside) from error
    place.unlink(aside)
    if out != write.before:
        raise _changed(write)


def _fill(place: Folder, name: str, data: bytes, mode: int, *, like: str = "") -> None:
    """Write a new file and have it on the disk itself, with the owner, mode and attributes of `like`."""
    descriptor = place.create(name, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if like and BY_DESCRIPTOR:
                _dress(place, like, file.fileno())
            os.fsync(file.fileno())
    except BaseException:  # Ctrl-C included: what is half written is of no use to anybody
        place.unlink(name)
        raise


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


def _temporary() -> str:
    """A name of our own: hidden, so that neither Obsidian nor a watcher takes it for a note."""
    return f".vaultkit-{os.urandom(8).hex()}.tmp"


def _changed(write: Write) -> ConflictError:
    return ConflictError(
        message("it changed while vaultkit was about to write it, and was left as it is"),
        path=write.path,
        hint=message("run the command again"),
    )


def _left_behind(write: Write, name: str) -> ConflictError:
    folder = write.path.rpartition("/")[0]
    return ConflictError(
        message("it kept changing while it was written; the last text that came out is in {file}", file=name),
        path=f"{folder}/" if folder else write.path,
    )
