"""A folder goes in, hints at what may have changed in it come out, as the system tells them: watchdog lives here."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultkit.disk.coverage import descriptors, unwatched
from vaultkit.disk.listing import is_hidden
from vaultkit.disk.obsidian import may_be_setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    from vaultkit.disk.hearing import Heard


class Ears:
    """What listens to a folder for as long as this stands open."""

    def __init__(self, root: Path, threads: frozenset[threading.Thread], watches: frozenset[str]) -> None:
        self._root = root
        self._threads = threads
        self._watches = watches

    def hear(self) -> bool:
        """Whether all that listens still does: a fault in a thread ends it, and so does the end of the folder."""
        return all(thread.is_alive() for thread in self._threads)

    def missing(self) -> frozenset[int]:
        """The folders of which the system tells nothing; none where it does not say what it tells of."""
        return unwatched(self._root, self._watches)


@contextmanager
def listening(root: Path, heard: Heard) -> Iterator[Ears]:
    """Have the system's events put into `heard`; raises OSError where it tells of none."""
    from watchdog import events  # 70 ms of imports, and only a watch needs them
    from watchdog.observers import Observer

    base = os.path.realpath(root)
    # Reads are left out: our own reading would wake us for ever.
    wanted: list[type[FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]
    threads, watches = frozenset(threading.enumerate()), descriptors()
    with _complaints(heard):
        observer = Observer()
        try:
            observer.schedule(_handler(base, heard), base, recursive=True, event_filter=wanted)
            observer.start()
            yield Ears(root, frozenset(threading.enumerate()) - threads, descriptors() - watches)
        finally:
            observer.stop()
            if observer.is_alive():
                observer.join()


def _handler(base: str, heard: Heard) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        """Turns events into hints, in the observer's thread."""

        def dispatch(self, event: FileSystemEvent) -> None:
            for path in {event.src_path, event.dest_path}:
                inside = _inside(base, os.fsdecode(path)) if path else ""
                if inside is None or (event.is_directory and inside):
                    heard.put(None)
                elif inside:
                    heard.put(inside)

    return Handler()


def _inside(base: str, path: str) -> str | None:
    """The path within the vault; empty when it is of no interest, None for the vault's folder itself."""
    if path == base:
        return None
    if not path.startswith(base + os.sep):
        return ""
    inside = path[len(base) + 1 :].replace(os.sep, "/")
    return "" if is_hidden(inside) and not may_be_setting(inside) else inside


@contextmanager
def _complaints(heard: Heard) -> Iterator[None]:
    """Whenever watchdog logs a warning, events may be lost (it says so nowhere else): look at everything.

    Its RuntimeWarning when a folder inside a new folder is watched twice is of no interest: on a terminal it is noise,
    and where warnings are errors it ends the thread that listens.
    """
    warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")

    class Complaints(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 -- that there is one is enough
            heard.put(None)

    logger, complaints = logging.getLogger("watchdog"), Complaints(logging.WARNING)
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
