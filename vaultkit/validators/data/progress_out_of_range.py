"""Numbers of which no progress can be worked out.

## What it flags
A live objective, key result or metric whose `target` is the value it started from (`no-distance`), or whose current
value lies more than ten times as far from the start as the target does (`far-off`); a `progress` or a `confidence`
below 0 or above 100 in a live note (`off-scale`). Values that are only to stay above or below a line have no distance
to go.

## Why it matters
Between a start and a target that are one number there is no way to go: progress is not 0 %, it is undefined. And what
is ten times beyond its target is nearly always a slip, thousands beside units or a comma in the wrong place.

## How to mend it
Correct the number. If what counts is not to fall below the target, write `direction: stay above`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.fielded import filled
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, is_french, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = (
    "objective",
    "key_result",
    "metric",
    "priority",
    "project",
    "update",
    "decision",
    "assumption",
)
READS: tuple[Reads, ...] = ("work",)

SCALED = ("progress", "confidence")
NUMBERS = frozenset({"target", *SCALED})
"""The fields without which there is nothing to judge."""
RATING = "score"
"""A name of `confidence` under which people also keep ratings on scales of their own."""
STAY = ("stay above", "rester au-dessus")
"""The direction in English and in French, as the kinds know it."""
WITHOUT_WAY = frozenset({"stay_above", "stay_below", "binary", "milestone"})
"""Directions in which nothing is to be gone through from a start to a target."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.progress-out-of-range]`."""

    times: float = 10
    """How often the distance from start to target a current value may lie away from the start."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("progress-out-of-range", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """At most one finding for the way from start to target, and one for each number that is off its scale."""
    fields = filled(vault, note)
    if fields.isdisjoint(NUMBERS) or not is_live(vault, note):
        return
    if "target" in fields:
        yield from _distance(note, vault)
    for field in SCALED:
        value = vault.number(note, field) if field in fields else None
        if value is not None and not 0 <= value <= 100 and property_name(vault, note, field).lower() != RATING:
            said = message(
                "`{property}` of {name} is {value}: it goes from 0 to 100.",
                property=property_name(vault, note, field),
                name=called(vault, note.path),
                value=f"{value:g}",
            )
            yield _finding(note, vault, field, (said, message("correct the number")), "off-scale")


def _distance(note: Note, vault: Vault) -> Iterator[Finding]:
    start, target = vault.number(note, "start_value"), vault.number(note, "target")
    if start is None or target is None or vault.choice(note, "direction") in WITHOUT_WAY:
        return
    name, current = called(vault, note.path), vault.number(note, "current")
    if start == target:
        said = message(
            "{name} starts at {value} and is to reach {value}: its progress is undefined.",
            name=name,
            value=f"{start:g}",
        )
        mend = message(
            "correct one of the two, or write `{property}` if it is only to stay there",
            property=f"{property_name(vault, note, 'direction')}: {STAY[is_french(vault, note)]}",
        )
        yield _finding(note, vault, "target", (said, mend), "no-distance")
    elif current is not None and abs(current - start) > vault.ask(options).times * abs(target - start):
        said = message(
            "{name} stands at {current}, and goes from {start} to {target}.",
            name=name,
            current=f"{current:g}",
            start=f"{start:g}",
            target=f"{target:g}",
        )
        mend = message("write all three in one unit, and look for a comma in the wrong place")
        yield _finding(note, vault, "current", (said, mend), "far-off")


def _finding(note: Note, vault: Vault, field: str, told: tuple[Message, Message], reason: str) -> Finding:
    item = vault.property(note, field)
    return Finding("progress-out-of-range", SEVERITY, note.path, item.span if item else TOP, *told, reason=reason)
