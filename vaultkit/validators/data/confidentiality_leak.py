"""A note that shows or names what not all of its readers may see.

## What it flags
A live note that says who may read it, by `confidentiality` or `audience`, and that embeds a note of higher
confidentiality (`embedded`) or names one in a property (`named`): these are errors. A plain link to one in its text is
said for information (`linked`), and so is an embed in a note that does not say who may read it (`unmarked`). Also a
note whose `audience` is wider than its own `confidentiality` (`audience`), an error too. That a person, a team or a
meeting is named gives nothing away.

## Why it matters
An embed is read by everyone who reads the note around it, and goes with it into an export or a message. A name under
`project` is enough to give away what only the board knows of.

## How to mend it
Take the embed or the name out, write a version for these readers, or raise the confidentiality of the note around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.fielded import filled
from vaultkit.insights.links import shown
from vaultkit.insights.secrecy import LEVELS, audience, confidentiality, readers
from vaultkit.insights.status import is_closed
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity, Span
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "info"
GRAVER: Severity = "error"
KINDS: tuple[str, ...] = EVERY
READS: tuple[Reads, ...] = ("work",)

NAMED = ("person", "team", "stakeholder", "meeting")
"""What may be named to anybody, whatever its note says."""


class Leak(NamedTuple):
    """How something is given away."""

    reason: str
    span: Span
    said: Message


def guarded(vault: Vault) -> frozenset[str]:
    """The notes that not everybody in the company may read."""
    levels = ((note.path, confidentiality(vault, note)) for note in vault.of_kind(*EVERY))
    return frozenset(path for path, level in levels if level is not None and level > 0)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each note that is given away, and one for an audience that is too wide."""
    if not vault.ask(guarded) or is_closed(vault, note):
        return
    if "audience" in filled(vault, note):
        yield from _too_wide(note, vault)
    secret = [edge for edge in vault.graph.of(note.path) if edge.target in vault.ask(guarded)]
    if not secret:
        return
    level, seen = readers(vault, note), set[str]()
    for edge in shown(note, sorted(secret, key=_gravity)):
        leak = _leak(note, vault, edge, level)
        if leak and edge.target and edge.target != note.path and edge.target not in seen:
            seen.add(edge.target)
            yield _finding(note, vault, edge, leak)


def _gravity(edge: Edge) -> int:
    """The gravest first: of several links to one note one is told of."""
    return 0 if edge.link.embed else 1 if edge.relation else 2


def _leak(note: Note, vault: Vault, edge: Edge, level: int | None) -> Leak | None:
    secret = vault.notes[edge.target or ""]
    above = confidentiality(vault, secret) or 0
    told = {"name": called(vault, note.path), "other": called(vault, secret.path), "level": _level(vault, secret)}
    if level is None:
        if not edge.link.embed or above < 2:
            return None
        said = message("{name} shows {other} ({level}), and does not say who may read it.", **told)
        return Leak("unmarked", edge.link.span, said)
    if above <= level:
        return None
    if edge.link.embed:
        return Leak(
            "embedded", edge.link.span, message("{name} shows {other}, which fewer people may read ({level}).", **told)
        )
    if vault.is_kind(secret, *NAMED):
        return None
    if edge.relation:
        return Leak(
            "named", edge.link.span, message("{name} names {other}, which fewer people may read ({level}).", **told)
        )
    return Leak(
        "linked", edge.link.span, message("{name} links to {other}, which fewer people may read ({level}).", **told)
    )


def _too_wide(note: Note, vault: Vault) -> Iterator[Finding]:
    own, wide = confidentiality(vault, note), audience(vault, note)
    item = vault.property(note, "audience")
    if own is None or wide is None or item is None or wide >= own:
        return
    said = message(
        "{name} is confidential ({level}), and is written for more people ({audience}).",
        name=called(vault, note.path),
        level=_level(vault, note),
        audience=vault.text(note, "audience"),
    )
    mend = message("narrow the audience, or lower its confidentiality to `{level}`", level=LEVELS[wide])
    yield Finding("confidentiality-leak", GRAVER, note.path, item.span, said, mend, reason="audience")


def _level(vault: Vault, note: Note) -> str:
    return vault.text(note, "confidentiality")


def _finding(note: Note, vault: Vault, edge: Edge, leak: Leak) -> Finding:
    secret = vault.notes[edge.target or ""]
    item = vault.property(secret, "confidentiality")
    step = message(
        "{name} says `{property}`",
        name=called(vault, secret.path),
        property=f"{item.name}: {_level(vault, secret)}" if item else "",
    )
    mend = {
        "unmarked": message("say who may read the note around it, or take the embed out"),
        "linked": message("see that the name gives nothing away, or take the link out"),
    }.get(leak.reason, message("take it out, or raise the confidentiality of the note around it"))
    return Finding(
        "confidentiality-leak",
        SEVERITY if leak.reason in {"unmarked", "linked"} else GRAVER,
        note.path,
        leak.span,
        leak.said,
        mend,
        (Evidence(step, secret.path, item.span.line if item else 1),),
        leak.reason,
    )
