"""A region that lists nothing, because nothing bears the name that it asks for.

## What it flags
A line `%% vaultkit:index ... %%` with a `folder` that is not in the vault (`folder`), or with a `tag` that no note has
(`tag`). A folder in which nothing lies counts as none.

## Why it matters
The region reads "No note yet", and goes on to read so while its notes lie elsewhere: a name that was mistyped, or a
folder that was renamed, looks exactly like a list that is still to come.

## How to mend it
Correct the name; a folder is written with the folders around it, `folder="Work/Projects"`. If the list is still to
come, this goes away with its first note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.config import Index
from vaultkit.insights.marked import marked
from vaultkit.insights.shelving import folders, nearest, tags
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.text import name_key
from vaultkit.vault.requests import read_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault
    from vaultkit.written import Region

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("lists",)


def among(vault: Vault) -> Iterable[str]:
    """Notes with a region."""
    return vault.ask(marked)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each folder and each tag that a region asks for in vain."""
    for region in note.regions:
        request = read_request(region, vault.kinds)
        if not isinstance(request, Index):
            continue
        if request.folder and name_key(request.folder) not in vault.ask(folders):
            said = message(
                "The region {region} lists nothing: there is no folder {folder}.",
                region=region.name,
                folder=request.folder,
            )
            mend = _mend("folder", request.folder, vault.ask(folders))
            yield _finding(
                note, region, said, mend or message("correct the name, or put the first note there"), "folder"
            )
        if request.tag and request.tag.casefold().strip("/") not in vault.ask(tags):
            said = message(
                "The region {region} lists nothing: no note has the tag {tag}.", region=region.name, tag=request.tag
            )
            mend = _mend("tag", request.tag, vault.ask(tags))
            yield _finding(note, region, said, mend or message("correct the tag, or give it to the first note"), "tag")


def _finding(note: Note, region: Region, said: Message, mend: Message, reason: str) -> Finding:
    asked = message("it asks for {request}", request=f"{region.name} {region.options}".strip())
    steps = (Evidence(asked, note.path, region.opening.line),)
    return Finding("empty-region", SEVERITY, note.path, region.opening, said, mend, steps, reason)


def _mend(option: str, asked: str, known: Mapping[str, str]) -> Message | None:
    near = nearest(asked, known)
    if near is None:
        return None
    return message("did you mean {word}?", word=f'{option}="{near}"' if " " in near else f"{option}={near}")
