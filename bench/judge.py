"""How long the judgement of a folder takes alone, in seconds: its notes are read and its links resolved beforehand.

    python bench/judge.py FOLDER STATE [RUNS]

The first run reads and judges all of it and leaves what it found in the folder STATE. Each of the others is a process
that takes the notes and links from there and judges them on the day after, so that nothing that was said still holds;
what was asked of single notes does. The median of the others is printed.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from vaultkit import disk, validators  # noqa: E402 - of this checkout
from vaultkit.session import Session  # noqa: E402

DAY = date(2026, 3, 16)


def main() -> None:
    """Measure the folder named on the command line, and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("state", type=Path)
    options.add_argument("runs", type=int, nargs="?", default=5)
    options.add_argument("--once", action="store_true", help="judge once, in this process, on the day after")
    chosen = options.parse_args()
    if chosen.once:
        print(judged(chosen.folder, chosen.state / "judged.sqlite3"))
        return
    print(median(chosen.folder, chosen.state, chosen.runs))


def median(folder: Path, state: Path, runs: int) -> float:
    """The median over several processes."""
    state.mkdir(parents=True, exist_ok=True)
    session = Session(folder, today=DAY, cache=disk.Cache(state / "judged.sqlite3"))
    session.findings()
    session.close()
    command = [sys.executable, __file__, str(folder), str(state), "--once"]
    ran = (subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(runs))
    return statistics.median(float(each.stdout) for each in ran)


def judged(folder: Path, kept: Path) -> float:
    """The seconds that all validators take; collecting garbage is off, as it is in a command."""
    vault = Session(folder, today=DAY + timedelta(days=1), cache=disk.Cache(kept)).vault
    vault.unfold()
    gc.disable()
    begun = time.perf_counter()
    validators.check(vault)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
