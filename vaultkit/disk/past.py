"""A vault's folder goes in; the runs that wrote into it come out, and the files of one of them as they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk import journal
from vaultkit.disk.beneath import status_of
from vaultkit.disk.journal import new_run
from vaultkit.disk.reader import read_files
from vaultkit.disk.refusal import refusals
from vaultkit.disk.run import carry_out, standing
from vaultkit.disk.write import Write
from vaultkit.disk.writer import remove_empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaultkit.disk.journal import Run


class Past(NamedTuple):
    """A run that was done."""

    run: Run
    undone: bool
    """Whether a later run has taken it back, and none has taken that one back."""


class Undoing(NamedTuple):
    """What it comes to, to take back a run."""

    run: Run
    left: tuple[str, ...]
    """Paths that do not read any more as the run left them: they stay as they are."""


def history(root: Path) -> Iterator[Past]:
    """The runs that were done, from the latest, for as long as they can be taken back."""
    undone: set[str] = set()
    for run in journal.done(root):
        is_undone = run.name in undone
        if run.undoes and not is_undone:
            undone.add(run.undoes)
        yield Past(run, is_undone)


def last_move(root: Path) -> tuple[tuple[str, str], frozenset[str]] | None:
    """The move that was made last, from and to, and the notes that still read as it left them."""
    past = next(history(root), None)
    if past is None or past.run.moved is None:
        return None
    writes = past.run.writes
    return past.run.moved, standing(writes, dict(read_files(root, [write.path for write in writes])))


def undoing(run: Run, root: Path) -> Undoing:
    """The run that takes another one back, where the files are still as it left them.

    Raises WriteError for one that cannot be read: nobody knows what it says.
    """
    found = dict(read_files(root, [write.path for write in run.writes]))
    for path, data in found.items():
        if isinstance(data, OSError) and not isinstance(data, (FileNotFoundError, NotADirectoryError)):
            with refusals(path):
                raise data
    stands = standing(run.writes, found)
    moved = run.moved[::-1] if run.moved and _can_go_back(*run.moved, root) else None
    home = dict([run.moved[::-1]]) if run.moved and moved else {}
    writes = tuple(
        Write(home.get(write.path, write.path), write.after, write.before)
        for write in reversed(run.writes)
        if write.path in stands
    )
    left = [write.path for write in run.writes if write.path not in stands]
    if run.moved and not moved:
        left.insert(0, run.moved[1])
    return Undoing(new_run("undo", writes, moved=moved, undoes=run.name), tuple(left))


def undo(wanted: Undoing, taken_back: Run, root: Path) -> tuple[str, ...]:
    """Do it; the paths that were written. Raises as `apply` does, and as `move` does."""
    written = carry_out(wanted.run, root)
    remove_empty(taken_back.made, root)
    return written


def _can_go_back(old: str, new: str, root: Path) -> bool:
    return status_of(new, root) is not None and status_of(old, root) is None
