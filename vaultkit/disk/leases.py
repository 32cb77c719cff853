"""A file goes in; whether any process has it open for writing comes out, where the system tells.

Linux grants a read lease on a file only while nobody has it open for writing. Elsewhere nothing says so, and the
moment for which a displaced file is kept must do.
"""

from __future__ import annotations

import errno
import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.disk.beneath import Folder


def is_open_for_writing(place: Folder, name: str) -> bool:
    """Whether anybody has it open for writing; False where nobody knows, and for a file that is gone."""
    try:
        import fcntl

        ask, signalled, read, none = fcntl.F_SETLEASE, fcntl.F_SETSIG, fcntl.F_RDLCK, fcntl.F_UNLCK
    except (ImportError, AttributeError):
        return False
    try:
        descriptor = place.open(name)
    except FileNotFoundError:
        return False
    try:
        # Whoever opens the file meanwhile has us signalled: the usual SIGIO kills, this one is ignored.
        fcntl.fcntl(descriptor, signalled, signal.SIGURG)
        fcntl.fcntl(descriptor, ask, read)
        fcntl.fcntl(descriptor, ask, none)
    except OSError as error:
        return error.errno == errno.EAGAIN  # any other: the disk grants none, or the file is not ours
    finally:
        os.close(descriptor)
    return False
