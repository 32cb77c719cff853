"""A Vault and a note go in; its properties come out by the field that each is: asked of every note, many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.text import fold
from vaultkit.vault.recorded import KIND, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Property
    from vaultkit.vault.vault import Vault


def by_field(vault: Vault, note: Note) -> Mapping[str, tuple[Property, ...]]:
    """Field -> every property that is it: an `avancement: 80 %` beside a `statut` takes nothing away from it.

    Inline fields come after the frontmatter's, and so answer only where it does not; what a decision's text says of it
    comes last. Of a note of no kind a field is
    what a property is called, folded; what the kind does not know is left out.
    """
    told = vault.recognised.get(note.path)
    found: dict[str, tuple[Property, ...]] = {}
    items = note.properties + note.fields if note.fields else note.properties
    if note.points and told is not None and told.kind == KIND:
        items += recorded(note, vault.kinds)
    for item in items:
        if told is None:
            name = fold(item.name)
        else:
            field = vault.kinds.field(told.kind, item.name)
            if field is None:
                continue
            name = field.name
        found[name] = (*found[name], item) if name in found else (item,)
    return found
