"""A file and its new bytes go in; they are on the disk afterwards, by one of the ways in which programs save."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

LONG_AGO = 1_700_000_000


def in_place(path: Path, data: bytes, random: Random) -> None:
    """Cut to nothing, then written at once."""
    path.write_bytes(data)


def in_chunks(path: Path, data: bytes, random: Random) -> None:
    """Cut to nothing, then written piece by piece, some with a long breath in the middle."""
    step = len(data) // random.randint(2, 5) + 1
    longest = random.choice([0.005] * 30 + [1.5])
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), step):
            file.write(data[start : start + step])
            time.sleep(random.uniform(0, longest))


def by_rename(path: Path, data: bytes, random: Random) -> None:
    """Into a file beside it that takes its place."""
    beside = path.with_name(f".{path.name[:60]}.swp")
    beside.write_bytes(data)
    beside.replace(path)


def with_backup(path: Path, data: bytes, random: Random) -> None:
    """As vim does: the old file steps aside until the new one is written."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.rename(backup)
    path.write_bytes(data)
    time.sleep(random.uniform(0, 0.003))
    backup.unlink(missing_ok=True)


def delete_and_create(path: Path, data: bytes, random: Random) -> None:
    """Removed, and after a moment made anew."""
    path.unlink(missing_ok=True)
    time.sleep(random.uniform(0, 0.003))
    with path.open("xb") as file:
        file.write(data)


def synced(path: Path, data: bytes, random: Random) -> None:
    """As a sync client does: under a name of its own first, with the time of the other device."""
    beside = path.with_name(f".syncthing.{path.name[:60]}.tmp")
    beside.write_bytes(data)
    moment = LONG_AGO + random.randrange(10_000_000)
    os.utime(beside, (moment, moment))
    beside.replace(path)


EDITORS: tuple[Callable[[Path, bytes, Random], None], ...] = (
    in_place,
    in_chunks,
    by_rename,
    with_backup,
    delete_and_create,
)
