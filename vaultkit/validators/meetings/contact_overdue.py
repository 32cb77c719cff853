"""Somebody who is to be in touch every so often, and has not been for longer.

## What it flags
A person or stakeholder whose note has a `cadence`, and whose last contact is longer ago than that (`late`), or of whom
nothing tells of any contact (`never`), unless the note is known to be younger than the rhythm. A contact is the day in
`last_contact`, a meeting that lists them under `attendees`, an update about them, a dated line below `Updates`, and a
daily note that links to them. Quiet when a meeting with them is planned, of people who are away, when `last_contact`
is no day that has been, and of stakeholders with an `audience`: of these `update-overdue` speaks.

## Why it matters
Whoever hears nothing makes up their own story, and hears the bad news from somebody else.

## How to mend it
Talk to them, and let it be seen: list them in the meeting's note, or write the day under `last_contact`. If it need not
be so often, say so under `cadence`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.contact import contacts, planned
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Finding
from vaultkit.validators import touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("person", "stakeholder")
READS: tuple[Reads, ...] = ("work", "backlinks")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for somebody who has not been in touch for longer than their note wants."""
    every = touch.stated_rhythm(vault, note)
    if every is None or vault.text(note, "audience") or not touch.is_there(vault, note) or planned(vault, note):
        return
    name, found = called(vault, note.path), contacts(vault, note)
    if found and (vault.today - found[0].day).days > every:
        days = (vault.today - found[0].day).days
        said = plural(
            "The last contact with {name} was {count} day ago; there is to be one {every}.",
            "The last contact with {name} was {count} days ago; there is to be one {every}.",
            days,
            name=name,
            every=touch.every(every),
        )
        yield _finding(note, vault, said, "late")
    elif not found and not vault.text(note, "last_contact") and not touch.is_new(vault, note, every):
        said = message(
            "Nothing tells of any contact with {name}; there is to be one {every}.", name=name, every=touch.every(every)
        )
        yield _finding(note, vault, said, "never")


def _finding(note: Note, vault: Vault, said: Message, reason: str) -> Finding:
    item, found = vault.property(note, "cadence"), contacts(vault, note)
    return Finding(
        "contact-overdue",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        message(
            "talk to them, and list them in the meeting's note or write the day under `{property}`",
            property=property_name(vault, note, "last_contact"),
        ),
        (touch.wanted(vault, note), *(touch.last(vault, note, contact) for contact in found[:1])),
        reason,
    )
