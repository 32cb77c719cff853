"""An editor and a writer race for the same notes; how many saves were made, lost and torn comes out, as JSON.

    python -m tests.race --saves 200000 --how rename --disk /dev/shm --writer vaultkit --out REPORT.json

The editor saves about every millisecond, the note that the writer is at if it can, and looks whether each save stays.
One that is not there may come back for a while: the writer keeps what it displaced. What the writer has put aside under
a name of its own is kept, not lost. The exit code is 1 when a save was lost or torn.
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
from tests.race_notes import ASIDE, saved
from tests.race_writer import Shared, WriterName, write_on

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
    batch: int = 1
    """How many notes the writer writes as one plan."""


def race(held: Race) -> dict[str, Any]:
    """Hold a race in a new folder, and report it."""
    root = Path(tempfile.mkdtemp(prefix="race-", dir=held.folder))
    try:
        notes = [Note(root / f"Note {number:03}.md") for number in range(held.notes)]
        for note in notes:
            note.path.write_bytes(saved(0))
        begun = time.monotonic()
        outcomes = Counter[str]()
        context = multiprocessing.get_context("spawn")
        at, stop = context.Value("i", 0), context.Event()
        editor = Editor(held.how, notes, PATIENCE[held.writer], lambda: at.value)
        with _writing(root, held, Shared(at, stop), outcomes):
            editor.save_all(held.saves)
        editor.wait_for_all()
        return {**_asked(held, root), "seconds": round(time.monotonic() - begun, 1), **_said(editor, outcomes, root)}
    finally:
        shutil.rmtree(root)


@contextmanager
def _writing(root: Path, held: Race, shared: Shared, outcomes: Outcomes) -> Iterator[None]:
    """Let a writer write meanwhile; what became of its writes is in `outcomes` afterwards."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=write_on, args=(root, held.writer, held.batch, shared, theirs))
    process.start()
    theirs.close()
    try:
        yield
    finally:
        shared.stop.set()
        try:
            outcomes.update(ours.recv())
        except EOFError:
            outcomes["the writer died"] += 1
        process.join()


def _asked(held: Race, root: Path) -> dict[str, Any]:
    return {**held._asdict(), "folder": str(held.folder), "disk": _disk_of(root)}


def _said(editor: Editor, outcomes: Outcomes, root: Path) -> dict[str, Any]:
    """What became of the saves and of the writes."""
    aside = {path.name: path.read_bytes() for path in sorted(root.iterdir()) if ASIDE.fullmatch(path.name)}
    kept = [(path, number) for path, number in editor.missing if saved(number)[:64] in _heads(aside)]
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
        "litter": sorted(path.name for path in root.iterdir() if path.name.startswith(".vaultkit")),
    }


def _heads(aside: dict[str, bytes]) -> set[bytes]:
    return {data[:64] for data in aside.values()}


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
    parser.add_argument("--batch", type=int, default=1)
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
