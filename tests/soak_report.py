"""What a soak has seen goes in; a report that can be read at any time, and whether all is well, come out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.soak_watch import Figures

_PARTS = 4
"""Growth is told from the medians of the second and of the last of so many parts: the first is for warming up."""
_KEPT = 20
"""How many differing files are kept to be looked at."""


@dataclass
class Checkpoint:
    """What was seen while all rested."""

    changes: int
    seconds: float
    """Since the beginning."""
    rested: float
    """How long it took until nothing changed any more."""
    reached: bool
    differences: list[str]
    late: list[str]
    """What differed at first, and no longer a while later."""
    lost: dict[str, str]
    aside: list[str]
    litter: list[str]
    loops: list[str]
    """Files that vaultkit wrote though nobody had changed anything."""
    writes: int
    """How many files vaultkit has written so far."""
    figures: Figures


@dataclass
class Report:
    """All of it."""

    asked: dict[str, Any]
    changes: Counter[str] = field(default_factory=Counter)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    complaints: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """Whatever is a failure and stands in no checkpoint."""
    exit_code: int | None = None
    interrupted: bool = False

    @property
    def made(self) -> int:
        """How many changes there were."""
        return sum(count for kind, count in self.changes.items() if ": " in kind)

    def summary(self) -> dict[str, Any]:
        """The numbers that count."""
        seen = self.checkpoints
        return {
            "well": self.well,
            "changes": self.made,
            "checkpoints": len(seen),
            "differences": sum(len(each.differences) for each in seen),
            "late": sum(len(each.late) for each in seen),
            "lost": sum(len(each.lost) for each in seen),
            "aside": len(seen[-1].aside) if seen else 0,
            "litter": len(seen[-1].litter) if seen else 0,
            "loops": sum(len(each.loops) for each in seen),
            "never_rested": sum(not each.reached for each in seen),
            "faults": len(self.faults),
            "writes_per_change": round(seen[-1].writes / max(1, self.made), 3) if seen else 0,
            **{
                name: _course([getattr(each.figures, name) for each in seen])
                for name in ("rss", "descriptors", "threads")
            },
        }

    @property
    def well(self) -> bool:
        """Whether every promise was kept."""
        wrong = (each.differences or each.lost or each.litter or each.loops for each in self.checkpoints)
        return not any(wrong) and not self.faults and all(each.reached for each in self.checkpoints)

    def write(self, out: Path) -> None:
        """Write it, so that whoever reads meanwhile reads a whole one."""
        beside = out.with_name(f".{out.name}.tmp")
        beside.write_bytes(msgspec.json.format(msgspec.json.encode({"summary": self.summary(), **vars(self)})))
        beside.replace(out)


def keep(differing: Iterable[tuple[str, tuple[bytes, bytes]]], folder: Path, changes: int) -> None:
    """Keep both sides of what differs, to be looked at."""
    for number, (path, sides) in enumerate(differing):
        if number == _KEPT:
            return
        for side, data in zip(("watched", "expected"), sides, strict=True):
            place = folder / str(changes) / side / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)


def _course(values: list[int]) -> dict[str, Any]:
    """How a figure went: first, last, greatest, and by how much it grew once warm."""
    if not values:
        return {}
    part = max(1, len(values) // _PARTS)
    early, late = (sorted(some)[len(some) // 2] for some in (values[part : 2 * part] or values, values[-part:]))
    return {"first": values[0], "last": values[-1], "most": max(values), "growth": round(late / early - 1, 4)}
