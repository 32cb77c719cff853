"""A disk whose power may fail: what is done to it is recorded, and every state that a cut could leave is told.

What was written and not synced may be there, in part, or not at all; a name that was given or taken and whose folder
was not synced, likewise. The order says nothing: a later change may be there and an earlier one not.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk import renaming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pytest

FOLDER = -1
_EXCHANGE = 2
_FEW = 7
"""Of more changes than these that are not synced, not every combination is looked at."""


class Change(NamedTuple):
    """Something that was done: names that lead elsewhere now (None: nowhere), or data, or a sync."""

    names: tuple[tuple[str, int | None], ...] = ()
    written: tuple[int, bytes] | None = None
    synced_file: int | None = None
    synced_folder: str | None = None


class Record:
    """All that was done to the disk, and what stood there before."""

    def __init__(self, *roots: Path) -> None:
        self.roots = tuple(map(str, roots))
        self.changes: list[Change] = []
        self.names: dict[str, int] = {}
        self.data: dict[int, bytes] = {}
        self._descriptors: dict[int, int] = {}
        for root in roots:
            self.names[str(root)] = FOLDER
            for path in root.rglob("*"):
                self.names[str(path)] = FOLDER if path.is_dir() else self._file(path.read_bytes())
        self._now = dict(self.names)

    def _file(self, data: bytes) -> int:
        self.data[len(self.data)] = data
        return len(self.data) - 1

    def lead(self, *names: tuple[str, int | None]) -> None:
        """Names were given or taken."""
        self.changes.append(Change(names))
        for path, file in names:
            if file is None:
                self._now.pop(path, None)
            else:
                self._now[path] = file

    def at(self, path: str) -> int | None:
        """The file that a name leads to."""
        return self._now.get(path)

    def opened(self, path: str, descriptor: int) -> None:
        """A file was opened, and made if it was not there."""
        if path not in self._now:
            self.lead((path, self._file(b"")))
        self._descriptors[descriptor] = self._now[path]

    def written(self, descriptor: int, data: bytes) -> None:
        """Data was added to a file."""
        if descriptor in self._descriptors:
            self.changes.append(Change(written=(self._descriptors[descriptor], data)))

    def synced(self, descriptor: int) -> None:
        """A file or a folder is on the disk itself."""
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            self.changes.append(Change(synced_folder=str(path)))
        elif descriptor in self._descriptors:
            self.changes.append(Change(synced_file=self._descriptors[descriptor]))


@contextmanager
def recording(patch: pytest.MonkeyPatch, record: Record) -> Iterator[None]:
    """Record what is done as long as this lasts."""
    opens, writes, syncs = os.open, os.write, os.fsync

    def opened(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        descriptor = opens(path, flags, mode, dir_fd=dir_fd)
        if flags & os.O_CREAT:
            record.opened(_whole(path, dir_fd), descriptor)
        return descriptor

    def written(descriptor: int, data: bytes) -> int:
        count = writes(descriptor, data)
        record.written(descriptor, bytes(data)[:count])
        return count

    def synced(descriptor: int) -> None:
        syncs(descriptor)
        record.synced(descriptor)

    with patch.context() as patched:
        patched.setattr(os, "open", opened)
        patched.setattr(os, "write", written)
        patched.setattr(os, "fsync", synced)
        for name, told in _names(record).items():
            patched.setattr(os, name, told)
        rename = _renamed(record)
        patched.setattr(renaming, "_system_call", lambda: ("renameat2", rename))
        yield


def _names(record: Record) -> dict[str, Callable[..., None]]:
    """What changes names, told of as well as done."""
    replaces, links, unlinks, makes, removes = os.replace, os.link, os.unlink, os.mkdir, os.rmdir

    def replaced(old: str, new: str, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        replaces(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        source = _whole(old, src_dir_fd)
        record.lead((_whole(new, dst_dir_fd), record.at(source)), (source, None))

    def linked(old: str, new: str, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        links(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        record.lead((_whole(new, dst_dir_fd), record.at(_whole(old, src_dir_fd))))

    def unlinked(path: str, *, dir_fd: int | None = None) -> None:
        unlinks(path, dir_fd=dir_fd)
        record.lead((_whole(path, dir_fd), None))

    def made(path: str, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        makes(path, mode, dir_fd=dir_fd)
        record.lead((_whole(path, dir_fd), FOLDER))

    def removed(path: str, *, dir_fd: int | None = None) -> None:
        removes(path, dir_fd=dir_fd)
        record.lead((_whole(path, dir_fd), None))

    return {"replace": replaced, "link": linked, "unlink": unlinked, "mkdir": made, "rmdir": removed}


def _renamed(record: Record) -> Callable[[int, bytes, int, bytes, int], int]:
    _, rename = renaming._system_call()
    assert rename is not None

    def told(place: int, name: bytes, new_place: int, new_name: bytes, flags: int) -> int:
        failed = rename(place, name, new_place, new_name, flags)
        if not failed:
            old, new = _whole(os.fsdecode(name), place), _whole(os.fsdecode(new_name), new_place)
            back = record.at(new) if flags == _EXCHANGE else None
            record.lead((new, record.at(old)), (old, back))
        return failed

    return told


def _whole(path: str, folder: int | None) -> str:
    return os.fspath(path) if folder is None else str(Path(f"/proc/self/fd/{folder}").readlink() / path)


def states(record: Record, count: int) -> Iterator[dict[str, bytes]]:
    """What a cut after that many changes may leave: path -> bytes, each state for itself."""
    names, data = dict(record.names), dict(record.data)
    loose: set[int] = set()
    pending: list[Change] = []
    for change in record.changes[:count]:
        if change.written:
            file, more = change.written
            data[file] += more
            loose.add(file)
        elif change.synced_file is not None:
            loose.discard(change.synced_file)
        elif change.synced_folder is not None:
            names, pending = _sync(change.synced_folder, pending, names)
        else:
            pending.append(change)
    for chosen in _choices(pending):
        there = dict(names)
        for change in chosen:
            _lead(there, change)
        for cut in (lambda text: text, lambda text: text[: len(text) // 2], lambda _: b""):
            yield {
                path: cut(data[file]) if file in loose else data[file]
                for path, file in there.items()
                if file != FOLDER and _is_reached(path, there, record.roots)
            }


def _sync(folder: str, pending: Sequence[Change], names: dict[str, int]) -> tuple[dict[str, int], list[Change]]:
    """What is pending in a folder is on the disk now."""
    names, left = dict(names), []
    for change in pending:
        if all(path.rpartition("/")[0] == folder for path, _ in change.names):
            _lead(names, change)
        else:
            left.append(change)
    return names, left


def _lead(names: dict[str, int], change: Change) -> None:
    for path, file in change.names:
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _choices(pending: Sequence[Change]) -> Iterator[list[Change]]:
    """Which of the changes have come to the disk: any, where they are few; else a first part, or all but one."""
    if len(pending) <= _FEW:
        for kept in product((False, True), repeat=len(pending)):
            yield [change for change, is_kept in zip(pending, kept, strict=True) if is_kept]
        return
    for end in range(len(pending) + 1):
        yield list(pending[:end])
        yield [change for index, change in enumerate(pending) if index != end]


def _is_reached(path: str, names: dict[str, int], roots: Sequence[str]) -> bool:
    """Whether the folders above it are there."""
    root = next(root for root in roots if path.startswith(f"{root}/"))
    steps = path[len(root) + 1 :].split("/")[:-1]
    return all(names.get("/".join([root, *steps[:depth]])) == FOLDER for depth in range(len(steps) + 1))
