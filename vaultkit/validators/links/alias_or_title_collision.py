"""A name by which two people, or two teams, may be meant.

## What it flags
Two notes of persons or of teams with the same name or title (`name`); or a name that one of them bears as an alias
only, where some note names it in plain text, as `owner: Marie` does (`alias`). An alias that two share and nobody uses
so is not told of, nor is one whose note is archived.

## Why it matters
A plain name means the one person who bears it. Where two do, it means neither: what they own counts as owned by
nobody, and a reader takes it for the other one's.

## How to mend it
Write the whole name, or a link, where one of them is meant; or give one another name. If both notes are about one
person, merge them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.namesakes import NAMED, shared, spoken
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.namesakes import Shared, Spoken
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = NAMED
READS: tuple[Reads, ...] = ("work",)

SHOWN = 5
"""How many of the others are named."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each name that a person or a team shares, at the first of those who bear it."""
    for each in vault.ask(shared).get(note.path, ()):
        used = vault.ask(spoken).get(fold(each.name))
        if note.path < each.others[0] and (each.titled or used):
            yield _finding(note, vault, each, used)


def _finding(note: Note, vault: Vault, each: Shared, used: Spoken | None) -> Finding:
    said = plural(
        "{name} is the name of {path} and of {other}.",
        "{name} is the name of {path} and of {count} other notes, {other} among them.",
        len(each.others),
        name=each.name,
        path=note.path,
        other=each.others[0],
    )
    steps = [Evidence(message("{path} bears the name {name}", path=p, name=each.name), p) for p in each.others[:SHOWN]]
    if used:
        who = called(vault, used.path)
        use = message("{note} says `{property}: {name}`", note=who, property=used.property, name=used.name)
        steps.append(Evidence(use, used.path, used.line))
    return Finding(
        "alias-or-title-collision",
        SEVERITY,
        note.path,
        TOP,
        said,
        message("give one of them another name, write links where one is meant, or merge the notes if they are one"),
        tuple(steps),
        "name" if each.titled else "alias",
    )
