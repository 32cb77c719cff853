"""What has changed in the work since a day: a Vault and a day go in; what is new, closed, moved, handed over comes out.

Each note of a kind is held against what it said on that day, as far as anybody has kept it. What moved to and fro in
between has not changed. Where nobody knows what that day looked like, nothing is said.

Example: on 1 March a project was due on 1 April, on track, Ann's. Today it is due on 15 April, at risk, Bea's: a date
that moved by 14 days, a health that turned, an owner that changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.history import created, said_on, since
from vaultkit.insights.status import CLOSED
from vaultkit.vault.values import choice_of, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

What = Literal["new", "closed", "reopened", "due", "health", "owner", "decided"]


class Changed(Struct, frozen=True):
    """One thing that is other than it was."""

    what: What
    path: str
    before: str = ""
    """What it said then: a day, a word of the vocabulary, names; empty for what it did not say."""
    after: str = ""
    slip: int | None = None
    """For `due`: by how many days it moved, below zero for an earlier one."""


def changes(vault: Vault, day: date) -> tuple[Changed, ...] | None:
    """What has changed since the end of a day, by note; None when nobody knows how that day ended."""
    begun = since(vault)
    if begun is None or begun > day:
        return None
    notes = (vault.notes[path] for path in vault.recognised)
    return tuple(each for note in notes if note.generated is None for each in _changes(vault, note, day))


def _changes(vault: Vault, note: Note, day: date) -> Iterator[Changed]:
    first = created(vault, note)
    if first is not None and first > day:
        yield Changed("new", note.path)
        if _is_decided(vault, note, vault.choice(note, "status") or ""):
            yield Changed("decided", note.path)
        return
    status, now = _words(vault, note, "status", day)
    outcome, ended = _words(vault, note, "outcome", day)
    closed = status in CLOSED or bool(outcome)
    if closed != (now in CLOSED or bool(ended)):  # in which folder it lay then nobody knows
        yield Changed("reopened" if closed else "closed", note.path, outcome or status, ended or now)
    if status != now and not closed and _is_decided(vault, note, now):
        yield Changed("decided", note.path, status, now)
    health, turned = _words(vault, note, "health", day)
    if health and turned and health != turned:
        yield Changed("health", note.path, health, turned)
    yield from _moved(vault, note, day)


def _moved(vault: Vault, note: Note, day: date) -> Iterator[Changed]:
    """A date that was named and is another one, an owner that was and is another; who is new to it is no change."""
    due, now = period_of(said_on(vault, note, day, "due")), vault.period(note, "due")
    if due and now and due[1] != now[1]:
        yield Changed("due", note.path, due[1].isoformat(), now[1].isoformat(), (now[1] - due[1]).days)
    owner, theirs = said_on(vault, note, day, "owner"), vault.text(note, "owner")
    if owner and theirs and owner != theirs:
        yield Changed("owner", note.path, owner, theirs)


def _is_decided(vault: Vault, note: Note, status: str) -> bool:
    """Whether a decision is in force: what its kind calls active."""
    return vault.is_kind(note, "decision") and status == "active"


def _words(vault: Vault, note: Note, field: str, day: date) -> tuple[str, str]:
    """A field of a vocabulary then and now, by the words that it is known by; empty for any other."""
    known = vault.field(note, field)
    then = choice_of(said_on(vault, note, day, field), known.vocabulary if known else {})
    return then or "", vault.choice(note, field) or ""
