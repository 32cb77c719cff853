"""Kind templates: their paths and bytes go in, the kinds they declare come out, or a TemplateError with file and line.

A kind is a Markdown file: its frontmatter declares the names, folders, tags and file-name patterns that tell it, and
its fields; its body is the skeleton of a new note. `note.md` is no kind: it declares the fields that kinds share.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, TypeVar

import msgspec
from msgspec import Struct

from vaultkit.config import suggestion
from vaultkit.errors import TemplateError
from vaultkit.expressions import is_bounded
from vaultkit.language import message
from vaultkit.model import Value
from vaultkit.text import fold, folder_word, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FieldType = Literal["text", "number", "date", "period", "choice", "link", "links", "flag"]
Words: TypeAlias = str | tuple[str, ...]
StructT = TypeVar("StructT", bound=Struct)

_LONGEST_NAME = 255
"""In bytes, on any system."""
LAST = 1000
"""The `order` of a kind that gives none and replaces none."""


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
    spelled: dict[str, str] = {}
    """Folded word -> the word as a person writes it."""
    labels: dict[str, str] = {}
    """Language -> the property name to write: the first that is listed, as written."""


class Kind(Struct, frozen=True):
    """A type of note."""

    name: str
    labels: dict[str, str]
    """Language -> what a reader calls it."""
    homes: dict[str, str]
    """Language -> the folder where a new one goes when the vault has none yet."""
    order: int = LAST
    """Its place in the catalogue: of two kinds that claim a word, the first has it."""
    names: frozenset[str] = frozenset()
    """What a property calls it, as `stem` has them."""
    folders: frozenset[str] = frozenset()
    """The folders it lies in, as `folder_word` has them."""
    nested_folders: bool = True
    """Whether a note in any folder below one of these is of this kind; if not, only in one that sorts (`2026`, `Done`)
    or that bears the note's name."""
    tags: frozenset[str] = frozenset()
    nested_tags: bool = True
    """Whether `#project/alpha` tells it as `#project` does."""
    patterns: tuple[str, ...] = ()
    """Regular expressions that the beginning of a note's name matches."""
    fields: tuple[Field, ...] = ()
    skeleton: str = ""

    def field(self, name: str) -> Field | None:
        """The field of that canonical name."""
        for field in self.fields:  # asked of every note: a generator would cost more than the search
            if field.name == name:
                return field
        return None

    def label(self, language: str) -> str:
        """What a reader of that language calls it."""
        return self.labels.get(language) or self.labels.get("en") or self.name.replace("_", " ")

    def home(self, language: str) -> str:
        """The folder for a new one, in that language; its label when the kind names none."""
        return self.homes.get(language) or self.homes.get("en") or self.label(language).capitalize()


class _FieldTable(Struct, frozen=True, forbid_unknown_fields=True):
    """A field as a template writes it; what it leaves out is as the shared field has it."""

    names: dict[str, Words] | Words = ()
    type: FieldType | None = None
    to: Words | None = None
    inverse_of: str | None = None
    required: bool | None = None
    values: dict[str, Words | None] = {}


class _KindTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The frontmatter of a kind template."""

    kind: str
    order: int | None = None
    names: dict[str, Words] | Words = ()
    homes: dict[str, str] = {}
    folders: Words | None = ()
    nested_folders: bool = True
    tags: Words | None = ()
    nested_tags: bool = True
    files: Words | None = ()
    fields: dict[str, Value] = {}


class _Template(Struct, frozen=True):
    """A kind template, read but not yet joined with the fields that kinds share."""

    path: str
    text: str
    skeleton: str
    table: _KindTable
    fields: dict[str, _FieldTable] = {}


def read_kinds(sources: Mapping[str, bytes]) -> dict[str, Kind]:
    """Read kind templates (path -> bytes, later ones override earlier ones), in their order; raises TemplateError."""
    templates = [_read(path, data) for path, data in sources.items()]
    shared: dict[str, Field] = {}
    for template in templates:
        if template.table.kind == "note":
            shared |= {field.name: field for field, _ in _fields(template, shared)}
    kinds: dict[str, Kind] = {}
    for template in templates:
        name = template.table.kind
        if name != "note":
            kinds[name] = _kind(template, shared, kinds[name].order if name in kinds else LAST)
    for template in templates:
        _check_relations(template, kinds)
    return {kind.name: kind for kind in sorted(kinds.values(), key=lambda kind: kind.order)}


def _read(path: str, data: bytes) -> _Template:
    from vaultkit.parser import parse  # 50 ms of imports, and kinds that are known need not be read

    note = parse(path, data)
    for problem in note.problems:
        if problem.kind != "region":
            raise TemplateError(problem.message, path=path, line=problem.span.line)
    text = data.decode("utf-8-sig")
    start = note.sections[0].end if note.sections and note.sections[0].kind == "yaml" else 0
    given = {item.name: item.value for item in note.properties}
    if not isinstance(given.get("kind"), str) or not given["kind"]:
        raise TemplateError(message("a kind needs a name: `kind: priority`"), path=path, line=1)
    template = _Template(path, text[:start], text[start:].lstrip("\r\n"), _KindTable(kind=str(given["kind"])))
    table = _convert(given, _KindTable, template)
    fields = {
        name: _convert({} if field is None else field, _FieldTable, template, "fields", name)
        for name, field in table.fields.items()
    }
    for pattern in _words(table.files):
        try:
            re.compile(pattern)
        except re.error as error:
            _refuse(template, f"{pattern}: {error}", ("files",))
        if not is_bounded(pattern, _LONGEST_NAME):
            said = message("{expression} may take for ever: repeat no group in it, and little else", expression=pattern)
            raise TemplateError(said, path=template.path, line=_line(template.text, ("files",)))
    return msgspec.structs.replace(template, table=table, fields=fields)


def _kind(template: _Template, shared: Mapping[str, Field], order: int) -> Kind:
    table = template.table
    names = _by_language(table.names)
    return Kind(
        name=table.kind,
        labels=_labels(names),
        homes=table.homes,
        order=order if table.order is None else table.order,
        names=frozenset(stem(word) for word in (table.kind, *_all(names))),
        folders=frozenset(folder_word(word) for word in (*_words(table.folders), *table.homes.values())),
        nested_folders=table.nested_folders,
        tags=frozenset(stem(word) for word in _words(table.tags)),
        nested_tags=table.nested_tags,
        patterns=_words(table.files),
        fields=tuple(_settled(list(_fields(template, shared)))),
        skeleton=template.skeleton,
    )


def _fields(template: _Template, shared: Mapping[str, Field]) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Each field a template lists, as the shared one says and as it adds or replaces; and the names that it adds."""
    for name, table in template.fields.items():
        base = shared.get(name, Field(name, (fold(name),)))
        names = _by_language(table.names)
        yield _field(base, table, names), (fold(name), *map(fold, _all(names)))


def _settled(fields: list[tuple[Field, tuple[str, ...]]]) -> Iterator[Field]:
    """The fields of a kind: a name that the kind itself gives to one is that one's alone."""
    owners = {word: field.name for field, own in fields for word in own}
    for field, _ in fields:
        names = tuple(word for word in field.names if owners.get(word, field.name) == field.name)
        yield msgspec.structs.replace(field, names=names)


def _field(base: Field, table: _FieldTable, names: Mapping[str, tuple[str, ...]]) -> Field:
    values = [(canonical, (canonical, *_words(others))) for canonical, others in table.values.items()]
    vocabulary = {fold(word): canonical for canonical, others in values for word in others}
    spelled = {fold(word): word.replace("_", " ") for _, others in values for word in others}
    return Field(
        name=base.name,
        names=tuple(dict.fromkeys((*base.names, *map(fold, _all(names))))),
        type=table.type or base.type,
        to=base.to if table.to is None else _words(table.to),
        inverse_of=base.inverse_of if table.inverse_of is None else table.inverse_of,
        required=base.required if table.required is None else table.required,
        vocabulary=base.vocabulary | vocabulary,
        spelled=base.spelled | spelled,
        labels=_labels(names) | base.labels,
    )


def _check_relations(template: _Template, kinds: Mapping[str, Kind]) -> None:
    """A field that leads to a kind nobody declares is a slip of the pen."""
    for name, table in template.fields.items():
        for kind in _words(table.to):
            if kind not in kinds:
                raise TemplateError(
                    message("there is no kind of note named {word}", word=kind),
                    path=template.path,
                    line=_line(template.text, ("fields", name, "to")),
                    hint=suggestion(kind, tuple(kinds)),
                )


def _convert(value: Value, struct: type[StructT], template: _Template, *place: str) -> StructT:
    """`value` as a table of a template; raises TemplateError at the line of what it cannot be."""
    known = struct.__struct_encode_fields__
    if isinstance(value, dict):
        for key in value:
            if key not in known:
                line = _line(template.text, (*place, key))
                unknown = message("unknown key {key}", key=key)
                raise TemplateError(unknown, path=template.path, line=line, hint=suggestion(key, known))
    try:
        return msgspec.convert(value, struct)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        _refuse(template, what, (*place, *re.findall(r"\w+", where)))


def _refuse(template: _Template, what: str, place: tuple[str, ...]) -> NoReturn:
    said = message("{what} in {place}", what=what, place=".".join(place) or template.path)
    raise TemplateError(said, path=template.path, line=_line(template.text, place))


def _line(text: str, place: tuple[str, ...]) -> int:
    """The line where the keys of `place`, one under the other, lead."""
    at = 0
    for key in place:
        found = re.compile(rf"""(?:^|[\s{{,"']){re.escape(key)}["']?\s*:""", re.MULTILINE).search(text, at)
        at = found.end() if found else at
    return text.count("\n", 0, at) + 1


def _words(value: Words | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _by_language(value: dict[str, Words] | Words) -> dict[str, tuple[str, ...]]:
    if isinstance(value, dict):
        return {language: _words(words) for language, words in value.items()}
    return {"en": _words(value)} if value else {}


def _labels(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {language: words[0] for language, words in names.items() if words}


def _all(words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return (word for found in words.values() for word in found)
