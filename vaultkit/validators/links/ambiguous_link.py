"""A link that could mean several files.

## What it flags
A link that gives a name, or the end of a path, that several files of the vault share; or one that begins in the middle
of a folder's name, as `ary/index` does for `glossary/index.md`. Links in comments, which no reader sees, are not
judged; files that no path tells apart are told of by `colliding-paths`.

## Why it matters
Obsidian opens one of them, by a rule that few people know: the nearest folder first, then the shortest path. Move the
note that holds the link, or add another file of that name, and the same link silently opens something else.

## How to mend it
Write as much of the path as it takes: `[[Projects/Atlas|Atlas]]`. Or give one of the files another name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.collisions import sharing
from vaultkit.insights.links import shown
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.text import name_key
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Link, Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ()

SHOWN = 5
"""How many of the files are named."""


def among(vault: Vault) -> Iterable[str]:
    """What has a link that is not certain by its name alone."""
    certain = vault.resolver.certain
    return {path for path, note in vault.everything.items() for link in note.links if link.target not in certain}


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link of a person's that several files answer to."""
    certain = vault.resolver.certain
    shared, edges = vault.ask(sharing), vault.graph.of(note.path)
    doubtful = [edge for edge in edges if edge.link.target not in certain and _may_be(edge, shared)]
    for edge in shown(note, doubtful):
        if edge.target is not None and edge.link.origin != "canvas":  # a whole path
            meant = vault.resolver.candidates(edge.link.target, note.path)
            if len({name_key(path) for path in meant}) > 1 and not _is_relative(note, vault, edge):
                yield _finding(note, vault, edge, meant)
            elif _is_cut(edge.link.target, edge.target):
                yield _cut(note, vault, edge.link, edge.target)


def _may_be(edge: Edge, shared: frozenset[str]) -> bool:
    """The quick test: another file has the name that is meant, or a path is neither whole nor cut between folders."""
    path, target = edge.target, edge.link.target
    if path is None or not target:
        return False
    if path in shared:
        return True
    return "/" in target and path not in {target, f"{target}.md"} and not path.endswith((f"/{target}", f"/{target}.md"))


def _is_relative(note: Note, vault: Vault, edge: Edge) -> bool:
    """With links relative to the note, as Obsidian can write them, a bare name means the file beside it."""
    beside = f"{note.folder}/" if note.folder else ""
    named = (edge.target or "").removesuffix(".md") == beside + edge.link.target.removesuffix(".md")
    return named and vault.obsidian.new_link_format == "relative"


def _is_cut(target: str, path: str) -> bool:
    """Whether a target is no path but the last letters of one: Obsidian compares them as text."""
    low, whole = name_key(target).strip(), name_key(path)
    end = whole if whole.endswith(low) else whole.removesuffix(".md")
    rest = end.removesuffix(low)
    return "/" in low and rest not in {"", end} and not rest.endswith("/")


def _cut(note: Note, vault: Vault, link: Link, path: str) -> Finding:
    return Finding(
        "ambiguous-link",
        SEVERITY,
        note.path,
        link.span,
        message("{target} is no path: Obsidian opens {path}, which ends alike.", target=link.target, path=path),
        message("write the path of what is meant: {link}", link=telling.rewritten(vault, note, link, path)),
        (Evidence(message("{path} answers to {target}", path=path, target=link.target), path),),
    )


def _finding(note: Note, vault: Vault, edge: Edge, meant: tuple[str, ...]) -> Finding:
    link = edge.link
    links = telling.either(telling.rewritten(vault, note, link, path) for path in meant[:SHOWN])
    return Finding(
        "ambiguous-link",
        SEVERITY,
        note.path,
        link.span,
        message(
            "{target} could be any of {count} files: Obsidian opens {path}.",
            target=link.target,
            count=len(meant),
            path=meant[0],
        ),
        message("write the path of the one that is meant: {links}", links=links),
        tuple(Evidence(message("{path} answers to {target}", path=p, target=link.target), p) for p in meant[:SHOWN]),
    )
