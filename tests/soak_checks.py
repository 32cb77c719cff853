"""A vault that is being watched goes in; whether it rests, and how it differs from one that is built anew, come out."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.soak_model import disk
from tests.soak_watch import command, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.soak_watch import Watch

    Looks = dict[str, tuple[int, int, int]]

_STEP = 0.5
_CALM = 0.06
"""A watch that used fewer seconds of the processor in a step than this has nothing to do."""


class Rest(NamedTuple):
    """How it came to rest."""

    seconds: float
    reached: bool


def looks(root: Path) -> Looks:
    """Which file stands under each name, and of when: whatever writes changes that."""
    found = {}
    for path in root.rglob("*"):
        try:
            status = path.stat()
        except FileNotFoundError:
            continue
        if path.is_file():
            found[path.relative_to(root).as_posix()] = (status.st_ino, status.st_mtime_ns, status.st_size)
    return found


def rests(root: Path, watch: Watch, calm: float, patience: float) -> Rest:
    """Wait until for `calm` seconds no file has changed and the watch has done nothing; at most `patience` seconds."""
    begun = latest = time.monotonic()
    before, used = looks(root), watch.figures().cpu
    while (now := time.monotonic()) - latest < calm:
        if now - begun > patience or not watch.alive:
            return Rest(now - begun, reached=False)
        time.sleep(_STEP)
        after, cpu = looks(root), watch.figures().cpu
        if after != before or cpu - used > _CALM:
            latest = time.monotonic()
        before, used = after, cpu
    return Rest(time.monotonic() - begun, reached=True)


def changed_meanwhile(root: Path, meanwhile: Callable[[], object]) -> list[str]:
    """The files that have changed though nobody but vaultkit can have changed them."""
    before = looks(root)
    meanwhile()
    after = looks(root)
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def built_anew(root: Path, beside: Path, patience: float = 600) -> tuple[dict[str, tuple[bytes, bytes]], str]:
    """What reads otherwise where a copy of the vault is built by a user who never saw it; and what was said on the way.

    Path -> the bytes in the vault, and in the copy; none for a file that is not there. Raises TimeoutExpired when the
    build takes longer than `patience` seconds.
    """
    shutil.rmtree(beside, ignore_errors=True)
    copy = beside / root.name
    shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    run = subprocess.run(
        command(copy, "build"),
        env=environment(beside / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=patience,
    )
    here, there = disk(root), disk(copy)
    differing = {path for path in here.keys() | there.keys() if here.get(path) != there.get(path)}
    said = "" if run.returncode == 0 else f"build ended with {run.returncode}: {run.stderr[-2000:]}"
    return {path: (here.get(path, b""), there.get(path, b"")) for path in sorted(differing)}, said
