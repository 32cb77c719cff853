"""Nothing comes in, processes of this machine come out that parse notes; None where they would do no good."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vaultkit.parser import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 16
"""One process collects what all of them have read: more would wait for it."""


@contextmanager
def pool() -> Iterator[ProcessPoolExecutor | None]:
    """As many processes as there are processors for us."""
    workers = min(_processors(), _MOST)
    if workers < 2 or (_METHOD == "fork" and threading.active_count() > 1):  # a fork would copy the others' locks
        yield None
        return
    if _METHOD == "fork":
        prepare()
    executor = ProcessPoolExecutor(workers, multiprocessing.get_context(_METHOD), initializer=_begin)
    try:
        with _undisturbed():
            for _ in range(workers):  # each begins a process, as long as none is idle
                executor.submit(int)
        yield executor
    finally:
        executor.shutdown(wait=sys.exc_info()[0] is None, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits: what Python runs at a fork would swallow it, and a worker that has just begun would complain."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# A forked process has all that it needs at once; where the system cannot fork, or not safely, it is started afresh.
_METHOD = "fork" if sys.platform == "linux" else "spawn"


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """What a worker does first: it leaves Ctrl-C to the one that waits for it, and looks for no rings in memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
