"""An audience that has had no update for longer than it is to wait.

## What it flags
An `audience` that a live stakeholder's note names beside a `cadence`, when the last update for it is longer ago
(`late`), or there is none (`never`), unless the note is known to be younger than the rhythm. An update is for an
audience when it names it, or the stakeholder, under `audience`; the day in `last_contact` counts as well. It is told
once for each audience, of the stakeholder who is to hear most often.

## Why it matters
A board or an investor who is told on time trusts bad news too. One who has to ask believes that there is more of it.

## How to mend it
Write the update, `vaultkit new update`, and name the audience in it. Five lines on time are worth more than a page
next month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.contact import Contact, audiences, updates_by_audience
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.text import stem
from vaultkit.validators import touch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("stakeholder",)
READS: tuple[Reads, ...] = ("work",)


def speakers(vault: Vault) -> Mapping[str, str]:
    """Audience, as `stem` has it -> the stakeholder of it who is to hear most often."""
    found: dict[str, tuple[int, str]] = {}
    for note in vault.of_kind("stakeholder"):
        every = touch.stated_rhythm(vault, note)
        if every is not None and is_live(vault, note):
            for word in audiences(vault, note):
                found[word] = min(found.get(word, (every, note.path)), (every, note.path))
    return {word: path for word, (_, path) in found.items()}


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each audience that waits, at the stakeholder who speaks for it."""
    every = touch.stated_rhythm(vault, note)
    if every is None or not is_live(vault, note):
        return
    for word, audience in audiences(vault, note).items():
        if vault.ask(speakers).get(word) == note.path:
            last = _last(vault, note, word)
            days = (vault.today - last.day).days if last else 0
            if days > every or (last is None and not touch.is_new(vault, note, every)):
                yield _finding(note, vault, audience, every, last)


def _last(vault: Vault, note: Note, word: str) -> Contact | None:
    """The newest update for an audience, or for the stakeholder alone, until today."""
    sent, day, item = (
        vault.ask(updates_by_audience),
        vault.day(note, "last_contact"),
        vault.property(note, "last_contact"),
    )
    found = [*sent.get(word, ()), *sent.get(stem(note.name), ())]
    found += [Contact(day, note.path, item.span.line)] if day and item else []
    past = (contact for contact in found if contact.day <= vault.today)
    return max(past, key=lambda contact: (contact.day, contact.path), default=None)


def _said(audience: str, every: int, days: int | None) -> Message:
    if days is None:
        return message(
            "There is no update for “{audience}”; one is to come {every}.", audience=audience, every=touch.every(every)
        )
    return plural(
        "The last update for “{audience}” was {count} day ago; one is to come {every}.",
        "The last update for “{audience}” was {count} days ago; one is to come {every}.",
        days,
        audience=audience,
        every=touch.every(every),
    )


def _finding(note: Note, vault: Vault, audience: str, every: int, last: Contact | None) -> Finding:
    item, name = vault.property(note, "audience"), called(vault, note.path)
    property_here = property_name(vault, note, "audience")
    wanted = message(
        "{name} is to have an update for “{audience}” {every}", name=name, audience=audience, every=touch.every(every)
    )
    steps = [Evidence(wanted, note.path, item.span.line if item else 1)]
    if last is not None:
        steps.append(Evidence(message("the last one is of {date}", date=str(last.day)), last.path, last.line))
    return Finding(
        "update-overdue",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        _said(audience, every, (vault.today - last.day).days if last else None),
        message(
            "write one, `vaultkit new update`, with `{property}: {audience}`",
            property=property_here,
            audience=audience,
        ),
        tuple(steps),
        "late" if last else "never",
    )
