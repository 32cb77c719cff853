"""How long work can wait before an objective is late: a Vault goes in; for each piece of work its slack comes out.

    slack of a piece of work = its float + the slack of the objective, in days     the least, of several objectives
    slack of a note with work below it = the least of theirs

Both terms are those of the critical path (`critical_path.py`). Below 0 the objective's date cannot be kept as planned.
Work on the way to no objective with a last day has none.

Worked: an objective is reached in 12.8 days at the earliest and ends in 20: 7.2 days. A project beside the critical
chain, with a float of 7.8, can wait 15 days; one on the chain 7.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.critical_path import critical_paths
from vaultkit.insights.progress import primary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault


def slacks(vault: Vault) -> Mapping[str, float]:
    """Note -> the days that it can wait."""
    found: dict[str, float] = {}
    for each in vault.ask(critical_paths):
        if each.slack is not None:
            for domino in each.work:
                _least(found, domino.path, domino.total_float + each.slack)
    above = vault.ask(primary)
    for path, days in sorted(found.items()):
        seen, parent = {path}, above.get(path)
        while parent is not None and parent not in seen and days < found.get(parent, days + 1):
            found[parent] = days
            seen.add(parent)
            parent = above.get(parent)
    return found


def _least(found: dict[str, float], path: str, days: float) -> None:
    found[path] = min(days, found.get(path, days))
