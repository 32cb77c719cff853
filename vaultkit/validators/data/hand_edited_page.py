"""A generated page or region that somebody has edited.

## What it flags
A page that vaultkit wrote (`page`), or a region that it filled in a note (`region`), whose text is no longer what it
wrote: the hash in its last line does not match.

## Why it matters
vaultkit never overwrites what a person wrote, so it leaves the page or the region as it is from now on: it goes out
of date.

## How to mend it
Move what you wrote to a note of your own, or outside the region, and let `vaultkit build --force` write its text
again. To keep the page as yours, take `generated: vaultkit` and the last line away; in a base those are its first two
lines, in a canvas the key `vaultkit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.marked import marked
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault
    from vaultkit.written import Region

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()


def among(vault: Vault) -> Iterable[str]:
    """Pages, canvases and bases of vaultkit's, and notes with a region."""
    return vault.ask(marked)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a page, and for each region, that does not read as it was written."""
    if not note.generated and not note.regions:
        return
    name = called(vault, note.path)
    if note.generated and note.generated.digest != note.generated.actual:
        steps = (_hashes(note.path, note.generated.digest, note.generated.actual, line=1),)
        said = message("{name} was edited by hand, and is no longer kept up to date.", name=name)
        mend = message("move what you added to a note of your own, then run `vaultkit build --force`")
        yield Finding("hand-edited-page", SEVERITY, note.path, TOP, said, mend, steps, "page")
    for region in note.regions:
        if region.closing and region.digest != region.actual and not _is_broken(note, region):
            steps = (_hashes(note.path, region.digest, region.actual, line=region.closing.line),)
            said = message(
                "The region {region} of {name} was edited by hand, and is no longer kept up to date.",
                region=region.name,
                name=name,
            )
            mend = message("move what you added out of the region, then run `vaultkit build --force`")
            yield Finding("hand-edited-page", SEVERITY, note.path, region.opening, said, mend, steps, "region")


def _is_broken(note: Note, region: Region) -> bool:
    """Whether a mark within is out of place: `invalid-region` tells of that, and comes first."""
    end = region.closing.line if region.closing else region.opening.line
    return any(p.kind == "region" and region.opening.line <= p.span.line <= end for p in note.problems)


def _hashes(path: str, written: str, found: str, *, line: int) -> Evidence:
    if not written:
        return Evidence(message("the closing mark, with the hash of what was written, is gone"), path, line)
    said = message("the hash of what was written is {written}, of what it reads {found}", written=written, found=found)
    return Evidence(said, path, line)
