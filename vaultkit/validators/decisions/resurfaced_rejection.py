"""What was rejected once, proposed again as if nobody had.

## What it flags
A decision, open or accepted in the last `days` (90), of which an option or the title says the same as an option that
an earlier decision rejected: three words of five are the same, endings and small words left out. Silent when the two
link to each other, or when the new one says under a heading `New information` what has changed.

## Why it matters
To open a matter again is fine when something is new. When nothing is, the same people have the same discussion, and
those who remember how it ended begin to ask what a decision is worth.

## How to mend it
Link to the earlier decision, and say what is new; or leave the option out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.decisions import since, state
from vaultkit.insights.options import option_of
from vaultkit.insights.resurfacing import resurfaced
from vaultkit.insights.wording import called, is_french
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.options import Option
    from vaultkit.insights.resurfacing import Again
    from vaultkit.model import Message, Note, Severity, Span
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.resurfaced-rejection]`."""

    days: int = 90


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("resurfaced-rejection", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each earlier decision whose rejected option is proposed again."""
    found = vault.ask(resurfaced).get(note.path, ())
    if not found or not _is_recent(vault, note):
        return
    for again in found:
        if not any(edge.target == note.path and edge.human for edge in vault.graph.of(again.old)):
            yield _finding(note, vault, again)


def _is_recent(vault: Vault, note: Note) -> bool:
    day = since(vault, note) if state(vault, note) == "accepted" else vault.today
    return day is not None and (vault.today - day).days <= vault.ask(options).days


def _finding(note: Note, vault: Vault, again: Again) -> Finding:
    name, old, place = called(vault, note.path), called(vault, again.old), _place(note, again.option)
    heading = "Élément nouveau" if is_french(vault, note) else "New information"
    return Finding(
        "resurfaced-rejection",
        SEVERITY,
        note.path,
        place,
        _said(vault, again, name, old),
        message(
            "link to {old} and say what is new, below a heading `{heading}`; or leave the option out",
            old=old,
            heading=heading,
        ),
        (
            Evidence(message("{name} says: {words}", name=old, words=again.rejected.text), again.old),
            Evidence(message("{name} says: {words}", name=name, words=again.option.text), note.path, place.line),
        ),
    )


def _said(vault: Vault, again: Again, name: str, old: str) -> Message:
    day = vault.day(vault.notes[again.old], "date")
    if day is None:
        return message("{name} proposes again what {old} rejected.", name=name, old=old)
    return message("{name} proposes again what {old} rejected on {date}.", name=name, old=old, date=str(day))


def _place(note: Note, option: Option) -> Span:
    """Where an option stands in its note; the beginning for one that a property or the title names."""
    listed = (point for point in note.points if point.topic in {"options", "rejected"})
    return next((point.span for point in listed if option_of(point.text).text == option.text), TOP)
