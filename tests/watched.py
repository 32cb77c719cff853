"""What the tests of a running watch share: a process of its own, what it has said, and what a fresh run says."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.cli_vault import command, files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

PATIENCE = 60.0
"""Seconds until a test that sees nothing gives up; none waits that long when all is well."""
DAY = "2026-03-16"
_FINDING = re.compile(r"(.+?):\d+:\d+: (?:error|warning|info) ([a-z-]+)")
_MENDED = re.compile(r"mended: (.+) ([a-z-]+)$")


class Watched:
    """A `vaultkit watch` that runs, and all that it has said so far."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.out: list[str] = []
        self.err: list[str] = []
        self.patience = PATIENCE
        assert process.stdout is not None
        assert process.stderr is not None
        self._readers = [
            threading.Thread(target=_collect, args=(process.stdout, self.out)),
            threading.Thread(target=_collect, args=(process.stderr, self.err)),
        ]
        for reader in self._readers:
            reader.start()

    def said(self, text: str) -> int:
        """How many lines hold it."""
        return sum(text in line for line in (*self.out, *self.err))

    def until_said(self, text: str, times: int = 1) -> None:
        self.until(lambda: self.said(text) >= times, text)

    def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until it holds; fails when that takes too long, or the process ends."""
        end = time.monotonic() + self.patience
        while not holds():
            assert time.monotonic() < end, (what, self.out, self.err)
            assert self.process.poll() is None, (what, self.out, self.err)
            threading.Event().wait(0.01)

    def until_right(self) -> None:
        """Wait until the folder holds, and the watch has said, what a fresh run in a copy of it writes and says."""
        self.until(lambda: self.differences() == set(), "what a fresh run leaves")

    def findings(self) -> Counter[tuple[str, str]]:
        """What it has said and not taken back: note and validator."""
        found = _findings(self.out)
        found.subtract((match[1], match[2]) for line in self.out if (match := _MENDED.match(line)))
        return found

    def differences(self) -> set[str]:
        """The files that a fresh run in a copy writes otherwise, and the notes of which it says something else."""
        fresh = self.folder.with_name("fresh")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            shutil.copytree(self.folder, fresh, symlinks=True)
        except (OSError, shutil.Error):
            return {"it is being changed"}
        here = files_of(fresh)
        run(fresh, "build", "--write")
        there, said, known = files_of(fresh), _findings(run(fresh, "check", "-v").stdout.splitlines()), self.findings()
        files = {path for path in here.keys() | there.keys() if here.get(path) != there.get(path)}
        return files | {path for path, name in said.keys() | known if said[path, name] != known[path, name]}

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 130, self.err
        for reader in self._readers:
            reader.join(PATIENCE)


def _findings(lines: Iterable[str]) -> Counter[tuple[str, str]]:
    return Counter((match[1], match[2]) for line in lines if (match := _FINDING.match(line)))


def _collect(stream: Iterator[str], lines: list[str]) -> None:
    lines.extend(stream)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh run, which knows nothing of any other."""
    return subprocess.run(
        command("-C", str(folder), "--today", DAY, "--no-cache", *arguments),
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def watching(
    folder: Path, *options: str, before: Sequence[str] = (), environment: dict[str, str] | None = None
) -> Iterator[Watched]:
    """A watch that has begun; it must end cleanly, by Ctrl-C."""
    arguments = [*before, *command("-C", str(folder), "--today", DAY, "watch", "--write", "-v", *options)]
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="backslashreplace",
        env=os.environ | (environment or {}),
    ) as process:
        watched = Watched(process, folder)
        try:
            watched.until_said("Ctrl-C")
            yield watched
            watched.end()
        finally:
            process.kill()
