"""Sentences about being in touch: a note and its contacts go in, Evidence or part of a sentence comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights import history
from vaultkit.insights.people import is_away
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence
from vaultkit.vault.values import cadence_of

if TYPE_CHECKING:
    from vaultkit.insights.contact import Contact
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault


def is_there(vault: Vault, note: Note) -> bool:
    """Whether anybody expects to be in touch: the note is live, and nobody is on leave or gone."""
    return is_live(vault, note) and not (vault.is_kind(note, "person") and is_away(vault, note))


def stated_rhythm(vault: Vault, note: Note) -> int | None:
    """Every how many days a note says that its person is to be in touch."""
    item = vault.property(note, "cadence")
    return cadence_of(item.value) if item else None


def every(days: int) -> Message:
    """`every 30 days`."""
    return message("every {days} days", days=days) if days > 1 else message("every day")


def wanted(vault: Vault, note: Note) -> Evidence:
    """The line with the rhythm that a note wants."""
    item = vault.property(note, "cadence")
    said = message("{name} is to be in touch {every}", name=called(vault, note.path), every=every(_days(vault, note)))
    return Evidence(said, note.path, item.span.line if item else 1)


def last(vault: Vault, note: Note, contact: Contact) -> Evidence:
    """The note that tells of a contact."""
    name, source = called(vault, note.path), called(vault, contact.path)
    if contact.path == note.path:
        said = message("{name} was in touch on {date}", name=name, date=str(contact.day))
    else:
        said = message("{name} was in touch on {date}: {note}", name=name, date=str(contact.day), note=source)
    return Evidence(said, contact.path, contact.line)


def is_new(vault: Vault, note: Note, days: int) -> bool:
    """Whether a note is known to have been written not so many days ago."""
    created = history.created(vault, note)
    return created is not None and (vault.today - created).days <= days


def _days(vault: Vault, note: Note) -> int:
    return stated_rhythm(vault, note) or 0
