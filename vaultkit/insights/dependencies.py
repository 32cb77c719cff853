"""What waits for what: a Vault goes in; what each note depends on, as people wrote it on either side, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from vaultkit.insights.circles import circles
from vaultkit.insights.dated import day_of
from vaultkit.insights.status import is_archived, is_live
from vaultkit.vault import Edge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_NEEDS, _BLOCKS = "depends_on", "blocks"
WORK = ("objective", "key_result", "priority", "project", "task")
"""The kinds of note that can wait for another."""
_EVENTS = ("decision", "meeting")
"""The kinds that others can wait for besides."""


class Need(Struct, frozen=True, gc=False):
    """One statement that `dependent` needs `prerequisite` first; `prerequisite` is None when the link leads nowhere."""

    dependent: str
    prerequisite: str | None
    edge: Edge
    """The link as it stands, in the dependent's note (`depends_on`) or in the other's (`blocks`)."""


class _State(NamedTuple):
    """What a note says of its being waited for, whatever the day."""

    dropped: bool
    met: bool
    held: date | None = None
    """The day of a meeting."""


def needs(vault: Vault) -> Mapping[str, tuple[Need, ...]]:
    """Note -> what it depends on, its own statements first; each prerequisite once."""
    found: dict[str, dict[str | None, Need]] = {}
    stated = [need for path in vault.recognised for need in vault.gather(stated_needs)[path]]
    for need in sorted(stated, key=lambda need: need.edge.relation != _NEEDS):
        found.setdefault(need.dependent, {}).setdefault(need.prerequisite, need)
    return {path: tuple(each.values()) for path, each in sorted(found.items())}


def dependents(vault: Vault) -> Mapping[str, tuple[Need, ...]]:
    """Note -> the statements of those that need it, by path of the dependent."""
    found: dict[str, list[Need]] = {}
    for each in vault.ask(needs).values():
        for need in each:
            if need.prerequisite is not None and need.prerequisite != need.dependent:
                found.setdefault(need.prerequisite, []).append(need)
    return {path: tuple(each) for path, each in found.items()}


def dependency_circles(vault: Vault) -> tuple[tuple[str, ...], ...]:
    """The notes that wait for one another, each circle once; it begins at its first note by path."""
    leading = {
        path: [need.prerequisite for need in each if need.prerequisite is not None]
        for path, each in vault.ask(needs).items()
    }
    return circles(leading)


def stated_needs(vault: Vault, note: Note) -> tuple[Need, ...]:
    """What one note says of what needs what."""
    if note.path not in vault.recognised:
        return ()
    found = []
    for edge in vault.graph.of(note.path):
        if edge.human and edge.relation == _NEEDS:
            found.append(Need(note.path, edge.target, edge))
        elif edge.human and edge.relation == _BLOCKS and edge.target is not None:
            found.append(Need(edge.target, note.path, edge))
    return tuple(found)


def is_dropped(vault: Vault, note: Note) -> bool:
    """Whether somebody has said of what others wait for that it is not going to happen."""
    return vault.gather(_state)[note.path].dropped


def is_met(vault: Vault, note: Note) -> bool:
    """Whether nobody need wait for it any more: work that is done, a decision that was taken, a meeting that was held.

    An accepted decision is `active` in the words of its kind; one that was replaced had been taken.
    """
    state = vault.gather(_state)[note.path]
    return state.met or (state.held is not None and not state.dropped and state.held < vault.today)


def is_awaited(vault: Vault, path: str | None) -> bool:
    """Whether what depends on the file at a path still has to wait for it."""
    note = vault.notes.get(path or "")
    if note is None or not vault.is_kind(note, *WORK, *_EVENTS) or not is_live(vault, note):
        return False
    return not is_met(vault, note) and not is_dropped(vault, note)


def _state(vault: Vault, note: Note) -> _State:
    if not vault.is_kind(note, *WORK, *_EVENTS):
        return _State(dropped=False, met=False)
    status, outcome = vault.choice(note, "status"), vault.choice(note, "outcome")
    if "dropped" in {status, outcome}:
        return _State(dropped=True, met=False)
    if vault.is_kind(note, "decision"):
        return _State(dropped=False, met=status in {"active", "done", "archived"})
    if vault.is_kind(note, "meeting"):
        return _State(dropped=False, met=status == "done", held=day_of(vault, note))
    return _State(dropped=False, met=status in {"done", "archived"} or outcome is not None or is_archived(note))
