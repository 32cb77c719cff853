"""A list of what serves a note, and notes that say otherwise.

## What it flags
A live note that lists another as serving it, in `priorities` or `projects`, while that one says that it serves
something else, which leads up to it neither (`listed`); and a note that keeps such a list and leaves out one that says
that it serves it (`missing`).

## Why it matters
vaultkit takes both at their word. A reader takes the one that he has open: the owner of the project works for one
objective, and whoever reads the other counts on it.

## How to mend it
The note below decides: take it off the list or add it there. Better still, say it once, in `serves`, and keep no list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import WORKING, downs, ups
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence, Finding, Fix, Put
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.alignment import Up
    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("vision", "objective", "key_result", "priority", "project")
READS: tuple[Reads, ...] = ("work",)

SHOWN = 5
"""How many of the notes that a list leaves out are named."""
FARTHEST = 100
"""How many notes above another are looked at."""


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each note that is wrongly listed, and one for each list that lacks some."""
    serving = vault.ask(downs).get(note.path, ())
    listing = [up for up in serving if up.edge.source == note.path]
    if not listing or not is_live(vault, note):
        return
    for up in listing:
        own = _own(vault, up.child)
        if own and _is_working(vault, up.child) and not _leads(vault, own, note.path):
            yield _listed(note, vault, up.edge, own[0])
    for relation in dict.fromkeys(up.edge.relation for up in listing):
        yield from _missing(note, vault, relation, serving)


def _is_working(vault: Vault, path: str) -> bool:
    note = vault.notes.get(path)
    return note is not None and vault.is_kind(note, *WORKING, "task") and is_live(vault, note)


def _own(vault: Vault, path: str) -> list[Up]:
    """What a note itself says that it serves."""
    return [up for up in vault.ask(ups).get(path, ()) if up.edge.source == path]


def _leads(vault: Vault, own: list[Up], path: str) -> bool:
    """Whether one of these statements leads up to a note, directly or by way of others."""
    seen = {up.parent for up in own if up.parent}
    waiting = sorted(seen)
    while waiting and len(seen) < FARTHEST:
        for up in vault.ask(ups).get(waiting.pop(), ()):
            if up.parent and up.parent not in seen:
                seen.add(up.parent)
                waiting.append(up.parent)
    return path in seen


def _listed(note: Note, vault: Vault, edge: Edge, own: Up) -> Finding:
    name, child = called(vault, note.path), called(vault, edge.target or "")
    other = called(vault, own.parent) if own.parent else own.edge.link.target
    written = edge.link.property.partition(".")[0]
    mend = message("remove the link to {other} from `{property}`", other=child, property=written or edge.link.field)
    fix = Fix(mend, (Put(note.path, written, f'"{telling.as_written(edge.link)}"', "remove"),))
    return Finding(
        "two-sided-mismatch",
        SEVERITY,
        note.path,
        edge.link.span,
        message("{name} lists {child}, which says that it serves {other}.", name=name, child=child, other=other),
        message("take it off the list, or let {child} say that it serves {name}", child=child, name=name),
        (
            Evidence(message("{name} lists {child}", name=name, child=child), note.path, edge.link.span.line),
            *telling.chain(vault, (own,)),
        ),
        "listed",
        fix if written and edge.link.form == "wiki" else None,
    )


def _missing(note: Note, vault: Vault, relation: str, serving: tuple[Up, ...]) -> Iterator[Finding]:
    """What serves a note, is of the kind that a list of it is for, and does not stand in it."""
    field, item = vault.field(note, relation), vault.property(note, relation)
    listed = {up.child for up in serving if up.edge.source == note.path}
    kinds = field.to if field else ()
    own = {up.child: up for up in serving if up.edge.source == up.child and up.child not in listed}
    absent = [up for path, up in own.items() if _is_working(vault, path) and vault.recognised[path].kind in kinds]
    if not absent or item is None:
        return
    name, first = called(vault, note.path), called(vault, absent[0].child)
    puts = tuple(Put(note.path, item.name, telling.quoted(vault, note, relation, up.child), "add") for up in absent)
    mend = plural("add it to `{property}`", "add these {count} to `{property}`", len(absent), property=item.name)
    yield Finding(
        "two-sided-mismatch",
        SEVERITY,
        note.path,
        item.span,
        plural(
            "`{property}` of {name} leaves out {first}, which says that it serves it.",
            "`{property}` of {name} leaves out {count} notes that say that they serve it, {first} among them.",
            len(absent),
            property=item.name,
            name=name,
            first=first,
        ),
        mend,
        telling.chain(vault, absent[:SHOWN]),
        "missing",
        Fix(mend, puts, safe=True),
    )
