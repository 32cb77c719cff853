"""A decision that cannot be taken back, on thin ground.

## What it flags
A decision said to be one-way (`reversibility: one_way`), open or accepted in the last `within` (90) days: with a
confidence below `least` (70 %) (`confidence`), or without any risk or assumption that is linked to it or told of below
a heading of its own (`untested`).

## Why it matters
Most decisions can be undone, and are better taken quickly. This one cannot: an hour more with somebody who is against
it costs less than anything that comes after.

## How to mend it
Say what would have to be true, and what would tell you that it is not: a note of kind assumption or risk with a link
to the decision, or a heading `Risks` in it. Or make the step smaller, until it can be taken back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.decisions import since, state
from vaultkit.insights.wording import called, is_french
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("decision",)
READS: tuple[Reads, ...] = ("work",)

_TESTED = ("risk", "assumption")
_HEADING = re.compile(
    r"\b(risks?|risques?|assumptions?|assume|hypothes[ei]s|hypotheses|wrong|pre ?mortem|consequences?|drawbacks?"
    r"|inconvenients?|reserves|mal tourner|kill criteria|doubts?|doutes?)\b"
)
"""The headings, folded, below which a decision says what may go wrong."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.one-way-thin]`."""

    least: int = 70
    within: int = 90


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("one-way-thin", Options)


def tested(vault: Vault) -> frozenset[str]:
    """The decisions that a risk or an assumption links to, or that link to one."""
    doubts = {note.path for note in vault.of_kind(*_TESTED)}
    if not doubts:
        return frozenset()
    said = {edge.target for path in doubts for edge in vault.graph.of(path) if edge.human and edge.target}
    own = (n.path for n in vault.of_kind("decision") if any(e.target in doubts for e in vault.graph.of(n.path)))
    return frozenset({*said, *own})


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for a one-way decision that little speaks for."""
    if vault.choice(note, "reversibility") != "one_way" or not _can_be_slowed(vault, note):
        return
    said, least, name = vault.number(note, "confidence"), vault.ask(options).least, called(vault, note.path)
    percent = None if said is None else said * 100 if 0 <= said <= 1 else said
    if percent is not None and percent < least:
        told = message(
            "{name} cannot be taken back, and the confidence in it is {percent} %, less than {least} %.",
            name=name,
            percent=f"{percent:g}",
            least=least,
        )
        yield _finding(note, vault, "confidence", told)
    elif note.path not in vault.ask(tested) and not any(_HEADING.search(telling.folded(h)) for h in note.headings):
        told = message("{name} cannot be taken back, and nothing says what might be wrong with it.", name=name)
        yield _finding(note, vault, "untested", told)


def _can_be_slowed(vault: Vault, note: Note) -> bool:
    """Whether it is still open, or so recent that something can still be done."""
    found = state(vault, note)
    day = since(vault, note) if found == "accepted" else None
    return found == "open" or (day is not None and (vault.today - day).days <= vault.ask(options).within)


def _finding(note: Note, vault: Vault, reason: str, told: Message) -> Finding:
    name = called(vault, note.path)
    if reason == "confidence":
        mend = message("find out what would make you surer, ask somebody who is against it, or take a smaller step")
        evidence = telling.says(vault, note, "confidence")
    else:
        heading = "Risques" if is_french(vault, note) else "Risks"
        mend = message("say what would have to be true, and what may go wrong, below `## {heading}`", heading=heading)
        evidence = Evidence(message("no risk and no assumption is linked to {name}", name=name), note.path)
    return Finding(
        "one-way-thin",
        SEVERITY,
        note.path,
        telling.span_of(vault.property(note, "confidence" if reason == "confidence" else "reversibility")),
        told,
        mend,
        (telling.says(vault, note, "reversibility"), evidence),
        reason,
    )
