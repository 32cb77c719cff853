"""What becomes of one file, and what its files are called while that is under way: values, which nothing happens in."""

from __future__ import annotations

from msgspec import Struct

from vaultkit.errors import ConflictError
from vaultkit.language import message


class Write(Struct, frozen=True):
    """What becomes of one file, to the byte."""

    path: str
    before: bytes | None
    """None for a file still to be made."""
    after: bytes | None
    """None for a file to be removed."""


class Own(Struct, frozen=True):
    """The names of a write's own files: hidden, so that neither Obsidian nor a watcher takes them for notes."""

    part: str
    """New text that may not be whole: it is never anybody's but ours."""
    aside: str
    """New text that is whole; then, once the two have changed places, what stood there before."""


MARK = ".vaultkit-"
"""What every such name begins with."""


def own_names(run: str, number: int) -> Own:
    """The names for one write of a run."""
    return Own(f"{MARK}{run}-{number}.part", f"{MARK}{run}-{number}.tmp")


def changed(write: Write) -> ConflictError:
    """What is said of a file that a person saved meanwhile."""
    return ConflictError(
        message("it changed while vaultkit was about to write it, and was left as it is"),
        path=write.path,
        hint=message("run the command again"),
    )
