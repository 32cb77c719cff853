"""Hints come in as they are heard, sets of paths that belong together go out: one save, one checkout.

None, in place of a path or of a set, stands for everywhere.
"""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Meanwhile: TypeAlias = Callable[[frozenset[str]], object]

TOO_MANY = 1000
"""Beyond this many paths a walk is cheaper, and some events have probably been lost."""
_TOO_OFTEN = 4096
"""Beyond this many hints at whatever paths some have probably been lost: the system keeps 16,384 at the most."""
_PAUSE = 0.25
"""The part of the quiet after which a save looks finished, though nobody may rely on it yet."""
_FEW = 20
"""Beyond this many hints it is no save but a checkout, and more of it is on its way."""
_BREATH = 0.02
"""Seconds in which the threads that listen catch up with what they had no turn to tell while this one was busy."""
_STALL = 2.0
"""Seconds by which a wait may last longer than was asked for, on a busy machine."""
_LEAP = 10.0
"""Seconds by which the clock on the wall may go apart from the one that only counts."""


class Pace(NamedTuple):
    """How long a watch waits for what, in seconds."""

    quiet: float = 0.2
    """Without a further hint, until what was heard is told."""
    forced: float = 2.0
    """In all, until it is told all the same."""
    every: float = 600.0
    """Until everything is looked at though nothing was heard."""
    glance: float = 0.5
    """Between two looks whether the vault's folder is still there, and whether the watch is to end."""
    walk: float = 2.0
    """Between two looks at everything where what is heard is not all that happens."""


class Hint(NamedTuple):
    """A path where something may have changed; None for everywhere, nothing for nowhere in particular."""

    path: str | None
    moment: float
    """When it was heard."""


class Heard:
    """What was heard and is not told yet; it may be put in by any thread."""

    def __init__(self) -> None:
        self._hints: SimpleQueue[Hint] = SimpleQueue()
        self._offset = _offset()
        self._unsure = False

    def put(self, path: str | None, moment: float | None = None) -> None:
        """Hint at a path; now, unless it was at another moment."""
        if path is None and moment is None:
            self._unsure = True
        self._hints.put(Hint(path, time.monotonic() if moment is None else moment))

    def next(self, seconds: float) -> Hint | None:
        """The next hint; None when none comes within that time.

        Whoever was stopped, asleep or set to another time may have missed some: then it is one at everywhere.
        """
        begun = time.monotonic()
        try:
            hint = self._hints.get(timeout=max(seconds, 0))
        except Empty:
            hint = None
        now, offset = time.monotonic(), _offset()
        missed = now - begun > max(seconds, 0) + _STALL or abs(offset - self._offset) > _LEAP
        self._offset, self._unsure = offset, self._unsure or missed
        return Hint(None, now) if missed else hint

    def doubt(self) -> None:
        """Take it that more happened than was heard."""
        self._unsure = True

    def was_unsure(self) -> bool:
        """Whether that was so, and whoever asks sees to it."""
        unsure, self._unsure = self._unsure, False
        return unsure


class Later:
    """Where to look again, and when."""

    def __init__(self) -> None:
        self._due: dict[str | None, float] = {}

    def add(self, seconds: float, paths: Iterable[str | None]) -> None:
        """Look there in so many seconds, or when that was to be done anyway."""
        due = time.monotonic() + seconds
        for path in paths:
            self._due[path] = min(due, self._due.get(path, due))

    def wait(self) -> float:
        """How many seconds there are until the first."""
        return min(self._due.values(), default=float("inf")) - time.monotonic()

    def take(self) -> list[str | None]:
        """Where to look now: that is settled with it."""
        now = time.monotonic()
        due = [path for path, moment in self._due.items() if moment <= now]
        for path in due:
            del self._due[path]
        return due


def gathered(heard: Heard, first: Hint, pace: Pace, meanwhile: Meanwhile = lambda _: None) -> frozenset[str] | None:
    """The first hint and all that follow it closely: one save is several events, one checkout is thousands.

    `meanwhile` may take longer than a pause: a hint counts from when it was heard. Whoever goes on saving has it done
    at ever longer pauses, twice in all.
    """
    paths, latest, pause, ready = {first.path}, first.moment, pace.quiet * _PAUSE, False
    sure, end, count = 0.0, time.monotonic() + pace.forced, 1
    while (now := time.monotonic()) < end:
        ready = ready or pause >= pace.quiet or None in paths or len(paths) > _FEW
        hint = heard.next(min(max(latest + (pace.quiet if ready else pause), sure), end) - now)
        if hint is not None:
            paths.add(hint.path)
            latest, pause, ready = max(latest, hint.moment), pause * 2 if ready else pause, False
            count += 1
        elif ready or time.monotonic() - latest >= pace.quiet:
            break
        else:
            meanwhile(frozenset(path for path in paths if path))
            ready, sure = True, time.monotonic() + _BREATH
    found = frozenset(path for path in paths if path)
    if len(found) > TOO_MANY or count > _TOO_OFTEN:
        heard.doubt()
        return None
    return None if None in paths else found


def _offset() -> float:
    """How far the clock on the wall is ahead of the one that only counts: a sleep or another setting changes it."""
    return time.time() - time.monotonic()
