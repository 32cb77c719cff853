"""Two names go in, and files are renamed as `os.rename` cannot: changing places, or never onto what stands there."""

from __future__ import annotations

import errno
import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultkit.disk.beneath import Folder

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux's renameat2, and RENAME_SWAP of macOS's renameatx_np, which takes the same arguments."""
_NO_REPLACE = {"renameat2": 1, "renameatx_np": 4}
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(place: Folder, first: str, second: str) -> bool:
    """Swap two files; False, with nothing done, where the system or the disk has no such call. Raises OSError."""
    return _renamed(place, first, place, second, lambda _: _EXCHANGE)


def rename_exclusively(place: Folder, name: str, new_place: Folder, new_name: str) -> bool:
    """Rename, raising FileExistsError when something has the new name; False and OSError as `exchange`."""
    return _renamed(place, name, new_place, new_name, _NO_REPLACE.__getitem__)


def _renamed(place: Folder, name: str, new_place: Folder, new_name: str, flag: Callable[[str], int]) -> bool:
    called, rename = _system_call()
    if rename is None or place.descriptor is None or new_place.descriptor is None:
        return False
    source, target = os.fsencode(name), os.fsencode(new_name)
    if rename(place.descriptor, source, new_place.descriptor, target, flag(called)) == 0:
        return True
    import ctypes

    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), new_name)


@cache
def _system_call() -> tuple[str, Callable[[int, bytes, int, bytes, int], int] | None]:
    """The name of the call that this system has, and the call."""
    if os.name != "posix":
        return "", None
    import ctypes  # 5 ms, and only writing needs it

    library = ctypes.CDLL(None, use_errno=True)
    for name in _NO_REPLACE:
        found = getattr(library, name, None)
        if found is not None:
            found.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
            found.restype = ctypes.c_int
            return name, found
    return "", None
