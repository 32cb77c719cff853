"""Which notes hold what vaultkit writes, pages and notes with regions: a Vault goes in, their paths come out.

Few notes hold any, and to look for them takes longer than to read them: from step to step only what was touched is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.waiving import waiving

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultkit.model import Note
    from vaultkit.vault import Step, Vault


def holding(vault: Vault) -> frozenset[str]:
    """The pages, canvases and bases of vaultkit's, and the notes with a region or with what is left of one."""
    return frozenset(path for path, note in vault.everything.items() if _holds(note))


def hand_on(step: Step) -> None:
    """Find out only of what was touched which notes hold something, a waiver included."""
    for question, holds in _HOLDING:
        known = step.before.answered(question)
        if known is not None:
            read = step.after.everything
            new = (path for path in step.touched if path in read and holds(read[path]))
            step.after.expect(question, known.difference(step.touched).union(new))


def _holds(note: Note) -> bool:
    return bool(note.generated or note.regions) or any(problem.kind == "region" for problem in note.problems)


def _waives(note: Note) -> bool:
    return bool(note.waivers)


_HOLDING: tuple[tuple[Callable[[Vault], frozenset[str]], Callable[[Note], bool]], ...] = (
    (holding, _holds),
    (waiving, _waives),
)
