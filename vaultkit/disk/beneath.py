"""A vault-relative path goes in, its open folder comes out, with no symbolic link followed on the way.

Where the system can, every file is reached through the descriptor of its folder, and that folder through its parent's:
a folder swapped for a symbolic link between a look and the next step leads nowhere. Elsewhere (Windows) paths must do.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BY_DESCRIPTOR = os.open in os.supports_dir_fd
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW
# A pipe that bears a note's name must not hold us until somebody writes into it.
_READ = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # which follows no link either


class Folder(Struct, frozen=True):
    """An open folder: what is done to the names in it is done there, whatever becomes of its path meanwhile."""

    path: str
    descriptor: int | None

    def place(self, name: str) -> str:
        """What system calls are given for `name`, beside `dir_fd`."""
        return name if self.descriptor is not None else os.path.join(self.path, name)  # noqa: PTH118 -- a hot path

    def status(self, name: str) -> os.stat_result:
        """What stands under `name`, a symbolic link as itself."""
        return os.stat(self.place(name), dir_fd=self.descriptor, follow_symlinks=False)

    def names(self) -> list[str]:
        """Everything that stands in it, in no order."""
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            return [os.fsdecode(entry.name) for entry in entries]

    def folders(self) -> list[str]:
        """The folders that stand in it, links to some left out, in no order."""
        with os.scandir(self.path if self.descriptor is None else self.descriptor) as entries:
            return [os.fsdecode(entry.name) for entry in entries if entry.is_dir(follow_symlinks=False)]

    def open(self, name: str) -> int:
        """A descriptor to read from; raises OSError for a symbolic link."""
        return os.open(self.place(name), _READ, dir_fd=self.descriptor)

    def read(self, name: str) -> tuple[bytes, os.stat_result]:
        """The bytes of a regular file, and its status as it was opened; raises OSError for anything else."""
        descriptor = self.open(name)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), name)
            with io.FileIO(descriptor, closefd=False) as file:
                return file.readall(), status
        finally:
            os.close(descriptor)

    def create(self, name: str, mode: int) -> int:
        """The descriptor of a new, empty file; raises FileExistsError where something stands already."""
        return os.open(self.place(name), _CREATE, mode, dir_fd=self.descriptor)

    def link(self, name: str, new: str) -> None:
        """Give a file a second name; raises FileExistsError rather than replace what stands there."""
        os.link(self.place(name), self.place(new), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def replace(self, name: str, new: str) -> None:
        """Move `name` onto `new`, whatever stands there."""
        os.replace(self.place(name), self.place(new), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def unlink(self, name: str) -> None:
        """Take a name away; a name that is already gone is no error."""
        with suppress(FileNotFoundError):
            os.unlink(self.place(name), dir_fd=self.descriptor)

    def remove_folder(self, name: str) -> None:
        """Take an empty folder away; raises OSError when it is not empty."""
        os.rmdir(self.place(name), dir_fd=self.descriptor)

    def sync(self) -> None:
        """Have the names themselves written out, so that a rename outlives a power cut."""
        if self.descriptor is not None:
            os.fsync(self.descriptor)


@contextmanager
def opened(root: Path, folder: str) -> Iterator[Folder]:
    """Open a folder of the vault, the root itself when `folder` is empty; raises OSError if it is not a real folder."""
    with _walked(root, folder, _enter) as place:
        yield place


@contextmanager
def made(root: Path, folder: str) -> Iterator[Folder]:
    """Open a folder of the vault, making what is missing of it."""
    with _walked(root, folder, _enter_or_make) as place:
        yield place


def status_of(path: str, root: Path) -> os.stat_result | None:
    """What stands at a path; None when nothing does, or nobody can tell."""
    folder, _, name = path.rpartition("/")
    try:
        with opened(root, folder) as place:
            return place.status(name)
    except OSError:
        return None


@contextmanager
def _walked(root: Path, folder: str, enter: Callable[[Folder, str], Folder]) -> Iterator[Folder]:
    place = _root(root)
    try:
        for name in folder.split("/") if folder else ():
            deeper = enter(place, _checked(name))
            _close(place)
            place = deeper
        yield place
    finally:
        _close(place)


def _root(root: Path) -> Folder:
    # The vault's own folder may be a symbolic link: the person who named it chose it.
    descriptor = os.open(root, _FOLDER & ~_NO_FOLLOW) if BY_DESCRIPTOR else None
    return Folder(str(root), descriptor)


def _checked(name: str) -> str:
    """Refuse a name that would lead anywhere but one step down."""
    leads_away = name in {"", ".", ".."} or os.sep in name or bool(os.path.splitdrive(name)[0])
    if leads_away:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
    return name


def _enter(place: Folder, name: str) -> Folder:
    path = os.path.join(place.path, name)  # noqa: PTH118 -- a hot path
    if place.descriptor is not None:
        return Folder(path, os.open(name, _FOLDER, dir_fd=place.descriptor))
    if not stat.S_ISDIR(place.status(name).st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return Folder(path, None)


def _enter_or_make(place: Folder, name: str) -> Folder:
    try:
        return _enter(place, name)
    except FileNotFoundError:
        with suppress(FileExistsError):  # somebody else was quicker
            os.mkdir(place.place(name), dir_fd=place.descriptor)
        place.sync()
        return _enter(place, name)


def _close(place: Folder) -> None:
    if place.descriptor is not None:
        os.close(place.descriptor)
