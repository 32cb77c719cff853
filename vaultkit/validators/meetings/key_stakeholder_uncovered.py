"""A stakeholder with much power, whom nobody looks after.

## What it flags
A live stakeholder with a `power` of at least `power` (4) of 5, when the note names no owner (`no-owner`); or when it
names one but no `cadence`, and nobody has been in touch for more than `days` (60) days (`silent`), or somebody has but
nothing says how often it is to be (`no-rhythm`). What counts as a contact is told under `contact-overdue`, which speaks
of those with a `cadence`.

## Why it matters
They can stop what everybody else has agreed on. What they think of it is somebody's work, or nobody's.

## How to mend it
Write under `owner` who looks after them, and under `cadence` how often they are to hear something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.contact import contacts, planned
from vaultkit.insights.ownership import ownership
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import touch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("stakeholder",)
READS: tuple[Reads, ...] = ("work", "backlinks")


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.key-stakeholder-uncovered]`."""

    power: float = 4
    days: int = 60


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("key-stakeholder-uncovered", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a stakeholder with power and without an owner, or else without a rhythm."""
    power = vault.number(note, "power")
    if power is None or power < vault.ask(options).power or not is_live(vault, note):
        return
    if ownership(vault, note).fault == "none":
        yield _finding(note, vault, _unowned(note, vault, f"{power:g}"), _mend(note, vault), "no-owner")
    elif not vault.text(note, "cadence"):
        days = _silence(note, vault)
        said = _rarely(note, vault, f"{power:g}", days)
        yield _finding(note, vault, said, _rhythm(note, vault), "no-rhythm" if days is None else "silent")


def _unowned(note: Note, vault: Vault, power: str) -> Message:
    name = called(vault, note.path)
    days = None if vault.text(note, "cadence") else _silence(note, vault)
    if days is None:
        return message("{name} has power {power}, and nobody looks after them.", name=name, power=power)
    return message(
        "{name} has power {power}, nobody looks after them, and nobody has been in touch for {count} days.",
        name=name,
        power=power,
        count=days,
    )


def _mend(note: Note, vault: Vault) -> Message:
    owner = property_name(vault, note, "owner")
    if vault.text(note, "cadence"):
        return message("write who does under `{property}`", property=owner)
    return message(
        "write who does under `{owner}`, and under `{cadence}` how often they are to hear something",
        owner=owner,
        cadence=property_name(vault, note, "cadence"),
    )


def _rarely(note: Note, vault: Vault, power: str, days: int | None) -> Message:
    name = called(vault, note.path)
    if days is not None:
        return message(
            "{name} has power {power}, and nobody has been in touch for {count} days.",
            name=name,
            power=power,
            count=days,
        )
    return message(
        "{name} has power {power}, and nothing says how often to be in touch with them.", name=name, power=power
    )


def _rhythm(note: Note, vault: Vault) -> Message:
    return message(
        "say under `{property}` how often they are to hear something", property=property_name(vault, note, "cadence")
    )


def _silence(note: Note, vault: Vault) -> int | None:
    """The days since the last contact, when they are too many and none is planned; None when not, or unknown."""
    found = contacts(vault, note)
    days = (vault.today - found[0].day).days if found else 0
    return days if days > vault.ask(options).days and planned(vault, note) is None else None


def _finding(note: Note, vault: Vault, said: Message, mend: Message, reason: str) -> Finding:
    name, item = called(vault, note.path), vault.property(note, "power")
    line = item.span.line if item else 1
    power = message("{name} has power {power}", name=name, power=vault.text(note, "power"))
    last = () if vault.text(note, "cadence") else (touch.last(vault, note, each) for each in contacts(vault, note)[:1])
    return Finding(
        "key-stakeholder-uncovered",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        said,
        mend,
        (Evidence(power, note.path, line), *last),
        reason,
    )
