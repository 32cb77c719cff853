"""What a write displaced goes in: it is let go when it is certain to be of no use, else a person gets it back.

What came out of its place is the file that an editor may have had open at that very moment, and can still save into.
So it is kept for a moment and looked at again. Everything is told from what stands on the disk: after a crash as well.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk.clock import elapsed, moment, pause
from vaultkit.disk.leases import is_open_for_writing
from vaultkit.disk.renaming import exchange, rename_exclusively
from vaultkit.disk.write import changed
from vaultkit.errors import ConflictError
from vaultkit.language import message

if TYPE_CHECKING:
    from vaultkit.disk.beneath import Folder
    from vaultkit.disk.write import Own, Write

LINGER = 0.15
"""Seconds for which what came out is kept: whoever was about to open it has opened it by then."""
_PATIENCE = 2.0
"""Seconds in which whoever has it open may finish a save."""
_GLANCE = 0.02
_ROUNDS = 64


class _File(NamedTuple):
    data: bytes
    inode: int


def settle(place: Folder, name: str, own: Own, write: Write) -> None:
    """Leave nothing of a write but its file.

    Raises ConflictError when a person's save got its place back, or was put beside a later one.
    """
    place.unlink(own.part)
    out, there = _look(place, own.aside), _look(place, name)
    if out is None:
        return
    if out.data == write.after or (there is not None and there.inode == out.inode):
        place.unlink(own.aside)  # it never came into its place
    elif out.data == write.before and _is_let_go(place, own.aside) and _look(place, own.aside) == out:
        place.unlink(own.aside)
    else:
        give_back(place, name, own, write)
        raise changed(write)


def give_back(place: Folder, name: str, own: Own, write: Write) -> None:
    """Give a person's save its place back until only our own text is out, and drop that.

    Raises ConflictError where a later save stands there already: the earlier one is put beside it.
    """
    there = _look(place, name)
    if there is None:
        _rename(place, own.aside, name)
    elif there.data != write.after or not _traded(place, name, own.aside, there.data):
        raise put_beside(place, name, own, write.path.rpartition("/")[0])


def _traded(place: Folder, name: str, aside: str, ours: bytes) -> bool:
    """Have the two change places; False when somebody saves again and again, and a save is still out."""
    expected, put = ours, place.read(aside)[0]
    for _ in range(_ROUNDS):
        if not exchange(place, aside, name):
            place.replace(aside, name)
            return True
        out = place.read(aside)[0]
        if out == expected:
            place.unlink(aside)
            return True
        expected, put = put, out
    return False


def put_beside(place: Folder, name: str, own: Own, folder: str) -> ConflictError:
    """Give a text that may be somebody's only copy a name that is seen; what there is to say of it."""
    stem, dot, ending = name.rpartition(".")
    time = moment().replace(":", ".")  # which no name on Windows may hold
    for number in count(1):
        free = f"{stem} (vaultkit {time}{f' {number}' if number > 1 else ''}){dot}{ending}"
        try:
            _rename(place, own.aside, free)
            break
        except FileExistsError:
            continue
    return ConflictError(
        message("two saves came while it was written: the later one stands, the earlier one is in {file}", file=free),
        path=f"{folder}/{name}" if folder else name,
    )


def _rename(place: Folder, name: str, new: str) -> None:
    """Rename, never onto what stands there; raises FileExistsError."""
    if not rename_exclusively(place, name, place, new):
        place.link(name, new)
        place.unlink(name)


def _look(place: Folder, name: str) -> _File | None:
    try:
        data, status = place.read(name)
    except FileNotFoundError:
        return None
    return _File(data, status.st_ino)


def _is_let_go(place: Folder, name: str) -> bool:
    """Whether nobody has a file open for writing, after some patience."""
    since = elapsed()
    while is_open_for_writing(place, name):
        if elapsed() - since > _PATIENCE:
            return False
        pause(_GLANCE)
    return True
