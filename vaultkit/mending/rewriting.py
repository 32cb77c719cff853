"""A text under repair and a piece of it that is to read otherwise go in; the next draft comes out, or why none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.parser import parse

if TYPE_CHECKING:
    from vaultkit.mending.draft import Draft
    from vaultkit.model import Message, Note, Rewrite


def rewrite(draft: Draft, wanted: Rewrite) -> Draft | Message:
    """Write it, where a person's text stands and still reads as it did."""
    place = draft.find(wanted.span)
    if place is None:
        return message("another fix of this run has changed the same text: run it again")
    start, end = place
    before = parse(wanted.path, draft.text.encode())
    if before.generated or any(_holds(before, start, end)):
        return message("what stands there is written by vaultkit: the next build writes it")
    new = f"{draft.text[:start]}{wanted.text}{draft.text[end:]}"
    after = parse(wanted.path, new.encode())
    if [problem.kind for problem in after.problems] != [problem.kind for problem in before.problems]:
        return message("the note could not be read any more as it is meant")
    return draft.reading(new)


def _holds(note: Note, start: int, end: int) -> list[bool]:
    """For each region that is filled, whether it holds any of `text[start:end]`."""
    return [
        region.opening.start < end and start < region.closing.end
        for region in note.regions
        if region.closing is not None
    ]
