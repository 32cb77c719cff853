"""A metric that nobody has measured for too long.

## What it flags
A live metric that says how often it is measured, when its last value is older than one and a half times that and more
than three days late (`old`), or when it has none at all (`never`). A value is a row of a dated table in its note, an
update about it, or the day in `reviewed`. Where there is a value and nothing says of which day, nothing is said.

## Why it matters
An old number looks like a new one. Decisions are taken by it, and what rests on it counts as on track.

## How to mend it
Write the latest value into its table, or a slower rhythm into `cadence`. If nobody looks at the metric, close it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.history import touched
from vaultkit.insights.status import is_live
from vaultkit.insights.updates import updates
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.vault.values import cadence_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Property, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("metric",)
READS: tuple[Reads, ...] = ("work",)


GRACE = 3
"""Days that a value may be late whatever the rhythm: a weekend, and the day after it."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.metric-stale]`."""

    times: float = 1.5
    """How often its rhythm a metric's last value may be old."""


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("metric-stale", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """At most one finding for a live metric with a rhythm."""
    item = vault.property(note, "cadence")
    days = cadence_of(item.value) if item else None
    if item is None or days is None or not is_live(vault, note):
        return
    last = _last(note, vault)
    if last is None:
        if vault.number(note, "current") is None and not note.measurements:
            said = plural(
                "{name} is to be measured every day, and has no value.",
                "{name} is to be measured every {count} days, and has no value.",
                days,
                name=called(vault, note.path),
            )
            yield _finding(note, vault, item, (said, "never"))
        return
    age = (vault.today - last).days
    if age > max(vault.ask(options).times * days, days + GRACE):
        said = plural(
            "{name} is to be measured every day, and was {age} days ago.",
            "{name} is to be measured every {count} days, and was {age} days ago.",
            days,
            name=called(vault, note.path),
            age=age,
        )
        yield _finding(note, vault, item, (said, "old"), last)


def _last(note: Note, vault: Vault) -> date | None:
    """The last day of which a value is known; where only `current` stands there, the day of the note's last change."""
    days = [each.day for each in note.measurements if each.day <= vault.today]
    days += [update.day for update in vault.ask(updates).get(note.path, ())[:1]]
    if not days and vault.number(note, "current") is not None:
        return touched(vault, note)
    return max(days, default=None)


def _finding(note: Note, vault: Vault, item: Property, told: tuple[Message, str], last: date | None = None) -> Finding:
    name = called(vault, note.path)
    rhythm = message("{name} says `{property}`", name=name, property=f"{item.name}: {text_of(item.value)}")
    value = message("its last value is of {date}", date=str(last)) if last else message("it has no value of any day")
    return Finding(
        "metric-stale",
        SEVERITY,
        note.path,
        TOP,
        told[0],
        message("write the latest value and its day into the table of its values"),
        (Evidence(rhythm, note.path, item.span.line), Evidence(value, note.path)),
        told[1],
    )
