"""A vault's folder goes in; the git repository that it lies in comes out, with what changes when its history does.

No program is started for this: a vault of which nothing has changed is not asked about with git. What git itself puts
beside a working tree is followed as git does: the `.git` of a worktree, of a submodule, of a folder moved elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"[0-9a-f]{40,64}")
_BRANCH = re.compile(r"refs/[^\x00-\x20~^:?*\[\\]+")
_FILE_OF_REFS = "refs/heads/.invalid"
"""What HEAD says in a repository whose branches stand in tables (reftable)."""
_SMALL, _LARGE = 64 << 10, 64 << 20
_LINKS = 5
"""How often a branch may be another name of a branch."""
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe in a file's place must not hold us until somebody writes into it."""


class Repository(NamedTuple):
    """Where a vault's history is kept."""

    top: Path
    prefix: str
    """The way from there to the vault, with a final `/`; empty for the same folder."""
    mark: str
    """As long as it stays the same, so does the history."""
    is_shallow: bool = False
    """Whether it has only the latest commits."""


def find_repository(root: Path) -> Repository | None:
    """The nearest repository upwards in which anything has been committed; None when there is none."""
    root = root.resolve()
    for top in (root, *root.parents):
        home = _home(top)
        if home is not None and _read(home / "HEAD"):
            common = _common(home)
            mark, shallow = _mark(home, common), _read(common / "shallow", _LARGE)
            prefix = root.relative_to(top).as_posix()
            if not mark:
                return None
            mark = f"{mark} {zlib.crc32(shallow.encode('utf-8', 'surrogateescape')):08x}"
            return Repository(top, "" if prefix == "." else f"{prefix}/", mark, bool(shallow))
    return None


def _home(top: Path) -> Path | None:
    """The folder of the repository whose working tree is `top`: its `.git`, or where a file of that name leads."""
    place = top / ".git"
    if place.is_dir():
        return place
    said = _read(place)
    leads = said.removeprefix("gitdir:").strip()
    return top / leads if said.startswith("gitdir:") and leads and "\x00" not in leads else None


def _common(home: Path) -> Path:
    """Where all the working trees of a repository have what they share."""
    said = _read(home / "commondir").strip()
    return home / said if said and "\x00" not in said else home


def _mark(home: Path, common: Path) -> str:
    """What was committed last; empty before the first commit."""
    name, last = "HEAD", ""
    for _ in range(_LINKS):
        last = _value(home, common, name)
        if not last.startswith("ref:"):
            break
        name = last.removeprefix("ref:").strip()
        if name == _FILE_OF_REFS:
            tables = (_read(each / "reftable" / "tables.list") for each in (common, home))
            return "".join(tables).replace("\n", " ").strip()
        if not _BRANCH.fullmatch(name) or ".." in name:
            return ""
    return last if _ID.fullmatch(last) else ""


def _value(home: Path, common: Path, name: str) -> str:
    """What a name stands for: the worktree's own, that of all of them, or where all lie in one file."""
    loose = _read(home / name).strip() or _read(common / name).strip()
    if loose or name == "HEAD":
        return loose
    lines = _read(common / "packed-refs", _LARGE).splitlines()
    return next((line.partition(" ")[0] for line in lines if line.endswith(f" {name}")), "")


def _read(place: Path, most: int = _SMALL) -> str:
    """The text of a regular file; empty for anything else, and for what is longer than such a file is."""
    try:
        descriptor = os.open(place, _OPEN)
    except (OSError, ValueError):
        return ""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return ""
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(most).decode("utf-8", "surrogateescape")
    except OSError:
        return ""
    finally:
        os.close(descriptor)
