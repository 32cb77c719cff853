"""A priority that speaks of a live objective without saying that it serves it.

## What it flags
A live priority that reaches no live objective by `serves`, and whose text links to one. The link is there, but it
says no more than that the two have something to do with each other.

## Why it matters
A link in a text is read by people alone: the priority is missing from the objective on every page that shows what
serves what, and the objective may look as if nobody worked on it.

## How to mend it
If the priority serves that objective, say so in a property: `serves: "[[Double revenue]]"`. The link in the text may
stay. `vaultkit check --fix` writes it where the text links to one live objective alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import roots, standings
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding, Fix, Put
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live priority whose only tie to an objective is a link in its text."""
    standing = vault.ask(standings).get(note.path)
    if standing is None or standing.reason != "weak" or standing.mention is None:
        return
    name, span = called(vault, note.path), standing.mention.link.span
    objective = vault.notes[standing.mention.target or ""]
    other = called(vault, objective.path)
    choice = telling.choice(vault, note, objective)
    put = Put(note.path, property_name(vault, note, "serves"), f'"{telling.link(vault, objective.path)}"', "add")
    yield Finding(
        "weak-alignment",
        SEVERITY,
        note.path,
        span,
        message("{name} mentions {objective}, and does not say that it serves it.", name=name, objective=other),
        message("add {choice}, if that is what it serves", choice=choice),
        (
            Evidence(
                message("{name} links to {objective} in its text", name=name, objective=other), note.path, span.line
            ),
        ),
        fix=Fix(message("add {choice}", choice=choice), (put,), safe=len(_mentioned(note, vault)) == 1),
    )


def _mentioned(note: Note, vault: Vault) -> frozenset[str]:
    """The live objectives that its text links to."""
    edges = (edge for edge in vault.graph.of(note.path) if edge.human and not edge.link.property)
    return frozenset(edge.target for edge in edges if edge.target) & vault.ask(roots)
