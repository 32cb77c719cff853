"""Work that waits for something that is over.

## What it flags
A live objective, key result, priority, project or task note that depends on work or on a decision that was dropped
(`dropped`), which is a warning; or whose status is still blocked or waiting while all that it depends on is done, the
decision taken, the meeting held, and it waits for nobody (`done`).

## Why it matters
What can go on stands still because nobody has told it so: these are the cheapest days to win. And what depends on
something that will never come is planned on sand.

## How to mend it
If it can go on, set its status back: `status: active`; `vaultkit check --fix` does so where it is blocked and nothing
else holds it up. If what it needs was dropped, find another way, drop it as well, or take the dependency out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.dependencies import is_dropped, is_met, needs
from vaultkit.insights.friction import BLOCKED
from vaultkit.insights.status import is_closed, is_live
from vaultkit.insights.wording import called, is_french, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding, Fix, Put
from vaultkit.validators import telling
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.changed import Reads
    from vaultkit.insights.dependencies import Need
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
GRAVER: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "key_result", "priority", "project", "task")
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """A finding for each prerequisite that will never come, or one for work that nothing holds up any more."""
    found = vault.ask(needs).get(note.path, ())
    if not found or not is_live(vault, note):
        return
    needed = [vault.notes.get(need.prerequisite or "") for need in found]
    for need, other in zip(found, needed, strict=True):
        if other is not None and is_dropped(vault, other):
            yield _dropped(note, vault, need)
    over = all(other is not None and is_met(vault, other) for other in needed)
    if over and vault.choice(note, "status") in BLOCKED and not vault.text(note, "waiting_on"):
        yield _done(note, vault, found)


def _dropped(note: Note, vault: Vault, need: Need) -> Finding:
    name, other, link = called(vault, note.path), called(vault, need.prerequisite or ""), need.edge.link
    field = link.property.split(".")[0]
    mend = message("remove the link to {other} from `{property}`", other=other, property=field)
    own = need.edge.source == note.path and field and link.form == "wiki"
    put = Put(note.path, field, f'"{telling.as_written(link)}"', "remove")
    return Finding(
        "blocked-by-done",
        GRAVER,
        note.path,
        telling.place(note, need.edge),
        message("{name} depends on {other}, which was dropped.", name=name, other=other),
        message("find another way, drop {name} as well, or take the dependency out", name=name),
        tuple(_steps(vault, need)),
        "dropped",
        Fix(mend, (put,)) if own else None,
    )


def _done(note: Note, vault: Vault, found: Sequence[Need]) -> Finding:
    name, item = called(vault, note.path), vault.property(note, "status")
    field, word = property_name(vault, note, "status"), "en cours" if is_french(vault, note) else "active"
    mend = message("write `{written}`", written=f"{field}: {word}")
    return Finding(
        "blocked-by-done",
        SEVERITY,
        note.path,
        item.span if item else TOP,
        message(
            "{name} says `{said}`, and all that it depends on is done.",
            name=name,
            said=f"{field}: {text_of(item.value) if item else ''}",
        ),
        message("write `{written}`, or say what else holds it up", written=f"{field}: {word}"),
        tuple(step for need in found[: telling.LONGEST] for step in _steps(vault, need)),
        "done",
        Fix(mend, (Put(note.path, field, word),), safe=vault.choice(note, "status") == "blocked"),
    )


def _steps(vault: Vault, need: Need) -> Iterator[Evidence]:
    """`A depends on B`, and why nobody need wait for B."""
    other = vault.notes[need.prerequisite or ""]
    name = called(vault, other.path)
    said = message("{name} depends on {other}", name=called(vault, need.dependent), other=name)
    yield Evidence(said, need.edge.source, need.edge.link.span.line)
    field = "date" if vault.is_kind(other, "meeting") else "status"
    why, item = telling.why_out(vault, other) if is_closed(vault, other) else None, vault.property(other, field)
    if why is not None:
        yield why
    elif item is not None:
        written = message("{name} says `{said}`", name=name, said=f"{item.name}: {text_of(item.value)}")
        yield Evidence(written, other.path, item.span.line)
