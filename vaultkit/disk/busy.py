"""Edits go in; the notes among them come out that somebody is at work on just now, after some patience.

A note saved a moment ago is probably still being written: its editor holds a text of its own, and would have to merge
ours into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.disk import journal
from vaultkit.disk.beneath import status_of
from vaultkit.disk.clock import elapsed, now_ns, pause
from vaultkit.disk.reader import read_files
from vaultkit.disk.run import standing
from vaultkit.errors import BusyError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vaultkit.model import Edit

QUIET = 2.0
"""Seconds after a save in which another one is likely: Obsidian saves two seconds after the last key."""
PATIENCE = 10.0
"""Seconds for which a run waits for that."""
_GLANCE = 0.1


def busy_paths(edits: Iterable[Edit], root: Path, patience: float) -> frozenset[str]:
    """The people's notes that were saved within the last two seconds, and not by us, once `patience` is at its end."""
    paths = sorted({edit.path for edit in edits if edit.expected is not None and not edit.whole})
    since = elapsed()
    ours: frozenset[str] | None = None
    while fresh := [path for path in paths if _is_fresh(path, root)]:
        ours = _written_last(root, fresh) if ours is None else ours
        paths = [path for path in fresh if path not in ours]
        if not paths or elapsed() - since >= patience:
            return frozenset(paths)
        pause(_GLANCE)
    return frozenset()


def busy_error(path: str) -> BusyError:
    """What is said of such a note."""
    error = BusyError(
        message("somebody is at work on it, and it was left as it is"), path=path, hint=message("run the command again")
    )
    error.seconds = QUIET
    return error


def _is_fresh(path: str, root: Path) -> bool:
    """Whether a file was saved a moment ago; what was saved in the future says nothing, for a clock was set."""
    found = status_of(path, root)  # where there is none, whoever writes it says what is wrong
    return found is not None and 0 <= now_ns() - found.st_mtime_ns < QUIET * 10**9


def _written_last(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Those that read as our own last run left them."""
    last = next(journal.done(root), None)
    writes = [write for write in last.writes if write.path in set(paths)] if last else []
    return standing(writes, dict(read_files(root, [write.path for write in writes])))
