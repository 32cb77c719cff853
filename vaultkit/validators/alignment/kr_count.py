"""An objective with one key result, or with more than anybody can keep in mind.

## What it flags
A live objective with fewer key results than `least` (2), those that are done among them, or with more live ones than
`most` (5); one with none at all is told by `objective-without-metric`.

## Why it matters
One number alone invites to reach it at the cost of everything else; seven are a list that nobody steers by.

## How to mend it
Add the key result that would show the price of the first one, or join those that say nearly the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import children, objectives
from vaultkit.insights.progress import state_of
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective",)
READS: tuple[Reads, ...] = ("work",)

SHOWN = 8


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.kr-count]`."""

    least: int = 2
    most: int = 5


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("kr-count", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live objective with too few or too many of them."""
    if note.path not in vault.ask(objectives):
        return
    below = [child for child in children(vault, note.path) if vault.is_kind(child, "key_result")]
    live = [child for child in below if is_live(vault, child)]
    kept = [child for child in below if child in live or state_of(vault, child) == "done"]
    wanted = vault.ask(options)
    few, many = 0 < len(kept) < wanted.least, len(live) > wanted.most
    if not few and not many:
        return
    results = live if many else kept
    name, count = called(vault, note.path), len(results)
    yield Finding(
        "kr-count",
        SEVERITY,
        note.path,
        TOP,
        plural(
            "{name} is measured by {count} key result; between {least} and {most} are usual.",
            "{name} is measured by {count} key results; between {least} and {most} are usual.",
            count,
            name=name,
            least=wanted.least,
            most=wanted.most,
        ),
        message("add the one that would show what the first costs") if few else message("join or drop some of them"),
        tuple(
            Evidence(message("{child} serves {parent}", child=called(vault, each.path), parent=name), each.path)
            for each in results[:SHOWN]
        ),
    )
