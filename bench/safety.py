"""What it costs to write safely: a number of files goes in; seconds with and without each precaution go out.

    python -m bench.safety [FILES] [FOLDER]

The same run is written in turn as it is, without having anything forced onto the disk itself (fsync), and without the
moment in which displaced files are kept; and as a program would write that takes no care. FOLDER says on which disk.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.tables import number, table
from vaultkit.disk import run
from vaultkit.disk.journal import new_run
from vaultkit.disk.write import Write

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 7
SIZE = 5000
"""Bytes of a note: the median of real ones is half of that, their mean is this."""
WAYS = ("as it is", "without fsync", "without the linger", "without both", "in place, without care")


def main(files: int, folder: str | None) -> None:
    """Print a table."""
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(dir=folder) as place:
        os.environ["XDG_STATE_HOME"] = f"{place}/state"
        root = Path(place) / "vault"
        root.mkdir()
        for count in range(ROUNDS):
            for way in WAYS:
                writes = prepared(root, files, count)
                begun = time.perf_counter()
                write(way, writes, root)
                found[way].append(time.perf_counter() - begun)
    rows = [
        (way, number(statistics.median(seconds)), number(statistics.median(seconds) / files * 1000))
        for way, seconds in found.items()
    ]
    sys.stdout.write("\n".join(table((f"{files} files of {SIZE} bytes", "s", "ms a file"), rows)) + "\n")


def prepared(root: Path, files: int, count: int) -> tuple[Write, ...]:
    """Files as they are, and what is to become of them."""
    before, after = (f"{count} {word}\n".encode() * (SIZE // 8) for word in ("before", "after!"))
    for index in range(files):
        (root / f"{index}.md").write_bytes(before)
    return tuple(Write(f"{index}.md", before, after) for index in range(files))


def write(way: str, writes: tuple[Write, ...], root: Path) -> None:
    """Write them all in this way."""
    if way.startswith("in place"):
        for each in writes:
            (root / each.path).write_bytes(each.after or b"")
        return
    with without(fsync="fsync" in way or "both" in way, linger="linger" in way or "both" in way):
        run.carry_out(new_run("bench", writes), root)


@contextmanager
def without(*, fsync: bool, linger: bool) -> Iterator[None]:
    """Leave precautions out for a while."""
    forced, kept = os.fsync, run.LINGER
    if fsync:
        os.fsync = lambda _: None
    if linger:
        run.LINGER = 0.0
    try:
        yield
    finally:
        os.fsync, run.LINGER = forced, kept


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, sys.argv[2] if len(sys.argv) > 2 else None)
