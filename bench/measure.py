"""A command comes in; the time, the processor's time and the memory that its process and those below it took go out."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EVERY = 0.02
"""How often, in seconds, the memory of the processes below is looked at."""
_UNIT = 1 if sys.platform == "darwin" else 1024


class Sample(NamedTuple):
    """What one run took."""

    wall: float
    cpu: float
    """User and system, of the process and of those that it waited for."""
    peak: int
    """Bytes: of the largest process, or of all at once where that was seen to be more."""
    output: str


class FailedError(Exception):
    """A command that did not end as it should; the message says how."""


class Peak:
    """The greatest sum of resident memory seen so far."""

    def __init__(self) -> None:
        self.bytes = 0


def measured(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    accepted: Sequence[int] = (0,),
    patience: float = 3600,
) -> Sample:
    """Run the command and wait for it; raises FailedError when it cannot start, fails or takes too long."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as trouble:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=trouble,
                process_group=0,
            )
        except OSError as error:
            raise FailedError(str(error)) from error
        late = threading.Timer(patience, _end, (process.pid,))
        late.start()
        with _watched(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            over = (
                f"ended after {patience:.0f} s" if wall >= patience else f"exit {process.returncode}: {_why(trouble)}"
            )
            raise FailedError(over)
        out.seek(0)
        # A child's figure begins with the memory that this process had when it started it: below that, it says nothing.
        known = usage.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss or not peak.bytes
        most = max(usage.ru_maxrss * _UNIT, peak.bytes) if known else peak.bytes
        return Sample(wall, usage.ru_utime + usage.ru_stime, most, out.read().decode(errors="replace"))


def tree(pid: int) -> list[int]:
    """The process and those below it, as far as the system tells."""
    pids = [pid]
    for one in pids:
        with suppress(OSError):
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                pids += map(int, children.read_text().split())
    return pids


def _end(pid: int) -> None:
    """End the process and those that it started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _why(trouble: IO[bytes]) -> str:
    trouble.seek(0)
    lines = trouble.read().decode(errors="replace").strip().splitlines() or [""]
    return next((line for line in reversed(lines) if "rror" in line), lines[-1]).strip()[-160:]


@contextmanager
def _watched(pid: int) -> Iterator[Peak]:
    """Sum the memory of the processes now and then; pages that they share since a fork count more than once."""
    peak, over = Peak(), threading.Event()

    def look() -> None:
        pause = EVERY / 8  # the shortest commands are looked at too
        while not over.wait(pause):
            pause = min(EVERY, pause * 1.2)
            peak.bytes = max(peak.bytes, sum(map(_resident, tree(pid))))

    looking = threading.Thread(target=look)
    if sys.platform == "linux":
        looking.start()
    try:
        yield peak
    finally:
        over.set()
        if looking.is_alive():
            looking.join()


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
