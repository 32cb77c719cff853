"""An objective of which nobody could say that it is reached.

## What it flags
A live objective that no key result and no metric serves, and that names no number as its target; what was dropped, or
ended without being closed, measures nothing. Where no objective of the vault is measured at all, that is said once, of
the first one (`none`). Of a target that vaultkit cannot reckon with, such as `10 M€`, that is said (`no-number`).

## Why it matters
What is not measured is argued about: at the end of the quarter some will say that it was reached, some that it was not,
and nobody will have learned anything.

## How to mend it
Write down the one number that would settle it: a key result that serves the objective, or `target` and `unit` in the
objective itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children, objectives
from vaultkit.insights.progress import state_of
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective",)
READS: tuple[Reads, ...] = ("work",)

MEASURES = ("key_result", "metric")


def unmeasured(vault: Vault) -> tuple[str, ...]:
    """The live objectives without a number, by path."""
    live = [vault.notes[path] for path in sorted(vault.ask(objectives))]
    return tuple(note.path for note in live if not _is_measured(vault, note) and not _is_worded(vault, note))


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each live objective without a number; one for all of them where none has any."""
    without, every = vault.ask(unmeasured), vault.ask(objectives)
    name = called(vault, note.path)
    if len(without) == len(every) > 1:
        if note.path == without[0]:
            said = message("None of the {count} live objectives says how it would be measured.", count=len(every))
            yield _finding(note, vault, said, "none")
    elif note.path in without:
        yield _finding(note, vault, message("Nothing says how {name} would be measured.", name=name), "")
    elif note.path in every and _is_worded(vault, note) and not _is_measured(vault, note):
        yield _worded(note, vault)


def _is_measured(vault: Vault, note: Note) -> bool:
    below = (child for child in children(vault, note.path) if vault.is_kind(child, *MEASURES))
    held = any(is_live(vault, child) or state_of(vault, child) == "done" for child in below)
    return held or vault.number(note, "target") is not None


def _is_worded(vault: Vault, note: Note) -> bool:
    """Whether its target is a number with something about it."""
    return any(letter.isdigit() for letter in vault.text(note, "target"))


def _worded(note: Note, vault: Vault) -> Finding:
    said = telling.says(vault, note, "target")
    name, words = called(vault, note.path), vault.text(note, "target")
    number, unit = (property_name(vault, note, field) for field in ("target", "unit"))
    return Finding(
        "objective-without-metric",
        SEVERITY,
        note.path,
        telling.span_of(vault.property(note, "target")),
        message("{name} aims at {words}, which is not read as a number.", name=name, words=words),
        message("write the number alone in `{number}`, and what it counts in `{unit}`", number=number, unit=unit),
        (said,),
        "no-number",
    )


def _finding(note: Note, vault: Vault, said: Message, reason: str) -> Finding:
    measures = [child for child in children(vault, note.path) if vault.is_kind(child, *MEASURES)]
    count = plural(
        "{count} key result or metric serves {name}, and none of them is live",
        "{count} key results or metrics serve {name}, and none of them is live",
        len(measures),
        name=called(vault, note.path),
    )
    nothing = message("no key result and no metric serves {name}", name=called(vault, note.path))
    return Finding(
        "objective-without-metric",
        SEVERITY,
        note.path,
        TOP,
        said,
        message(
            "make a key result that serves it (`{command}`), or write the number it aims at in `{property}`",
            command="vaultkit new key-result",
            property=property_name(vault, note, "target"),
        ),
        (Evidence(count if measures else nothing, note.path),),
        reason,
    )
