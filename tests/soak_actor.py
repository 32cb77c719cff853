"""A model of a vault and a number of changes go in; what people and their programs have in common comes out."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

from bench.words import THINGS, TOPICS, VERBS, WORDS
from tests.soak_model import bodies, written_by_people
from tests.soak_saving import EDITORS

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tests.soak_model import Model

    Save = Callable[[Path, bytes, Random], None]

_PROPERTY = re.compile(rb"^(status|statut|rank|due): [^\r\n]*", re.MULTILINE)
_TASK = re.compile(rb"^- \[[ x]\]", re.MULTILINE)
_ADDED = re.compile(rb"^Added [^\r\n]*\r?\n", re.MULTILINE)
_EMPTY_LINE = re.compile(rb"^\r?\n", re.MULTILINE)
_VALUES = {b"rank": (b"1", b"7", b"none"), b"due": (b"2026-01-15", b"2026-04-01", b"soon")}
_STATUSES = (b"active", b"done", b"blocked", b"planned", "abandonnée".encode())


@dataclass
class Pace:
    """When the changes are to be made."""

    quota: int
    deadline: float
    go: threading.Event
    """Not set while everybody rests."""
    stop: threading.Event


@dataclass
class Actor:
    """Somebody who changes a vault."""

    model: Model
    random: Random
    pace: Pace
    size: int
    """About how many notes the vault is to keep."""
    counts: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)

    def habits(self) -> dict[Callable[[], int], float]:
        """What this one does, each with how often; each says how many changes it made."""
        raise NotImplementedError

    def run(self) -> None:
        """Do one after the other, until the quota is met or all are told to stop."""
        habits = self.habits()
        made = tries = 0
        while made < self.pace.quota and not self.pace.stop.is_set():
            if not self.pace.go.wait(0.1):
                continue
            (act,) = self.random.choices(list(habits), list(habits.values()))
            tries += 1
            try:
                changes = act()
            except OSError as error:  # nobody but this one is at work on it: vaultkit has taken it away
                self.trouble.append(f"{act.__name__}: {error}")
                changes = 0
            made += changes
            self._rest(changes, made)

    def save(self, path: str, data: bytes, way: Save | None = None) -> int:
        """Save a file that is claimed."""
        way = way or self.random.choice(EDITORS)
        place = self.model.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        way(place, data, self.random)
        self.model.put(path, data)
        return self.did(way.__name__.replace("_", " "))

    def did(self, what: str, changes: int = 1) -> int:
        """Count changes of a kind."""
        self.counts[f"{type(self).__name__.lower()}: {what}"] += changes
        return changes

    def noted(self, what: str) -> None:
        """Count what some changes were for."""
        self.counts[what] += 1

    def opened(self, path: str) -> bytes:
        """A file as an editor shows it: as it stands, unless what was saved last is missing just now."""
        known, present = self.model.files[path], (self.model.root / path).read_bytes()
        if present == known or written_by_people(present) == written_by_people(known):
            return present
        self.noted("a save was away when its note was opened")
        return known

    def edited(self, data: bytes) -> bytes:
        """With a change in what a person wrote."""
        pattern, change = self.random.choice(
            [(_PROPERTY, self._set), (_TASK, _ticked), (_ADDED, _nothing), (_EMPTY_LINE, self._line)]
        )
        taken = [range(body.start, body.end + 1) for body in bodies(data)]
        places = [each for each in pattern.finditer(data) if not any(each.start() in one for one in taken)]
        if not places:
            return data + f"\nAdded {self.sentence()}\n".encode()
        found = self.random.choice(places)
        return data[: found.start()] + change(found) + data[found.end() :]

    def sentence(self) -> str:
        """Some words, and a link."""
        target = self.model.draw(self.random).rpartition("/")[2].removesuffix(".md")
        return f"{' '.join(self.random.choices(WORDS, k=6))} [[{target}]]."

    def new_path(self, folder: str) -> str:
        """A path where nothing stands yet, in either language, at times as a Mac writes it."""
        about = f"{self.random.choice(TOPICS)} {self.random.choice(THINGS)}"
        name = self.random.choice([f"{self.random.choice(VERBS)} {about}", f"Préparer l’été – {about}", f"{about} 🎯"])
        path = f"{folder}/{name} {self.random.randrange(1 << 24):x}.md".removeprefix("/")
        return normalize("NFD", path) if self.random.random() < 0.05 else path

    def new_note(self) -> bytes:
        """What a person writes into a new note."""
        head = f"---\nstatus: {self.random.choice(('active', 'planned'))}\nrank: {self.random.randint(1, 50)}\n---\n"
        return f"{head}# New\n\nAdded {self.sentence()}\n\n- [ ] {self.random.choice(VERBS)} it\n".encode()

    def folder(self) -> str:
        """The folder of any note."""
        return self.model.draw(self.random).rpartition("/")[0]

    def _set(self, found: re.Match[bytes]) -> bytes:
        return found[1] + b": " + self.random.choice(_VALUES.get(found[1], _STATUSES))

    def _line(self, found: re.Match[bytes]) -> bytes:
        return found[0] + b"Added " + self.sentence().encode() + found[0]

    def _rest(self, changes: int, made: int) -> None:
        left, seconds = self.pace.quota - made, self.pace.deadline - time.monotonic()
        if left > 0 and seconds > 0:
            self.pace.stop.wait(min(seconds / left * changes * self.random.uniform(0.2, 1.8), 20))


def _ticked(found: re.Match[bytes]) -> bytes:
    return b"- [ ]" if found[0] == b"- [x]" else b"- [x]"


def _nothing(found: re.Match[bytes]) -> bytes:
    return b""
