"""Of which kind a note is, and which field its property: a catalogue and a Note go in, a Recognition comes out.

A note is recognised, in this order, by the map in `vaultkit.toml`, a property, a tag, a folder, its file name; its
owner never has to change it.
"""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.text import fold, name_key, stem
from vaultkit.vault.kind_templates import Field, Kind, read_kinds
from vaultkit.vault.presenting import head, presenting
from vaultkit.vault.shelf import TEMPLATE, Shelf, shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vaultkit.config import Config
    from vaultkit.model import Note, Property, Value

__all__ = ["Clue", "Field", "Kind", "Kinds", "Recognition", "read_kinds"]

Clue = Literal["config", "property", "tag", "folder", "file name"]

KIND_PROPERTIES = ("type", "kind", "fileclass", "class", "category", "categories", "categorie", "nature")
"""Properties, folded, whose value may name a note's kind; the first of them decides."""
_RANK = {name: rank for rank, name in enumerate(KIND_PROPERTIES)}
_DRAWN = -1
"""In place of a rank, for the properties of `_PLUGINS`."""
_MANY = (tuple, dict)

_NO_WORK = frozenset({"moc", "map", "index", "page", "dashboard", "tableau de bord", "template", "modele"})
"""Words, as `stem` has them, by which a note's own `type` says that it is none of our kinds."""
_PLUGINS = frozenset({"kanban-plugin", "excalidraw-plugin"})
"""Properties of notes that another plugin draws a board or a picture from."""


class Recognition(Struct, frozen=True, gc=False):
    """Of which kind a note is, and what told it."""

    kind: str
    by: Clue
    clue: str
    """The folder, the tag, the property's value ... as written."""


class Kinds:
    """The catalogue of kinds, and the table that leads from a property's name to a kind's field."""

    __slots__ = (
        "_by_property",
        "_folders",
        "_names",
        "_patterns",
        "_recognisers",
        "_shelves",
        "_tagged",
        "_tags",
        "all",
    )

    def __init__(self, kinds: Mapping[str, Kind], config: Config) -> None:
        self.all = dict(kinds)
        extra = {field: tuple(map(fold, names)) for field, names in config.properties.items()}
        self._by_property = {kind.name: dict(_names(kind, extra)) for kind in kinds.values()}
        self._recognisers = config.kinds
        self._names = _claims(kinds.values(), lambda kind: kind.names)
        # A kind with an empty list is never guessed: its notes say so themselves, in a property.
        guessed = [kind for kind in kinds.values() if config.kinds.get(kind.name) != ()]
        self._tags = _claims(guessed, lambda kind: kind.tags)
        self._folders = _claims(guessed, lambda kind: kind.folders)
        told_by_name = (kind for kind in guessed if kind.patterns)
        self._patterns = [(kind.name, [re.compile(each).match for each in kind.patterns]) for kind in told_by_name]
        self._shelves: dict[str, Shelf] = {}
        """Folder -> what it tells of each note in it."""
        self._tagged: dict[str, str | None] = {}
        """Tag -> the kind that it tells."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Kinds)
            and list(self.all.items()) == list(other.all.items())
            and (self._by_property, self._recognisers) == (other._by_property, other._recognisers)
        )

    __hash__ = None  # type: ignore[assignment]

    def field(self, kind: str, property_name: str) -> Field | None:
        """The field that a property of this name is, on a note of this kind."""
        return self._by_property[kind].get(fold(property_name))

    def named(self, word: str) -> Kind | None:
        """The kind that a word means, in either language, singular or plural."""
        name = self._names.get(stem(word))
        return self.all[name] if name else None

    def recognise(self, note: Note) -> Recognition | None:
        """The first clue that tells a note's kind; None when none does, and for what vaultkit wrote."""
        return next(self.clues(note), None)

    def clues(self, note: Note) -> Iterator[Recognition]:
        """Every clue to a note's kind, the strongest first: more than one kind among them is a conflict."""
        if note.generated is not None:
            return
        if self._recognisers:
            yield from self._by_config(note)
        folder, _, file = note.path.rpartition("/")
        name, on = file.removesuffix(".md"), self._shelves.get(folder) or self._shelf(folder)
        given, said = _naming(note.properties), _naming(presenting(note)) if note.fields else []
        if given is None or said is None or on.templates or self._is_template(name):
            return
        if given or said:
            if any(stem(word) in _NO_WORK for item in (*given, *said) for word in _words(item)):
                return
            yield from self._by_value((*given, *said))
        if note.tags:
            yield from self._by_tag(note)
        if on.claims:
            yield from (Recognition(claim.kind, "folder", claim.folder) for claim in on.told(name))
        yield from self._by_name(name)

    def _shelf(self, folder: str) -> Shelf:
        def claimant(word: str) -> Kind | None:
            name = self._folders.get(word)
            return self.all[name] if name else None

        found = self._shelves[folder] = shelf(folder, claimant)
        return found

    def _is_template(self, name: str) -> bool:
        """`Project template`, `Modèle de priorité`; not `Modèle économique`, which is no kind's."""
        folded = fold(name)
        for word in TEMPLATE:
            if word in folded:
                return self._shows_a_kind([word.removeprefix("d'") for word in folded.split()])
        return False

    def _shows_a_kind(self, words: list[str]) -> bool:
        others = [word for word in words if stem(word) not in TEMPLATE and word not in {"de", "-", "–"}]
        return len(words) > 1 and any(stem(w) in TEMPLATE for w in words) and self.named(" ".join(others)) is not None

    def _by_config(self, note: Note) -> Iterator[Recognition]:
        for kind, patterns in self._recognisers.items():
            for pattern in patterns:
                if kind in self.all and _matches(note, pattern):
                    yield Recognition(kind, "config", pattern)

    def _by_value(self, items: Iterable[Property]) -> Iterator[Recognition]:
        for item in items:
            for word in _words(item):
                kind = self.named(word)
                if kind:
                    yield Recognition(kind.name, "property", f"{item.name}: {word}")

    def _by_tag(self, note: Note) -> Iterator[Recognition]:
        """`#project`, `#project/alpha`, `#type/project`; in the body, only where a note presents itself."""
        known = self._tagged
        told = [tag for tag in note.tags if (known[tag.name] if tag.name in known else self._tells(tag.name))]
        end = head(note) if told else 0
        for tag in told:
            name = known[tag.name]
            if name and (tag.property or tag.span.end <= end):
                yield Recognition(name, "tag", f"#{tag.name}")

    def _tells(self, tag: str) -> str | None:
        root, _, below = tag.partition("/")
        if fold(root) in _RANK:
            found = self._names.get(stem(below))
        else:
            name = self._tags.get(stem(root))
            nested = name if name and self.all[name].nested_tags else None
            found = self._tags.get(stem(tag)) or (nested and self._tags.get(stem(below), nested))
        self._tagged[tag] = found
        return found

    def _by_name(self, name: str) -> Iterator[Recognition]:
        composed = name if name.isascii() else unicodedata.normalize("NFC", name)
        for kind, matches in self._patterns:
            for match in matches:
                if match(composed):
                    yield Recognition(kind, "file name", name)
                    break


def _claims(kinds: Iterable[Kind], words: Callable[[Kind], Iterable[str]]) -> dict[str, str]:
    """Word -> the first kind that claims it."""
    found: dict[str, str] = {}
    for kind in kinds:
        for word in words(kind):
            found.setdefault(word, kind.name)
    return found


def _names(kind: Kind, extra: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Field]]:
    """Property name, folded -> field. The later pair overrides: what the user settles comes last."""
    for field in kind.fields:
        for name in field.names:
            yield name, field
    for field in kind.fields:
        yield fold(field.name), field
    for field in kind.fields:
        for name in extra.get(field.name, ()):
            yield name, field


def _matches(note: Note, pattern: str) -> bool:
    """`Rocks/` a folder at any depth, `/Rocks/` at the root, `#rock` a tag or one below it, else a glob of paths."""
    if pattern.startswith("#"):
        wanted = pattern[1:].casefold()
        return any((tag.name.casefold() + "/").startswith(wanted + "/") for tag in note.tags)
    path, wanted = name_key(note.path), name_key(pattern)
    if wanted.endswith("/"):
        return path.startswith(wanted[1:]) if wanted.startswith("/") else f"/{wanted}" in f"/{path}"
    return fnmatchcase(path, wanted)


def _naming(items: Iterable[Property]) -> list[Property] | None:
    """Those whose value may name a kind, the deciding one first; None where the note is no work for one of them.

    It is a template that still has its placeholders, or what another plugin draws.
    """
    found: list[Property] = []
    for item in items:
        value, role = item.value, _role(item.name)
        if role is not None:
            if role == _DRAWN:
                return None
            found.append(item)
        if isinstance(value, str):
            if "{{" in value or "<%" in value:
                return None
        elif isinstance(value, _MANY) and _holds_place(value):
            return None
    return sorted(found, key=lambda item: _role(item.name) or 0) if len(found) > 1 else found


@lru_cache(maxsize=4096)
def _role(name: str) -> int | None:
    """The place of a property among those that may name a kind; None for most."""
    return _DRAWN if name in _PLUGINS else _RANK.get(fold(name))


def _holds_place(value: Value) -> bool:
    """Whether something in it is still to be filled in: `{{date}}`, `<% tp.date.now() %>`."""
    for each in value if isinstance(value, tuple) else (value,):
        if each is not None:
            words = each if isinstance(each, str) else str(each)
            if "{{" in words or "<%" in words:
                return True
    return False


def _words(item: Property) -> Iterator[str]:
    """The words in a property's value, one or a list of them."""
    return map(_word, item.value if isinstance(item.value, tuple) else (item.value,))


def _word(value: Value) -> str:
    """The word in a property's value: `[[People]]` and `Templates/People.md|x` say `People`."""
    words = str(value or "").strip().lstrip("#").removeprefix("[[").removesuffix("]]").partition("|")[0]
    return words.rpartition("/")[2].removesuffix(".md")
