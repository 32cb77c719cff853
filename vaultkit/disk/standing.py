"""A vault's folder goes in; whether it still is the same, and not an empty one in its place, comes out."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

from vaultkit.disk.listing import is_note

if TYPE_CHECKING:
    from pathlib import Path

    Standing: TypeAlias = Literal["there", "gone", "empty"]


class Place:
    """The folder of a vault as it was when it was last believed.

    Where a disk is no longer mounted, an empty folder stands: it is no vault whose notes were all deleted, and nothing
    may be written into it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._identity = _identity(root)
        self._note = _any_note(root)
        """One that stood in it, while one does: a look at it spares a walk."""

    def is_same(self) -> bool:
        """Whether the same folder still stands there: one look, to be taken often."""
        return self._identity is not None and _identity(self.root) == self._identity

    def standing(self) -> Standing:
        """What to believe of what stands there now, the same folder or another one."""
        if _identity(self.root) is None:
            return "gone"
        if self._note is None or not os.path.lexists(self._note):
            found = _any_note(self.root)
            if self._note is not None and found is None:
                return "empty"
            self._note = found
        return "there"

    def take(self) -> None:
        """Believe the folder that stands there now."""
        self._identity = _identity(self.root)


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(root)  # noqa: PTH116 -- five times a second, for as long as the watch lasts
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _any_note(root: Path) -> str | None:
    """The first note that is found in a folder, however deep."""
    folders = [os.fspath(root)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if is_note(entry.name):
                    return entry.path
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return None
