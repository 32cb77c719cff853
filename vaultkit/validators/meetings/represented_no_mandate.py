"""A meeting in which one person speaks for another, and nothing says what may be said.

## What it flags
A meeting with `represents`, of today, to come or at most `days` (14) days ago, without a `mandate`: neither the
property nor a word below such a heading.

## Why it matters
Whoever speaks for somebody else agrees to something in their name. Without a mandate they learn afterwards what that
was.

## How to mend it
Three lines are enough: what we want, what may be agreed to, what is to be refused. Write them under `mandate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.parts import parts
from vaultkit.insights.series import said
from vaultkit.insights.status import is_archived
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("meeting",)
READS: tuple[Reads, ...] = ("work",)
HEEDS = frozenset({"meeting"})


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.represented-no-mandate]`."""

    days: int = 14


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("represented-no-mandate", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a meeting without a mandate."""
    item, whom, known = (
        vault.property(note, "represents"),
        vault.text(note, "represents"),
        vault.gather(said)[note.path],
    )
    if item is None or not whom or known is None or known.is_cancelled or is_archived(note):
        return
    if known.day is not None and (vault.today - known.day).days > vault.ask(options).days:
        return
    if vault.text(note, "mandate") or "mandate" in parts(note):
        return
    name = called(vault, note.path)
    yield Finding(
        "represented-no-mandate",
        SEVERITY,
        note.path,
        item.span,
        message("In {name} somebody speaks for {whom}, and nothing says what may be agreed to.", name=name, whom=whom),
        message(
            "write under `{property}` what is wanted, what may be agreed to and what is to be refused",
            property=property_name(vault, note, "mandate"),
        ),
        (Evidence(message("{name} is in the name of {whom}", name=name, whom=whom), note.path, item.span.line),),
    )
