"""Several owners of what one person should answer for.

## What it flags
A live objective, key result, project, risk or metric with more than one owner: a list, several links, or several names
of people in one text. A priority with several owners is told by `no-owner`, a project that several teams share by
`cross-functional-no-dri`.

## Why it matters
Each of two owners may think that the other has it in hand, and whoever asks how it stands is sent from one to the
other.

## How to mend it
Keep the one who answers for it, and put the others under `contributors`. That takes no work away from anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.ownership import people
from vaultkit.insights.owning import misowned
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding, Fix, Put
from vaultkit.text import fold
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "project", "risk", "metric")
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a live note with more than one owner."""
    found = vault.ask(misowned).get(note.path)
    if found is None or found.told != "several":
        return
    item, name, owners = vault.property(note, "owner"), called(vault, note.path), ", ".join(found.owners)
    others = property_name(vault, note, "contributors") if vault.field(note, "contributors") else None
    mend = message("keep one of them as the owner, and name the others in the text")
    if others is not None:
        mend = message("keep one of them, and put the others under `{others}`", others=others)
    said = message("{property} says {words}", property=item.name if item else "", words=owners)
    yield Finding(
        "multiple-owners",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message("{name} has {count} owners: {owners}.", name=name, count=len(found.owners), owners=owners),
        mend,
        (Evidence(said, note.path, item.span.line if item else 1),),
        fix=_fix(note, vault, found.owners, others),
    )


def _fix(note: Note, vault: Vault, owners: Sequence[str], others: str | None) -> Fix | None:
    """The first one stays; whether that is the right one, only a person can say."""
    item, edges = vault.property(note, "owner"), vault.relation(note, "owner")
    if item is None or item not in note.properties or others is None:
        return None
    links = [f'"{telling.as_written(edge.link)}"' for edge in edges if edge.link.form == "wiki"]
    if len(links) != len(owners):
        paths = [vault.ask(people).get(fold(owner)) for owner in owners]
        links = [telling.quoted(vault, note, "owner", path) for path in paths if path is not None]
    if len(links) != len(owners):
        return None
    first, *more = links
    return Fix(
        message("keep {owner}, and put the others under `{others}`", owner=owners[0], others=others),
        (Put(note.path, item.name, first), *(Put(note.path, others, link, "add") for link in more)),
    )
