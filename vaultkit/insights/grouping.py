"""What a note says of one of its properties: a Vault, a note and a name go in; a group for each value comes out.

The property goes by any name: by that of its field in either language, or as it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.ownership import ownership
from vaultkit.text import fold, natural
from vaultkit.vault.values import choice_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note, Property
    from vaultkit.vault import Vault

STATUSES = ("idea", "planned", "active", "blocked", "waiting", "paused", "done", "dropped", "archived")
"""From the beginning of a work to its end."""


class Group(NamedTuple):
    """What notes have in common that say the same."""

    key: str
    """The file that a link leads to, the word of a vocabulary, else the text without case and accents."""
    shown: str
    """As this note says it."""
    path: str | None = None
    """The file that it is, where it is a link."""
    rank: int = len(STATUSES)
    """Where a status stands between the beginning of a work and its end."""

    @property
    def order(self) -> tuple[object, ...]:
        """What groups are put in order by."""
        return self.rank, natural(self.shown), self.key


def says(vault: Vault, note: Note, name: str) -> bool:
    """Whether a note has such a property, filled in."""
    return any(text_of(item.value) for item in _items(vault, note, name))


def groups(vault: Vault, note: Note, name: str) -> tuple[Group, ...]:
    """Each value once, in the order of the text; none for a note that says nothing."""
    found = (group for item in _items(vault, note, name) for group in _groups(vault, note, item))
    return tuple({group.key: group for group in reversed(tuple(found))}.values())[::-1]


def alike(vault: Vault, found: Iterable[Group]) -> Mapping[str, Group]:
    """Key -> the group of all that say the same, as the first of them has it; a bare name says what a link does."""
    first: dict[str, Group] = {}
    for group in found:
        first.setdefault(group.key, group)
    notes = [(vault.notes[group.path], group) for group in first.values() if group.path and group.path in vault.notes]
    named = {fold(name): group for note, group in reversed(notes) for name in (vault.title(note), note.name)}
    return {key: group if group.path else named.get(fold(group.shown), group) for key, group in first.items()}


def _items(vault: Vault, note: Note, name: str) -> Iterator[Property]:
    """The properties that are meant by a name."""
    told, wanted = vault.recognised.get(note.path), fold(name)
    field = vault.kinds.field(told.kind, name) if told else None
    for item in note.properties + note.fields:
        known = vault.kinds.field(told.kind, item.name) if told and field else None
        if fold(item.name) == wanted or (known is not None and field is not None and known.name == field.name):
            yield item


def _groups(vault: Vault, note: Note, item: Property) -> Iterator[Group]:
    told = vault.recognised.get(note.path)
    field = vault.kinds.field(told.kind, item.name) if told else None
    targets = {edge.link.property: edge.target for edge in vault.graph.of(note.path) if edge.link.property}
    if field is not None and field.name == "owner" and (person := ownership(vault, note).person):
        yield Group(person, text_of(item.value), person)
        return
    values = item.value if isinstance(item.value, tuple) else (item.value,)
    for place, value in enumerate(values):
        words = text_of(value)
        path = targets.get(f"{item.name}.{place}" if isinstance(item.value, tuple) else item.name)
        word = choice_of(value, field.vocabulary) if field else None
        if path is not None:
            yield Group(path, words, path)
        elif words:
            rank = STATUSES.index(word) if word in STATUSES else len(STATUSES)
            yield Group(word or fold(words), words, None, rank)
