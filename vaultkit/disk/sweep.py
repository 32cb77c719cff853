"""A run goes in that did not find its own files where it had left them; wherever they are in the vault, they go.

A person can move a folder at any instant, with what a run keeps in it for a moment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.disk.beneath import opened
from vaultkit.disk.listing import is_hidden
from vaultkit.disk.refusal import refusals
from vaultkit.disk.settle import put_beside
from vaultkit.disk.write import MARK, Own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaultkit.disk.journal import Run
    from vaultkit.errors import ConflictError


def sweep(run: Run, root: Path) -> list[ConflictError]:
    """Remove what is ours, give a name that is seen to what is not; which texts those are."""
    kept: list[ConflictError] = []
    pattern = re.compile(rf"{re.escape(MARK + run.name)}-(\d+)\.(?:part|tmp)")
    for folder in _folders(root):
        with refusals(folder), opened(root, folder) as place:
            for name in place.names():
                found = pattern.fullmatch(name)
                if not found or int(found[1]) >= len(run.writes):
                    continue
                write = run.writes[int(found[1])]
                if name.endswith(".part") or place.read(name)[0] in {write.before, write.after}:
                    place.unlink(name)
                else:
                    kept.append(put_beside(place, write.path.rpartition("/")[2], Own("", name), folder))
    return kept


def _folders(root: Path) -> Iterator[str]:
    """Every folder of the vault, without following links; one that may not be listed hides nothing of ours."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with opened(root, folder) as place:
                deeper = place.folders()
        except OSError:
            continue
        yield folder
        waiting += [path for name in deeper if not is_hidden(path := f"{folder}/{name}".removeprefix("/"))]
