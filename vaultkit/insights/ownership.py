"""Who owns a note: one person, or the reason why nobody does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.text import fold
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault

_LINK = re.compile(r"\[\[[^\[\]]+\]\]")
Fault = Literal["none", "unresolved", "team", "several"]


class Ownership(Struct, frozen=True):
    """The owner of a note: the path of a person's note, or what is wrong with what the note says."""

    person: str | None = None
    fault: Fault | None = None
    said: tuple[str, ...] = ()
    """The owners as written."""


def people(vault: Vault) -> Mapping[str, str]:
    """A person's name or alias, folded -> the path of their note; a name that two people share leads to neither."""
    found: dict[str, set[str]] = {}
    for note in vault.of_kind("person"):
        aliases = next((item.value for item in note.properties if fold(item.name) == "aliases"), ())
        for name in (note.name, vault.title(note), *_each(aliases)):
            found.setdefault(fold(name), set()).add(note.path)
    return {name: next(iter(paths)) for name, paths in found.items() if len(paths) == 1}


def ownership(vault: Vault, note: Note) -> Ownership:
    """The one person that a note's `owner` names. A plain name counts when exactly one person's note bears it."""
    item = vault.property(note, "owner")
    said = tuple(name for name in _each(item.value) if name) if item else ()
    if not said:
        return Ownership(fault="none")
    if len(said) > 1:
        return Ownership(fault="several", said=said)
    edges = vault.relation(note, "owner")
    path = edges[0].target if edges else vault.ask(people).get(fold(said[0])) or _team(vault, said[0])
    if path is None or not path.endswith(".md"):
        return Ownership(fault="unresolved", said=said)
    owner = vault.notes.get(path)  # None for a note that is there, and left out of judgement
    if owner is not None and vault.is_kind(owner, "team"):
        return Ownership(fault="team", said=said)
    return Ownership(person=path, said=said)


def _team(vault: Vault, name: str) -> str | None:
    return next((team.path for team in vault.of_kind("team") if fold(team.name) == fold(name)), None)


def _links(value: Value) -> tuple[Value, ...]:
    found = _LINK.findall(value) if isinstance(value, str) else []
    return tuple(found) if len(found) > 1 else (value,)


def _each(value: Value) -> tuple[str, ...]:
    """The names in a value, each once: a list, or several links in one piece of text."""
    values = value if isinstance(value, tuple) else (value,)
    pieces = (piece for v in values if v is not None for piece in _links(v))
    return tuple(dict.fromkeys(text_of(piece) for piece in pieces))
