"""A folder goes in, sets of paths where something may have changed come out, until `stop` is set.

Events are hints: the system drops them when too many come, merges them and splits them as it likes. What changed is
told by looking (`rescan.py`). None stands for "look at everything".
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vaultkit.disk.listing import is_hidden
from vaultkit.disk.obsidian import may_be_setting
from vaultkit.errors import VaultNotFoundError
from vaultkit.language import message

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from watchdog.events import FileSystemEvent, FileSystemEventHandler

    Heard: TypeAlias = "SimpleQueue[Hint]"
    Meanwhile: TypeAlias = Callable[[frozenset[str]], object]

_TOO_MANY = 1000
"""Beyond this many hints a walk is cheaper, and some events have probably been lost."""
_GLANCE = 0.2
"""How often, in seconds, a watch that hears nothing looks whether it is to stop."""
_PAUSE = 0.25
"""The part of the quiet after which a save looks finished, though nobody may rely on it yet."""
_FEW = 20
"""Beyond this many hints it is no save but a checkout, and more of it is on its way."""
_BREATH = 0.02
"""Seconds in which the threads that listen catch up with what they had no turn to tell while this one was busy."""


class Hint(NamedTuple):
    """A path where something may have changed; None for everywhere."""

    path: str | None
    moment: float
    """When it was heard."""


def watch(
    root: Path,
    *,
    stop: threading.Event,
    meanwhile: Meanwhile = lambda _: None,
    quiet: float = 0.2,
    forced: float = 2.0,
    every: float = 600.0,
) -> Generator[frozenset[str] | None]:
    """Yield the paths where something may have changed, once `quiet` seconds passed without more, or `forced` in all.

    The first is None, as soon as the folder is watched: what changed before that, nobody heard. So is one whenever
    nothing else came for `every` seconds. `meanwhile` is told of a few paths while the quiet lasts, and may get ready;
    they come again, with whatever was heard since. Raises VaultNotFoundError when the folder cannot be watched.
    """
    heard: Heard = SimpleQueue()
    with _listening(root, heard):
        told = time.monotonic()
        yield None
        while not stop.is_set():
            first = _heard(heard, min(_GLANCE, every))
            if first is None and time.monotonic() - told < every:
                continue
            hints = _gathered(heard, first or Hint(None, time.monotonic()), quiet, forced, meanwhile)
            if stop.is_set():
                return
            told = time.monotonic()
            yield hints


def _gathered(
    heard: Heard, first: Hint, quiet: float, forced: float, meanwhile: Meanwhile = lambda _: None
) -> frozenset[str] | None:
    """The first hint and all that follow it closely: one save is several events, one checkout is thousands.

    `meanwhile` may take longer than a pause: a hint counts from when it was heard. Whoever goes on saving has it done
    at ever longer pauses, twice in all.
    """
    paths, latest, pause, ready = {first.path}, first.moment, quiet * _PAUSE, False
    sure, end = 0.0, time.monotonic() + forced
    while (now := time.monotonic()) < end:
        ready = ready or pause >= quiet or None in paths or len(paths) > _FEW
        hint = _heard(heard, min(max(latest + (quiet if ready else pause), sure), end) - now)
        if hint is not None:
            paths.add(hint.path)
            latest, pause, ready = hint.moment, pause * 2 if ready else pause, False
        elif ready or time.monotonic() - latest >= quiet:
            break
        else:
            meanwhile(frozenset(path for path in paths if path is not None))
            ready, sure = True, time.monotonic() + _BREATH
    found = frozenset(path for path in paths if path is not None)
    return None if None in paths or len(found) > _TOO_MANY else found


def _heard(heard: Heard, seconds: float) -> Hint | None:
    """The next hint; None when none comes within that time."""
    try:
        return heard.get(timeout=max(seconds, 0))
    except Empty:
        return None


@contextmanager
def _listening(root: Path, heard: Heard) -> Iterator[None]:
    """Have the system's events put into `heard`."""
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
    with _complaints(heard):
        try:
            observer = Observer()
        except OSError as error:
            raise _unwatchable(base, error) from error
        try:
            observer.schedule(_handler(base, heard), base, recursive=True, event_filter=wanted)
            observer.start()
            yield
        except OSError as error:
            raise _unwatchable(base, error) from error
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
                    heard.put(Hint(None, time.monotonic()))
                elif inside:
                    heard.put(Hint(inside, time.monotonic()))

    return Handler()


def _unwatchable(base: str, error: OSError) -> VaultNotFoundError:
    return VaultNotFoundError(
        message("{folder} cannot be watched: {error}", folder=base, error=error.strerror or str(error)),
        hint=message("the system may allow too few watches: see fs.inotify.max_user_watches"),
    )


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
            heard.put(Hint(None, time.monotonic()))

    logger, complaints = logging.getLogger("watchdog"), Complaints(logging.WARNING)
    logger.addHandler(complaints)
    try:
        yield
    finally:
        logger.removeHandler(complaints)
