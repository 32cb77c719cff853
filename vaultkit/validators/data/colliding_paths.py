"""Files that another disk would take for one.

## What it flags
Files whose full paths differ only by upper and lower case (`case`), by the encoding of their accents (`accents`), or by
a non-breaking space (`spaces`). One finding for all of them, on the first note. Where no note is among them, it stands
at a link to one of them; attachments that nothing links to are not judged.

## Why it matters
Linux keeps such files apart. macOS does not, nor do Windows and Android where only case differs, nor many sync
services: there one of them takes the place of the other. Obsidian's links tell them apart nowhere.

## How to mend it
Keep one and move what the other says into it, or give the other a name of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from vaultkit.insights.collisions import collisions
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.collisions import Collision
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("paths",)

SHOWN = 5
"""How many of the files are named."""
_UNBROKEN = "\u00a0\u202f"


def among(vault: Vault) -> Iterable[str]:
    """Where files are told of that share a path."""
    return vault.ask(collisions)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each group of files that is to be told of at this note."""
    for collision in vault.ask(collisions).get(note.path, ()):
        yield Finding(
            "colliding-paths",
            SEVERITY,
            note.path,
            collision.link.span if collision.link else TOP,
            _said(collision),
            message("give all but one of them another name, or move what they say into that one"),
            tuple(Evidence(_step(collision, path), path) for path in collision.paths[:SHOWN]),
            collision.difference,
        )


def _said(collision: Collision) -> Message:
    first, *others = map(_composed, collision.paths)
    if collision.difference == "accents":
        return message(
            "There are {count} files {path}: only the encoding of accents differs, and on macOS they are one file.",
            count=len(collision.paths),
            path=first,
        )
    if collision.difference == "spaces":
        return message(
            "There are {count} files {path}: only the kind of space differs, and no link tells them apart.",
            count=len(collision.paths),
            path=first,
        )
    return plural(
        "{path} and {other} differ only by case: on macOS and Windows they are one file.",
        "{path} and {count} other files differ only by case: on macOS and Windows they are one file.",
        len(others),
        path=first,
        other=others[0],
    )


def _step(collision: Collision, path: str) -> Message:
    name = _composed(path)
    if collision.difference == "accents" and is_normalized("NFC", path):
        return message("{path}, each accent and its letter one character (NFC)", path=name)
    if collision.difference == "accents":
        return message("{path}, accents apart from their letters (NFD)", path=name)
    if collision.difference == "spaces" and any(space in path for space in _UNBROKEN):
        return message("{path}, with a non-breaking space", path=name)
    return message("{path} is one of them", path=name)


def _composed(path: str) -> str:
    return normalize("NFC", path)
