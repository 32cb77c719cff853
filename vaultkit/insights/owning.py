"""Who answers for what beside the priorities: a Vault goes in; the notes with no one owner, and why, come out.

Several people in one `owner`, a team there, or a name that leads to nobody: each note is told of once, as the gravest
of what is wrong with it. A project of several teams without one owner is graver than any of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.assignments import about, named_owner
from vaultkit.insights.namesakes import ambiguous
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import teams_of
from vaultkit.insights.status import is_live, is_over
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.assignments import Assignment
    from vaultkit.model import Note
    from vaultkit.vault import Vault

ANSWERED = ("objective", "key_result", "project", "risk", "metric")
"""The kinds of which one person answers; priorities have a validator of their own."""
HOLDING = ("objective", "key_result", "priority", "project", "task", "risk")
"""The kinds whose owner has what is to be done in them, where a line names nobody."""
RESTING = frozenset({"idea", "paused", "waiting"})
"""The statuses of what is not being worked on."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.cross-functional-no-dri]`."""

    teams: int = 3
    """From how many teams on a project is everybody's."""


class Misowned(Struct, frozen=True):
    """A note that nobody in particular answers for."""

    told: Literal["several", "team", "unresolved", "crossing"]
    owners: tuple[str, ...]
    """As written, one person or team each."""
    teams: tuple[str, ...] = ()
    """For `crossing`: the teams that a project is of, by path."""


def misowned(vault: Vault) -> Mapping[str, Misowned]:
    """Every live note of `ANSWERED` that says who owns it, and names no one person; of projects also those that do not.

    A name without a note counts as nobody's only in a vault that has notes of people; one that several bear is told of
    where they are.
    """
    found = {}
    for note in vault.of_kind(*ANSWERED):
        said = ownership(vault, note)
        if said.fault is None or not _is_in_play(vault, note):
            continue
        teams = _crossing(vault, note)
        if teams:
            found[note.path] = Misowned("crossing", said.said, teams)
        elif said.fault == "several":
            found[note.path] = Misowned("several", said.said)
        elif said.fault == "team":
            found[note.path] = Misowned("team", said.said)
        elif said.fault == "unresolved" and vault.of_kind("person") and not _is_shared(vault, said.said[0]):
            found[note.path] = Misowned("unresolved", said.said)
    return found


def _is_shared(vault: Vault, name: str) -> bool:
    """Whether several people bear a name, of which `alias-or-title-collision` speaks."""
    return fold(name) in vault.ask(ambiguous) and vault.config.severity("alias-or-title-collision") != "off"


def holder(vault: Vault, assignment: Assignment) -> str | None:
    """Who has a checkbox: the first person that its line links to, else the owner of the work that it stands in."""
    named = named_owner(vault, assignment)
    note = vault.notes.get(assignment.path)
    if named is not None or note is None or not vault.is_kind(note, *HOLDING):
        return named
    return ownership(vault, note).person


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("cross-functional-no-dri", Options)


def _crossing(vault: Vault, note: Note) -> tuple[str, ...]:
    """The teams of a project that is being worked on by too many of them; empty for any other note."""
    if not vault.is_kind(note, "project") or vault.choice(note, "status") in RESTING:
        return ()
    if vault.config.severity("cross-functional-no-dri") == "off":
        return ()
    found = set(_teams(vault, note))
    return tuple(sorted(found)) if len(found) >= vault.ask(options).teams else ()


def _teams(vault: Vault, note: Note) -> Iterator[str]:
    """Those that it names, and those of its people and of whoever has an open task about it."""
    of, told = vault.ask(teams_of), vault.recognised.get
    yield from of.get(note.path, ())
    for relation in ("owner", "contributors"):
        for edge in vault.relation(note, relation):
            kind = told(edge.target) if edge.target else None
            if edge.target and kind and kind.kind == "team":
                yield edge.target
            yield from of.get(edge.target or "", ())
    for each in vault.ask(about).get(note.path, ()):
        if each.is_open:
            yield from of.get(named_owner(vault, each) or "", ())


def _is_in_play(vault: Vault, note: Note) -> bool:
    return is_live(vault, note) and not (vault.is_kind(note, "objective") and is_over(vault, note))
