"""Links that lack their quotes: a property's value goes in, what it would link to in quotes comes out.

To YAML `serves: [[Growth]]` is a list within a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault


def unquoted(vault: Vault, note: Note, value: Value) -> str | None:
    """What a value would link to, alone or in a list; several texts, `[[Doe, Jane]]`, only if there is such a file."""
    for inside in _insides(value) if _is_nested(value) else ():
        alone, several = _alone(inside), _several(inside)
        if alone or (several and vault.resolver.resolve(several, note.path)):
            return alone or several
    return None


def sought(_vault: Vault, note: Note) -> tuple[str, ...]:
    """The texts in double brackets that are links of a note if there are such files: `[[Doe, Jane]]`, `[[2026]]`."""
    found = (_several(inside) for item in note.properties for inside in _insides(item.value))
    return tuple(target for target in found if target)


def _is_nested(value: Value) -> bool:
    """Whether there may be double brackets: few properties hold a list, and fewer a list within it."""
    return isinstance(value, tuple) and tuple in map(type, value)


def _insides(value: Value) -> Iterator[tuple[Value, ...]]:
    """What stands in double brackets."""
    for each in (value, *value) if isinstance(value, tuple) else ():
        if isinstance(each, tuple) and len(each) == 1 and isinstance(each[0], tuple):
            yield each[0]


def _alone(inside: tuple[Value, ...]) -> str | None:
    """One text: a link, whatever it leads to."""
    return inside[0].strip() or None if len(inside) == 1 and isinstance(inside[0], str) else None


def _several(inside: tuple[Value, ...]) -> str | None:
    """Several texts, or a number."""
    if len(inside) == 1 and isinstance(inside[0], str):
        return None
    if not inside or not all(isinstance(part, str | int | float) for part in inside):
        return None
    return ", ".join(map(text_of, inside))
