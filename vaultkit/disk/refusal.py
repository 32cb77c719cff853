"""What vaultkit would write to goes in; a WriteError that says why comes out when it may not."""

from __future__ import annotations

import errno
import re
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultkit.disk.listing import is_hidden, is_utf8
from vaultkit.errors import ConflictError, WriteError
from vaultkit.language import message

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from vaultkit.model import Message

_LONGEST = 200
"""In bytes: file systems end at 255, and sync clients add marks of their own."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:$|[. ])", re.IGNORECASE)
_ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def check_inside(path: str) -> None:
    """Refuse what is no plain path inside the vault: absolute, through `..`, through a name that starts with a dot."""
    if "" in path.split("/") or "\x00" in path or is_hidden(path) or not is_utf8(path):
        raise WriteError(message("vaultkit writes only inside the vault, and to nothing hidden"), path=path)


def check_portable(name: str, path: str) -> None:
    """Refuse a new name that Windows, macOS or Linux would not take: a vault is synced between them."""
    if _FORBIDDEN.search(name) or _DEVICES.match(name) or name.endswith((".", " ")) or len(name.encode()) > _LONGEST:
        raise WriteError(
            message("{name} is not a name that every system accepts", name=name),
            path=path,
            hint=message('leave out < > : " \\ | ? * and a dot or a space at the end, and keep it short'),
        )


def check_status(status: os.stat_result, path: str) -> None:
    """Refuse a file that replacing would break, or that its owner has made read-only."""
    if stat.S_ISLNK(status.st_mode):
        raise WriteError(message("it is a symbolic link, and vaultkit writes through none"), path=path)
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(message("it is not a file"), path=path)
    if status.st_nlink > 1:
        raise WriteError(message("it has other names (hard links), which writing it would cut off"), path=path)
    if not status.st_mode & _ANY_WRITE:
        raise WriteError(message("it is read-only"), path=path)


@contextmanager
def refusals(path: str) -> Iterator[None]:
    """Say what the system refused, and of which file: ConflictError for one that is gone, else WriteError."""
    try:
        yield
    except FileNotFoundError as error:
        raise ConflictError(message("it is gone"), path=path) from error
    except OSError as error:
        raise WriteError(_said(error), path=path) from error


def _said(error: OSError) -> Message:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return message("you are not allowed to write here")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return message("the disk is full")
    if error.errno == errno.EROFS:
        return message("the disk is read-only")
    if error.errno in {errno.ELOOP, errno.ENOTDIR}:
        return message("a symbolic link or a file stands where a folder should")
    return message("the disk refused: {error}", error=error.strerror or str(error))
