"""What was read and judged of a vault: values go in, and come out in a later run, unless anything is odd.

One SQLite file a vault, in the user's cache folder, never in the vault. It is a memory and no truth. One entry, the
root, holds the sums of all others as they were when they were last kept together: an entry that does not fit, be it
broken or left from before, is not there, and a file that SQLite cannot read is removed. Nobody waits for it and
nothing fails by it: two processes may use it at once, and the one that cannot write does not.
"""

from __future__ import annotations

import os
import sys
import zlib
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from vaultkit import __version__
from vaultkit.disk.kept import kept_files, remove_files
from vaultkit.resources import PACKAGE, templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

ValueT = TypeVar("ValueT")

_PATIENCE = 0.2
"""How many seconds to wait for another process that writes: what is not kept now will be by the next run."""
_READERS = ("frontmatter", "markdown_it", "yaml")
"""The libraries that have a say in what a note reads as."""
_ROOT = "root"
_SHELF = "sums "
_SHELVES = 64
"""Among how many entries the sums are shared out, so that one question reads few of them."""
_SETTLED = (
    "PRAGMA page_size = 16384",  # a note takes some 2 KB: on smaller pages writing them takes twice as long
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",  # what a power cut mixes up does not fit its sum
    "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB)",
)
_PASSING = frozenset(range(5, 11)) | {13, 14, 15}
"""SQLite's codes for what says nothing of the file: busy, locked, no memory, read only, interrupted, a fault of the
disk, full, cannot be opened, cannot be locked."""


class _Root(msgspec.Struct, array_like=True):
    """Whose entries they are, and what the sums add up to."""

    maker: bytes
    sums: list[int]


class Cache:
    """Key -> bytes, in one file; without a path, or where it cannot be opened, it is empty and stays so.

    What another `owner` or another vaultkit has kept there is forgotten.
    """

    def __init__(self, path: Path | None, owner: str = "") -> None:
        self._path = path
        self._maker = f"{_maker()} {owner}".encode("utf-8", "surrogateescape") if path else b""
        self._writes = False
        self._root: _Root | None = None
        """None where nothing of ours is kept."""
        self._shelves: dict[int, dict[str, int]] = {}
        """The sums that were read, and among them those that have changed since."""
        self._changed: set[int] = set()
        self._connection: Connection | None = None
        if path is not None and self._open(path) is None and not path.exists():  # it was good for nothing
            self._open(path)

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept."""
        return self._connection is not None

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; None when there is nothing, or nothing that can be believed."""
        found = self._asked("SELECT value FROM kept WHERE key = ?", (key,))
        return self._believed(key, found[0][0]) if found else None

    def all(self, prefix: str) -> Iterator[tuple[str, bytes]]:
        """Every key that begins so, without that beginning, and what was kept under it."""
        found = self._asked("SELECT key, value FROM kept WHERE key >= ? AND key < ?", (prefix, f"{prefix}\U0010ffff"))
        for key, value in found or ():
            if isinstance(key, str) and (kept := self._believed(key, value)) is not None:
                yield key.removeprefix(prefix), kept

    def put(self, key: str, value: bytes) -> None:
        """Take an entry in, if that can be done; it is there for others after `commit`."""
        if self._begin():
            self._changing(key)[key] = _checksum(key, value)
            self._write("INSERT OR REPLACE INTO kept VALUES (?, ?)", key, value)

    def drop(self, key: str) -> None:
        """Forget an entry."""
        if self._begin():
            self._changing(key).pop(key, None)
            self._write("DELETE FROM kept WHERE key = ?", key)

    def commit(self) -> None:
        """Let others see what was put in, all at once; nothing of it, when another process has written meanwhile."""
        if not self._writes:
            return
        root = self._root or _Root(self._maker, [0] * _SHELVES)
        for number in sorted(self._changed):
            key, value = f"{_SHELF}{number}", msgspec.msgpack.encode(self._shelves[number])
            root.sums[number] = _checksum(key, value)
            self._write("INSERT OR REPLACE INTO kept VALUES (?, ?)", key, value)
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?)", _ROOT, msgspec.msgpack.encode(root))
        self._write("COMMIT")
        self._look()

    def close(self) -> None:
        """Let go of the file; what was not committed is forgotten."""
        connection, self._connection, self._writes = self._connection, None, False
        if connection is not None:
            import sqlite3

            with suppress(sqlite3.Error):
                connection.close()

    def remove(self) -> None:
        """Remove the file."""
        self.close()
        if self._path is not None:
            remove_files(kept_files(self._path))

    def _open(self, path: Path) -> Connection | None:
        try:
            import sqlite3  # some builds of Python have none

            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds what the notes hold
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(path, _PATIENCE, isolation_level=None)
        except (OSError, ImportError):
            return None
        for statement in _SETTLED:
            self._asked(statement)
        self._look()
        return self._connection

    def _look(self) -> None:
        """See what is there; from here on it reads as it now is, whatever another process writes."""
        self._writes, self._root, self._shelves, self._changed = False, None, {}, set()
        if not self.is_open:
            return
        self._asked("BEGIN")
        found = self._asked("SELECT value FROM kept WHERE key = ?", (_ROOT,))
        if found is None:  # it may be good, and cannot be read just now
            self.close()
        elif found:
            root = _decoded(found[0][0], _Root)
            if root and root.maker == self._maker and len(root.sums) == _SHELVES:
                self._root = root

    def _begin(self) -> bool:
        """Begin to write. Who has read what another process has changed since may not: it would undo its work."""
        if not self._writes and self._connection is not None:
            self._writes = self._write("UPDATE kept SET key = key WHERE key = ''" if self._root else "DELETE FROM kept")
        return self._writes

    def _write(self, statement: str, *values: object) -> bool:
        """Whether a statement could be run; the first one that cannot be is the last."""
        if self._asked(statement, values) is None:
            self.close()
        return self.is_open

    def _believed(self, key: str, value: object) -> bytes | None:
        return value if isinstance(value, bytes) and self._sums(key).get(key) == _checksum(key, value) else None

    def _changing(self, key: str) -> dict[str, int]:
        self._changed.add(_shelf(key))
        return self._sums(key)

    def _sums(self, key: str) -> dict[str, int]:
        """The sums among which that of a key is; none of those that were kept, when they do not fit theirs."""
        number = _shelf(key)
        if number not in self._shelves:
            name = f"{_SHELF}{number}"
            found = self._asked("SELECT value FROM kept WHERE key = ?", (name,)) if self._root else None
            value = found[0][0] if found else None
            fits = isinstance(value, bytes) and self._root and _checksum(name, value) == self._root.sums[number]
            self._shelves[number] = (fits and _decoded(value, dict[str, int])) or {}
        return self._shelves[number]

    def _asked(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]] | None:
        """The rows of a statement; None when it could not be run."""
        if self._connection is None:
            return None
        import sqlite3

        try:
            return self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, MemoryError, ValueError) as error:  # ValueError: its message is no UTF-8
            if getattr(error, "sqlite_errorcode", 1) & 0xFF not in _PASSING:
                self.remove()
            return None


def _shelf(key: str) -> int:
    return zlib.crc32(key.encode()) % _SHELVES


def _checksum(key: str, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key.encode()))


def _decoded(value: object, type_: type[ValueT]) -> ValueT | None:
    if not isinstance(value, bytes):
        return None
    try:
        return msgspec.msgpack.decode(value, type=type_)
    except msgspec.MsgspecError:
        return None


def _maker() -> str:
    """Which vaultkit this is, to the very state of its files: one that reads notes otherwise believes no other.

    Whatever reads them for us counts as well: Python, the libraries.
    """
    hashed = zlib.crc32(f"{__version__} {sys.version}".encode())
    for library in _READERS:
        found = find_spec(library)
        if found and found.origin:
            hashed = zlib.crc32(_state(found.origin, Path(found.origin).stat()), hashed)
    waiting = [str(PACKAGE), str(templates())]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".md", ".j2")):
                    hashed = zlib.crc32(_state(entry.name, entry.stat()), hashed)
                elif entry.is_dir() and entry.name not in {"__pycache__", "locale"}:
                    waiting.append(entry.path)
    return f"{__version__} {hashed:08x}"


def _state(name: str, status: os.stat_result) -> bytes:
    return os.fsencode(f"{name} {status.st_size} {status.st_mtime_ns}")
