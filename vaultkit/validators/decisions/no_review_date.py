"""A decision that nobody will look at again.

## What it flags
An accepted decision without a day on which it is looked at again (`missing`): among five decisions and more only where
one of them names such a day; or with one that has passed since, while nothing says that anybody looked (`overdue`).

## Why it matters
What was expected of a decision, and what came of it, is the only thing that one learns from. Whoever does not look on a
day that was set beforehand looks only at those that went wrong, and remembers them otherwise.

## How to mend it
Name a day: `review: 2026-09-01`. On that day compare, and write `outcome: achieved`, `partial` or `missed`; or say
`reviewed` and name the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.decisions import habits, state
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for an accepted decision that is not looked at again."""
    if state(vault, note) != "accepted":
        return
    name, item = called(vault, note.path), vault.property(note, "review")
    day, looked = vault.day(note, "review"), vault.day(note, "reviewed")
    if day is None and not vault.text(note, "review") and looked is None:
        if item is not None or "review" in habits(vault, note):
            yield Finding(
                "no-review-date",
                SEVERITY,
                note.path,
                telling.span_of(item or vault.property(note, "status")),
                message("{name} is accepted, and no day is set to look at it again.", name=name),
                message("name a day under `{property}`", property=property_name(vault, note, "review")),
                (telling.says(vault, note, "status"), telling.says(vault, note, "review")),
                "missing",
            )
    elif day is not None and day < vault.today and (looked is None or looked < day):
        yield Finding(
            "no-review-date",
            SEVERITY,
            note.path,
            telling.span_of(item),
            plural(
                "{name} was to be looked at again on {date}, {count} day ago.",
                "{name} was to be looked at again on {date}, {count} days ago.",
                (vault.today - day).days,
                name=name,
                date=str(day),
            ),
            message(
                "compare what came with what was expected, and write `{outcome}`; or name another day",
                outcome=property_name(vault, note, "outcome"),
            ),
            (telling.says(vault, note, "review"),),
            "overdue",
        )
