"""How the owner of a vault calls things: a note goes in, the shortest name that means it alone, or its usual property, comes out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


def called(vault: Vault, path: str) -> str:
    """A file's name, or its path when another file bears the same name; without `.md`."""
    alone = len(vault.resolver.namesakes(path)) <= 1
    return (path.rpartition("/")[2] if alone else path).removesuffix(".md")


def property_name(vault: Vault, note: Note, field: str) -> str:
    """What a note calls a field, or would: its own word, else the vault's most usual one among notes in its language."""
    item = vault.property(note, field)
    if item:
        return item.name
    french = note.french > 0
    return vault.ask(usual_names).get((field, french)) or _first_name(vault, note, field, french=french)


def usual_names(vault: Vault) -> Mapping[tuple[str, bool], str]:
    """(Field, whether among French notes) -> the property name that most notes write it by."""
    counts: dict[tuple[str, bool], Counter[str]] = {}
    for path, told in vault.recognised.items():
        note = vault.notes[path]
        for item in note.properties:
            field = vault.kinds.field(told.kind, item.name)
            if field:
                counts.setdefault((field.name, note.french > 0), Counter())[item.name] += 1
    return {key: min(names, key=lambda name: (-names[name], name)) for key, names in counts.items()}


def _first_name(vault: Vault, note: Note, field: str, *, french: bool) -> str:
    """The field's own name, or the first French one that its kind lists."""
    known = vault.field(note, field)
    return known.labels.get("fr", field) if known and french else field
