"""Work that is blocked or waits, and nobody says for what.

## What it flags
A live objective, key result, priority, project or task note whose status is blocked or waiting, and that names nothing
and nobody that holds it up: no `depends_on`, no `waiting_on`, no `why`, no other note that says it `blocks` this one,
no live risk that affects it, and no heading such as `Blocked by` or `Waiting for` in its text.

## Why it matters
Whatever is not named is nobody's to remove. A blocked project without a blocker stays blocked until somebody asks, and
the answer is often that it has not been blocked for weeks.

## How to mend it
Name it: `depends_on` with the work that must come first, `waiting_on` with the person, or a `why`. If nothing holds it
up, set the status back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.dependencies import needs
from vaultkit.insights.friction import BLOCKED
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.text import stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)

_NAMING = ("depends_on", "waiting_on", "why")
_HEADINGS = frozenset(
    stem(heading)
    for heading in (
        *("blocked by", "blocker", "blocking", "waiting for", "waiting on", "what blocks us", "obstacle", "impediment"),
        *("bloqué par", "bloquée par", "blocage", "point de blocage", "en attente de", "en attente", "ce qui bloque"),
    )
)


def threatened(vault: Vault) -> frozenset[str]:
    """The notes that a live risk affects."""
    risks = (note for note in vault.of_kind("risk") if is_live(vault, note))
    edges = (edge for note in risks for edge in vault.relation(note, "affects"))
    return frozenset(edge.target for edge in edges if edge.target is not None)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for live work that is held up by nobody knows what."""
    if vault.choice(note, "status") not in BLOCKED or not is_live(vault, note) or _is_named(note, vault):
        return
    name, item = called(vault, note.path), vault.property(note, "status")
    if item is None:
        return
    yield Finding(
        "blocked-no-blocker",
        SEVERITY,
        note.path,
        item.span,
        message(
            "{name} says `{said}`, and not what holds it up.", name=name, said=f"{item.name}: {text_of(item.value)}"
        ),
        message(
            "name what must come first in `{depends}`, or whom it waits for in `{waiting}`",
            depends=property_name(vault, note, "depends_on"),
            waiting=property_name(vault, note, "waiting_on"),
        ),
        (Evidence(message("{name} names nothing and nobody that holds it up", name=name), note.path, item.span.line),),
    )


def _is_named(note: Note, vault: Vault) -> bool:
    """Whether anything says what holds it up, here or elsewhere."""
    if any(vault.text(note, field) for field in _NAMING) or note.path in vault.ask(needs):
        return True
    headings = (stem(heading.text.strip("#*_ :")) for heading in note.headings)
    return note.path in vault.ask(threatened) or not _HEADINGS.isdisjoint(headings)
