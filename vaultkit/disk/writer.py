"""Edits go in, files come out: each file holds its old text or its new one at every instant, and nobody's save is lost.

This is the only door through which the house writes into a vault.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING

from vaultkit.disk.beneath import opened
from vaultkit.disk.busy import PATIENCE, busy_error, busy_paths
from vaultkit.disk.journal import new_run
from vaultkit.disk.reader import BYTE_ORDER_MARK
from vaultkit.disk.refusal import check_inside, check_portable, check_status, refusals
from vaultkit.disk.run import carry_out, finish, together
from vaultkit.disk.write import Write
from vaultkit.errors import ConflictError, VaultkitError, WriteError
from vaultkit.language import message
from vaultkit.splice import spliced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vaultkit.model import Edit


def apply(edits: Iterable[Edit], root: Path, *, command: str = "", patience: float = PATIENCE) -> tuple[str, ...]:
    """Make the edits; the paths that were written, in order. A file that would stay as it is is not touched.

    Every file is checked before the first is written. Raises ConflictError, and writes none, when one does not read as
    expected; WriteError or ConflictError, once the others are written, when one may not or cannot be; BusyError, when
    people have been saving one for longer than `patience` seconds. `command` is what the history calls it.
    """
    finish(root)
    edits = tuple(edits)
    busy = busy_paths(edits, root, patience)
    writes, refused = _checked((edit for edit in edits if edit.path not in busy), root)
    refused += [busy_error(path) for path in busy]
    written: tuple[str, ...] = ()
    if writes:
        try:
            written = carry_out(new_run(command, tuple(writes), made=_new_folders(writes, root)), root)
        except VaultkitError as error:
            refused = [error, *error.others, *refused]
            written = error.written
    return together(written, refused)


def prepare(edits: Iterable[Edit], root: Path) -> tuple[Write, ...]:
    """What the edits would make of each file, in the order of the paths; raises as `apply` does, and writes nothing."""
    writes, refused = _checked(edits, root)
    if refused:
        raise refused[0]
    return tuple(writes)


def _checked(edits: Iterable[Edit], root: Path) -> tuple[list[Write], list[VaultkitError]]:
    """What can be written, and why the rest cannot."""
    writes: list[Write] = []
    refused: list[VaultkitError] = []
    for path, group in groupby(sorted(edits, key=lambda edit: edit.path), key=lambda edit: edit.path):
        try:
            writes.append(_prepared(path, tuple(group), root))
        except WriteError as error:
            refused.append(error)
    return [write for write in writes if write.before != write.after], refused


def remove_empty_parents(paths: Iterable[str], root: Path) -> tuple[str, ...]:
    """Remove the folders above these paths that hold nothing any more; the folders that went, in order."""
    return remove_empty({path.rsplit("/", depth)[0] for path in paths for depth in range(1, path.count("/") + 1)}, root)


def remove_empty(folders: Iterable[str], root: Path) -> tuple[str, ...]:
    """Remove those of these folders that hold nothing any more; the folders that went, in order."""
    gone: list[str] = []
    for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
        check_inside(folder)
        parent, _, name = folder.rpartition("/")
        with suppress(OSError), opened(root, parent) as place:
            place.remove_folder(name)
            gone.append(folder)
    return tuple(sorted(gone))


def _prepared(path: str, edits: Sequence[Edit], root: Path) -> Write:
    check_inside(path)
    if any(edit.expected is None for edit in edits):
        return _prepared_new(path, edits, root)
    folder, _, name = path.rpartition("/")
    with refusals(path), opened(root, folder) as place:
        check_status(place.status(name), path)
        data, _ = place.read(name)
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    try:
        text = spliced(data[len(mark) :].decode(), edits)
    except UnicodeDecodeError:
        raise WriteError(message("it is not UTF-8 text, and is left as it is"), path=path) from None
    return Write(path, data, None if text is None else mark + text.encode())


def _prepared_new(path: str, edits: Sequence[Edit], root: Path) -> Write:
    if len(edits) > 1:
        raise ConflictError(message("two edits want to make the same file"), path=path)
    missing = _missing_names(path, root)
    if not missing:
        raise ConflictError(message("something stands there already"), path=path)
    for name in missing:
        check_portable(name, path)
    return Write(path, None, (edits[0].text or "").encode())


def _new_folders(writes: Iterable[Write], root: Path) -> tuple[str, ...]:
    """The folders that have yet to be made, from the outermost."""
    made: set[str] = set()
    for write in writes:
        if write.before is None:
            names = write.path.split("/")
            missing = len(_missing_names(write.path, root))
            made.update("/".join(names[:depth]) for depth in range(len(names) - missing + 1, len(names)))
    return tuple(sorted(made))


def _missing_names(path: str, root: Path) -> list[str]:
    """The names on the way to a path that do not exist yet: none when the path itself does."""
    names = path.split("/")
    for depth, name in enumerate(names):
        with refusals(path), opened(root, "/".join(names[:depth])) as place, suppress(FileNotFoundError):
            place.status(name)
            continue
        return names[depth:]
    return []
