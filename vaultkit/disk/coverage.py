"""A folder goes in, those of its folders come out of which the system tells nothing.

At the limit of what a user may watch, watchdog 7 goes on with the folders that it got, and says nothing. Only Linux
tells which these are; elsewhere one watch covers a whole tree.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from vaultkit.disk.obsidian import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DESCRIPTORS = "/proc/self/fd"
_WATCH = re.compile(r"^inotify wd:\S+ ino:([0-9a-f]+)", re.MULTILINE)


def descriptors() -> frozenset[str]:
    """What this process hears the system by: the names of its descriptors; none but on Linux."""
    found = set()
    with suppress(OSError):
        for name in os.listdir(_DESCRIPTORS):  # noqa: PTH208 -- no folder of files
            with suppress(OSError):  # the one that lists them is gone by now
                if os.readlink(f"{_DESCRIPTORS}/{name}") == "anon_inode:inotify":  # noqa: PTH115 -- the same
                    found.add(name)
    return frozenset(found)


def unwatched(root: Path, watches: frozenset[str]) -> frozenset[int]:
    """The folders of a vault (their inodes) that none of these descriptors watches; hidden ones do not count."""
    watched = [inode for name in watches for inode in _watched(name)]
    if not watched:
        return frozenset()
    folders = frozenset(_folders(root))
    missing = folders.difference(watched)
    if missing == folders:  # a file system in layers, where the system means others by its numbers than it shows
        return frozenset(sorted(folders)[len(watched) :])
    return missing


def _watched(name: str) -> Iterator[int]:
    with suppress(OSError), open(f"/proc/self/fdinfo/{name}", encoding="ascii") as told:  # noqa: PTH123 -- no file
        for inode in _WATCH.findall(told.read()):
            yield int(inode, 16)


def _folders(root: Path) -> Iterator[int]:
    """The vault's folders, as far as they may be listed: of the others nothing can be read either."""
    folders = [os.fspath(root)]
    while folders:
        folder = folders.pop()
        with suppress(OSError), os.scandir(folder) as entries:
            yield os.stat(folder).st_ino  # noqa: PTH116 -- a hot path
            inside = (entry for entry in entries if not entry.name.startswith(".") or entry.name == HOME)
            folders += [entry.path for entry in inside if entry.is_dir(follow_symlinks=False)]
