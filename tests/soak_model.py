"""What people and their programs save goes in; what of it a vault no longer holds comes out."""

from __future__ import annotations

import hashlib
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tests.race_notes import ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

OPENING = re.compile(rb"^%% vaultkit:[^\r\n]*%%[ \t]*(?=\r?$)", re.MULTILINE)
_MARK = re.compile(rb"^%% (?:vaultkit:[^\r\n]*|/vaultkit ([0-9a-f]{8}) )%%[ \t]*(?=\r?$)", re.MULTILINE)
_EXAMPLE = b"```markdown\n"
_PAGE = re.compile(rb"\A---\ngenerated: vaultkit\n")
_PART = re.compile(rb"^(%% yours: [^\n]*%%\n).*?^(%% /yours %%)$", re.MULTILINE | re.DOTALL)
_EMPTY_PART = rb"\1\n\2"
"""What people write in a page is not hashed."""


class Body(NamedTuple):
    """What stands between a mark and the end of its closing mark."""

    start: int
    end: int
    inner: int
    """Where the closing mark begins."""
    untouched: bool
    """Whether it is as vaultkit wrote it, by the hash that it bears."""


def bodies(data: bytes) -> list[Body]:
    """The bodies of the regions, read by other means than vaultkit's own."""
    found, opened = [], None
    for mark in _MARK.finditer(data):
        if mark[1] is None:
            opened = None if data[: mark.start()].replace(b"\r", b"").endswith(_EXAMPLE) else mark
        elif opened is not None:
            start = data.find(b"\n", opened.end()) + 1
            untouched = _digest(data[start : mark.start()]) == mark[1]
            found.append(Body(opened.end(), mark.end(), mark.start(), untouched))
            opened = None
    return found


def written_by_people(data: bytes) -> bytes:
    """A note without what vaultkit wrote into it, nothing of a page; what a person changed of that is the person's."""
    if is_page(data):
        return b""
    for body in reversed(bodies(data)):
        if body.untouched:
            data = data[: body.start] + data[body.end :]
    return data


def is_page(data: bytes) -> bool:
    """Whether these bytes are a page as vaultkit wrote it, and nobody has touched it since."""
    *_, last = _MARK.finditer(data) if _PAGE.match(data) else [None]
    if last is None or data[last.end() :].strip():
        return False
    return last[1] == _digest(_PART.sub(_EMPTY_PART, data[: last.start()].replace(b"\r\n", b"\n")))


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body.replace(b"\r\n", b"\n")).hexdigest()[:8].encode()


def disk(root: Path) -> dict[str, bytes]:
    """Every file of a vault, what is hidden in its root left out."""
    found = {}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).as_posix()
        if path.is_file() and not inside.startswith((".git/", ".obsidian/")):
            found[inside] = path.read_bytes()
    return found


class Compared(NamedTuple):
    """How a vault differs from what was saved in it."""

    lost: dict[str, str]
    """Path -> what is wrong."""
    aside: list[str]
    litter: list[str]


class Model:
    """What should stand in a vault, to the byte, but for pages and bodies; and what somebody is at work on."""

    def __init__(self, root: Path, files: dict[str, bytes]) -> None:
        self.root = root
        self.files: dict[str, bytes] = {}
        self._paths: list[str] = []
        self._places: dict[str, int] = {}
        self._busy: set[str] = set()
        self._lock = threading.RLock()
        for path, data in files.items():
            self.put(path, data)

    def put(self, path: str, data: bytes) -> None:
        """Somebody has saved this."""
        with self._lock:
            if path not in self.files:
                self._places[path] = len(self._paths)
                self._paths.append(path)
            self.files[path] = data

    def drop(self, path: str) -> None:
        """Somebody has removed it."""
        with self._lock:
            if self.files.pop(path, None) is None:
                return
            place, last = self._places.pop(path), self._paths.pop()
            if last != path:
                self._paths[place], self._places[last] = last, place

    def move(self, old: str, new: str) -> None:
        """Somebody has moved a file, or a folder and all that is in it."""
        with self._lock:
            for path in [path for path in self.files if path == old or path.startswith(f"{old}/")]:
                data = self.files[path]
                self.drop(path)
                self.put(new + path[len(old) :], data)

    def paths(self) -> list[str]:
        """All of them."""
        with self._lock:
            return sorted(self.files)

    def draw(self, random: Random) -> str:
        """The path of any note."""
        with self._lock:
            while not (path := random.choice(self._paths)).endswith(".md"):
                pass
            return path

    @contextmanager
    def claimed(self, *paths: str) -> Iterator[bool]:
        """Work on these alone; False when somebody else is at work on one of them, or on a folder around it."""
        with self._lock:
            free = not any(_touch(path, other) for path in paths for other in self._busy)
            if free:
                self._busy.update(paths)
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._busy.difference_update(paths)

    def compare(self) -> Compared:
        """Look whether all that people wrote stands where they wrote it, and nothing else does but pages."""
        present = disk(self.root)
        aside = [path for path in present if ASIDE.fullmatch(path)]
        litter = [path for path in present if "/.vaultkit-" in f"/{path}"]
        lost = {}
        for path, data in self.files.items():
            if path.startswith(".obsidian/"):
                continue
            if path not in present:
                lost[path] = "gone"
            elif present[path] != data and written_by_people(present[path]) != written_by_people(data):
                lost[path] = "damaged"
        for path in present.keys() - self.files.keys() - {*aside, *litter}:
            if not is_page(present[path]):
                lost[path] = "appeared"
        return Compared(lost, aside, litter)

    def accept(self, lost: dict[str, str]) -> None:
        """Take what is wrong as it is, so that it counts once."""
        for path in lost:
            place = self.root / path
            if place.is_file():
                self.put(path, place.read_bytes())
            else:
                self.drop(path)


def _touch(path: str, other: str) -> bool:
    return path == other or path.startswith(f"{other}/") or other.startswith(f"{path}/")
