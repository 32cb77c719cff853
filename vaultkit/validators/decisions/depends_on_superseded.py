"""Work that rests on a decision which no longer holds.

## What it flags
A live note that names under `depends_on` or `decided_in` a decision which is superseded, obsolete or replaced by one
that holds, and that does not link to what took its place; an objective, a key result, a priority, a project or a task
also where it links to one in its text. Decisions, meetings and updates tell how things came about: their texts are not
judged.

## Why it matters
The decision was changed for a reason, and nobody has told this piece of work. It goes on as if the reason did not
concern it, and perhaps it does.

## How to mend it
Look at what holds now, and link to that instead; or drop the work. If it stays as it is, link to both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.decisions import is_replaced, replacements, state, successor
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding, Fix, Rewrite
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = (
    "objective",
    "key_result",
    "priority",
    "project",
    "task",
    "decision",
    "risk",
    "assumption",
)
READS: tuple[Reads, ...] = ("work",)

_RESTS = frozenset({"depends_on", "decided_in"})
_WORK = ("objective", "key_result", "priority", "project", "task")


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link of a live note to a decision that no longer holds."""
    rests = [edge for edge in vault.graph.of(note.path) if edge.human and edge.target and _rests(vault, note, edge)]
    if not rests or not is_live(vault, note) or (vault.is_kind(note, "decision") and state(vault, note) == "unknown"):
        return
    linked = {edge.target for edge in vault.graph.of(note.path) if edge.human}
    for edge in {edge.target: edge for edge in reversed(rests)}.values():
        old = vault.notes.get(edge.target or "")
        if old is None or not vault.is_kind(old, "decision") or not is_replaced(vault, old):
            continue
        new = successor(vault, old.path)
        others = {each.new for each in vault.ask(replacements).get(old.path, ())}
        if note.path not in others and linked.isdisjoint({*others, new} - {old.path, None}):
            yield _finding(note, vault, edge, new)


def _rests(vault: Vault, note: Note, edge: Edge) -> bool:
    """Whether a link says that the note rests on what it leads to."""
    return edge.relation in _RESTS or (not edge.link.property and vault.is_kind(note, *_WORK))


def _finding(note: Note, vault: Vault, edge: Edge, new: str | None) -> Finding:
    name, path = called(vault, note.path), edge.target or ""
    old = called(vault, path)
    if new is None:
        mend = message("link to what holds instead, or say in {old} what took its place", old=old)
    else:
        mend = message("link to {new} instead, which took its place", new=called(vault, new))
    fix = None
    if new is not None and edge.link.form == "wiki":
        fix = Fix(mend, rewrites=(Rewrite(note.path, edge.link.span, telling.rewritten(vault, note, edge.link, new)),))
    return Finding(
        "depends-on-superseded",
        SEVERITY,
        note.path,
        edge.link.span,
        message("{name} rests on {old}, which no longer holds.", name=name, old=old),
        mend,
        (
            Evidence(message("{name} rests on {old}", name=name, old=old), note.path, edge.link.span.line),
            telling.says(vault, vault.notes[path], "status"),
            *_replaced_by(vault, path),
        ),
        fix=fix,
    )


def _replaced_by(vault: Vault, path: str) -> Iterator[Evidence]:
    for each in vault.ask(replacements).get(path, ())[:1]:
        said = message("{new} replaces {old}", new=called(vault, each.new), old=called(vault, each.old))
        yield Evidence(said, each.edge.source, telling.stated_at(each.edge))
