"""What the user has settled: the text of `vaultkit.toml` goes in, a frozen Config comes out, or a ConfigError.

Everything has a default: a vault without `vaultkit.toml` is read just as well. Obsidian's own settings stand beside it
in `Obsidian`; vaultkit reads them and never writes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args

import msgspec
from msgspec import Struct

from vaultkit.errors import ConfigError
from vaultkit.language import message
from vaultkit.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Message

FILE_NAME = "vaultkit.toml"
PageName = Literal[
    "overview",
    "daily-brief",
    "weekly-review",
    "orphan-priorities",
    "alignment",
    "x-matrix",
    "scorecard",
    "portfolio",
    "decision-log",
    "people",
    "team",
    "stakeholders",
    "meeting-brief",
    "board-update",
    "investor-update",
    "team-update",
    "risks",
    "friction",
    "focus-drift",
    "sparring",
    "changes",
    "trial",
    "glossary",
    "vault-health",
    "index",
    "brief",
]
PAGES: tuple[str, ...] = get_args(PageName)
"""The pages that vaultkit makes itself; a `[page.NAME]` of any other name is one of the vault's own."""
Sort = Literal["name", "title", "due", "status", "rank", "created", "updated"]
_HIDDEN_NAME = re.compile(r"\.[^./\\\x00-\x1f][^/\\\x00-\x1f]*")
Root = Literal["objective", "vision"]
_WITHOUT_OBJECTIVES = frozenset({"v2mom"})
"""The frameworks in which priorities serve the vision, with nothing between."""
OptionsT = TypeVar("OptionsT", bound=Struct)


class Index(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An index page, or the options of an index region: notes of one folder, tag or kind, or with one property."""

    path: str = ""
    """Where the page goes; empty for a region."""
    folder: str | None = None
    tag: str | None = None
    kind: str | None = None
    property: str | None = None
    """A property that the notes have, by any name of its field: one group a value."""
    title: str | None = None
    sort: Sort = "name"
    group: str | None = None
    """A property by whose values the notes are put into groups; those without it stand last."""
    depth: Annotated[int, msgspec.Meta(ge=1)] = 8
    """How many levels of folders are nested; what lies deeper is listed at the last level."""
    limit: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How many notes are listed; how many more there are is said."""


class Pages(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Where the dashboards go, and which of them are not wanted."""

    folder: str | None = None
    """Default: `Dashboards`, or `Tableaux de bord` in French."""
    off: tuple[PageName, ...] = ()
    """What not to make."""
    on: tuple[PageName, ...] = ()
    """What to make that is not made unasked: `board-update`, `investor-update`, `team-update`, `x-matrix`, `trial`."""
    canvas: bool = False
    """Whether the alignment map is drawn as an Obsidian canvas as well, beside its page."""
    bases: bool = False
    """Whether tables that one can edit, as Obsidian's bases, stand beside the pages of projects, decisions, risks and
    people."""


class PageTable(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[page.NAME]`: where one page goes and who reads it; under a name of the vault's own, a page of its own."""

    path: str = ""
    audience: str | None = None
    """Who reads it, as in a note's `audience`: `board`, `leadership`, `employees`, `investors`, `public`."""
    language: Literal["en", "fr"] | None = None
    """Default: the language of the pages."""
    template: str | None = None
    """The file name of its template, where that is not vaultkit's."""
    title: str | None = None
    since: str | None = None
    """Of `changes` alone: the day, or the commit, from which on it tells. Default: Monday of last week."""


class Alignment(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What priorities are held against."""

    roots: tuple[Root, ...] = ()
    """The kinds that a priority may lead up to. Default: objectives; in V2MOM, which has none, visions as well."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`vaultkit.toml`, whole."""

    language: Literal["en", "fr"] | None = None
    """The language of the pages; None follows the reader's locale."""
    exclude: tuple[str, ...] = ()
    """Globs as in .gitignore: what they match stays a link target, and is not judged."""
    obsidian_dir: str = ".obsidian"
    """The folder of Obsidian's own settings, where the vault keeps them under another name."""
    templates: str | None = None
    """A folder of the vault whose `kinds/*.md` and `pages/*.md.j2` come before vaultkit's own."""
    profile: str | None = None
    """The framework whose words are used for the kinds: `okr`, `eos`, `v2mom`, `ogsm`, `hoshin`."""
    baseline: str | None = None
    """The file of the findings that are known: then `check` says only what is new."""
    kinds: dict[str, tuple[str, ...]] = {}
    """Which notes are of which kind, before anything else is asked: folders (`Rocks/`), tags (`#rock`) or globs."""
    properties: dict[str, tuple[str, ...]] = {}
    """More names for a field: `serves = ["axe"]`."""
    alignment: Alignment = Alignment()
    pages: Pages = Pages()
    page: dict[str, PageTable] = {}
    index: tuple[Index, ...] = ()
    validators: dict[str, dict[str, Any]] = {}
    """One table a validator: `severity` (`error`, `warning`, `info` or `off`), and what its own Options hold."""
    written: bool = False
    """Whether a `vaultkit.toml` stands in the vault: that is the owner's consent to writing pages."""

    @property
    def roots(self) -> tuple[Root, ...]:
        """The kinds that a priority may lead up to."""
        usual: tuple[Root, ...] = ("objective", "vision") if self.profile in _WITHOUT_OBJECTIVES else ("objective",)
        return self.alignment.roots or usual

    def options(self, validator: str, options: type[OptionsT]) -> OptionsT:
        """The table of one validator as its own Options."""
        table = {k: v for k, v in self.validators.get(validator, {}).items() if k != "severity"}
        return msgspec.convert(table, options)

    def severity(self, validator: str) -> Severity | Literal["off"] | None:
        """The severity that the user gave a validator; None leaves it its own."""
        given = self.validators.get(validator, {}).get("severity")
        return None if given is None else msgspec.convert(given, type=Severity | Literal["off"])


class Obsidian(Struct, frozen=True):
    """What the vault's `.obsidian` folder says; a missing setting has Obsidian's default.

    A field bears the name of its setting in `app.json`, unless it says where it stands.
    """

    ignore_filters: tuple[str, ...] = ()
    """`userIgnoreFilters`: path prefixes, or `/expressions/`."""
    new_link_format: Literal["shortest", "relative", "absolute"] = "shortest"
    use_markdown_links: bool = False
    always_update_links: bool = False
    """Whether links follow a note that is renamed without a question."""
    new_file_location: Literal["root", "current", "folder"] = "root"
    """Where a new note goes: the root, beside the note that is open, or `new_file_folder`."""
    new_file_folder: str = ""
    """`newFileFolderPath`; empty for the root."""
    attachment_folder: str = ""
    """`attachmentFolderPath`: a folder, empty for the root; `./` or `./sub` is beside the note that embeds."""
    trash: Literal["system", "local", "none"] = "system"
    """`trashOption`: the system's, the folder `.trash`, or deleted for good."""
    show_unsupported_files: bool = False
    strict_line_breaks: bool = False
    """Whether a single line end within a paragraph is no line break to a reader."""
    properties_in_document: Literal["visible", "hidden", "source"] = "visible"
    daily_folder: str = ""
    """`folder` in `daily-notes.json`; empty for the root."""
    daily_format: str = "YYYY-MM-DD"
    """`format` in `daily-notes.json`, as moment.js writes dates; a `/` in it makes folders."""
    daily_template: str = ""
    """`template` in `daily-notes.json`: the path of a note, usually without `.md`."""
    templates_folder: str | None = None
    """`folder` in `templates.json`."""
    date_format: str = "YYYY-MM-DD"
    """`dateFormat` in `templates.json`: what `{{date}}` becomes."""
    time_format: str = "HH:mm"
    """`timeFormat` in `templates.json`: what `{{time}}` becomes."""
    property_types: dict[str, str] = {}
    """`types.json`: property, in lower case -> text, multitext, number, checkbox, date, datetime, tags, aliases ..."""
    core_plugins: dict[str, bool] = {}
    """`core-plugins.json`: plugin -> whether it is on; one that is not named is as Obsidian comes."""
    task_types: dict[str, str] = {}
    """The Tasks plugin's statuses: the character between the brackets -> TODO, IN_PROGRESS, ON_HOLD, DONE, CANCELLED or
    NON_TASK."""
    task_filter: str = ""
    """The Tasks plugin's `globalFilter`, `#task`: to the plugin, what does not contain it is no task."""


_TABLES: dict[str, type[Struct]] = {"alignment": Alignment, "pages": Pages}
_MANY: dict[str, type[Struct]] = {"index": Index, "page": PageTable}
"""Tables of which there are several."""


def parse_config(text: str, path: str = FILE_NAME) -> Config:
    """Read a `vaultkit.toml`; raises ConfigError, with the line, on bad TOML, an unknown key or a wrong value."""
    import tomllib  # 6 ms, and a vault need not have such a file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            message("this is not TOML: {error}", error=str(error)), path=path, line=_toml_line(str(error), text)
        ) from None
    for key, struct in _unknown_keys(table, Config):
        raise unknown(key, _keys(struct), text, path)
    try:
        config = msgspec.structs.replace(msgspec.convert(table, Config), written=True)
    except msgspec.ValidationError as error:
        raise wrong_type(str(error), text, path) from None
    if not _HIDDEN_NAME.fullmatch(config.obsidian_dir):
        said = message("obsidian-dir is one name that begins with a dot, not {name}", name=config.obsidian_dir)
        raise ConfigError(said, path=path, line=line_of(text, "obsidian-dir"))
    return config


def suggestion(word: str, known: Mapping[str, object] | tuple[str, ...]) -> Message:
    """The nearest of the words that are known, or all of them."""
    from difflib import get_close_matches  # 14 ms, and only on the way to an error

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if near:
        return message("did you mean {word}?", word=near[0])
    return message("known here: {words}", words=", ".join(sorted(known)))


def _unknown_keys(table: Mapping[str, Any], struct: type[Struct]) -> Iterator[tuple[str, type[Struct]]]:
    """Yield (key, the struct that does not have it) for each key that nothing reads."""
    known = _keys(struct)
    for key, value in table.items():
        if key not in known:
            yield key, struct
        elif key in _TABLES and isinstance(value, dict):
            yield from _unknown_keys(value, _TABLES[key])
        elif key in _MANY:
            entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            for entry in entries:
                if isinstance(entry, dict):
                    yield from _unknown_keys(entry, _MANY[key])


def _keys(struct: type[Struct]) -> tuple[str, ...]:
    return tuple(f.encode_name for f in msgspec.structs.fields(struct) if f.name != "written")


def unknown(key: str, known: tuple[str, ...], text: str, path: str) -> ConfigError:
    """What is said of a key that nothing reads."""
    return ConfigError(
        message("unknown key {key}", key=key), path=path, line=line_of(text, key), hint=suggestion(key, known)
    )


def wrong_type(error: str, text: str, path: str) -> ConfigError:
    """msgspec says `Expected `str`, got `int` - at `$.pages.folder``: the last name of the place leads to the line."""
    what, _, place = error.partition(" - at ")
    names = re.findall(r"[a-z][\w-]*", place)
    line = line_of(text, names[-1]) if names else 0
    return ConfigError(message("{what} in {place}", what=what, place=".".join(names) or path), path=path, line=line)


def line_of(text: str, key: str) -> int:
    """The line that sets `key` or opens the table of that name; 0 when it cannot be told."""
    name = re.escape(key)
    setting = re.compile(rf"""^\s*(?:\[+[^\]]*?)?["']?{name}["']?\s*(?:=|\]|\.)""", re.MULTILINE)
    found = setting.search(text)
    return text.count("\n", 0, found.end() - 1) + 1 if found else 0


def _toml_line(error: str, text: str) -> int:
    """tomllib names the line, or says `at end of document`."""
    found = re.search(r"line (\d+)", error)
    return int(found[1]) if found else text.count("\n") + 1
