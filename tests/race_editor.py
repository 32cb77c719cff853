"""Notes go in, an editor saves them every millisecond or so, and what became of each save comes out."""

from __future__ import annotations

import os
import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import TYPE_CHECKING, Literal

from tests.race_notes import number_of, region_of, saved

if TYPE_CHECKING:
    from pathlib import Path

How = Literal["in-place", "rename"]
PACE = 0.0005
"""Seconds for which it is waited for a note that is being written, before another is saved."""
BREATH = 0.001
SLOW = 8
"""One save in so many is written in two halves, a while apart."""
LONGEST = 0.05
"""Seconds that an editor keeps a note open before it writes."""

_UNDER_WAY = re.compile(r"\.vaultkit-.*-([0-9]+)\.part")
"""What a writer calls a new text that is not yet in its place; the number is that of the note in its plan."""


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
    folders: list[Path]
    """Of the writers; each has as many of the notes, in order."""
    counts: Counter[str] = field(default_factory=Counter)
    missing: list[tuple[str, int]] = field(default_factory=list)
    """Path and number of the saves that never came back, and of those of which only a part did."""
    damaged: list[tuple[str, int]] = field(default_factory=list)
    _saves: int = 0
    _waiting: deque[Note] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._turns = cycle(self.notes)

    def save_all(self, wanted: int) -> None:
        """Make so many saves."""
        while self._saves < wanted:
            written = self._written(time.monotonic() + PACE)
            note = written[0] if written else self._next()
            if note is not None and self._holds(note):
                self._save(note, written[1] if written else None)
                self._holds(note)
            if self._waiting:
                self._look_again()

    def wait_for_all(self) -> None:
        """Look at every note once more, after the last save and after the writer has ended."""
        for note in self.notes:
            if note.deadline is None:
                self._holds(note)
        while self._waiting:
            self._look_again()
            time.sleep(BREATH)

    def _written(self, until: float) -> tuple[Note, Path] | None:
        """A note whose new text lies beside it, to take its place at any moment, and that text; looks for a while."""
        each = len(self.notes) // len(self.folders)
        while time.monotonic() < until:
            for number, folder in enumerate(self.folders):
                for name in os.listdir(folder):  # noqa: PTH208 -- three times as fast
                    found = _UNDER_WAY.fullmatch(name) if name[0] == "." else None
                    note = self.notes[number * each + int(found[1]) % each] if found else None
                    if note is not None and note.deadline is None:
                        return note, folder / name
        return None

    def _next(self) -> Note | None:
        """The next note that is not waited for; None when all are."""
        return next((note for note in islice(self._turns, len(self.notes)) if note.deadline is None), None)

    def _save(self, note: Note, text: Path | None) -> None:
        """Save a note; many of the saves that race are at the last moment when the note's new text is in its place."""
        self._saves += 1
        self.counts["racing"] += text is not None
        note.number = self._saves
        data = saved(note.number, note.region)
        half = len(data) // 2 if self._saves % SLOW == 0 else 0
        target = note.path if self.how == "in-place" else note.path.with_name(f".{note.path.name}.swp")
        with target.open("r+b" if target.exists() else "wb", buffering=0) as file:
            if target == note.path:
                self._hesitate(text)
            file.truncate(0)
            file.write(data[:half])
            if half:
                time.sleep(BREATH)
            file.write(data[half:])
        if target != note.path:
            self._hesitate(text)
            target.replace(note.path)

    def _hesitate(self, text: Path | None) -> None:
        """With the note open, or its new copy finished, until another text takes its place."""
        until = time.monotonic() + LONGEST
        while text is not None and self._saves % 2 and text.exists() and time.monotonic() < until:
            pass

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
            note.deadline, note.number = None, number or 0  # what follows is judged by itself
            return True
        self._waiting.append(note)
        return False
