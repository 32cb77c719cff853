"""Which notes hold what vaultkit writes, pages and notes with regions: a Vault goes in, their paths come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Step, Vault


def holding(vault: Vault) -> frozenset[str]:
    """The pages of vaultkit's, and the notes with a region or with what is left of one."""
    return frozenset(path for path, note in vault.notes.items() if _holds(note))


def hand_on(step: Step) -> None:
    """Find out only of what was touched: few notes hold any, and to look for them takes longer than to read them."""
    known = step.before.answered(holding)
    if known is None:
        return
    notes = step.after.notes
    new = (path for path in step.touched if path in notes and _holds(notes[path]))
    step.after.expect(holding, known.difference(step.touched).union(new))


def _holds(note: Note) -> bool:
    return bool(note.generated or note.regions) or any(problem.kind == "region" for problem in note.problems)
