"""Somebody who used to be in touch regularly, and has not been for more than twice as long as usual.

## What it flags
A person or stakeholder without a `cadence`, with at least `gaps` (3) intervals between contacts over at least `days`
(21) days, and silent since for more than twice the usual interval and two weeks more than it, but not yet for so long
that it is simply over (twelve intervals, or three months more than one). What counts as a contact is told under
`contact-overdue`. Quiet when a meeting with them is planned, of people who are away, and where the vault tells of no
meeting with anybody since.

## Why it matters
Nobody decides to lose touch. It is seen only when something is needed of them, and then the first call in months is a
request.

## How to mend it
Reach out while it is still natural. Write a `cadence` if it is to be kept up; there is nothing to do if it has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.contact import DAYS, GAPS, contacts, last_meeting, may_have_rhythm, planned, rhythm, silence
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.contact import Contact
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("person", "stakeholder")
READS: tuple[Reads, ...] = ("work", "backlinks")
HEEDS = frozenset({"person", "stakeholder", "team", "meeting", "update"})


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.drifting]`."""

    gaps: int = GAPS
    days: int = DAYS


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("drifting", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for somebody who has been silent for unusually long."""
    latest, wanted = vault.ask(last_meeting), vault.ask(options)
    if latest is None or not may_have_rhythm(vault, note, wanted.gaps):
        return
    if vault.text(note, "cadence") or not touch.is_there(vault, note):
        return
    found = contacts(vault, note)
    usual = rhythm((contact.day for contact in found), wanted.gaps, wanted.days) if len(found) > wanted.gaps else None
    if usual is None:
        return
    drift, days = silence(usual), (vault.today - found[0].day).days
    told = (latest - found[0].day).days
    if drift.after < days <= drift.until and told > drift.after and not planned(vault, note):
        yield _finding(note, vault, found, usual)


def _finding(note: Note, vault: Vault, found: tuple[Contact, ...], usual: float) -> Finding:
    name = called(vault, note.path)
    contacts_told = message(
        "{name} had been in touch on {count} days, usually {every}",
        name=name,
        count=len({contact.day for contact in found}),
        every=touch.every(round(usual)),
    )
    return Finding(
        "drifting",
        SEVERITY,
        note.path,
        TOP,
        message(
            "{name} used to be in touch {every}, and has not been for {count} days.",
            name=name,
            every=touch.every(round(usual)),
            count=(vault.today - found[0].day).days,
        ),
        message(
            "reach out; or say under `{property}` how often it is to be",
            property=property_name(vault, note, "cadence"),
        ),
        (Evidence(contacts_told, note.path), touch.last(vault, note, found[0])),
    )
