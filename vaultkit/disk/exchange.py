"""Two names of one folder go in, and what stands under them changes places, in one step that nobody comes between."""

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
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(place: Folder, first: str, second: str) -> bool:
    """Swap two files; False, with nothing done, where the system or the disk has no such call. Raises OSError."""
    rename = _system_call()
    if rename is None or place.descriptor is None:
        return False
    if rename(place.descriptor, os.fsencode(first), place.descriptor, os.fsencode(second), _EXCHANGE) == 0:
        return True
    import ctypes

    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), second)


@cache
def _system_call() -> Callable[[int, bytes, int, bytes, int], int] | None:
    if os.name != "posix":
        return None
    import ctypes  # 5 ms, and only writing needs it

    library = ctypes.CDLL(None, use_errno=True)
    found = getattr(library, "renameat2", None) or getattr(library, "renameatx_np", None)
    if found is None:
        return None
    found.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    found.restype = ctypes.c_int
    return found  # type: ignore[no-any-return]
