"""A run goes in and is carried out: noted, written file by file, settled, and noted as done; or finished after a crash.

Whatever happens on the way, each file reads as before or as after, and the next run knows what was under way.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk import journal
from vaultkit.disk.beneath import opened
from vaultkit.disk.clock import pause
from vaultkit.disk.reader import read_files
from vaultkit.disk.refusal import refusals
from vaultkit.disk.relocate import finish_move, move_file
from vaultkit.disk.replace import perform
from vaultkit.disk.settle import LINGER, settle
from vaultkit.disk.sweep import sweep
from vaultkit.disk.write import own_names
from vaultkit.errors import ConflictError, VaultkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vaultkit.disk.journal import Run
    from vaultkit.disk.write import Write


class Finished(NamedTuple):
    """A run that an earlier process had not finished."""

    run: Run
    left: tuple[VaultkitError, ...]
    """What was left as it is, because a person has been at it since, and what could not be written."""


def carry_out(run: Run, root: Path) -> tuple[str, ...]:
    """Write all of it; the paths that were written, in order.

    Raises the first ConflictError or WriteError, once everything else is written; nothing is, when the run cannot be
    noted or its file cannot be moved.
    """
    journal.begin(run, root)
    if run.moved:
        try:
            move_file(*run.moved, root)
        except VaultkitError:
            journal.drop(run, root)
            raise
    return together(*_written(run, root, run.writes))


def finish(root: Path) -> tuple[Finished, ...]:
    """Finish what was begun and not done: what still reads as it did then is written, all else is left."""
    return tuple(_finish(run, root) for run in journal.begun(root))


def _finish(run: Run, root: Path) -> Finished:
    if run.moved and not finish_move(*run.moved, root):
        journal.drop(run, root)
        return Finished(run, ())
    given_back = [*_settle(run, root), *sweep(run, root)]
    stands = standing(run.writes, _read(run.writes, root))
    _, refused = _written(run, root, [write for write in run.writes if write.path not in stands])
    return Finished(run, (*given_back, *refused))


def _written(run: Run, root: Path, writes: Iterable[Write]) -> tuple[tuple[str, ...], list[VaultkitError]]:
    """Write these of a run's files, and note the run as done; the paths that stand as it wants, and why others do not.

    Raises WriteError when the disk is in such a state that the next run must see to it.
    """
    refused: list[VaultkitError] = []
    wanted = {write.path for write in writes}
    try:
        for number, write in enumerate(run.writes):
            if write.path in wanted:
                try:
                    perform(write, root, own_names(run.name, number))
                except VaultkitError as error:
                    refused.append(error)
    finally:  # after Ctrl-C as well; what is still to be written then, the next run writes
        refused += _settle(run, root)
    stands = standing(run.writes, _read(run.writes, root))
    _sync(stands, root)
    journal.commit(run, root, stands)
    written = tuple(write.path for write in run.writes if write.path in stands)
    return written, [error for error in refused if error.path not in stands]


def _settle(run: Run, root: Path) -> list[VaultkitError]:
    """Leave nothing of a run in the vault but its files; why some of them are a person's again."""
    given_back: list[VaultkitError] = []
    astray = False
    if any(write.before is not None for write in run.writes):
        pause(LINGER)
    for number, write in enumerate(run.writes):
        folder, _, name = write.path.rpartition("/")
        try:
            with refusals(write.path), opened(root, folder) as place:
                settle(place, name, own_names(run.name, number), write)
        except ConflictError as error:
            astray = astray or isinstance(error.__cause__, FileNotFoundError)
            given_back.append(error)
    return [*given_back, *sweep(run, root)] if astray else given_back


def standing(writes: Iterable[Write], found: Mapping[str, bytes | OSError]) -> frozenset[str]:
    """The paths of these writes that were found to read as they were to be written."""
    return frozenset(write.path for write in writes if _is(found[write.path], write.after))


def _is(found: bytes | OSError, wanted: bytes | None) -> bool:
    return isinstance(found, FileNotFoundError) if wanted is None else found == wanted


def _read(writes: Iterable[Write], root: Path) -> dict[str, bytes | OSError]:
    return dict(read_files(root, sorted(write.path for write in writes)))


def _sync(paths: Iterable[str], root: Path) -> None:
    """Have the names on the disk itself, so that a write that was reported outlives a power cut."""
    for folder in sorted({path.rpartition("/")[0] for path in paths}):
        with suppress(ConflictError), refusals(folder), opened(root, folder) as place:
            place.sync()


def together(written: tuple[str, ...], refused: list[VaultkitError]) -> tuple[str, ...]:
    """What was written; raises why something was not, and says so of all of them."""
    if refused:
        refused[0].written, refused[0].others = written, tuple(refused[1:])
        raise refused[0]
    return written
