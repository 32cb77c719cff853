"""The place of a cache, or of all of them, goes in; the files that are there come out, or go, and how big they are."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_ENDINGS = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a file, for those that it keeps beside it."""
_OURS = re.compile(rf"[0-9a-f]{{16}}\.sqlite3(?:{'|'.join(_ENDINGS[1:])})?")


def kept_files(cache: Path) -> list[Path]:
    """The files of one vault's cache."""
    return [path for end in _ENDINGS if (path := cache.with_name(f"{cache.name}{end}")).is_file()]


def all_kept_files(folder: Path) -> list[Path]:
    """The files of every vault's cache; whatever else lies in that folder is not ours."""
    try:
        return sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name) and path.is_file())
    except OSError:
        return []


def total_size(files: Iterable[Path]) -> int:
    """How many bytes they take; one that is gone by now takes none."""
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.stat().st_size
    return total


def remove_files(files: Iterable[Path]) -> list[Path]:
    """Remove them; returns those that could not be."""
    left = []
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left
