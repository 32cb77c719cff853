"""A stakeholder who is far from where they are wanted to be, while nothing is done about it.

## What it flags
A live stakeholder whose `stance` lies at least `steps` (2) below the `stance_target`, on the scale unaware, resistant,
neutral, supportive, leading, when nothing moves it: no open checkbox in the note or with a link to it, no live work
that serves it, and no meeting with them to come.

## Why it matters
Nobody changes their mind because a note says that they should. The day on which their support is needed is the worst
to begin.

## How to mend it
Write the next step as a task in the note, `- [ ] Show her the numbers of the pilot`; or lower the target to what is
enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.action import acted_on
from vaultkit.insights.contact import planned
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("stakeholder",)
READS: tuple[Reads, ...] = ("work",)

SCALE = ("unaware", "resistant", "neutral", "supportive", "leading")


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.stance-gap]`."""

    steps: int = 2


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("stance-gap", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a stakeholder whose stance nothing moves."""
    stance, target = vault.choice(note, "stance"), vault.choice(note, "stance_target")
    if stance not in SCALE or target not in SCALE:
        return
    if SCALE.index(target) - SCALE.index(stance) < vault.ask(options).steps or not is_live(vault, note):
        return
    if note.path not in vault.ask(acted_on) and planned(vault, note) is None:
        yield _finding(note, vault)


def _finding(note: Note, vault: Vault) -> Finding:
    name, item = called(vault, note.path), vault.property(note, "stance")
    stance, target = vault.text(note, "stance"), vault.text(note, "stance_target")
    steps = []
    for field in ("stance", "stance_target"):
        said = vault.property(note, field)
        written = (
            message("{name}: `{property}: {value}`", name=name, property=said.name, value=vault.text(note, field))
            if said
            else None
        )
        if said and written:
            steps.append(Evidence(written, note.path, said.span.line))
    return Finding(
        "stance-gap",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message(
            "{name} is “{stance}”, is wanted to be “{target}”, and nothing is under way.",
            name=name,
            stance=stance,
            target=target,
        ),
        message(
            "write the next step, `- [ ] ...`, in the note or beside a link to [[{name}]]; or change `{property}`",
            name=name,
            property=property_name(vault, note, "stance_target"),
        ),
        tuple(steps),
    )
