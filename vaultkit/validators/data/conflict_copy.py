"""A copy that a sync service made because a note was saved in two places.

## What it flags
A file whose name is that of a conflict copy of a note, a canvas or a base: `Note.sync-conflict-20260101-120000-ABCDEF1`
(Syncthing), `Note (Ann's conflicted copy 2026-01-01)` (Dropbox, Nextcloud, Obsidian Sync; in French as well), those of
Seafile and Synology Drive. One finding for all copies of a note, at that note; when it is no longer there, at the first
note near the copy. Names that people give as well, such as `Note 2` or `Note (1)`, are not judged.

## Why it matters
Two texts were saved, and only one of them bears the name: what the other says is in no page and in no check, for copies
are left out. Nobody looks for it, and one day somebody deletes the wrong one.

## How to mend it
Compare the two, move what is missing into the note, and delete the copy. To keep it as a note, give it a name of its
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.copies import copied, copies
from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("paths",)

SHOWN = 5
"""How many of the copies are named."""


def among(vault: Vault) -> Iterable[str]:
    """Where copies are told of."""
    return vault.ask(copies)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each note of which copies are to be told here."""
    by_original: dict[str, list[str]] = {}
    for path in vault.ask(copies).get(note.path, ()):
        by_original.setdefault(copied(path) or path, []).append(path)
    for original, paths in by_original.items():
        yield Finding(
            "conflict-copy",
            SEVERITY,
            note.path,
            TOP,
            _said(original, paths, is_there=original == note.path),
            message("compare them, move what is missing into the note, and delete the copy"),
            tuple(Evidence(message("{path} was saved at the same time", path=path), path) for path in paths[:SHOWN]),
        )


def _said(original: str, paths: list[str], *, is_there: bool) -> Message:
    if not is_there:
        return message("{path} is a conflict copy of {note}, which is not there.", path=paths[0], note=original)
    return plural(
        "{path} has a conflict copy, which nothing else takes into account.",
        "{path} has {count} conflict copies, which nothing else takes into account.",
        len(paths),
        path=original,
    )
