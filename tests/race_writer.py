"""Notes go in, and as fast as it can a process writes into their regions, by vaultkit's writer or a naive one."""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tests.race_notes import filled
from vaultkit.disk.replace import Write, perform
from vaultkit.errors import ConflictError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.sharedctypes import Synchronized
    from multiprocessing.synchronize import Event
    from pathlib import Path

    Outcomes = Counter[str]

WriterName = Literal["vaultkit", "naive"]
_RENDER = 0.001
"""Seconds between the reading and the writing of a plan that takes time to be made."""
_AT_ONCE = 2
"""One plan in so many takes time; the others are written at once, and try the writer's last look."""


class Shared(NamedTuple):
    """What the editor and the writer have in common, beside the files."""

    at: Synchronized[int]
    """The note that the writer is at: that one the editor saves."""
    stop: Event


def by_vaultkit(writes: list[Write], root: Path) -> Outcomes:
    """Perform one plan; how many of its writes were made, and how many were refused because of a save."""
    outcomes = Counter[str]()
    for write in writes:
        try:
            perform(write, root)
        except ConflictError:
            outcomes["conflicts"] += 1
        except WriteError as error:
            outcomes[f"refused: {error}"] += 1
        else:
            outcomes["writes"] += 1
    return outcomes


def naively(writes: list[Write], root: Path) -> Outcomes:
    """A temporary file and a rename, as most programs write: what was saved meanwhile is gone."""
    for write in writes:
        temporary = root / f".{write.path}.tmp"
        temporary.write_bytes(write.after or b"")
        temporary.replace(root / write.path)
    return Counter(writes=len(writes))


WRITERS: dict[WriterName, Callable[[list[Write], Path], Outcomes]] = {"naive": naively, "vaultkit": by_vaultkit}


def write_on(root: Path, writer: WriterName, batch: int, shared: Shared, told: Connection) -> None:
    """Write plans of so many notes until told to stop; then tell what became of them, or what went wrong."""
    outcomes = Counter[str]()
    paths = sorted(path.name for path in root.glob("*.md"))
    groups = [range(start, min(start + batch, len(paths))) for start in range(0, len(paths), batch)]
    try:
        while not shared.stop.is_set():
            group = groups[outcomes["plans"] % len(groups)]
            shared.at.value = group[outcomes["plans"] % len(group)]
            plan = _plan([paths[index] for index in group], root, outcomes)
            if outcomes["plans"] % _AT_ONCE == 0:
                time.sleep(_RENDER)
            outcomes += Counter(plans=1) + WRITERS[writer](plan, root)
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
