"""Names that several notes bear: a Vault goes in; who is called alike comes out, and who is meant by a plain name.

Links lead to files whatever the notes are called. But `owner: Marie` means the person of that name, and only one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.fielded import UNSAID, fielded
from vaultkit.insights.names import aliases
from vaultkit.insights.status import is_live
from vaultkit.text import fold, stem
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

NAMED = ("person", "team")
"""The kinds whose notes a plain name leads to."""
TITLED = (
    "vision",
    "objective",
    "key_result",
    "priority",
    "project",
    "decision",
    "risk",
    "assumption",
    "metric",
    "stakeholder",
)
"""Those whose notes are called once: meetings, updates, ideas and tasks often bear a name again."""


class Spoken(NamedTuple):
    """Where a plain name stands."""

    path: str
    line: int
    property: str
    name: str


class Shared(NamedTuple):
    """A name that a note shares."""

    name: str
    """As the note has it."""
    others: tuple[str, ...]
    """The other notes of its kind that bear it, by path."""
    titled: bool
    """Whether two of them are called so by their file or their title, and not only by an alias."""


def spoken(vault: Vault) -> Mapping[str, Spoken]:
    """Plain name, folded, in a property that means a person or a team -> the first place where it stands."""
    found: dict[str, Spoken] = {}
    said = vault.gather(_said)
    for path in vault.recognised:
        for each in said[path]:
            found.setdefault(fold(each.name), each)
    return found


def shared(vault: Vault) -> Mapping[str, tuple[Shared, ...]]:
    """Person or team -> the names that it shares with another that is there as well."""
    found: dict[str, list[Shared]] = {}
    for kind in NAMED:
        bearers: dict[str, dict[str, str]] = {}
        for note in vault.of_kind(kind):
            if is_live(vault, note):
                for name in (note.name, vault.title(note), *aliases(note)):
                    bearers.setdefault(fold(name), {}).setdefault(note.path, name)
        for folded, paths in bearers.items():
            if len(paths) > 1 and folded:
                for path, name in paths.items():
                    found.setdefault(path, []).append(_shared(vault, folded, name, path, tuple(paths)))
    return {path: tuple(each) for path, each in found.items()}


def ambiguous(vault: Vault) -> frozenset[str]:
    """The names, folded, that several people or teams bear."""
    return frozenset(fold(each.name) for names in vault.ask(shared).values() for each in names)


def duplicates(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Live note -> the other live ones of its kind and period with the same title, the first by path left out."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for note in vault.of_kind(*TITLED):
        if is_live(vault, note):
            key = vault.recognised[note.path].kind, stem(vault.title(note)), fold(vault.text(note, "period"))
            groups.setdefault(key, []).append(note.path)
    return {path: tuple(o for o in group if o != path) for group in groups.values() if group[1:] for path in group[1:]}


def _shared(vault: Vault, folded: str, name: str, path: str, paths: tuple[str, ...]) -> Shared:
    titled = [each for each in paths if folded in _called(vault, vault.notes[each])]
    return Shared(name, tuple(other for other in paths if other != path), len(titled) > 1)


def _called(vault: Vault, note: Note) -> tuple[str, str]:
    return fold(note.name), fold(vault.title(note))


def _said(vault: Vault, note: Note) -> tuple[Spoken, ...]:
    """The plain names in a note's properties."""
    return tuple(_plain(vault, note))


def _plain(vault: Vault, note: Note) -> Iterator[Spoken]:
    for item, field in fielded(vault, note):
        if field.type in {"link", "links"} and not set(NAMED).isdisjoint(field.to):
            for value in item.value if isinstance(item.value, tuple) else (item.value,):
                name = value.strip() if isinstance(value, str) else ""
                if name and "[" not in name and fold(name) not in UNSAID:
                    yield Spoken(note.path, item.span.line, item.name, text_of(name))
