"""Which notes hold what vaultkit writes, pages and notes with regions: a Vault goes in, their paths come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.vault import Step, Vault


def holding(vault: Vault) -> frozenset[str]:
    """The pages of vaultkit's, and the notes with a region."""
    return frozenset(path for path, note in vault.notes.items() if note.generated or note.regions)


def hand_on(step: Step) -> None:
    """Find out only of what was touched: few notes hold any, and to look for them takes longer than to read them."""
    known = step.before.answered(holding)
    if known is None:
        return
    notes = step.after.notes
    new = (path for path in step.touched if path in notes and (notes[path].generated or notes[path].regions))
    step.after.expect(holding, known.difference(step.touched).union(new))
