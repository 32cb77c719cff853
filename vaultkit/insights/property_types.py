"""Of which type the values of a property are: a Vault goes in; each property's usual type comes out.

Obsidian gives a property one type in the whole vault, and says which in `types.json`; where it says none, the values
that stand in most notes do.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from vaultkit.insights.fielded import UNSAID
from vaultkit.text import fold
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault

Type = Literal["text", "list", "number", "checkbox", "date", "datetime"]
LEAST = 5
"""Notes that must agree before their values make a type."""
SHARE = 0.8
"""The share of all values that must be of it."""
_OBSIDIAN: Mapping[str, Type] = {
    "text": "text",
    "number": "number",
    "checkbox": "checkbox",
    "date": "date",
    "datetime": "datetime",
}
"""Types of `types.json`. A list shows a single text as well as several, so `multitext` asks for nothing."""
_COUNTED: tuple[Type, ...] = ("number", "checkbox")
"""The types that most values can make: among texts a number is one as well, and a day is told of by `bad-date`."""
EXCLUDED = frozenset({"tags", "aliases", "cssclasses", "tag", "alias", "cssclass"})


class Expected(NamedTuple):
    """What the values of a property are to be."""

    type: Type
    declared: bool
    """Whether Obsidian's settings say so; if not, most values do."""
    notes: int = 0
    """How many notes have such a value."""


def type_of(value: Value) -> Type | None:
    """The type of a value as it is written; None for none, and for what says that nothing is known yet."""
    if isinstance(value, bool):
        return "checkbox"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, tuple):
        return "list" if value else None
    if not isinstance(value, str) or fold(value) in UNSAID:
        return None
    if len(value) >= 10 and value[:4].isdigit() and value[4] == "-" and date_of(value) is not None:
        return "date" if len(value) == 10 else "datetime"
    return "text"


def expected(vault: Vault) -> Mapping[str, Expected]:
    """Property, in lower case -> its type, where one is declared or told by most of its values."""
    found: dict[str, Expected] = {}
    types_of = vault.gather(written)
    counts = Counter(chain.from_iterable(types_of[path] for path in vault.recognised))
    by_name: dict[str, dict[Type, int]] = {}
    for (name, kind), count in counts.items():
        by_name.setdefault(name, {})[kind] = count
    for name, types in by_name.items():
        for kind in _COUNTED:
            if types.get(kind, 0) >= max(LEAST, SHARE * sum(types.values())):
                found[name] = Expected(kind, declared=False, notes=types[kind])
    for name, declared in vault.obsidian.property_types.items():
        found.pop(name, None)
        if declared in _OBSIDIAN and name not in EXCLUDED:
            found[name] = Expected(_OBSIDIAN[declared], declared=True)
    return found


def written(vault: Vault, note: Note) -> tuple[tuple[str, Type], ...]:
    """The type of each property of a note of a kind."""
    told = vault.recognised.get(note.path)
    if told is None:
        return ()
    found = ((item.name.lower(), type_of(item.value)) for item in note.properties)
    return tuple((name, kind) for name, kind in found if kind is not None and name not in EXCLUDED)
