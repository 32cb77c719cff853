"""How the owner of a vault calls things: a path or a field goes in, a name that means it alone comes out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.insights.alignment import Reason
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Field


def called(vault: Vault, path: str) -> str:
    """A file's name, or its path when another file bears the same name; without `.md`, and composed as keyboards do."""
    alone = len(vault.resolver.namesakes(path)) <= 1
    return unicodedata.normalize("NFC", path.rpartition("/")[2] if alone else path).removesuffix(".md")


def property_name(vault: Vault, note: Note, field: str) -> str:
    """What a note calls a field, or would: its own word, else the usual one among the notes in its language."""
    item = vault.property(note, field)
    if item:
        return item.name
    french = is_french(vault, note)
    return vault.ask(usual_names).get((field, french)) or _first_name(vault, note, field, french=french)


def is_french(vault: Vault, note: Note) -> bool:
    """Whether a note is in French: its text says so, or else the names of its properties."""
    if note.french or note.path not in vault.recognised:
        return note.french > 0
    kind = vault.recognised[note.path].kind
    known = ((item, vault.kinds.field(kind, item.name)) for item in note.properties)
    return any(field and fold(item.name) in _in_french(field) for item, field in known)


def usual_names(vault: Vault) -> Mapping[tuple[str, bool], str]:
    """(Field, whether among French notes) -> the property name that most notes write it by."""
    names_of = vault.gather(written)
    counts = Counter(chain.from_iterable(names_of[path] for path in vault.recognised))
    names: dict[tuple[str, bool], list[tuple[int, str]]] = {}
    for (key, name), count in counts.items():
        names.setdefault(key, []).append((-count, name))
    return {key: min(counted)[1] for key, counted in names.items()}


def written(vault: Vault, note: Note) -> tuple[tuple[tuple[str, bool], str], ...]:
    """Each property of a note that is a field: the field, whether the note is in French, and the name it is given."""
    told, french = vault.recognised[note.path], is_french(vault, note)
    fields = ((vault.kinds.field(told.kind, item.name), item.name) for item in note.properties)
    return tuple(((field.name, french), name) for field, name in fields if field)


def _in_french(field: Field) -> set[str]:
    """The name to write in French, folded, where it is not that in English as well."""
    return {fold(field.labels.get("fr", ""))} - {fold(field.labels.get("en", ""))}


def _first_name(vault: Vault, note: Note, field: str, *, french: bool) -> str:
    """The field's own name, or the first French one that its kind lists."""
    known = vault.field(note, field)
    return known.labels.get("fr", field) if known and french else field


def unaligned(reason: Reason | None) -> Message:
    """Why no chain leads from a note up to a live objective, in a sentence."""
    match reason:
        case "opted-out":
            return message("It says that it serves no objective, and why.")
        case "no-objective":
            return message("There is no live objective in this vault that it could serve.")
        case "weak":
            return message("It mentions a live objective without saying that it serves it.")
        case _:
            return message("It serves no live objective.")
