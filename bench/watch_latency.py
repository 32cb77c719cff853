"""A vault comes in; how soon after a save a running `vaultkit watch` has the pages changed goes out.

From the close of the note to the last page's rename, less the quiet that the watch waits for on purpose, in which it
already works out what the save changes. A save turns what one priority serves into nothing, or back, so that pages must
change; they are looked at every millisecond.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from bench.measure import FailedError, tree
from bench.synthetic import SETTINGS
from vaultkit.disk.hearing import Pace

if TYPE_CHECKING:
    from bench.commands import Commands
    from bench.contest import Entry

QUIET = Pace().quiet
STEP = 0.001
SETTLED = 0.5
"""Pages that did not change for so many seconds are not going to."""
PATIENCE = 120.0
CALM = 0.01
"""A process that used fewer seconds of the processor in the last one has nothing to do."""


class Latency(NamedTuple):
    """What became of the saves."""

    seconds: list[float]
    """For each save, beyond the quiet."""
    idle: float
    """Seconds of the processor for each second in which nothing happened."""

    @property
    def median(self) -> float:
        """Half of the saves took less."""
        return statistics.median(self.seconds)

    @property
    def late(self) -> float:
        """Nineteen of twenty saves took less."""
        return sorted(self.seconds)[max(0, round(len(self.seconds) * 0.95) - 1)]


def latency(commands: Commands, edits: int, idle: float) -> Latency:
    """Watch a copy of the vault, save a note again and again, and see; raises FailedError when no page changes."""
    copy = commands.on_copy("watched")
    folder = copy.vault.folder
    (folder / "vaultkit.toml").write_text(SETTINGS)
    note, serving, idling = both_states(folder)
    ours = copy.ours("watch", "watch", "--write", cache="watch")
    with tempfile.TemporaryFile() as trouble, _started(ours, trouble) as process:
        pages = Pages(folder / "Dashboards", process, trouble)
        try:
            pages.changed({}, settled=2)
            resting = rests(process.pid, idle)
            both = (idling, serving)
            seconds = [saved(note, both[number % 2], pages, number) for number in range(edits)]
        finally:
            process.send_signal(signal.SIGINT)  # as Ctrl-C does: it ends what it has started too
    shutil.rmtree(folder)
    return Latency(seconds, resting)


def _started(entry: Entry, trouble: IO[bytes]) -> subprocess.Popen[bytes]:
    silent = subprocess.DEVNULL
    return subprocess.Popen(entry.command, env=entry.environment, stdin=silent, stdout=silent, stderr=trouble)


def both_states(folder: Path) -> tuple[Path, bytes, bytes]:
    """An active priority that serves something, as it is, and with as many bytes that say it serves nothing."""
    for note in sorted((folder / "Priorities").glob("*.md")):
        data = note.read_bytes()
        found = re.search(rb'^serves: (".*")$', data, re.MULTILINE)
        if found and b"\nstatus: active\n" in data:
            nothing = b"none".ljust(len(found[1]))
            return note, data, data[: found.start(1)] + nothing + data[found.end(1) :]
    raise FailedError("no active priority serves anything")


def saved(note: Path, data: bytes, pages: Pages, number: int) -> float:
    """Save a note, wait for the pages, and say how long after the quiet the last of them changed."""
    before = pages.looks()
    with note.open("r+b") as file:
        file.write(data)
    closed = time.monotonic()
    seconds = pages.changed(before, settled=SETTLED) - closed - QUIET
    time.sleep(0.037 * (number % 7))  # not always at the same point of the watch's own rhythm
    return seconds


@dataclass(frozen=True)
class Pages:
    """The folder of the pages, and the process that writes them."""

    folder: Path
    process: subprocess.Popen[bytes]
    trouble: IO[bytes]

    def changed(self, before: dict[str, tuple[int, int]], *, settled: float) -> float:
        """Wait until pages have changed, and then no more; the moment of the last change."""
        latest, deadline = None, time.monotonic() + PATIENCE
        while latest is None or time.monotonic() - latest < settled:
            now = self.looks()
            moment = time.monotonic()
            if now != before:
                before, latest = now, moment
            elif moment > deadline or self.process.poll() is not None:
                self.trouble.seek(0)
                said = self.trouble.read().decode(errors="replace").strip()
                raise FailedError(f"no page changed any more; the watch said: {said[-300:]}")
            time.sleep(STEP)
        return latest

    def looks(self) -> dict[str, tuple[int, int]]:
        """Which file stands under each page's name, and of when."""
        found = {}
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith(".md") and not entry.name.startswith("."):
                    status = Path(entry.path).stat()  # a DirEntry tells what it saw before
                    found[entry.name] = (status.st_ino, status.st_mtime_ns)
        return found


def rests(pid: int, idle: float) -> float:
    """What the process uses a second; from when it has looked at its own pages, if it ever comes to rest."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = used(pid)
        time.sleep(1)
        if used(pid) - before < CALM:
            break
    before = used(pid)
    time.sleep(idle)
    return (used(pid) - before) / idle


def used(pid: int) -> float:
    """The processor's seconds that a process and those below it have used."""
    total = 0.0
    for one in tree(pid):
        with suppress(OSError):
            threads = [path.read_text() for path in Path(f"/proc/{one}/task").glob("*/schedstat")]
            total += sum(int(text.split()[0]) for text in threads) / 1e9
    return total
