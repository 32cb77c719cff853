"""A decision with nothing to choose from.

## What it flags
A decision, proposed or accepted, that lists fewer options than `least` (2), or below a heading of its own for them.
Among five decisions and more that is asked only where one of them lists several. What is said there in a text or a
table counts as said. Where only what was not taken is listed, what was taken counts as one more.

## Why it matters
What came without an alternative was not chosen, it happened. The second option is also what makes the reason worth
reading: it says what was given up.

## How to mend it
List what else could be done, under `Considered options`; to wait and do nothing is often one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.decisions import habits, state
from vaultkit.insights.options import weighed
from vaultkit.insights.wording import called, is_french
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.parser.points import topic_of
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Heading, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.no-alternatives]`."""

    least: int = 2


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("no-alternatives", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a decision that names too few options."""
    if state(vault, note) not in {"open", "accepted"}:
        return
    count = vault.gather(weighed)[note.path].count
    if count >= vault.ask(options).least:
        return
    heading = next((each for each in note.headings if topic_of(each) in {"options", "rejected"}), None)
    item = vault.property(note, "alternatives")
    if heading is None and item is None and "options" not in habits(vault, note):
        return
    if any(topic_of(each) in {"options", "rejected"} and _is_told(note, each) for each in note.headings):
        return
    name = called(vault, note.path)
    told = (
        message("{name} lists one option, and it takes two to choose.", name=name)
        if count
        else message("{name} lists no options to choose from.", name=name)
    )
    place = heading.span if heading else item.span if item else TOP
    yield Finding(
        "no-alternatives",
        SEVERITY,
        note.path,
        place,
        told,
        message(
            "list what else could be done, below a heading `{heading}`",
            heading=heading.text
            if heading
            else "Options envisagées"
            if is_french(vault, note)
            else "Considered options",
        ),
        (
            telling.says(vault, note, "status"),
            Evidence(plural("{count} option is listed", "{count} options are listed", count), note.path, place.line),
        ),
    )


def _is_told(note: Note, heading: Heading) -> bool:
    """Whether something else than a list stands right below a heading."""
    below = [section for section in note.sections if section.start > heading.span.start]
    first = next(iter(below), None)
    return first is not None and first.kind not in {"heading", "list", "comment", "thematicBreak"}
