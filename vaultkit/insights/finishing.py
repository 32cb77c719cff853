"""Whether all that makes up a note is done: a Vault and a note go in; the results below it, and what is left, come out.

Results are what can be finished: milestones, the notes that serve it, key results that have met their target. Ticked
checkboxes are none: a project whose to-dos are all done may just as well have run out of next actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children
from vaultkit.insights.measures import BOUNDS, measure
from vaultkit.insights.progress import checklist, progress, state_of
from vaultkit.text import stem

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

_HEADINGS = frozenset(
    stem(heading)
    for heading in (
        *("outcome", "result", "what came of it", "retro", "retrospective", "post mortem", "postmortem", "review"),
        *("lesson", "lesson learned", "lessons learnt", "learning", "what we learned", "conclusion", "wrap up"),
        *(
            "bilan",
            "résultat",
            "rétro",
            "rétrospective",
            "leçon",
            "leçon apprise",
            "enseignement",
            "ce qui en est sorti",
        ),
        *("retour d'expérience", "rex", "retex", "clôture"),
    )
)
"""Headings below which somebody says what came of it, as `stem` has them."""
BELOW = ("objective", "key_result", "priority", "project", "task")


def results(vault: Vault, note: Note) -> tuple[Note, ...]:
    """The notes that serve one and were not given up, by path."""
    below = (child for child in children(vault, note.path) if vault.is_kind(child, *BELOW))
    return tuple(child for child in below if state_of(vault, child) != "dropped")


def is_finished(vault: Vault, note: Note) -> bool:
    """Whether there are results and all of them are done, and no checkbox in the note is open."""
    boxes, below = vault.gather(checklist)[note.path], results(vault, note)
    if not below and not boxes.milestones:
        return False
    if boxes.reached < boxes.milestones or boxes.done < boxes.whole:
        return False
    return all(is_done(vault, child) for child in below)


def is_reached(vault: Vault, note: Note) -> bool:
    """Whether an objective has key results that were not given up, and all that makes it up is done."""
    return any(vault.is_kind(child, "key_result") for child in results(vault, note)) and is_finished(vault, note)


def is_done(vault: Vault, note: Note) -> bool:
    """Whether a result is done: closed, or its number has met its target; a bound must be kept until the last day."""
    if state_of(vault, note) == "done":
        return True
    reached = vault.ask(progress).get(note.path)
    if reached is None or reached.basis != "number" or reached.value != 1.0:
        return False
    return measure(vault, note).direction not in BOUNDS


def is_summed_up(vault: Vault, note: Note) -> bool:
    """Whether an objective or a project has a heading that says what came of it."""
    if not note.headings or not vault.is_kind(note, "objective", "project"):
        return False
    return any(stem(each.text.strip("#*_ :")) in _HEADINGS for each in note.headings)
