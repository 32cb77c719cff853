"""A vault and its commands come in, the sections of the report go out; what they measured goes into the book."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench import judge, tables
from bench.commands import help_of
from bench.contest import held, once
from bench.measure import FailedError
from bench.stages import stages
from bench.watch_latency import latency

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.commands import Commands
    from bench.contest import Entry, Rules
    from bench.peers import Peers
    from bench.targets import Book

SEEN = re.compile(r'"notes": (\d+)|^notes +(\d+)|checked=(\d+)|in ([\d   ,]+) notes', re.MULTILINE)


@dataclass(frozen=True)
class Sections:
    """What is measured on one vault."""

    commands: Commands
    rules: Rules
    book: Book

    def cold(self) -> Iterator[str]:
        """The first run of each tool."""
        yield from ("### First run", "", "The files are in the system's memory; no tool has kept anything.", "")
        yield from self.contest("cold", self.commands.cold())
        floors = self.book.contests[self.commands.vault.name, "cold"]
        rows = [
            (name, tables.number(outcome.inner))
            for name, outcome in floors.items()
            if outcome.samples and name.startswith(("python:", "pulldown-cmark:"))
        ]
        yield from tables.table(("floor, in the process, after the imports", "s"), rows)

    def seen(self) -> Iterator[str]:
        """How many notes each tool says that it has read."""
        rows = [(entry.name, notes_seen(entry, self.rules)) for entry in self.commands.counts()]
        yield from ("### Notes that each tool sees", "")
        yield from tables.table(("tool", "notes"), rows)

    def warm(self) -> Iterator[str]:
        """Once more, when nothing has changed."""
        self.prepare(self.commands.again())
        yield from ("### Nothing changed since the last run", "")
        yield from self.contest("unchanged", self.commands.again())

    def edited(self) -> Iterator[str]:
        """Once more, when one note has got a line."""
        self.prepare(self.commands.again())
        note = self.commands.vault.chosen
        with restored(note) as data:
            yield from ("### One note changed since the last run", "")

            def edit(number: int) -> None:
                note.write_bytes(data + b"".join(b"\nOne more line, the %dth.\n" % line for line in range(number + 1)))

            entries = self.commands.again()
            outcomes = held(entries, self.rules, edit)
            self.book.contests[self.commands.vault.name, "one note changed"] = outcomes
            yield from tables.contest(outcomes)

    def backlinks(self) -> Iterator[str]:
        """A question about one note, when nothing has changed."""
        self.prepare(self.commands.again())
        yield from ("### What links to a note, nothing changed", "")
        yield from self.contest("backlinks", self.commands.question())

    def watch(self, edits: int, idle: float) -> Iterator[str]:
        """How soon a watch follows a save."""
        yield from ("### Watch: from the close of a note to the last page's rename", "")
        try:
            found = latency(self.commands, edits, idle)
        except FailedError as error:
            yield from (f"It failed: {error}", "")
            return
        said = {
            "watch: median, ms beyond the quiet": found.median * 1000,
            "watch: 95th percentile, ms beyond the quiet": found.late * 1000,
            "watch: idle CPU, ms a second": found.idle * 1000,
        }
        self.book.numbers.update(said)
        yield from tables.table(
            (f"{len(found.seconds)} saves", ""), [(name, f"{value:.2f}") for name, value in said.items()]
        )

    def stages(self) -> Iterator[str]:
        """Where the time of a check goes."""
        yield from ("### By stage", "")
        yield from stages(self.commands, self.rules.runs)

    def grow(self) -> None:
        """Measure the first run, the one after it and the judgement alone, for the comparison with other sizes."""
        state = self.commands.state / "judgement"
        self.book.judged[self.commands.vault.name] = judge.median(self.commands.vault.folder, state, self.rules.runs)
        warm = self.commands.ours("vaultkit check", "check", "-q")
        self.prepare([warm])
        self.contest("growth", [self.commands.empty_cache(), warm])

    def contest(self, name: str, entries: list[Entry]) -> Iterator[str]:
        """Hold a contest, keep what came out, and tell it."""
        outcomes = held(entries, self.rules)
        self.book.contests[self.commands.vault.name, name] = outcomes
        return tables.contest(outcomes)

    def prepare(self, entries: list[Entry]) -> None:
        """Run each once, unmeasured, so that it has kept what it keeps; who fails will say so in the contest."""
        for entry in entries:
            notes_seen(entry, self.rules)


def help_section(peers: Peers, rules: Rules, book: Book) -> Iterator[str]:
    """The time until the help stands there."""
    outcomes = book.contests["", "help"] = held(help_of(peers), rules)
    yield from ("## Help", "")
    yield from tables.contest(outcomes)


def notes_seen(entry: Entry, rules: Rules) -> str:
    """How many notes a command says there are; else what went wrong."""
    try:
        output = once(entry, rules).output
    except FailedError as error:
        return str(error)
    if found := SEEN.search(output):
        return re.sub(r"\D", "", found[0])
    return str(output.count("\n"))


@contextmanager
def restored(note: Path) -> Iterator[bytes]:
    """The bytes of a note, which it has again afterwards."""
    data = note.read_bytes()
    try:
        yield data
    finally:
        note.write_bytes(data)
