"""What kinds of notes there are, and of which kind a note is: kind templates and a Note go in, a Recognition comes out.

A kind is a Markdown file: its frontmatter declares the names, folders, tags and file-name patterns that tell it, and its
fields; its body is the skeleton of a new note. `note.md` declares the fields that kinds share. A note is recognised, in this
order, by the map in `vaultkit.toml`, a property, a tag, a folder, its file name; its owner never has to change it.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.errors import TemplateError
from vaultkit.language import message
from vaultkit.parser import parse
from vaultkit.text import fold, folder_stem, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.config import Config
    from vaultkit.model import Note, Value

FieldType = Literal["text", "number", "date", "period", "choice", "link", "links", "flag"]
Clue = Literal["config", "property", "tag", "folder", "file name"]

KIND_PROPERTIES = frozenset({"type", "kind", "category", "categories", "categorie", "nature", "fileclass", "class"})
"""Properties, folded, whose value may name a note's kind."""


class Field(Struct, frozen=True):
    """One thing that a kind expects to be told: the property names it goes by, and what its value means."""

    name: str
    names: tuple[str, ...]
    """Property names, folded, in both languages."""
    type: FieldType = "text"
    to: tuple[str, ...] = ()
    """The kinds that its links lead to; a field that links is a relation."""
    inverse_of: str = ""
    """The relation that it states from the other side: `priorities` on an objective is the inverse of `serves`."""
    required: bool = False
    vocabulary: dict[str, str] = {}
    """Folded word -> canonical word, for a choice."""
    labels: dict[str, str] = {}
    """Language -> the first property name that is listed for it, as written."""


class Kind(Struct, frozen=True):
    """A type of note."""

    name: str
    labels: dict[str, str]
    """Language -> what a reader calls it."""
    homes: dict[str, str]
    """Language -> the folder where a new one goes when the vault has none yet."""
    names: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    skeleton: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that canonical name."""
        return next((field for field in self.fields if field.name == name), None)


class Recognition(Struct, frozen=True, gc=False):
    """Of which kind a note is, and what told it."""

    kind: str
    by: Clue
    clue: str
    """The folder, the tag, the property's value ... as written."""


class Kinds:
    """The catalogue of kinds, and the table that leads from a property's name to a kind's field."""

    __slots__ = ("_by_property", "_recognisers", "all")

    def __init__(self, kinds: Mapping[str, Kind], config: Config) -> None:
        self.all = dict(kinds)
        extra = {field: tuple(map(fold, names)) for field, names in config.properties.items()}
        self._by_property = {kind.name: dict(_names(kind, extra)) for kind in kinds.values()}
        self._recognisers = config.kinds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kinds) and self.all == other.all and self._by_property == other._by_property

    __hash__ = None  # type: ignore[assignment]

    def field(self, kind: str, property_name: str) -> Field | None:
        """The field that a property of this name is, on a note of this kind."""
        return self._by_property[kind].get(fold(property_name))

    def recognise(self, note: Note) -> Recognition | None:
        """The first clue that tells a note's kind; None when none does, and for what vaultkit wrote."""
        if note.generated is not None:
            return None
        return next(self.clues(note), None)

    def clues(self, note: Note) -> Iterator[Recognition]:
        """Every clue to a note's kind, the strongest first: more than one kind among them is a conflict."""
        yield from self._by_config(note)
        yield from self._by_value(note)
        for tag in note.tags:
            yield from self._by_tag(tag.name)
        folders = note.folder.split("/") if note.folder else []
        for folder in reversed(folders):
            for kind in self.all.values():
                if folder_stem(folder) in kind.folders:
                    yield Recognition(kind.name, "folder", folder)
        for kind in self.all.values():
            if any(re.match(pattern, note.name) for pattern in kind.patterns):
                yield Recognition(kind.name, "file name", note.name)

    def _by_config(self, note: Note) -> Iterator[Recognition]:
        for kind, patterns in self._recognisers.items():
            for pattern in patterns:
                if kind in self.all and _matches(note, pattern):
                    yield Recognition(kind, "config", pattern)

    def _by_value(self, note: Note) -> Iterator[Recognition]:
        for item in note.properties:
            if fold(item.name) in KIND_PROPERTIES:
                values = item.value if isinstance(item.value, tuple) else (item.value,)
                for word in map(_word, values):
                    found = next((kind for kind in self.all.values() if stem(word) in kind.names), None)
                    if found:
                        yield Recognition(found.name, "property", f"{item.name}: {word}")

    def _by_tag(self, tag: str) -> Iterator[Recognition]:
        parts = tag.split("/")
        for kind in self.all.values():
            if any(stem(part) in kind.tags for part in parts[:1]) or stem(tag) in kind.tags:
                yield Recognition(kind.name, "tag", f"#{tag}")


def read_kinds(sources: Mapping[str, bytes]) -> dict[str, Kind]:
    """Read kind templates (path -> bytes, later ones override earlier ones); raises TemplateError, naming the file."""
    tables = {path: _table(path, data) for path, data in sources.items()}
    shared: dict[str, Field] = {}
    kinds: dict[str, Kind] = {}
    for path, (table, _) in tables.items():
        if table.get("kind") == "note":
            shared |= {f.name: f for f in _fields(table.get("fields"), {}, path)}
    for path, (table, body) in tables.items():
        name = table.get("kind")
        if not isinstance(name, str) or not name:
            raise TemplateError(message("a kind needs a name: `kind: priority`"), path=path, line=1)
        if name != "note":
            kinds[name] = _kind(name, table, body, shared, path)
    return kinds


def _kind(name: str, table: Mapping[str, Value], body: str, shared: Mapping[str, Field], path: str) -> Kind:
    names = _by_language(table.get("names"))
    homes = {k: words[0] for k, words in _by_language(table.get("homes")).items() if words}
    return Kind(
        name=name,
        labels={language: words[0] for language, words in names.items() if words},
        homes=homes,
        names=frozenset(stem(word) for word in (name, *_all(names))),
        folders=frozenset(stem(word) for word in (*_strings(table.get("folders")), *homes.values())),
        tags=frozenset(stem(word) for word in _strings(table.get("tags"))),
        patterns=_strings(table.get("files")),
        fields=tuple(_fields(table.get("fields"), shared, path)),
        skeleton=body,
    )


def _fields(table: Value, shared: Mapping[str, Field], path: str) -> Iterator[Field]:
    """Each field a kind lists: what the shared one says, and what this kind adds or replaces."""
    if not isinstance(table, dict):
        return
    for name, given in table.items():
        says: Mapping[str, Value] = given if isinstance(given, dict) else {}
        base = shared.get(name, Field(name, (fold(name),)))
        vocabulary = {fold(word): canonical for canonical, words in _choices(says.get("values")) for word in words}
        names = _by_language(says.get("names"))
        kind_of_value = says.get("type", base.type)
        if kind_of_value not in FieldType.__args__:  # type: ignore[attr-defined]
            raise TemplateError(
                message("field {field}: no such type as {type}", field=name, type=str(kind_of_value)), path=path, line=1
            )
        yield Field(
            name=name,
            names=(*base.names, *map(fold, _all(names))),
            type=kind_of_value,  # type: ignore[arg-type]
            to=_strings(says.get("to")) or base.to,
            inverse_of=str(says.get("inverse_of") or base.inverse_of),
            required=bool(says.get("required", base.required)),
            vocabulary=base.vocabulary | vocabulary,
            labels=base.labels | {language: words[0] for language, words in names.items() if words},
        )


def _table(path: str, data: bytes) -> tuple[dict[str, Value], str]:
    """The frontmatter of a kind template and the skeleton under it."""
    note = parse(path, data)
    for problem in note.problems:
        raise TemplateError(problem.message, path=path, line=problem.span.line)
    text = data.decode("utf-8-sig")
    start = note.sections[0].span.end if note.sections and note.sections[0].kind == "yaml" else 0
    return {p.name: p.value for p in note.properties}, text[start:].lstrip("\r\n")


def _names(kind: Kind, extra: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Field]]:
    """Property name, folded -> field. A kind's own words win over shared ones: the later pair overrides."""
    for field in kind.fields:
        for name in (*extra.get(field.name, ()), *field.names):
            yield name, field
    for field in kind.fields:
        yield fold(field.name), field


def _matches(note: Note, pattern: str) -> bool:
    """`Rocks/` a folder anywhere below the root, `#rock` a tag or one nested under it, else a glob over the whole path."""
    if pattern.startswith("#"):
        wanted = pattern[1:].casefold()
        return any((tag.name.casefold() + "/").startswith(wanted + "/") for tag in note.tags)
    if pattern.endswith("/"):
        return note.path.startswith(pattern)
    return fnmatchcase(note.path, pattern)


def _word(value: Value) -> str:
    """The word in a property's value: `[[People]]` and `Templates/People.md|x` say `People`."""
    words = str(value or "").strip().removeprefix("[[").removesuffix("]]").partition("|")[0]
    return words.rpartition("/")[2].removesuffix(".md")


def _strings(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(str(v) for v in value)
    return (value,) if isinstance(value, str) else ()


def _by_language(value: Value) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict):
        return {language: _strings(words) for language, words in value.items()}
    return {"en": _strings(value)} if value else {}


def _choices(value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(value, dict):
        for canonical, words in value.items():
            yield canonical, (canonical, *_strings(words))


def _all(words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for found in words.values() for word in found)
