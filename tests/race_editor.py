"""Notes go in, an editor saves them every millisecond or so, and what became of each save comes out."""

from __future__ import annotations

import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.race_notes import number_of, region_of, saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

How = Literal["in-place", "rename"]
PACE = 0.001
"""Seconds from one save to the next."""
SLOW = 8
"""One save in so many is written in two halves, a while apart."""


@dataclass
class Note:
    """A note that is saved again and again."""

    path: Path
    number: int = 0
    """The save that it should hold."""
    region: bytes = b""
    """What the editor last saw in the region: it saves that, too."""
    deadline: float | None = None
    """Until when a save that is not there may come back."""


@dataclass
class Editor:
    """Saves, looks, and gives a save that is not there time to come back before its note is saved again."""

    how: How
    notes: list[Note]
    patience: float
    at: Callable[[], int]
    """The note that the writer is at."""
    counts: Counter[str] = field(default_factory=Counter)
    missing: list[tuple[str, int]] = field(default_factory=list)
    """Path and number of the saves that never came back, and of those of which only a part did."""
    damaged: list[tuple[str, int]] = field(default_factory=list)
    _saves: int = 0
    _next: int = 0
    _waiting: deque[Note] = field(default_factory=deque)

    def save_all(self, wanted: int) -> None:
        """Make so many saves."""
        due = time.monotonic()
        while self._saves < wanted:
            note = self._free()
            if note is not None and self._holds(note):
                self._save(note)
                self._holds(note)
            if self._waiting:
                self._look_again()
            due = max(due + PACE, time.monotonic() - PACE)  # what is late is not made up for in one go
            time.sleep(max(0.0, due - time.monotonic()))

    def wait_for_all(self) -> None:
        """Look at every note once more, after the last save and after the writer has ended."""
        for note in self.notes:
            if note.deadline is None:
                self._holds(note)
        while self._waiting:
            self._look_again()
            time.sleep(PACE)

    def _free(self) -> Note | None:
        """The note that the writer is at, or else the next that is not waited for; None when all are."""
        for step in range(len(self.notes)):
            index = self.at() if step == 0 else (self._next + step) % len(self.notes)
            if self.notes[index].deadline is None:
                self.counts["racing"] += step == 0
                self._next = index if step else self._next
                return self.notes[index]
        return None

    def _save(self, note: Note) -> None:
        self._saves += 1
        note.number = self._saves
        data = saved(note.number, note.region)
        half = len(data) // 2 if self._saves % SLOW == 0 else 0
        target = note.path if self.how == "in-place" else note.path.with_name(f".{note.path.name}.swp")
        with target.open("wb", buffering=0) as file:
            if half:
                file.write(data[:half])
                time.sleep(PACE)
            file.write(data[half:])
        if target != note.path:
            target.replace(note.path)

    def _look_again(self) -> None:
        """At the one that has waited longest for a look."""
        note = self._waiting.popleft()
        self._holds(note)

    def _holds(self, note: Note) -> bool:
        """Whether the note holds its last save; if not, it is waited for, until it is too late."""
        data = note.path.read_bytes() if note.path.exists() else b""
        number = number_of(data)
        if number == note.number:
            self.counts["back"] += note.deadline is not None
            note.deadline, note.region = None, region_of(data) or b""
            return True
        now = time.monotonic()
        if note.deadline is None:
            self.counts["away"] += 1
            note.deadline = now + self.patience
        elif now > note.deadline:
            (self.damaged if number is None else self.missing).append((note.path.name, note.number))
            note.path.write_bytes(saved(note.number, note.region))  # so that what follows is judged by itself
            note.deadline = None
            return True
        self._waiting.append(note)
        return False
