"""A link to a part of a note that is not there.

## What it flags
A link whose note exists, and whose heading, chain of headings, block or footnote does not: `[[Board#Agenda]]` where
Board has no heading Agenda, `[[Board#^a1b2c3]]` where no block bears that id. Parts of files that are no notes, such
as `#page=3`, are not judged, nor are links in comments, which no reader sees.

## Why it matters
Obsidian opens the note at its beginning and says nothing. The reader looks for what was meant, and an embed shows
nothing at all.

## How to mend it
Write the heading as it now reads, or leave the part away and link to the whole note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.insights.links import shown
from vaultkit.insights.names import nearest_heading
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding
from vaultkit.parser import anchors
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Link, Message, Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("targets",)

SEARCHES = ("#", "^^")
"""`[[##words` and `[[^^words` open Obsidian's search for a heading or a block: what is left of them is no anchor."""


def among(vault: Vault) -> Iterable[str]:
    """Notes with a link to a part of a note."""
    return {path for path, note in vault.everything.items() for link in note.links if link.anchor}


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link of a person's to a part that its note does not have."""
    if not [link for link in note.links if link.anchor]:
        return
    broken = [edge for edge in vault.graph.of(note.path) if edge.link.anchor and _is_broken(vault, edge)]
    for edge in shown(note, broken):
        yield _finding(note, vault, edge.link, vault.notes[edge.target or ""])


def _is_broken(vault: Vault, edge: Edge) -> bool:
    target, anchor = vault.notes.get(edge.target) if edge.target else None, edge.link.anchor
    return target is not None and not anchor.startswith(SEARCHES) and anchors.find(target, anchor) is None


def _finding(note: Note, vault: Vault, link: Link, target: Note) -> Finding:
    return Finding(
        "broken-anchor",
        SEVERITY,
        note.path,
        link.span,
        _said(vault, link, target),
        _mend(note, vault, link, target),
        (_contents(vault, link, target),),
    )


def _said(vault: Vault, link: Link, target: Note) -> Message:
    name, last = called(vault, target.path), link.anchor.rpartition("#")[2]
    if last.startswith("[^"):
        return message("{name} has no footnote {footnote}.", name=name, footnote=last)
    if last.startswith("^"):
        return message("{name} has no block {block}.", name=name, block=last)
    return message("{name} has no heading {heading}.", name=name, heading=" > ".join(link.anchor.split("#")))


def _mend(note: Note, vault: Vault, link: Link, target: Note) -> Message:
    near = nearest_heading(target, link.anchor)
    itself = target.path == note.path
    if near and itself:
        return message("did you mean the heading {heading}?", heading=near.text)
    if itself:
        return message("write the heading or block as it now reads")
    whole = telling.rewritten(vault, note, replace(link, anchor=""), target.path)
    if near:
        return message(
            "did you mean the heading {heading}? Or link to the whole note: {link}", heading=near.text, link=whole
        )
    return message("write the heading or block as it now reads, or link to the whole note: {link}", link=whole)


def _contents(vault: Vault, link: Link, target: Note) -> Evidence:
    """What there is in its place."""
    name = called(vault, target.path)
    if link.anchor.rpartition("#")[2].startswith("^"):
        count = len(target.blocks)
        said = plural("{name} has {count} block id", "{name} has {count} block ids", count, name=name)
        return Evidence(said, target.path, target.blocks[0].span.line if count else 1)
    count = len(target.headings)
    said = plural("{name} has {count} heading", "{name} has {count} headings", count, name=name)
    return Evidence(said, target.path, target.headings[0].span.line if count else 1)
