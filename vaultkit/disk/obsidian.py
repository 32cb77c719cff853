"""A vault's folder goes in, what Obsidian's own settings in it say comes out; they are never written.

A setting that is missing, broken or of another type than Obsidian gives it has Obsidian's default, and its file's other
settings hold: nothing that stands in these files stops a run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import msgspec

from vaultkit.config import Config, Obsidian
from vaultkit.disk.reader import BYTE_ORDER_MARK, read_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Settings = Mapping[str, object]

ChoiceT = TypeVar("ChoiceT", bound=str)

HOME = Config().obsidian_dir
_FILES = ("app.json", "core-plugins.json", "daily-notes.json", "templates.json", "types.json")
_TASKS = "plugins/obsidian-tasks-plugin/data.json"
_TASK_TYPES = frozenset({"TODO", "IN_PROGRESS", "ON_HOLD", "DONE", "CANCELLED", "NON_TASK"})
_OUTSIDE = re.compile(r"(?:^|/)(?:\.|/|$)|[\x00-\x1f\\]")
"""What no folder of a vault has in its path: a hidden name, `..` included, and a name that is empty."""


def setting_paths(home: str = HOME) -> tuple[str, ...]:
    """The files that `read_obsidian` reads, by their path in the vault."""
    return tuple(f"{home}/{name}" for name in (*_FILES, _TASKS))


def may_be_setting(path: str) -> bool:
    """Whether a path may be that of such a file, whatever the folder is called."""
    home, _, name = path.partition("/")
    return home.startswith(".") and name in {*_FILES, _TASKS}


def read_obsidian(root: Path, home: str = HOME) -> Obsidian:
    """What the folder `home` of the vault says of it."""
    read = [_decoded(data) for _, data in read_files(root, setting_paths(home))]
    plugins, (app, _, daily, templates, types, tasks) = read[1], map(_table, read)
    usual = Obsidian()
    return Obsidian(
        ignore_filters=tuple(_texts(app.get("userIgnoreFilters"))),
        new_link_format=_choice(app, "newLinkFormat", usual.new_link_format, "relative", "absolute"),
        use_markdown_links=app.get("useMarkdownLinks") is True,
        always_update_links=app.get("alwaysUpdateLinks") is True,
        new_file_location=_choice(app, "newFileLocation", usual.new_file_location, "current", "folder"),
        new_file_folder=_folder(app, "newFileFolderPath"),
        attachment_folder=_attachments(app),
        trash=_choice(app, "trashOption", usual.trash, "local", "none"),
        show_unsupported_files=app.get("showUnsupportedFiles") is True,
        strict_line_breaks=app.get("strictLineBreaks") is True,
        properties_in_document=_choice(app, "propertiesInDocument", usual.properties_in_document, "hidden", "source"),
        daily_folder=_folder(daily, "folder"),
        daily_format=_text(daily, "format") or usual.daily_format,
        daily_template=_folder(daily, "template"),
        templates_folder=_folder(templates, "folder") or None,
        date_format=_text(templates, "dateFormat") or usual.date_format,
        time_format=_text(templates, "timeFormat") or usual.time_format,
        property_types={name.lower(): type_ for name, type_ in _pairs(types.get("types"))},
        core_plugins=_plugins(plugins),
        task_types=_task_types(_table(tasks.get("statusSettings"))),
        task_filter=_text(tasks, "globalFilter"),
    )


def _decoded(data: bytes | OSError) -> object:
    """What a file of settings holds; None when it is not there, or is no JSON."""
    if isinstance(data, OSError):
        return None
    try:
        return msgspec.json.decode(data.removeprefix(BYTE_ORDER_MARK))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _table(value: object) -> Settings:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> Iterator[str]:
    return (each for each in _list(value) if isinstance(each, str))


def _pairs(value: object) -> Iterator[tuple[str, str]]:
    return ((name, each) for name, each in _table(value).items() if isinstance(each, str))


def _text(settings: Settings, key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _choice(settings: Settings, key: str, usual: ChoiceT, *others: ChoiceT) -> ChoiceT:
    """The word that a setting has, if it is one that Obsidian knows."""
    value = settings.get(key)
    return next((word for word in others if word == value), usual)


def _folder(settings: Settings, key: str) -> str:
    """A path in the vault, without the `/` at its ends; empty for the root, and for what leads out of the vault."""
    path = _text(settings, key).strip().strip("/")
    return "" if _OUTSIDE.search(path) else path


def _attachments(app: Settings) -> str:
    """`./` and what begins so lies beside the note that embeds, and keeps these two characters."""
    path = _text(app, "attachmentFolderPath").strip()
    beside = "./" if path == "." or path.startswith("./") else ""
    return beside + _folder({"": path.removeprefix("." if path == "." else beside)}, "")


def _plugins(value: object) -> dict[str, bool]:
    """Obsidian wrote a list of those that are on before it wrote which are on and which are off."""
    named = {name: on for name, on in _table(value).items() if isinstance(on, bool)}
    return named | dict.fromkeys(_texts(value), True)


def _task_types(settings: Settings) -> dict[str, str]:
    """The plugin passes over a symbol that it has seen, its core statuses before the custom ones."""
    found: dict[str, str] = {}
    for status in map(_table, (*_list(settings.get("coreStatuses")), *_list(settings.get("customStatuses")))):
        symbol, type_ = _text(status, "symbol"), _text(status, "type")
        if len(symbol) == 1 and type_ in _TASK_TYPES:
            found.setdefault(symbol, type_)
    return found
