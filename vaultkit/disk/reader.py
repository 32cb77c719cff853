"""Paths in a vault's folder go in, notes and texts come out; no symbolic link is followed on the way."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING

from vaultkit.disk.beneath import opened
from vaultkit.language import message
from vaultkit.model import TOP, Note, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_notes(root: Path, paths: Iterable[str]) -> Iterator[Note]:
    """The notes at these paths, in their order.

    A note that may not be read comes with a Problem and nothing else; one that is gone by now does not come at all.
    """
    from vaultkit.parser import parse  # 50 ms of imports, and a vault that has not changed is not parsed

    for path, data in read_files(root, paths):
        if isinstance(data, bytes):
            yield parse(path, data)
        elif not isinstance(data, FileNotFoundError):
            yield unreadable(path, data)


def read_files(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes | OSError]]:
    """Each path with its bytes, or with what stood in the way."""
    for folder, group in groupby(paths, key=lambda path: path.rpartition("/")[0]):
        with ExitStack() as stack:
            try:
                place = stack.enter_context(opened(root, folder))
            except OSError as error:
                yield from ((path, error) for path in group)
                continue
            for path in group:
                try:
                    yield path, place.read(path.rpartition("/")[2])[0]
                except OSError as error:
                    yield path, error


def read_texts(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Path -> text, as the offsets of a note count it: without its byte order mark, with its own line endings.

    What is not there, may not be read or is not UTF-8 is left out.
    """
    texts: dict[str, str] = {}
    for path, data in read_files(root, paths):
        if isinstance(data, bytes):
            try:
                texts[path] = data.removeprefix(BYTE_ORDER_MARK).decode()
            except UnicodeDecodeError:
                continue
    return texts


def unreadable(path: str, error: OSError) -> Note:
    """The note that stands for a file which could not be read: nothing in it but what stood in the way."""
    if isinstance(error, PermissionError):
        said = message("You are not allowed to read this file.")
    else:
        said = message("The disk could not read this file: {error}.", error=error.strerror or str(error))
    return Note(path=path, digest="", problems=(Problem("reading", said, TOP),))
