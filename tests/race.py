"""An editor and writers race for the same notes; how many saves were made, lost and torn comes out, as JSON.

    python -m tests.race --saves 200000 --how rename --disk /dev/shm --writer vaultkit --out REPORT.json

The editor saves about every millisecond, a note that is just being written if there is one, and looks whether each save
stays. One that is not there may come back for a while: a writer keeps what it displaced. What a writer has put aside
under a name of its own is kept, not lost. Each writer has a folder to itself, as each vault has one writer at a time.
The exit code is 1 when a save was lost or torn.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from tests.race_editor import Editor, How, Note
from tests.race_notes import ASIDE, number_of, saved
from tests.race_writer import WriterName, write_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    Outcomes = Counter[str]

PATIENCE = {"vaultkit": 3.0, "naive": 0.1}
"""How long a save may take to come back; nobody puts back what the naive writer has lost."""


class Race(NamedTuple):
    """How a race is held."""

    folder: Path
    """Where the notes are; on the disk that is meant."""
    how: How = "in-place"
    writer: WriterName = "vaultkit"
    saves: int = 2000
    notes: int = 40
    writers: int = 4


def race(held: Race) -> dict[str, Any]:
    """Hold a race in a new folder, and report it."""
    home = Path(tempfile.mkdtemp(prefix="race-", dir=held.folder))
    try:
        each = max(1, held.notes // held.writers)
        notes = [Note(home / f"{number // each}/Note {number}.md") for number in range(each * held.writers)]
        for note in notes:
            note.path.parent.mkdir(exist_ok=True)
            note.path.write_bytes(saved(0))
        folders = [home / str(number) for number in range(held.writers)]
        begun = time.monotonic()
        outcomes = Counter[str]()
        editor = Editor(held.how, notes, PATIENCE[held.writer], folders)
        with _writing(folders, held.writer, outcomes):
            editor.save_all(held.saves)
        editor.wait_for_all()
        asked = {**held._asdict(), "folder": str(held.folder), "disk": _disk_of(home)}
        return {**asked, "seconds": round(time.monotonic() - begun, 1), **_said(editor, outcomes, home)}
    finally:
        shutil.rmtree(home)


@contextmanager
def _writing(folders: list[Path], writer: WriterName, outcomes: Outcomes) -> Iterator[None]:
    """Let writers write meanwhile; what became of their writes is in `outcomes` afterwards."""
    context = multiprocessing.get_context("spawn")
    stop, pipes, processes = context.Event(), [], []
    for folder in folders:
        ours, theirs = context.Pipe(duplex=False)
        pipes.append(ours)
        processes.append(context.Process(target=write_on, args=(folder, writer, stop, theirs)))
        processes[-1].start()
        theirs.close()
    try:
        yield
    finally:
        stop.set()
        for pipe, process in zip(pipes, processes, strict=True):
            try:
                outcomes.update(pipe.recv())
            except EOFError:
                outcomes["a writer died"] += 1
            process.join()


def _said(editor: Editor, outcomes: Outcomes, home: Path) -> dict[str, Any]:
    """What became of the saves and of the writes."""
    names = {path.relative_to(home).as_posix(): path for path in sorted(home.glob("[0-9]*/*"))}
    aside = {name: number_of(path.read_bytes()) for name, path in names.items() if ASIDE.fullmatch(name)}
    kept = [each for each in editor.missing if each[1] in aside.values()]
    lost = [each for each in editor.missing if each not in kept]
    trouble = {said: count for said, count in outcomes.items() if said not in {"conflicts", "plans", "writes"}}
    return {
        "racing": editor.counts["racing"],
        "away": editor.counts["away"],
        "back": editor.counts["back"],
        "lost": len(lost),
        "torn": len(editor.damaged),
        "kept_aside": len(kept),
        "plans": outcomes["plans"],
        "writes": outcomes["writes"],
        "conflicts": outcomes["conflicts"],
        "trouble": trouble,
        "lost_saves": lost[:100],
        "torn_saves": editor.damaged[:100],
        "aside": list(aside),
        "litter": [name for name, path in names.items() if path.name.startswith(".vaultkit")],
    }


def _disk_of(folder: Path) -> str:
    """The kind of file system, as Linux tells it."""
    mounts = Path("/proc/self/mounts")
    if not mounts.is_file():
        return "unknown"
    points = {fields[1]: fields[2] for line in mounts.read_text().splitlines() if len(fields := line.split()) > 2}
    return next(points[str(place)] for place in (folder.resolve(), *folder.resolve().parents) if str(place) in points)


def main(arguments: list[str]) -> int:
    """Hold the race that was asked for."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what runs in its background ignore Ctrl-C
    parser = argparse.ArgumentParser(prog="python -m tests.race", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--saves", type=int, default=2000)
    parser.add_argument("--how", choices=get_args(How), default="in-place")
    parser.add_argument("--disk", dest="folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--writer", choices=get_args(WriterName), default="vaultkit")
    parser.add_argument("--notes", type=int, default=40)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--out", type=Path)
    asked = vars(parser.parse_args(arguments))
    out = asked.pop("out")
    report = race(Race(**asked))
    text = json.dumps(report, indent=2)
    if out:
        out.write_text(f"{text}\n")
    sys.stdout.write(f"{text}\n")
    return int(bool(report["lost"] or report["torn"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
