"""A Move goes in; the file stands at its new path and its links are written, or an error says why it does not.

The file goes first: whatever refuses to let it go (its new name was taken meanwhile, a folder is read-only) does so
before any note is touched. A link that leads nowhere for a moment harms nobody, and no text is ever out of the vault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.disk.beneath import status_of
from vaultkit.disk.journal import new_run
from vaultkit.disk.refusal import check_inside
from vaultkit.disk.relocate import finish_twin
from vaultkit.disk.run import carry_out, finish
from vaultkit.disk.writer import prepare
from vaultkit.errors import VaultkitError
from vaultkit.language import message

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.moving import Move

_AGAIN = message("The file has been moved, but not every link follows it yet: run the same command again.")


def move(wanted: Move, root: Path) -> tuple[str, ...]:
    """Move the file, then write the links; the paths of the notes that were written.

    Raises ConflictError, WriteError or LockedError. Nothing has happened then, unless the error says what was written.
    """
    for path in (wanted.old, wanted.new):
        check_inside(path)
    finish(root)
    there = wanted.there or finish_twin(wanted.old, wanted.new, root)
    home = {wanted.new: wanted.new if there else wanted.old}
    writes = prepare((replace(edit, path=home.get(edit.path, edit.path)) for edit in wanted.edits), root)
    arrived = tuple(replace(w, path=wanted.new) if w.path == wanted.old else w for w in writes)
    moved = None if there else (wanted.old, wanted.new)
    try:
        return carry_out(new_run("mv", arrived, moved=moved), root)
    except VaultkitError as error:
        if there or (status_of(wanted.new, root) and not status_of(wanted.old, root)):
            error.hint = _AGAIN
        raise
