"""A function and what it is to be called with go in; processes of this machine do it, and what they return comes out.

`concurrent.futures` has such processes share one pipe for all they return: when one of them is killed in the midst of
an answer, the rest of which never comes, it waits for ever. Here each has a pipe of its own, which ends with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from vaultkit.parser import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

_MOST = 16
"""One process collects what all of them have read: more would wait for it."""
_AHEAD = 2
"""How many tasks a process has at a time: one that it does, and one to go on with."""


class _Worker(NamedTuple):
    process: BaseProcess
    connection: Connection[int, tuple[bool, Any]]


@contextmanager
def pool(call: Callable[[TaskT], ResultT], tasks: Sequence[TaskT]) -> Iterator[Iterator[ResultT] | None]:
    """What `call` returns for each task, in the order in which it is done; None where processes would do no good.

    Raises what `call` raises, and OSError when a process cannot be begun or is killed.
    """
    count = min(_processors(), _MOST)
    if count < 2 or (_METHOD == "fork" and threading.active_count() > 1):  # a fork would copy the others' locks
        yield None
        return
    if _METHOD == "fork":
        prepare()  # what each process would otherwise import and make for itself
    crew: list[_Worker] = []
    try:
        with _undisturbed():
            for _ in range(count):
                crew.append(_begun(call, tasks, crew))
        yield _asked(crew, len(tasks))
    except BaseException:  # Ctrl-C included: nobody waits for the rest of it
        for worker in crew:
            worker.process.terminate()
        raise
    finally:
        for worker in crew:
            worker.connection.close()
            worker.process.join()
            worker.process.close()


def _begun(call: Callable[[TaskT], ResultT], tasks: Sequence[TaskT], crew: Sequence[_Worker]) -> _Worker:
    context: ForkContext | SpawnContext = multiprocessing.get_context(_METHOD)  # type: ignore[assignment]
    ours, theirs = context.Pipe()
    # A forked process has our ends as well: as long as it held them, nobody would notice that we are gone.
    held = [ours, *(worker.connection for worker in crew)] if _METHOD == "fork" else []
    process = context.Process(target=_serve, args=(theirs, held, call, tasks), daemon=True)
    try:
        process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()  # so that its end is the only one, and the pipe ends with the process
    return _Worker(process, ours)


def _asked(crew: Sequence[_Worker], count: int) -> Iterator[Any]:
    """Have it begun; what comes back, whoever is ready first. Only numbers are sent: none of them can fill a pipe."""
    left = iter(range(count))
    given = dict.fromkeys((worker.connection for worker in crew), 0)
    for connection in [*given] * _AHEAD:
        given[connection] += _sent(connection, left)
    return _answers(given, left)


def _answers(given: dict[Connection[int, tuple[bool, Any]], int], left: Iterator[int]) -> Iterator[Any]:
    while busy := [connection for connection, count in given.items() if count]:
        ready = set(wait(busy))
        for connection in filter(ready.__contains__, busy):
            try:
                is_well, result = connection.recv()
            except EOFError:
                raise ChildProcessError from None
            given[connection] += _sent(connection, left) - 1
            if not is_well:
                raise result
            yield result


def _sent(connection: Connection[int, Any], left: Iterator[int]) -> int:
    number = next(left, None)
    if number is None:
        return 0
    connection.send(number)
    return 1


def _serve(
    connection: Connection[tuple[bool, Any], int],
    held: Sequence[Connection[Any, Any]],
    call: Callable[[TaskT], ResultT],
    tasks: Sequence[TaskT],
) -> None:
    """What a process does: it leaves Ctrl-C to the one that waits for it, and looks for no rings in memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    for each in held:
        each.close()
    with suppress(EOFError, OSError):  # whoever asked is gone, or has heard enough
        while True:
            number = connection.recv()
            connection.send(_answer(call, tasks[number]))


def _answer(call: Callable[[TaskT], ResultT], task: TaskT) -> tuple[bool, ResultT | Exception]:
    try:
        return True, call(task)
    except Exception as error:  # noqa: BLE001 -- it is raised where the answer is awaited
        return False, error


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
_METHOD: Literal["fork", "spawn"] = "fork" if sys.platform == "linux" else "spawn"


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
