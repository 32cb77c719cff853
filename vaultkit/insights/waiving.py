"""What the owners of notes have said they live with: a Vault goes in; the notes that waive findings come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from vaultkit.model import Finding, Note, Waiver
    from vaultkit.vault import Vault


def waiving(vault: Vault) -> frozenset[str]:
    """The notes with a comment that waives a finding, whether it still holds or not."""
    return frozenset(path for path, note in vault.notes.items() if note.waivers)


def said(_vault: Vault) -> Mapping[str, frozenset[str]]:
    """Note -> the validators that have something to say of it, among the notes of `waiving`.

    Whoever has asked them tells the vault (`Vault.expect`); nobody else can know.
    """
    return {}


def last_day(waiver: Waiver) -> date | None:
    """The last day of a waiver, that of a month or a quarter too; None when it says none, or none that can be read."""
    from vaultkit.insights.daytext import reading  # these two take 20 ms, and few vaults have a waiver
    from vaultkit.vault.values import period_of, text_of

    period = period_of(waiver.day)
    if period is not None:
        return period[1]
    meant = reading(text_of(waiver.day), day_first=True)
    return meant.day if meant is not None and meant.sure else None


def holds(vault: Vault, waiver: Waiver) -> bool:
    """Whether its last day has not passed; one without a day holds until somebody removes it."""
    last = last_day(waiver)
    return last is None or last >= vault.today


def waiver(vault: Vault, note: Note, validator: str) -> Waiver | None:
    """The first waiver in a note that holds and names a validator."""
    return next((each for each in note.waivers if validator in each.names and holds(vault, each)), None)


def waived(vault: Vault, finding: Finding) -> str | None:
    """Why the owner of its note lives with a finding; None when nobody has said so."""
    note = vault.notes.get(finding.path)
    found = waiver(vault, note, finding.validator) if note is not None and note.waivers else None
    return None if found is None else found.reason


def until(vault: Vault, finding: Finding) -> date | None:
    """The last day on which the owner of its note lives with a finding; None when there is none."""
    note = vault.notes.get(finding.path)
    found = waiver(vault, note, finding.validator) if note is not None else None
    return None if found is None else last_day(found)


def validators_by_note(findings: Iterable[Finding], paths: frozenset[str]) -> Mapping[str, frozenset[str]]:
    """The answer of `said`, of all that was said."""
    found: dict[str, set[str]] = {}
    for finding in findings:
        if finding.path in paths:
            found.setdefault(finding.path, set()).add(finding.validator)
    return {path: frozenset(names) for path, names in found.items()}
