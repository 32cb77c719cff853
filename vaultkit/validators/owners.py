"""Sentences about an owner who has no note: a name and a note go in, part of a finding and who was meant come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.names import names
from vaultkit.insights.ownership import called_in_part
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.text import fold, stem
from vaultkit.validators import telling

if TYPE_CHECKING:
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

SHOWN = 3
"""How many people are named who may have been meant."""


def meant(vault: Vault, owner: str) -> tuple[str, ...]:
    """The people whom a name that leads to nobody may have meant: of that name or nearly, or of a part of it."""
    known = vault.ask(names)
    near = known.borne_by.get(stem(owner)) or (known.nearest(owner) or "",)
    people = tuple(path for path in near if path in vault.notes and vault.is_kind(vault.notes[path], "person"))
    return people or vault.ask(called_in_part).get(fold(owner), ())


def unresolved(vault: Vault, note: Note, owner: str) -> Message:
    """Why a name leads to nobody."""
    name = called(vault, note.path)
    if len(meant(vault, owner)) > 1:
        return message("{name} is owned by {owner}, which several people are called.", name=name, owner=owner)
    if _unkind(vault, owner):
        return message(
            "{name} is owned by {owner}, whose note does not say that it is a person’s.", name=name, owner=owner
        )
    return message("{name} is owned by {owner}, who has no note.", name=name, owner=owner)


def mend(vault: Vault, note: Note, owner: str) -> Message:
    """What to do about a name that leads to nobody."""
    people, other = meant(vault, owner), _unkind(vault, owner)
    if people:
        links = telling.either(telling.quoted(vault, note, "owner", path) for path in people[:SHOWN])
        return message("did you mean {links}?", links=links)
    if other:
        kind, there = telling.word(vault, note, "person", "personne"), telling.link(vault, other)
        return message("write `type: {kind}` in {link}, or name somebody who has a note", kind=kind, link=there)
    return message('make the note with `vaultkit new person "{owner}"`, or name somebody who has one', owner=owner)


def _unkind(vault: Vault, owner: str) -> str | None:
    """The one note of that name, when it is of no kind."""
    paths = [path for path in vault.ask(names).borne_by.get(stem(owner), ()) if path in vault.notes]
    return paths[0] if len(paths) == 1 and vault.kind(vault.notes[paths[0]]) is None else None
