"""A folder of notes goes in; as fast as it can a process fills their regions, by vaultkit's writer or a naive one."""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from typing import TYPE_CHECKING, Literal

from tests.race_notes import filled
from vaultkit.disk.journal import new_run
from vaultkit.disk.run import carry_out
from vaultkit.disk.write import Write
from vaultkit.errors import ConflictError, VaultkitError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Event
    from pathlib import Path

    Outcomes = Counter[str]

WriterName = Literal["vaultkit", "naive"]
_RENDER = 0.001
"""Seconds between the reading and the writing of a plan that takes time to be made."""
_AT_ONCE = 2
"""One plan in so many takes time; the others are written at once, and try the writer's last look."""


def by_vaultkit(writes: list[Write], root: Path) -> Outcomes:
    """Carry out one plan; how many of its writes were made, and how many were not, because of a save."""
    outcomes = Counter[str]()
    try:
        outcomes["writes"] = len(carry_out(new_run("race", tuple(writes)), root))
    except VaultkitError as error:
        outcomes["writes"] = len(error.written)
        for each in (error, *error.others):
            outcomes["conflicts" if isinstance(each, ConflictError) else f"refused: {each}"] += 1
    return outcomes


def naively(writes: list[Write], root: Path) -> Outcomes:
    """A temporary file and a rename, as most programs write: what was saved meanwhile is gone."""
    for number, write in enumerate(writes):
        temporary = root / f".vaultkit-naive-{number}.part"
        temporary.write_bytes(write.after or b"")
        temporary.replace(root / write.path)
    return Counter(writes=len(writes))


WRITERS: dict[WriterName, Callable[[list[Write], Path], Outcomes]] = {"naive": naively, "vaultkit": by_vaultkit}


def write_on(root: Path, writer: WriterName, stop: Event, told: Connection) -> None:
    """Write plans of all the notes until told to stop; then tell what became of them, or what went wrong.

    Whoever saves on and on has all that is written give way; the last plan is written once nobody saves any more.
    """
    os.environ["XDG_STATE_HOME"] = str(root.parent / "state")
    outcomes = Counter[str]()
    paths = sorted(path.name for path in root.glob("*.md"))
    try:
        while not stop.is_set():
            plan = _plan(paths, root, outcomes)
            if outcomes["plans"] % _AT_ONCE == 0:
                time.sleep(_RENDER)
            outcomes += Counter(plans=1) + WRITERS[writer](plan, root)
        outcomes += Counter(plans=1) + WRITERS[writer](_plan(paths, root, outcomes), root)
    except Exception:  # noqa: BLE001 -- whatever it is, the report says it
        outcomes[traceback.format_exc()] += 1
    told.send(dict(outcomes))


def _plan(paths: list[str], root: Path, outcomes: Outcomes) -> list[Write]:
    """Another body for the region of each note; one that is being saved at this moment may have none."""
    said = f"Process {os.getpid()} has written {outcomes['writes']} bodies before this one."
    writes = []
    for path in paths:
        before = (root / path).read_bytes()
        after = filled(before, said)
        if after is not None:
            writes.append(Write(path, before, after))
    return writes
