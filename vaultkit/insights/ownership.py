"""Who owns a note: one person, or the reason why nobody does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.fielded import UNSAID
from vaultkit.text import fold
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault

_LINK = re.compile(r"\[\[[^\[\]]+\]\]")
_AND = re.compile(r"\s*(?:[,;/&+]|\b(?:and|et)\b)\s*")
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


def called_in_part(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """A word of people's names, such as a first name, folded -> the paths of their notes."""
    found: dict[str, dict[str, None]] = {}
    for note in vault.of_kind("person"):
        for word in {*fold(note.name).split(), *fold(vault.title(note)).split()}:
            if len(word) > 2:
                found.setdefault(word, {})[note.path] = None
    return {word: tuple(paths) for word, paths in found.items()}


def ownership(vault: Vault, note: Note) -> Ownership:
    """The one person that a note's `owner` names. A plain name counts when exactly one person's note bears it."""
    said, targets = vault.gather(_said)[note.path]
    if not said:
        return Ownership(fault="none")
    if not targets and (len(said) > 1 or fold(said[0]) not in vault.ask(people)):
        said = _one_by_one(vault, said)
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
    """The owners as written, each once, and where links to them lead."""
    item = vault.property(note, "owner")
    said = tuple(name for name in _each(item.value) if fold(name) not in UNSAID) if item else ()
    targets = tuple(edge.target for edge in vault.relation(note, "owner")) if said else ()
    if len(targets) == len(said) and len(set(targets)) == 1 and targets[0] is not None:
        return said[:1], targets[:1]
    return said, targets


def _one_by_one(vault: Vault, said: tuple[str, ...]) -> tuple[str, ...]:
    """`Ann Lee and Bo` are two when both are people; a name is one, however often it is written."""
    known = vault.ask(people)
    found: list[str] = []
    for name in said:
        parts = [part for part in _AND.split(name) if part]
        found += parts if len(parts) > 1 and all(fold(part) in known for part in parts) else [name]
    return tuple({known.get(fold(name), fold(name)): name for name in reversed(found)}.values())[::-1]


def _links(value: Value) -> tuple[Value, ...]:
    """The links in one piece of text; the text itself when there is none."""
    found = _LINK.findall(value) if isinstance(value, str) else []
    return tuple(found) or (value,)


def _each(value: Value) -> tuple[str, ...]:
    """The names in a value, each once: a list, or links in one piece of text; `@Ann` is Ann."""
    values = value if isinstance(value, tuple) else (value,)
    pieces = (piece for v in values if v is not None for piece in _links(v))
    return tuple(dict.fromkeys(text_of(piece).removeprefix("@") for piece in pieces))
