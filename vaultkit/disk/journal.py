"""Runs go in, and are on the disk before anything of them is done; the runs that were begun, and those done, come out.

One file a run, in the user's own state folder: `NAME.begun` until it is done, then `NAME.done`, for as long as it can
be taken back. A file that is not whole was never begun.
"""

from __future__ import annotations

import os
import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultkit.disk.clock import moment, now_ns
from vaultkit.disk.places import make_folder, state_folder
from vaultkit.disk.refusal import refusals
from vaultkit.disk.whole import NEW, write_whole
from vaultkit.disk.write import Write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEPT_DAYS = 30
KEPT_RUNS = 2000
KEPT_BYTES = 512 << 20
"""How much of the past is kept: the least of the three, but always the last run."""
_BEGUN, _DONE = ".begun", ".done"
_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class Run(Struct, frozen=True):
    """All that one command writes into a vault."""

    name: str
    """It sorts by time."""
    began: str
    """When, for a person."""
    command: str
    writes: tuple[Write, ...]
    moved: tuple[str, str] | None = None
    """A file that is moved before anything is written, from and to; the writes name it by its new path."""
    made: tuple[str, ...] = ()
    """Folders that were not there before."""
    undoes: str = ""
    """The run that this one takes back."""

    @property
    def id(self) -> str:
        """What a person calls it."""
        return self.name.rpartition("-")[2]

    @property
    def is_any(self) -> bool:
        """Whether it does anything."""
        return bool(self.writes or self.moved)


def new_run(command: str, writes: tuple[Write, ...], **more: object) -> Run:
    """A run that has yet to be begun."""
    name = f"{now_ns():020d}-{os.urandom(4).hex()}"
    return msgspec.structs.replace(Run(name, moment(), command, writes), **more)


def begin(run: Run, root: Path) -> None:
    """Have a run on the disk itself; raises WriteError."""
    folder = _folder(root)
    place = folder / f"{run.name}{_BEGUN}"
    with refusals(str(place)):
        _write(place, run)


def commit(run: Run, root: Path, written: frozenset[str]) -> None:
    """Say that a run is done, as far as `written` says."""
    folder = _folder(root)
    begun, done = folder / f"{run.name}{_BEGUN}", folder / f"{run.name}{_DONE}"
    with refusals(str(begun)):
        if not written and run.moved is None:
            begun.unlink(missing_ok=True)
            return
        if len(written) < len(run.writes):
            _write(begun, msgspec.structs.replace(run, writes=tuple(w for w in run.writes if w.path in written)))
        begun.replace(done)
    _prune(folder)


def drop(run: Run, root: Path) -> None:
    """Forget a run of which nothing has been done."""
    (_folder(root) / f"{run.name}{_BEGUN}").unlink(missing_ok=True)


def begun(root: Path) -> list[Run]:
    """The runs that were begun and, for all that is known, not done, from the earliest."""
    return [run for path in sorted(_files(_folder(root), _BEGUN)) if (run := _read(path)) is not None]


def is_unfinished(root: Path) -> bool:
    """Whether a run was begun and not done; makes nothing."""
    return bool(_files(state_folder(root) / "runs", _BEGUN))


def done(root: Path) -> Iterator[Run]:
    """The runs that were done, from the latest."""
    for path in sorted(_files(_folder(root), _DONE), reverse=True):
        run = _read(path)
        if run is not None:
            yield run


def _folder(root: Path) -> Path:
    folder = state_folder(root) / "runs"
    with refusals(str(folder)):
        make_folder(folder)
    return folder


def _files(folder: Path, ending: str) -> list[Path]:
    with refusals(str(folder)):
        there = folder.iterdir() if folder.exists() else ()
        return [path for path in there if path.suffix == ending and _NAME.fullmatch(path.stem)]


def _write(place: Path, run: Run) -> None:
    write_whole(place, zlib.compress(msgspec.msgpack.encode(run), 1))


def _read(path: Path) -> Run | None:
    try:
        return msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=Run)
    except (OSError, zlib.error, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _prune(folder: Path) -> None:
    """Let go of the oldest runs, and of what a run that was killed had not finished noting."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix == NEW:
                path.unlink(missing_ok=True)
        oldest = f"{now_ns() - KEPT_DAYS * 86_400 * 10**9:020d}"
        total = 0
        for count, path in enumerate(sorted(_files(folder, _DONE), reverse=True)):
            total += path.stat().st_size
            if count and (count >= KEPT_RUNS or total > KEPT_BYTES or path.stem < oldest):
                path.unlink(missing_ok=True)
