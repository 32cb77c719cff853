"""A folder goes in, the names that stand in it come out, with what tells whether a note has changed since."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.errors import VaultNotFoundError
from vaultkit.language import message

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.disk.excluded import Exclusion


_READ = (".md", ".canvas", ".base")
"""What the names of files end with in which links stand."""


class Stat(Struct, frozen=True, gc=False, array_like=True):
    """What a note's file looked like without being opened."""

    size: int
    mtime_ns: int
    inode: int


class Listing(Struct, frozen=True):
    """What stands in a vault at one instant."""

    notes: dict[str, Stat]
    """Path -> stat of what is read, notes, canvases and bases, in the order of the paths."""
    files: frozenset[str]
    """Every other file that a link can lead to: attachments, and what is excluded."""
    unreadable: tuple[str, ...] = ()
    """What could not be taken in: names that are not UTF-8 (escaped), folders that may not be listed or are links."""
    taken_ns: int = 0
    """When the walk began: a note modified about then may have been written again within the same tick of its clock."""


def scan(root: Path, exclusion: Exclusion) -> Listing:
    """Walk a vault; dot-folders and dot-files are not in it, symbolic links to folders are not followed.

    A symbolic link to a file is a link target and never a note: what it points at is not read. Raises
    VaultNotFoundError when the root itself cannot be listed.
    """
    taken_ns = time.time_ns()
    heaps = _Heaps({}, [], [""], [])
    while heaps.folders:
        folder = heaps.folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                home = f"{folder}/" if folder else ""
                for entry in entries:
                    if not entry.name.startswith("."):
                        _take(entry, home + entry.name, exclusion, heaps)
        except OSError as error:
            if not folder:
                raise _no_vault(root, error) from None
            if not isinstance(error, FileNotFoundError):  # a folder that is gone by now was simply removed
                heaps.unreadable.append(folder)
    return Listing(dict(sorted(heaps.notes.items())), frozenset(heaps.files), tuple(sorted(heaps.unreadable)), taken_ns)


def stat_of(status: os.stat_result) -> Stat:
    """What we keep of a file's status."""
    return Stat(status.st_size, status.st_mtime_ns, status.st_ino)


def is_hidden(path: str) -> bool:
    """Whether a path leads through a name that starts with a dot: such names are not in the vault, `..` included."""
    return path.startswith(".") or "/." in path


def is_note(path: str) -> bool:
    """Whether a file's name is a note's."""
    return path.endswith(".md")


def is_read(path: str) -> bool:
    """Whether links stand in a file: a note, a canvas or a base."""
    return path.endswith(_READ)


def is_utf8(name: str) -> bool:
    """Whether a name is text; `os.fsdecode` keeps odd bytes as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Heaps(NamedTuple):
    """What the walk sorts names onto."""

    notes: dict[str, Stat]
    files: list[str]
    folders: list[str]
    unreadable: list[str]


def _take(entry: os.DirEntry[str], path: str, exclusion: Exclusion, heaps: _Heaps) -> None:
    """Put one name on the heap that it belongs on; nearly all are notes, so that is asked first."""
    try:
        if not path.isascii() and not is_utf8(path):
            heaps.unreadable.append(os.fsencode(path).decode("utf-8", "backslashreplace"))
        elif entry.is_file(follow_symlinks=False):
            if path.endswith(_READ) and not exclusion(path):
                status = entry.stat(follow_symlinks=False)
                heaps.notes[path] = Stat(status.st_size, status.st_mtime_ns, status.st_ino)
            else:
                heaps.files.append(path)
        elif entry.is_dir(follow_symlinks=False):
            heaps.folders.append(path)
        elif entry.is_symlink() and entry.is_dir():
            heaps.unreadable.append(path)
        elif entry.is_symlink() and entry.is_file():
            heaps.files.append(path)
    except FileNotFoundError:
        return  # gone between its name and the look at it
    except OSError:  # a ring of links, a folder that lists its names and refuses everything else
        heaps.unreadable.append(path)


def _no_vault(root: Path, error: OSError) -> VaultNotFoundError:
    return VaultNotFoundError(
        message("{folder} cannot be read: {error}", folder=str(root), error=error.strerror or str(error))
    )
