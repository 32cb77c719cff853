"""What a project is to reach on its way: a Vault and a note go in; its milestones, each with its day, come out.

They stand below a heading "Milestones": checkboxes, or lines and sub-headings that name a day (`2026-04-02: the pilot
runs`, `Pilot 📅 2026-04-02`). A checkbox says whether it was reached; of anything else the day alone can tell, and what
has none is taken to lie ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.assignments import assignments
from vaultkit.insights.updates import days_in

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_LONGEST = 80
"""Characters of a milestone that anybody reads: of a longer one the rest may change as it likes."""


class Milestone(NamedTuple):
    """One thing to reach."""

    words: str
    """As written, without the marks of the Tasks plugin."""
    day: date | None
    is_open: bool | None
    """None when no checkbox says."""


def milestones(vault: Vault, note: Note) -> tuple[Milestone, ...]:
    """Those of a note, in the order of its text; what was given up is none."""
    points = [point for point in note.points if point.topic == "milestones"]
    if not points or note.generated is not None:
        return ()
    boxes = {each.span.start: each for each in vault.gather(assignments)[note.path]}
    found = []
    for point in points:
        box = boxes.get(point.span.start)
        if box is None:
            found.append(Milestone(point.text[:_LONGEST], next(days_in(point.text), None), None))
        elif box.is_open or box.is_done:
            found.append(Milestone(box.text[:_LONGEST], box.due or next(days_in(box.text), None), box.is_open))
    return tuple(found)


def next_milestone(vault: Vault, note: Note) -> Milestone | None:
    """The first that is still to be reached: by its day, those without one last, in the order of the text."""
    ahead = [each for each in vault.gather(milestones)[note.path] if _is_ahead(vault, each)]
    return min(ahead, key=lambda each: (each.day is None, each.day or vault.today), default=None)


def _is_ahead(vault: Vault, each: Milestone) -> bool:
    return each.is_open if each.is_open is not None else each.day is None or each.day >= vault.today
