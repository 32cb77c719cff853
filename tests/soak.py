"""A number of changes comes in; people and programs make them while `vaultkit watch` runs, and a report comes out.

    python -m tests.soak --changes 100000 --seconds 3600 --notes 2000 --seed 1 --out REPORT.json [--disk FOLDER]

A person in an editor, a sync client and git change one vault at the same time. Now and then all rest: then the vault is
to read as a copy of it that is built anew, and everything that they wrote is to stand in it. The report is written anew
at each such moment; what differed is kept beside it. Ctrl-C ends it early and tidily. The exit code is 1 when a promise
was broken.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.soak_actor import Actor, Pace
from tests.soak_checks import built_anew, changed_meanwhile, rests
from tests.soak_machines import Git, Sync
from tests.soak_model import Model
from tests.soak_people import Person
from tests.soak_report import Checkpoint, Report, keep
from tests.soak_vault import files
from tests.soak_watch import Watch

_SHARES = {Person: 0.35, Sync: 0.3, Git: 0.35}
"""Which part of the changes each of them makes."""
_INTERRUPTED = 130


class Asked(NamedTuple):
    """How a soak is to be."""

    changes: int
    seconds: float
    notes: int
    seed: int
    out: Path
    folder: Path
    """Where the vault is made, and everything else that is thrown away."""
    every: int = 2000
    """After how many changes all rest."""
    calm: float = 5
    """For how many seconds nothing must change until all are taken to rest."""
    patience: float = 600
    last: float = 20
    """For how many seconds nothing must be written at the end."""


class Soak:
    """One soak."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.report = Report({name: value for name, value in asked._asdict().items() if name not in {"out", "folder"}})
        self.stop = threading.Event()
        self.home = Path(tempfile.mkdtemp(prefix="soak-", dir=asked.folder))
        self.root = self.home / "vault"
        made = files(asked.notes)
        for path, data in made.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_bytes(data)
        self.model = Model(self.root, made)
        self.begun = time.monotonic()
        self.watch = Watch(self.root, self.home / "user")

    def run(self) -> Report:
        """From the first change to the report; Ctrl-C makes it shorter."""
        try:
            self.check()
            while self.report.made < self.asked.changes:
                self.round()
                self.check()
            self.report.faults += [f"written at the end: {path}" for path in self.rest_at_the_end()]
        except KeyboardInterrupt:
            self.report.interrupted = True
        finally:
            self.stop.set()
            self.end()
        return self.report

    def round(self) -> None:
        """Let everybody make their part of the changes, with pauses in which the watch can keep up."""
        left = self.asked.changes - self.report.made
        quota, now = min(self.asked.every, left), time.monotonic()
        rounds = -(-left // self.asked.every)
        pausing = self.asked.seconds - (now - self.begun)
        resting = sum(each.rested + self.asked.calm for each in self.report.checkpoints[-3:]) / 3
        deadline = now + max(0.0, pausing / rounds - resting)
        go, number = threading.Event(), len(self.report.checkpoints)
        actors = [self.actor(kind, round(quota * share), deadline, go, number) for kind, share in _SHARES.items()]
        threads = [threading.Thread(target=actor.run, daemon=True) for actor in actors]
        for thread in threads:
            thread.start()
        try:
            self.breathe(threads, go, Random(f"{self.asked.seed} {number}"), deadline)  # noqa: S311 - no secret
        finally:
            self.stop_all(threads, go)
            for actor in actors:
                self.report.changes += actor.counts
                self.report.faults += actor.trouble

    def actor(self, kind: type[Actor], quota: int, deadline: float, go: threading.Event, number: int) -> Actor:
        """One of them, with what it draws from."""
        random = Random(f"{self.asked.seed} {number} {kind.__name__}")  # noqa: S311 - repeatable, no secret
        return kind(self.model, random, Pace(quota, deadline, go, self.stop), self.asked.notes)

    def breathe(self, threads: list[threading.Thread], go: threading.Event, random: Random, deadline: float) -> None:
        """Let them work and pause in turn until they have finished: in a pause the watch can catch up."""
        late = max(deadline, time.monotonic()) + self.asked.patience
        while any(thread.is_alive() for thread in threads) and time.monotonic() < late:
            go.set()
            self.stop.wait(random.uniform(0.3, 3))
            if random.random() < 0.8:
                go.clear()
                self.stop.wait(random.uniform(0.5, 4))

    def stop_all(self, threads: list[threading.Thread], go: threading.Event) -> None:
        """Let them finish what they are at; say where one is that does not."""
        if any(thread.is_alive() for thread in threads):
            self.stop.set()
        go.set()
        for thread in threads:
            thread.join(self.asked.patience)
            if thread.is_alive():
                stack = traceback.format_stack(sys._current_frames()[thread.ident or 0])
                self.report.faults.append(f"somebody did not come to an end: {''.join(stack)}")

    def check(self) -> None:
        """Wait until all rest, and hold the vault against what it should be."""
        rest = rests(self.root, self.watch, self.asked.calm, self.asked.patience)
        found: dict[str, tuple[bytes, bytes]] = {}
        loops = changed_meanwhile(self.root, lambda: found.update(self.differences()))
        late: list[str] = []
        compared = self.model.compare()
        if found or compared.lost:
            rest = rests(self.root, self.watch, max(30, self.asked.calm), self.asked.patience)
            first, found, compared = found, self.differences(), self.model.compare()
            late = sorted(first.keys() - found.keys())
            self.keep(found, compared.lost)
            self.model.accept(compared.lost)
        self.report.checkpoints.append(
            Checkpoint(
                self.report.made,
                round(time.monotonic() - self.begun, 1),
                round(rest.seconds, 1),
                rest.reached,
                sorted(found),
                late,
                *compared,
                loops,
                self.watch.writes(),
                self.watch.figures(),
            )
        )
        self.tell()

    def differences(self) -> dict[str, tuple[bytes, bytes]]:
        """What reads otherwise in a copy that is built anew."""
        found, said = built_anew(self.root, self.home / "copy", self.asked.patience)
        if said:
            self.report.faults.append(said)
        return found

    def keep(self, found: dict[str, tuple[bytes, bytes]], lost: dict[str, str]) -> None:
        """Keep what differs, and what was lost, beside the report."""
        for path in lost:
            present = (self.root / path).read_bytes() if (self.root / path).is_file() else b""
            found = {**found, f"lost/{path}": (present, self.model.files.get(path, b""))}
        keep(found.items(), self.asked.out.with_suffix(".d"), self.report.made)

    def tell(self) -> None:
        """Write the report so far, and say a line of it; begin another watch if this one has died."""
        self.report.complaints = self.watch.complaints()
        if not self.watch.alive:
            self.report.faults.append("the watch ended by itself")
            self.watch = Watch(self.root, self.home / "user")
        self.report.write(self.asked.out)
        last = self.report.checkpoints[-1]
        sys.stderr.write(
            f"{last.seconds:7.0f} s {last.changes:7} changes, rest after {last.rested:.0f} s, "
            f"{len(last.differences)} differences, {len(last.late)} late, {len(last.lost)} lost, "
            f"{len(last.loops)} loops, {last.figures.rss >> 20} MB, {last.figures.descriptors} files, "
            f"{last.figures.threads} threads, {last.writes} writes\n"
        )

    def rest_at_the_end(self) -> list[str]:
        """What is written though nobody has changed anything for a while."""
        return changed_meanwhile(self.root, lambda: self.stop.wait(self.asked.last))

    def end(self) -> None:
        """End the watch, and throw away all but the report."""
        self.report.exit_code = self.watch.end()
        if self.report.exit_code != _INTERRUPTED:
            self.report.faults.append(f"the watch ended with {self.report.exit_code}")
        self.report.faults += self.watch.broken()
        self.report.complaints = self.watch.complaints()
        self.report.write(self.asked.out)
        for name in ("stdout.txt", "stderr.txt"):
            shutil.copy(self.home / "user" / name, self.asked.out.with_suffix(f".{name}"))
        shutil.rmtree(self.home)


def main(arguments: list[str]) -> int:
    """Run the soak that was asked for."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what runs in its background ignore Ctrl-C
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--changes", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--notes", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=2000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--disk", dest="folder", type=Path, default=Path(tempfile.gettempdir()))
    report = Soak(Asked(**vars(parser.parse_args(arguments)))).run()
    sys.stdout.write(f"{report.summary()}\n")
    return int(not report.well)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
