"""Something of which all is done, and which is still open.

## What it flags
A priority or a project in progress whose milestones, and whatever serves it, are all done, with no open task; an
objective in progress all of whose results are: closed, or key results that have met their target. What was dropped
counts for nothing, and a bound (`direction: stay above`) is kept only once its time is over. Of what has nothing live
below it, other validators speak: `no-action` of a priority as well, `unserved-objective` of an objective without key
results, `stuck-project` of a project that has ticked its last checkbox.

## Why it matters
What is finished and not closed takes a place among what is not, and nobody hears that it worked, or what came of it.

## How to mend it
Close it and say what came of it: `status: done`, `outcome: achieved`. If something is missing, write it down as its
next action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.action import acted_on
from vaultkit.insights.alignment import workers
from vaultkit.insights.finishing import is_finished, is_reached, results
from vaultkit.insights.progress import checklist, state_of
from vaultkit.insights.underway import is_under_way
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective", "priority", "project")
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a note that could be closed."""
    if not is_under_way(vault, note) or not is_finished(vault, note) or _is_told(note, vault):
        return
    item, name = vault.property(note, "status"), called(vault, note.path)
    yield Finding(
        "all-done-not-closed",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message("All that makes up {name} is done, and {name} is still open.", name=name),
        message(
            "close it, and say in `{outcome}` what came of it; or write down what is missing",
            outcome=property_name(vault, note, "outcome"),
        ),
        tuple(_steps(note, vault)),
    )


def _is_told(note: Note, vault: Vault) -> bool:
    """Whether more goes on about it than is seen from it, or another validator speaks of it."""
    if vault.is_kind(note, "priority", "project"):
        return note.path in vault.ask(acted_on)
    return not workers(vault, note.path) and not is_reached(vault, note)


def _steps(note: Note, vault: Vault) -> Iterator[Evidence]:
    boxes, name = vault.gather(checklist)[note.path], called(vault, note.path)
    if boxes.milestones:
        said = plural(
            "the {count} milestone of {name} is reached",
            "the {count} milestones of {name} are reached",
            boxes.milestones,
            name=name,
        )
        yield Evidence(said, note.path)
    for child in results(vault, note):
        if state_of(vault, child) == "done":
            yield Evidence(message("{child} is done", child=called(vault, child.path)), child.path)
        else:
            yield Evidence(message("{child} has met its target", child=called(vault, child.path)), child.path)
