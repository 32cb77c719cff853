"""Bytes go in, and stand in a file of our own on the disk itself: the whole of them, or what stood there before."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vaultkit.disk.places import sync_folder
from vaultkit.disk.replace import write_all

if TYPE_CHECKING:
    from pathlib import Path

NEW = ".new"
"""What the name of a file ends with that may not be whole."""
_PRIVATE = 0o600


def write_whole(place: Path, data: bytes) -> None:
    """Under another name first: a file of this name is whole. Raises OSError."""
    unfinished = place.with_suffix(NEW)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), _PRIVATE)
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(unfinished, place)  # noqa: PTH105 -- as every other call here
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)
