"""A vault's folder goes in, its places in the user's own directories come out: state, and a lock while writing.

Nothing of the sort is ever put into the vault.
"""

from __future__ import annotations

import errno
import os
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit.disk.clock import moment
from vaultkit.errors import LockedError, WriteError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Message

_PRIVATE = 0o700
"""Old texts lie there: nobody else's business."""


def state_folder(root: Path) -> Path:
    """Where what must outlive a run is kept for one vault (`$XDG_STATE_HOME/vaultkit/...`); made if need be.

    Raises WriteError when it cannot be made.
    """
    folder = find_state_folder(root)
    try:
        make_folder(folder)
    except OSError as error:
        raise WriteError(
            message("the folder for vaultkit's own state cannot be made: {error}", error=error.strerror or str(error)),
            path=str(folder),
            hint=message("set XDG_STATE_HOME to a folder that you can write to"),
        ) from error
    return folder


def find_state_folder(root: Path) -> Path:
    """The same, which need not be there."""
    from platformdirs import user_state_path  # only a vault that is no repository, and writing, need it

    return user_state_path("vaultkit", appauthor=False) / _vault_id(root)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, such that they outlive a power cut; raises OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_PRIVATE, exist_ok=True)
        sync_folder(each.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk itself; Windows sees to it without being asked."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def forget(root: Path) -> None:
    """Remove all of that, the history included; what cannot be removed stays."""
    import shutil

    shutil.rmtree(state_folder(root), ignore_errors=True)


def cache_file(root: Path) -> Path:
    """Where what can be worked out again is kept for one vault (`$XDG_CACHE_HOME/vaultkit/...`); it need not be there.

    `VAULTKIT_CACHE_DIR` names another folder for all of them.
    """
    whole = os.fsencode(root.resolve())  # a longer hash takes 5 ms to import; the file says itself whose it is
    return cache_folder() / f"{zlib.crc32(whole):08x}{zlib.adler32(whole):08x}.sqlite3"


def cache_folder() -> Path:
    """Where that is kept for every vault."""
    named = os.environ.get("VAULTKIT_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("vaultkit", appauthor=False)


@contextmanager
def locked(root: Path, *, wait: float = 5.0) -> Iterator[None]:
    """Be the only vaultkit that writes into a vault; raises LockedError if another still does after `wait` seconds."""
    held = message("another vaultkit is writing into this vault")
    with _alone(root, "lock", held, message("wait until it has finished, then try again"), wait):
        yield


@contextmanager
def watching(root: Path) -> Iterator[None]:
    """Be the only vaultkit that keeps a vault's pages current; raises LockedError if another does."""
    held = message("another vaultkit keeps the pages of this vault current")
    hint = message("end it first; beside it, {command} only checks", command="vaultkit watch --no-build")
    with _alone(root, "watch", held, hint, 0):
        yield


def is_watched(root: Path) -> bool:
    """Whether another vaultkit keeps the pages of a vault current."""
    try:
        with watching(root):
            return False
    except LockedError:
        return True


@contextmanager
def _alone(root: Path, name: str, held: Message, hint: Message, wait: float) -> Iterator[None]:
    """Hold a lock that the system takes from us when we die, and say beside it whose it is."""
    from filelock import FileLock, Timeout  # 20 ms, and only writing needs it

    folder = state_folder(root)
    lock, holder = FileLock(folder / name, timeout=wait), folder / f"{name}.holder"
    try:
        lock.acquire()
    except Timeout:
        raise LockedError(_held_by(held, holder), path=str(root), hint=hint) from None
    except OSError as error:
        raise WriteError(
            message("vaultkit's own state cannot be written: {error}", error=error.strerror or str(error)),
            path=lock.lock_file,
            hint=message("set XDG_STATE_HOME to a folder that you can write to"),
        ) from error
    try:
        with suppress(OSError):  # on a full disk we still hold the lock, and only cannot say so
            holder.write_text(f"{os.getpid()} {moment()}")
        yield
    finally:
        lock.release()


def _held_by(held: Message, holder: Path) -> Message:
    """Who holds a lock, as far as they have said."""
    try:
        process, _, since = holder.read_text().partition(" ")
    except (OSError, UnicodeDecodeError):
        process = since = ""
    if not since:
        return held
    return message("{held}: process {process}, since {time}", held=held, process=process, time=since)


def _vault_id(root: Path) -> str:
    """One name for a vault, by whatever symbolic links it was reached."""
    import hashlib

    return hashlib.sha256(os.fsencode(Path(root).resolve())).hexdigest()[:16]
