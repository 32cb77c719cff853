"""A link that leads to nothing.

## What it flags
A link or an embed, in a text or in a property, to a file that is not in the vault: of a note, of a base, or of a
canvas, whose cards name their files by the whole path. Obsidian shows a link faintly and makes the note when it is
clicked. What `orphan-priority`, `no-owner`, `owner-not-a-person` or `supersede-not-reciprocal` already says of a
link is not said again. Links in comments, which no reader sees, and placeholders, `[[{{title}}]]`, `[[<name>]]` or
`[[*.png]]`, are not judged, nor is a day that a property names, `due: "[[2026-06-30]]"`.

## Why it matters
Many people link to notes that they mean to write, and that is a good habit: this is said for information. But a name
that was mistyped, or a note that was renamed outside Obsidian, looks exactly the same.

## How to mend it
Correct the name, or make the note; `vaultkit check --fix` does the first where only an accent, a hyphen or a plural is
different. To keep some of these links on purpose, name them in `vaultkit.toml`: `ignore = ["Someday/*"]` under
`[validators.broken-link]`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.links import is_placeholder, shown, told_of, unresolved, wanting
from vaultkit.insights.names import asked, names
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding, Fix, Rewrite
from vaultkit.text import fold, singular
from vaultkit.validators import telling
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Link, Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ()
READS: tuple[Reads, ...] = ("names",)

SEARCH = "^^"
"""`[[^^words` opens Obsidian's search for a block: what is left of it is no link."""


_UNQUOTED = frozenset("\"'\\")
"""What a text in quotes may not hold as it is."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.broken-link]`."""

    ignore: tuple[str, ...] = ()
    """Globs over the target as it is written: links that may stay broken."""


def among(vault: Vault) -> Iterable[str]:
    """What links to no file."""
    return [path for path, targets in vault.gather(wanting).items() if targets]


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link of a person's that leads to no file."""
    if not vault.gather(wanting)[note.path]:
        return
    broken = shown(note, (edge for edge in vault.graph.of(note.path) if edge.target is None))
    ignored = vault.config.options("broken-link", Options).ignore
    for edge in broken:
        target = edge.link.target
        known = _is_known(edge.link) or any(fnmatchcase(target, pattern) for pattern in ignored)
        if not known and not (edge.relation and edge in vault.ask(told_of)):
            yield _finding(note, vault, edge.link)


def _is_known(link: Link) -> bool:
    """Whether it is a search, a placeholder, or a day in a property: `due: "[[2026-06-30]]"` says when."""
    target = link.target
    named = bool(link.property or link.field) and date_of(target) is not None
    return named or target.startswith(SEARCH) or is_placeholder(target)


def _finding(note: Note, vault: Vault, link: Link) -> Finding:
    target = link.target.removesuffix(".md")
    count = vault.ask(unresolved)[target]
    askers = plural("{count} link asks for {target}", "{count} links ask for {target}", count, target=target)
    return Finding(
        "broken-link",
        SEVERITY,
        note.path,
        link.span,
        _said(called(vault, note.path), link, target),
        _mend(note, vault, link),
        (Evidence(askers, note.path, link.span.line),),
        fix=_fix(note, vault, link),
    )


def _fix(note: Note, vault: Vault, link: Link) -> Fix | None:
    """The link to the nearest name; not in a canvas or a base, nor where quotes would have to be escaped."""
    meant = vault.ask(names).nearest(link.target) if note.path.endswith(".md") else None
    if meant is None:
        return None
    text = telling.rewritten(vault, note, link, meant)
    if link.property and not _UNQUOTED.isdisjoint(text):
        return None
    name = fold(meant.rpartition("/")[2].removesuffix(".md"))
    alike = "/" not in link.target and singular(name) == asked(link.target) and not _is_translated(name, link.target)
    return Fix(message("write {link}", link=text), rewrites=(Rewrite(note.path, link.span, text),), safe=alike)


def _is_translated(name: str, target: str) -> bool:
    """Whether one of two names that are alike is French, the other English: `Stratégie` and `Strategy`."""
    return {name[-1:], fold(target.removesuffix(".md"))[-1:]} == {"e", "y"}


def _said(name: str, link: Link, target: str) -> Message:
    if link.origin == "canvas":
        return message("{name} shows {target}, which does not exist.", name=name, target=link.target)
    return message("{name} links to {target}, which does not exist.", name=name, target=target)


def _mend(note: Note, vault: Vault, link: Link) -> Message:
    meant = vault.ask(names).nearest(link.target)
    if meant:
        return message("did you mean {link}?", link=telling.rewritten(vault, note, link, meant))
    if link.origin == "canvas":
        return message("bring the file back to this path, or take it off the canvas")
    return message("make it, correct the name, or keep it for later: nothing depends on it")
