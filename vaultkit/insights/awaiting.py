"""What can be worked on, and what waits for it: a Vault goes in; live work, what is set aside, and dependents come out.

What waits for somebody, is paused, is an idea or for some day, or begins on a later day is set aside: nobody is to be
told that it presses.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vaultkit.insights.decisions import state
from vaultkit.insights.dependencies import dependents, is_awaited, needs
from vaultkit.insights.status import is_live
from vaultkit.insights.workload import PENDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

KINDS = ("priority", "project", "task", "key_result", "decision")
"""The kinds of work that can be urgent; of decisions, those still to be taken."""
MANY = 5
"""How many dependents are as good as all."""
_ASIDE = frozenset({"idea", "paused", "waiting"})
_SOMEDAY = frozenset({"someday", "un-jour"})
"""The tags of what is not for now."""


def work(vault: Vault) -> Iterator[Note]:
    """The live notes that can be urgent."""
    for note in vault.of_kind(*KINDS):
        if is_live(vault, note) and (not vault.is_kind(note, "decision") or vault.choice(note, "status") in PENDING):
            yield note


def waiting(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Note -> the live work that needs it and is not set aside, by path."""
    live = {note.path for note in work(vault) if not is_aside(vault, note)}
    found = {path: tuple(need.dependent for need in each) for path, each in vault.ask(dependents).items()}
    return {path: tuple(dict.fromkeys(p for p in each if p in live)) for path, each in found.items()}


def depending(vault: Vault, path: str) -> tuple[str, ...]:
    """What waits for a note, directly or not, nearest first; looks no further once there are `MANY`."""
    found: dict[str, None] = {}
    layer = [path]
    while layer:
        beyond = []
        for other in chain.from_iterable(vault.ask(waiting).get(each, ()) for each in layer):
            if other != path and other not in found:
                found[other] = None
                beyond.append(other)
                if len(found) == MANY:
                    return tuple(found)
        layer = beyond
    return tuple(found)


def needed(vault: Vault, path: str) -> tuple[str, ...]:
    """What a note still has to wait for: no decision that was taken, no meeting that was held."""
    targets = (need.prerequisite for need in vault.ask(needs).get(path, ()))
    return tuple(each for each in targets if each is not None and each != path and is_awaited(vault, each))


def is_aside(vault: Vault, note: Note) -> bool:
    """Whether nobody is to work on a piece of work now; a decision that is proposed or pending waits to be taken."""
    if vault.is_kind(note, "decision"):
        return state(vault, note) == "put-off"
    if vault.choice(note, "status") in _ASIDE:
        return True
    if any(tag.name.lower().partition("/")[0] in _SOMEDAY for tag in note.tags) or vault.text(note, "waiting_on"):
        return True
    begins = vault.day(note, "scheduled") or vault.day(note, "start")
    return begins is not None and begins > vault.today
