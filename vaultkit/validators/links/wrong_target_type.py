"""A property that links to a note of a kind it does not mean.

## What it flags
A link in a property of a live note that leads to a note of another kind than the property is for: a decider who is a
project, a team's member that is a meeting, work that serves a person. Notes of no kind are not judged; a team or a
stakeholder will do where a person is meant, and any objective, key result, priority, project or task where one of them
is. What `no-owner`, `owner-not-a-person` or `orphan-priority` says is not said again.

## Why it matters
vaultkit passes over such a link: the decision has no decider, the project serves nothing. Nothing else tells that the
name beside it is the wrong one.

## How to mend it
Link to the note that was meant, or put the link into the property that fits. If the other note is what you say it is,
write its `type`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import standings
from vaultkit.insights.fielded import KINDS as EVERY
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Edge, Vault
    from vaultkit.vault.kinds import Field, Recognition

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = EVERY
READS: tuple[Reads, ...] = ("work",)

WORK = frozenset({"vision", "objective", "key_result", "priority", "project", "task", "metric", "team", "idea"})
"""Any of these where another of them is meant: people's ladders differ, and `level-skip` and others judge them."""
BODIES = frozenset({"person", "team", "stakeholder"})
"""Those who can be asked, told and waited for."""
EMPLOYED = ("person", "stakeholder")
"""Their `company` is their team to us, and may be whatever the vault has of it: a client is often a project."""
PASSED_OVER = frozenset({"decided_in", "affects"})
"""`source`, which may be anything; and a risk, which may be one to anything, a person among them."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link in a property to a note of a wrong kind."""
    related = [edge for edge in vault.graph.of(note.path) if edge.relation and edge.human]
    if not related or not is_live(vault, note):
        return
    for edge in related:
        told = vault.recognised.get(edge.target or "")
        field = vault.field(note, edge.relation)
        if told and field and not _fits(note, vault, field, told.kind) and not _is_told_of(note, vault, edge):
            yield _finding(note, vault, edge, field, told)


def _fits(note: Note, vault: Vault, field: Field, kind: str) -> bool:
    """Whether a link of this field of a note may lead to a note of that kind."""
    if field.name in PASSED_OVER or not field.to or (field.name == "team" and vault.is_kind(note, *EMPLOYED)):
        return True
    to = frozenset(field.to)
    if field.name != "serves" and not BODIES.isdisjoint(to):
        to |= BODIES
    if field.name == "serves" or not WORK.isdisjoint(to - {"team"}):
        to |= WORK
    return kind in to or kind not in EVERY


def _is_told_of(note: Note, vault: Vault, edge: Edge) -> bool:
    """Whether `orphan-priority` says that what this priority serves leads to no objective."""
    standing = vault.ask(standings).get(note.path) if edge.relation == "serves" else None
    return standing is not None and standing.reason != "aligned"


def _or(labels: list[str]) -> Message | str:
    *others, last = labels
    return telling.either([", ".join(others), last]) if others else last


def _finding(note: Note, vault: Vault, edge: Edge, field: Field, told: Recognition) -> Finding:
    name, other = called(vault, note.path), called(vault, edge.target or "")
    kind = vault.kinds.all[told.kind].label(vault.language)
    meant = [vault.kinds.all[each].label(vault.language) for each in field.to if each in vault.kinds.all]
    written = edge.link.field or edge.link.property.partition(".")[0]
    return Finding(
        "wrong-target-type",
        SEVERITY,
        note.path,
        edge.link.span,
        message(
            "`{property}` of {name} leads to {other}, a note of the kind {kind}.",
            property=written,
            name=name,
            other=other,
            kind=kind,
        ),
        message("link to a note of the kind {kinds}, or put the link into the property that fits", kinds=_or(meant)),
        (
            Evidence(message("{name} links to {other}", name=name, other=other), note.path, edge.link.span.line),
            Evidence(
                message("{name} is of the kind {kind} because of `{clue}`", name=other, kind=kind, clue=told.clue),
                edge.target or "",
            ),
        ),
    )
