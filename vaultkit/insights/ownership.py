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
    said, targets = vault.gather(_said)[note.path]
    if not said:
        return Ownership(fault="none")
    if len(said) > 1:
        return Ownership(fault="several", said=said)
    name = fold(said[0])
    path = targets[0] if targets else vault.ask(people).get(name) or vault.ask(teams).get(name)
    if path is None or not path.endswith(".md"):
        return Ownership(fault="unresolved", said=said)
    owner = vault.notes.get(path)  # None for a note that is there, and left out of judgement
    if owner is not None and vault.is_kind(owner, "team"):
        return Ownership(fault="team", said=said)
    return Ownership(person=path, said=said)


def teams(vault: Vault) -> Mapping[str, str]:
    """A team's name, folded -> the path of its note, the first by path."""
    return {fold(team.name): team.path for team in reversed(vault.of_kind("team"))}


def _said(vault: Vault, note: Note) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """The owners as written, and where links to them lead."""
    item = vault.property(note, "owner")
    said = tuple(name for name in _each(item.value) if name) if item else ()
    return said, tuple(edge.target for edge in vault.relation(note, "owner")) if said else ()


def _links(value: Value) -> tuple[Value, ...]:
    found = _LINK.findall(value) if isinstance(value, str) else []
    return tuple(found) if len(found) > 1 else (value,)


def _each(value: Value) -> tuple[str, ...]:
    """The names in a value, each once: a list, or several links in one piece of text."""
    values = value if isinstance(value, tuple) else (value,)
    pieces = (piece for v in values if v is not None for piece in _links(v))
    return tuple(dict.fromkeys(text_of(piece) for piece in pieces))
