"""An objective or a project that was closed, and nobody has written what came of it.

## What it flags
An objective or a project whose status says that it is done or dropped, for at most `days` (90) days, and of which
nothing tells how it ended: no `outcome`, no status such as `achieved` or `missed`, no number for what it or a key
result of it reached, no update when it was closed, and no heading such as `Outcome`, `Retrospective` or `Lessons
learned`. For one that was dropped a `why` is enough. When it was closed is known from its history, else from its last
day, else from its last update or task. Of those of which nothing tells, several of a kind are told once, of the first
(`undated`).

## Why it matters
Done is not the same as worth it. Whoever plans the next one has nothing to learn from, and the objective of the year
before looks like a success because nobody wrote that it was not.

## How to mend it
Write one word, `outcome: achieved`, `partial` or `missed`, and two sentences on what you would do again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.alignment import children
from vaultkit.insights.finishing import is_summed_up
from vaultkit.insights.history import created, values
from vaultkit.insights.staleness import completions
from vaultkit.insights.status import end_of, is_archived
from vaultkit.insights.underway import status_of
from vaultkit.insights.updates import updates
from vaultkit.insights.wording import called, property_name
from vaultkit.language import message
from vaultkit.model import Evidence, Finding
from vaultkit.text import fold
from vaultkit.validators import telling
from vaultkit.vault.values import choice_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Message, Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "warning"
KINDS: tuple[str, ...] = ("objective", "project")
READS: tuple[Reads, ...] = ("work",)

_TELLING = frozenset({"achieved", "partial", "missed"})
_CLOSED = frozenset({"done", "dropped"})
_NEAR = 14
"""An update so many days before the day on which something must have been closed may be the one that sums it up."""


class Closed(NamedTuple):
    """When a note was closed."""

    day: date
    is_exact: bool = False
    """Whether its history says so."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.closed-without-outcome]`."""

    days: int = 90


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("closed-without-outcome", Options)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for what was closed lately without a word on how it ended."""
    status, item = vault.choice(note, "status"), vault.property(note, "status")
    if status not in _CLOSED or item is None or is_archived(note):
        return
    closed = _closed(note, vault, status)
    if not _is_silent(note, vault, status, closed):
        return
    name, said = called(vault, note.path), f"{item.name}: {text_of(item.value)}"
    alike = vault.ask(undated)[vault.recognised[note.path].kind] if closed is None else (note.path,)
    if note.path != alike[0]:
        return
    one = message("{name} is closed (`{said}`), and nothing tells what came of it.", name=name, said=said)
    yield Finding(
        "closed-without-outcome",
        SEVERITY,
        note.path,
        item.span,
        one if len(alike) == 1 else _of_several(note, vault, len(alike)),
        message(
            "write `{property}` and two sentences on what you would do again",
            property=property_name(vault, note, "outcome"),
        ),
        tuple(_steps(vault, alike)),
        "undated" if len(alike) > 1 else "",
    )


def _steps(vault: Vault, paths: tuple[str, ...]) -> Iterator[Evidence]:
    for path in paths[: telling.LONGEST]:
        item = vault.property(vault.notes[path], "status")
        said = f"{item.name}: {text_of(item.value)}" if item else ""
        told = message("{name} says `{said}`", name=called(vault, path), said=said)
        yield Evidence(told, path, item.span.line if item else 1)


def undated(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Kind -> its closed notes without a word on how they ended, of which nobody knows when that was; by path."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for note in vault.of_kind(*KINDS):
        status = status_of(vault, note)
        if status not in _CLOSED or is_archived(note) or _closed(note, vault, status) is not None:
            continue
        if _is_silent(note, vault, status, None):
            found[vault.recognised[note.path].kind].append(note.path)
    return {kind: tuple(paths) for kind, paths in found.items()}


def _of_several(note: Note, vault: Vault, count: int) -> Message:
    if vault.is_kind(note, "objective"):
        return message("{count} objectives are closed, and nothing tells when, nor what came of them.", count=count)
    return message("{count} projects are closed, and nothing tells when, nor what came of them.", count=count)


def _is_silent(note: Note, vault: Vault, status: str, closed: Closed | None) -> bool:
    """Whether it was closed lately, as far as anybody knows, and nothing tells how it ended."""
    first = closed.day if closed else _known_since(note, vault)
    if first is not None and (vault.today - first).days > vault.ask(options).days:
        return False
    if _is_told(note, vault, status):
        return False
    return closed is None or not _is_summed_up(note, vault, closed)


def _known_since(note: Note, vault: Vault) -> date | None:
    said = values(vault, note, "status")
    return said[0].day if said else None


def _closed(note: Note, vault: Vault, status: str) -> Closed | None:
    """When it was closed, as far as anybody knows; what is closed before its last day was closed by today."""
    said, field, day = values(vault, note, "status"), vault.field(note, "status"), vault.today
    for value in reversed(said or ()):
        if field is None or choice_of(value.text, field.vocabulary) != status:
            return Closed(day, is_exact=True)
        day = value.day
    end = end_of(vault, note)
    if end is not None:
        return Closed(min(end, vault.today))
    last = (update.day for update in vault.ask(updates).get(note.path, ())[:1])
    known = (*last, *vault.ask(completions).get(note.path, ())[:1], *([day] if created(vault, note) else ()))
    return max((Closed(each) for each in known), default=None)


def _is_told(note: Note, vault: Vault, status: str) -> bool:
    """Whether anything tells how it ended."""
    fields = ("outcome", "current", "progress", *(("why",) if status == "dropped" else ()))
    if any(vault.text(note, field) for field in fields) or _in_a_word(note, vault):
        return True
    if vault.gather(is_summed_up)[note.path]:
        return True
    return any(vault.text(child, field) for child in _measured(note, vault) for field in ("outcome", "current"))


def _measured(note: Note, vault: Vault) -> Iterator[Note]:
    return (child for child in children(vault, note.path) if vault.is_kind(child, "key_result"))


def _is_summed_up(note: Note, vault: Vault, closed: Closed) -> bool:
    """Whether an update was written when it was closed, or close to the day on which it must have been."""
    first = closed.day if closed.is_exact else closed.day - timedelta(days=_NEAR)
    return any(update.day >= first for update in vault.ask(updates).get(note.path, ()))


def _in_a_word(note: Note, vault: Vault) -> bool:
    """Whether its status says it already: `achieved`, `missed`."""
    field, said = vault.field(note, "outcome"), vault.text(note, "status")
    return field is not None and fold(said) != "done" and choice_of(said, field.vocabulary) in _TELLING
