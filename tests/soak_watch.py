"""A vault goes in, a `vaultkit watch` of its own keeps its pages; what it uses, writes and complains of comes out."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-03-16"
BROKEN = ("Traceback", "ParanoidError", "bug of its own", "the fault is ours")
"""What no line of a watch may say."""
_WRITTEN = re.compile(r"(?:new|changed|region|removed) +\S")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def environment(home: Path) -> dict[str, str]:
    """The variables of a user of its own."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("VAULTKIT", "XDG"))}
    theirs = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    return {**mine, **theirs, "HOME": str(home), "LANGUAGE": "en", "PYTHONPATH": str(ROOT)}


def command(root: Path, *arguments: str) -> list[str]:
    """vaultkit, on a vault and on the one day of all these runs."""
    return [sys.executable, "-m", "vaultkit", "-C", str(root), "--today", TODAY, *arguments]


class Figures(NamedTuple):
    """What a watch uses at one moment, with the processes below it."""

    rss: int
    """Bytes."""
    descriptors: int
    threads: int
    processes: int
    cpu: float
    """Seconds so far."""


class Watch:
    """A running `vaultkit watch`."""

    def __init__(self, root: Path, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._said, self._complained = home / "stdout.txt", home / "stderr.txt"
        self._read = 0
        self._writes = 0
        with self._said.open("ab") as out, self._complained.open("ab") as err:
            self._process = subprocess.Popen(
                command(root, "watch", "--paranoid"),
                env=environment(home),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,  # a Ctrl-C at this terminal is meant for who started it
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def end(self, patience: float = 60) -> int:
        """End it as Ctrl-C does; its exit code, or -9 when it had to be killed."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def writes(self) -> int:
        """How many files it has said to have written, until now."""
        with self._said.open("rb") as said:
            said.seek(self._read)
            *lines, last = said.read().split(b"\n")
        self._read = self._said.stat().st_size - len(last)
        self._writes += sum(_WRITTEN.match(line.decode(errors="replace")) is not None for line in lines)
        return self._writes

    def complaints(self) -> Counter[str]:
        """What it has said on stderr, each sentence with how often; names and numbers left out."""
        lines = self._complained.read_text(errors="replace").splitlines()
        return Counter(re.sub(r"^(Error: )?.*?\.(?:md|toml)(:\d+)?: ", r"\1...: ", line)[:100] for line in lines)

    def broken(self) -> list[str]:
        """Whatever of it is a fault."""
        lines = self._complained.read_text(errors="replace").splitlines()
        return [line for line in lines if any(word in line for word in BROKEN)]

    def figures(self) -> Figures:
        """What it uses now."""
        found = []
        for pid in _tree(self._process.pid):
            with suppress(OSError, IndexError):
                found.append(_figures(Path(f"/proc/{pid}")))
        return Figures(
            rss=sum(each.rss for each in found),
            descriptors=sum(each.descriptors for each in found),
            threads=sum(each.threads for each in found),
            processes=len(found),
            cpu=sum(each.cpu for each in found),
        )


def _figures(process: Path) -> Figures:
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    resident = int((process / "statm").read_text().split()[1]) * _PAGE_SIZE
    descriptors = len(list((process / "fd").iterdir()))
    return Figures(resident, descriptors, int(fields[17]), 1, (int(fields[11]) + int(fields[12])) / _TICKS)


def _tree(pid: int) -> list[int]:
    """A process and those below it."""
    pids = [pid]
    for one in pids:
        with suppress(OSError):
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                pids += map(int, children.read_text().split())
    return pids
