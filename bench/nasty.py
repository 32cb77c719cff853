"""The nasty inputs at 64 KB, 1 MB and 4 MB: a Markdown table of the seconds and the memory that each costs to read.

    python bench/nasty.py [a part of the names ...]

Each is read in a process of its own, so that its memory is its own; if anything ended it, the cell says what. The last
column is near 4 for a time that grows with the size, and near 16 for one that grows with its square.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.nasty import INPUTS  # noqa: E402 - they are the tests' own

SIZES = (64_000, 1_000_000, 4_000_000)
SECONDS, MEBIBYTES = 600, 8000


def main(parts: list[str]) -> None:
    """Measure the inputs whose names have one of these parts in them; all of them when there are none."""
    print("| input | 64 KB s | 1 MB s | 4 MB s | 64 KB MiB | 1 MB MiB | 4 MB MiB | 4 MB / 1 MB s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name in INPUTS:
        if parts and not any(part in name for part in parts):
            continue
        told = [measured(name, size) for size in SIZES]
        seconds = [f"{one['seconds']:.2f}" if "seconds" in one else one["death"] for one in told]
        memory = [f"{one['peak'] / 1024:.0f}" if "peak" in one else "" for one in told]
        growth = f"{told[2]['seconds'] / max(told[1]['seconds'], 0.005):.1f}" if "seconds" in told[2] else ""
        print("|", " | ".join((f"`{name}`", *seconds, *memory, growth)), "|", flush=True)


def measured(name: str, size: int) -> dict[str, Any]:
    """What reading one input took, or what ended it."""
    command = [sys.executable, "-m", "tests.nasty", str(size), str(SECONDS), str(MEBIBYTES), name]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = ended.stdout.splitlines()
    if ended.returncode:
        return {"death": ended.stderr.strip().rpartition("\n")[2][:40] or f"signal {-ended.returncode}"}
    return dict(json.loads(told[-1]))


if __name__ == "__main__":
    main(sys.argv[1:])
