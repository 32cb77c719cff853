"""A key result in one unit, and the metric it is measured by in another.

## What it flags
A live key result that names a note of a metric as its measure, or that such a note says it measures, when both say
their unit and these differ. Words for one unit are one: `€`, `EUR`, `euros`. `k€` is another.

## Why it matters
The value of the metric is what the key result stands at. With thousands beside units, or a percentage beside a count,
progress is not a little wrong: it means nothing, so vaultkit leaves it undefined.

## How to mend it
Write both in one unit, or measure the key result by another metric.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children
from vaultkit.insights.status import is_live
from vaultkit.insights.units import unit_of
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Link, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "error"
KINDS: tuple[str, ...] = ("key_result",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each metric of a live key result that has another unit."""
    unit = vault.text(note, "unit")
    if not unit or not is_live(vault, note):
        return
    for metric in _metrics(note, vault):
        other = vault.text(metric, "unit")
        if other and unit_of(other) != unit_of(unit) and is_live(vault, metric):
            yield _finding(note, vault, metric, (unit, other))


def _metrics(note: Note, vault: Vault) -> tuple[Note, ...]:
    """The metrics that it names, and those that say that they measure it."""
    item = vault.property(note, "metric")
    named = [edge.target for edge in vault.graph.of(note.path) if item and _stands_in(edge.link, item.name)]
    below = [child.path for child in children(vault, note.path)]
    found = (vault.notes[path] for path in dict.fromkeys((*named, *below)) if path and path in vault.notes)
    return tuple(other for other in found if vault.is_kind(other, "metric"))


def _stands_in(link: Link, name: str) -> bool:
    return link.property.partition(".")[0] == name or link.field == name


def _finding(note: Note, vault: Vault, metric: Note, units: tuple[str, str]) -> Finding:
    name, other, item = called(vault, note.path), called(vault, metric.path), vault.property(note, "unit")
    said = message(
        "{name} is in {unit}, and {metric}, which measures it, in {other}.",
        name=name,
        unit=units[0],
        metric=other,
        other=units[1],
    )
    line = vault.property(metric, "unit")
    return Finding(
        "unit-mismatch",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        message("write both in one unit, or measure it by another metric"),
        (
            Evidence(
                message("{name} is in {unit}", name=name, unit=units[0]), note.path, item.span.line if item else 1
            ),
            Evidence(
                message("{name} is in {unit}", name=other, unit=units[1]), metric.path, line.span.line if line else 1
            ),
        ),
    )
