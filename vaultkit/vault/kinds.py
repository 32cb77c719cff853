"""Of which kind a note is, and which field its property: a catalogue and a Note go in, a Recognition comes out.

A note is recognised, in this order, by the map in `vaultkit.toml`, a property, a tag, a folder, its file name; its
owner never has to change it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.text import fold, folder_stem, folder_word, name_key, stem
from vaultkit.vault.kind_templates import Field, Kind, read_kinds
from vaultkit.vault.values import period_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vaultkit.config import Config
    from vaultkit.model import Note, Property, Section, Tag, Value

__all__ = ["Clue", "Field", "Kind", "Kinds", "Recognition", "read_kinds"]

Clue = Literal["config", "property", "tag", "folder", "file name"]

KIND_PROPERTIES = ("type", "kind", "fileclass", "class", "category", "categories", "categorie", "nature")
"""Properties, folded, whose value may name a note's kind; the first of them decides."""

_NO_WORK = frozenset(
    {"moc", "map", "index", "idea", "idee", "page", "dashboard", "tableau de bord", "template", "modele"}
)
"""Words, as `stem` has them, by which a note's own `type` says that it is none of our kinds."""
_TEMPLATE = frozenset({"template", "modele", "gabarit"})
_PLUGINS = frozenset({"kanban-plugin", "excalidraw-plugin"})
"""Properties of notes that another plugin draws a board or a picture from."""
_ABOUT_A_FOLDER = frozenset(
    fold(name)
    for name in ("index", "readme", "home", "MOC", "overview", "template", "accueil", "sommaire", "modèle", "gabarit")
)
"""What a note is called that stands in a folder and speaks of what lies in it, or shows how to write it."""


class Recognition(Struct, frozen=True, gc=False):
    """Of which kind a note is, and what told it."""

    kind: str
    by: Clue
    clue: str
    """The folder, the tag, the property's value ... as written."""


class Kinds:
    """The catalogue of kinds, and the table that leads from a property's name to a kind's field."""

    __slots__ = ("_by_property", "_folders", "_names", "_patterns", "_recognisers", "_tags", "all")

    def __init__(self, kinds: Mapping[str, Kind], config: Config) -> None:
        self.all = dict(kinds)
        extra = {field: tuple(map(fold, names)) for field, names in config.properties.items()}
        self._by_property = {kind.name: dict(_names(kind, extra)) for kind in kinds.values()}
        self._recognisers = config.kinds
        self._names = _claims(kinds.values(), lambda kind: kind.names)
        self._tags = _claims(kinds.values(), lambda kind: kind.tags)
        self._folders = _claims(kinds.values(), lambda kind: kind.folders)
        told_by_name = (kind for kind in kinds.values() if kind.patterns)
        self._patterns = [(kind.name, tuple(map(re.compile, kind.patterns))) for kind in told_by_name]

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
        presenting = _presenting(note)
        if _is_no_work(note, presenting) or self._is_template(note.name):
            return
        yield from self._by_value(note.properties)
        yield from self._by_value(presenting)
        yield from self._by_tag(note)
        yield from self._by_folder(note)
        name = note.name if note.name.isascii() else unicodedata.normalize("NFC", note.name)
        for kind, patterns in self._patterns:
            if any(pattern.match(name) for pattern in patterns):
                yield Recognition(kind, "file name", note.name)

    def _is_template(self, name: str) -> bool:
        """`Project template`, `Modèle de priorité`; not `Modèle économique`, which is no kind's."""
        folded = fold(name)
        if not any(word in folded for word in _TEMPLATE):
            return False
        words = [word.removeprefix("d'") for word in folded.split()]
        others = [word for word in words if stem(word) not in _TEMPLATE and word not in {"de", "-", "–"}]
        return len(words) > 1 and any(stem(w) in _TEMPLATE for w in words) and self.named(" ".join(others)) is not None

    def _by_config(self, note: Note) -> Iterator[Recognition]:
        for kind, patterns in self._recognisers.items():
            for pattern in patterns:
                if kind in self.all and _matches(note, pattern):
                    yield Recognition(kind, "config", pattern)

    def _by_value(self, items: tuple[Property, ...]) -> Iterator[Recognition]:
        found = [item for item in items if fold(item.name) in KIND_PROPERTIES]
        for item in sorted(found, key=lambda item: KIND_PROPERTIES.index(fold(item.name))):
            for word in map(_word, _each(item.value)):
                kind = self.named(word)
                if kind:
                    yield Recognition(kind.name, "property", f"{item.name}: {word}")

    def _by_tag(self, note: Note) -> Iterator[Recognition]:
        """`#project`, `#project/alpha`, `#type/project`; in the body, only where a note presents itself."""
        if not note.tags:
            return
        head = _head(note)
        for tag in note.tags:
            if tag.property or tag.span.end <= head:
                name = self._tagged(tag)
                if name:
                    yield Recognition(name, "tag", f"#{tag.name}")

    def _tagged(self, tag: Tag) -> str | None:
        root, _, below = tag.name.partition("/")
        if fold(root) in KIND_PROPERTIES:
            return self._names.get(stem(below))
        name = self._tags.get(stem(root))
        nested = name if name and self.all[name].nested_tags else None
        return self._tags.get(stem(tag.name)) or (nested and self._tags.get(stem(below), nested))

    def _by_folder(self, note: Note) -> Iterator[Recognition]:
        """The nearest folder first."""
        folders = note.folder.split("/") if note.folder else []
        for place in range(len(folders) - 1, -1, -1):
            name = self._folders.get(folder_word(folders[place]))
            if name and _lies_in(note, folders[place], folders[place + 1 :], self.all[name]):
                yield Recognition(name, "folder", folders[place])


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


def _head(note: Note) -> int:
    """Where a note stops presenting itself: the end of its first paragraph, with only headings and comments before it.

    A tag further down says something of a line, a task or a thought: `- [ ] ask Ann #project` makes no project. What
    stands in a region is passed over: filling it in must not make another note of this one.
    """
    end = 0
    for section in _own_sections(note):
        if section.kind == "paragraph":
            return section.span.end
        if section.kind not in {"yaml", "heading", "comment"}:
            return end
        end = section.span.end
    return end


def _presenting(note: Note) -> tuple[Property, ...]:
    """The inline fields before the first heading below a text: `[type:: decision]` further down is a line's."""
    if not note.fields:
        return ()
    text = False
    for section in _own_sections(note):
        if text and section.kind == "heading":
            return tuple(item for item in note.fields if item.span.start < section.span.start)
        text = text or section.kind not in {"yaml", "heading", "comment"}
    return note.fields


def _own_sections(note: Note) -> Iterator[Section]:
    """Those that stand in no region."""
    starts = [region.body.start for region in note.regions]
    for section in note.sections:
        place = bisect_right(starts, section.span.start) - 1
        if place < 0 or section.span.start >= note.regions[place].body.end:
            yield section


def _is_no_work(note: Note, presenting: tuple[Property, ...]) -> bool:
    """Whether a note says that it is a map, an idea, a template ...: nothing that its folder holds.

    A template lies among templates, is named one, or still has its placeholders.
    """
    for item in (*note.properties, *presenting):
        name, value = item.name, item.value
        if name in _PLUGINS or _holds_place(value):
            return True
        if fold(name) in KIND_PROPERTIES and any(stem(word) in _NO_WORK for word in map(_word, _each(value))):
            return True
    return _among_templates(note.folder)


def _holds_place(value: Value) -> bool:
    """Whether something is still to be filled in: `{{date}}`, `<% tp.date.now() %>`."""
    if isinstance(value, tuple):
        return any(_holds_place(str(each)) for each in value)
    words = value if isinstance(value, str) else str(value)
    return "{{" in words or "<%" in words


@lru_cache(maxsize=4096)
def _among_templates(folder: str) -> bool:
    return any(folder_stem(name) in _TEMPLATE for name in folder.split("/"))


def _each(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _lies_in(note: Note, folder: str, below: list[str], kind: Kind) -> bool:
    """Whether a note that lies under a kind's folder, through the folders `below`, is one of that kind."""
    name = folder_word(note.name)
    if name == folder_word(folder) or name in _ABOUT_A_FOLDER or name.endswith((" template", " moc")):
        return False
    if kind.nested_folders:
        return True
    own = below and folder_word(below[-1]) == name
    return all(_sorts(word, kind) for word in (below[:-1] if own else below))


def _sorts(folder: str, kind: Kind) -> bool:
    """Whether a folder only sorts what lies in it: by a date, a period, a number or a status (`Done`, `En cours`)."""
    if re.fullmatch(r"[\W\d_]+", folder) or period_of(folder):
        return True
    status = kind.field("status")
    word = folder_word(folder)
    return status is not None and (word in status.vocabulary or word.removesuffix("s") in status.vocabulary)


def _word(value: Value) -> str:
    """The word in a property's value: `[[People]]` and `Templates/People.md|x` say `People`."""
    words = str(value or "").strip().lstrip("#").removeprefix("[[").removesuffix("]]").partition("|")[0]
    return words.rpartition("/")[2].removesuffix(".md")
