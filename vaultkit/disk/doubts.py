"""What a file was and what it is now go in; whether to believe that yet comes out: editors empty a note to save it.

A note that is suddenly empty, much shorter or gone stays what it was for a moment, in which whoever saves it is done.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.disk.listing import Listing, Stat

_SAVED = 2.0
"""Seconds after its last change in which a note that became much shorter may still be being saved."""
_GONE = 1.0
"""Seconds in which a note that is gone may come back."""
_MOVING = 0.3
"""Seconds until another look at a note that changed while it was read."""
_LONGEST = 5.0
"""Seconds after which anything is believed: somebody may go on typing in a note of which little is left."""


class Doubts:
    """The files that are not believed yet, and since when."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}
        self._due: dict[str, float] = {}
        self._trusted: frozenset[str] = frozenset()
        self._unsettled: float | None = None
        """Since when the settings are not believed."""

    @property
    def paths(self) -> frozenset[str]:
        """The files that are not believed, or were not when they were last looked at."""
        return frozenset(self._due)

    def again(self) -> tuple[float, frozenset[str] | None] | None:
        """In how many seconds to look again, and where: None for everywhere; nothing when there is no doubt."""
        if self._unsettled is not None:
            return _GONE, None
        if not self._due:
            return None
        return max(min(self._due.values()) - time.monotonic(), 0.01), self.paths

    @contextmanager
    def trusting(self, paths: Iterable[str]) -> Iterator[None]:
        """Believe what becomes of these: vaultkit itself writes them."""
        self._trusted = frozenset(paths)
        try:
            yield
        finally:
            self._trusted = frozenset()

    def held(self, before: Listing, after: Listing) -> frozenset[str]:
        """The files that are to stay what they were, of all that stood before and stands now."""
        moved = {found.inode for path, found in after.notes.items() if path not in before.notes}
        held = {
            path
            for path, known in before.notes.items()
            if after.notes.get(path) != known
            if path in after.notes or known.inode not in moved  # else it has another name now
            if self.about(path, known, after.notes.get(path))
        }
        gone = (path for path in before.files - after.files if path not in after.notes)
        held.update(path for path in gone if self._is_held(path, _GONE, _GONE))
        for path in self._due.keys() - held:
            if path in before.notes or path in before.files or path in after.notes:
                self._believe(path)
        return frozenset(held)

    def about(self, path: str, known: Stat, found: Stat | None, read: Stat | None = None) -> bool:
        """Whether a note is to stay what it was; `read` is its stat before it was read, if it was."""
        if found is None:
            return self._is_held(path, _GONE, _GONE)
        age = time.time() - found.mtime_ns / 1e9
        if found.size * 2 < known.size and age < _SAVED:
            return self._is_held(path, _SAVED - age, _LONGEST)
        if read is not None and found != read:
            return self._is_held(path, _MOVING, _LONGEST)
        self._believe(path)
        return False

    def of_settings(self, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
        """Whether to go on with the settings as they were: a file of them is much shorter than it was, or gone."""
        now, since = time.monotonic(), self._unsettled
        is_short = any(len(after.get(path, "")) * 2 < len(text) for path, text in before.items())
        if not is_short or (since is not None and now - since >= _SAVED):
            self._unsettled = None
            return False
        self._unsettled = now if since is None else since
        return True

    def _is_held(self, path: str, seconds: float, longest: float) -> bool:
        """Doubt a file for some seconds more, unless it has been doubted for long."""
        now = time.monotonic()
        end = self._since.setdefault(path, now) + longest
        if path in self._trusted or now >= end:
            self._believe(path)
            return False
        self._due[path] = min(now + seconds, end)
        return True

    def _believe(self, path: str) -> None:
        self._since.pop(path, None)
        self._due.pop(path, None)
