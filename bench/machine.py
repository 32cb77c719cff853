"""Nothing comes in; the day, the machine and the versions that a measurement holds for go out."""

from __future__ import annotations

import datetime
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bench.peers import PINNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.peers import Peers


def described(peers: Peers) -> Iterator[str]:
    """What stands above the tables."""
    day = datetime.datetime.now(tz=datetime.UTC).date()
    pinned = [words.replace("==", " ").replace("@", " ") for name, words in PINNED.items() if name not in peers.missing]
    yield f"- {day}; {processor()}, {os.cpu_count()} cores, {memory()}; {platform.system()} {platform.release()}"
    yield f"- Python {platform.python_version()}, vaultkit {version('obsidian-vaultkit')}, {', '.join(pinned)}"
    yield f"- load of the machine before the first run: {os.getloadavg()[0]:.2f}"
    yield from (f"- could not be installed: {name} ({reason})" for name, reason in peers.missing.items())
    yield ""


def processor() -> str:
    """The name of the processor."""
    try:
        named = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        named = None
    return named[1] if named else platform.processor() or platform.machine()


def memory() -> str:
    """How much memory there is."""
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
