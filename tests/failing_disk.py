"""A disk that fails: whatever touches files is counted, and at one of these calls something happens.

    with failing_disk(At(7, kill)):
        ...

What happens may be an error, a short write, a death. The calls are those of `os` that the program makes, whoever makes
them (pathlib does so too), and the renames that only the system itself can do.
"""

from __future__ import annotations

import errno
import os
import signal
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk import renaming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

CHANGES = (
    "write",
    "fsync",
    "replace",
    "rename",
    "link",
    "unlink",
    "mkdir",
    "rmdir",
    "fchmod",
    "fchown",
    "setxattr",
    "removexattr",
)
"""What changes a file, a name or what is known to be on the disk; `open` is one of them when it makes a file."""
LOOKS = ("open", "stat", "fstat", "getxattr", "listxattr", "scandir")


class Call(NamedTuple):
    """One call of the system."""

    name: str
    arguments: tuple[object, ...]

    @property
    def changes(self) -> bool:
        """Whether it may leave the disk otherwise than it was."""
        makes = self.name == "open" and len(self.arguments) > 1 and bool(int(str(self.arguments[1])) & os.O_CREAT)
        return makes or self.name in CHANGES or self.name == "renameat2"


class FailingDisk:
    """Counts the calls, and has something happen at them."""

    def __init__(self, happens: Callable[[int, Call], None]) -> None:
        self.calls: list[Call] = []
        self._happens = happens

    def told(self, call: Call) -> None:
        """A call is about to be made."""
        self.calls.append(call)
        self._happens(len(self.calls) - 1, call)


@contextmanager
def failing_disk(patch: pytest.MonkeyPatch, happens: Callable[[int, Call], None]) -> Iterator[FailingDisk]:
    """All calls go through the disk that fails, for as long as this lasts."""
    disk = FailingDisk(happens)

    def through(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def told(*arguments: object, **named: object) -> object:
            disk.told(Call(name, arguments))
            return call(*arguments, **named)

        return told

    called, rename = renaming._system_call()
    with patch.context() as patched:
        for name in (*CHANGES, *LOOKS):
            if hasattr(os, name):
                patched.setattr(os, name, through(name, getattr(os, name)))
        if rename is not None:
            told = through("renameat2", rename)
            patched.setattr(renaming, "_system_call", lambda: (called, told))
        yield disk


def at(number: int, what: Callable[[Call], None]) -> Callable[[int, Call], None]:
    """Have it happen at one call."""
    return lambda index, call: what(call) if index == number else None


def at_change(number: int, what: Callable[[Call], None]) -> Callable[[int, Call], None]:
    """Have it happen at one of the calls that change something."""
    changes = count()
    return lambda _, call: what(call) if call.changes and next(changes) == number else None


def from_then_on(number: int, what: Callable[[Call], None]) -> Callable[[int, Call], None]:
    """Have it happen at one call and at all that follow it."""
    return lambda index, call: what(call) if index >= number else None


def never(_: int, __: Call) -> None:
    """Only count."""


def fails(number: int) -> Callable[[Call], None]:
    """The system refuses, with this error."""

    def fail(_: Call) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def kill(_: Call) -> None:
    """The process is no more."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt(_: Call) -> None:
    """Somebody presses Ctrl-C."""
    raise KeyboardInterrupt


ERRORS = {
    errno.errorcode[number]: number for number in (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE)
}
