"""What the user has settled, held against what there is: a Config and the known names go in, nothing comes out.

Whatever names nothing is a ConfigError, with the line and with what may have been meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from vaultkit.config import FILE_NAME, PAGES, PageTable, line_of, suggestion, unknown, wrong_type
from vaultkit.errors import ConfigError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from msgspec import Struct

    from vaultkit.config import Config

_INDEX_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*index[ \t]*\]\]", re.MULTILINE)
_PAGE = re.compile(r"(?!(?:true|false|null|vaultkit)$)[^\W\d_][\w-]*")
"""The name of a page: a word that says the same on a command line, in YAML and in a file's name."""


def check_options(config: Config, known: Mapping[str, type[Struct]], text: str, path: str = FILE_NAME) -> None:
    """Hold every `[validators.NAME]` table against the validator's Options; raises ConfigError."""
    for name, table in config.validators.items():
        if name not in known:
            raise ConfigError(
                message("there is no validator named {name}", name=name),
                path=path,
                line=line_of(text, name),
                hint=suggestion(name, known),
            )
        options = [f.encode_name for f in msgspec.structs.fields(known[name])]
        for key in table:
            if key not in (*options, "severity"):
                raise unknown(key, (*options, "severity"), text, path)
        try:
            config.options(name, known[name])
            config.severity(name)
        except msgspec.ValidationError as error:
            told = str(error) if " - at " in str(error) else f"{error} - at `$.severity`"
            raise wrong_type(told, text, path) from None


def check_kinds(config: Config, kinds: Collection[str], fields: Collection[str], text: str) -> None:
    """Hold `[kinds]` and `[properties]` against the kinds and fields that there are; raises ConfigError."""
    for name in config.kinds:
        if name not in kinds:
            said = message("there is no kind named {name}", name=name)
            raise ConfigError(said, path=FILE_NAME, line=line_of(text, name), hint=suggestion(name, tuple(kinds)))
    for name in config.properties:
        if name not in fields:
            said = message("there is no field named {name}", name=name)
            raise ConfigError(said, path=FILE_NAME, line=line_of(text, name), hint=suggestion(name, tuple(fields)))


def check_indexes(config: Config, kinds: Collection[str], is_kind: Callable[[str], bool], text: str) -> None:
    """Hold the `[[index]]` tables against the kinds that there are, in either language; raises ConfigError."""
    tables = (text.count("\n", 0, found.start()) + 1 for found in _INDEX_TABLE.finditer(text))
    for index in config.index:
        line = next(tables, 0)
        if not index.path.strip("/"):
            raise ConfigError(message("an index page needs a path"), path=FILE_NAME, line=line)
        if index.kind and not is_kind(index.kind):
            said = message("there is no kind named {name}", name=index.kind)
            raise ConfigError(said, path=FILE_NAME, line=line, hint=suggestion(index.kind, tuple(kinds)))


def check_pages(config: Config, text: str) -> None:
    """Hold the `[page.NAME]` tables against the pages that there are; raises ConfigError."""
    for name, table in config.page.items():
        if table.since is not None and name != "changes":
            known = (field.encode_name for field in msgspec.structs.fields(PageTable) if field.name != "since")
            raise unknown("since", tuple(known), text, FILE_NAME)
        if name in PAGES:
            continue
        if not table.template:
            said = message("there is no page named {name}, and no template to make one of", name=name)
            raise ConfigError(said, path=FILE_NAME, line=line_of(text, name), hint=suggestion(name, PAGES))
        if not _PAGE.fullmatch(name):
            said = message("{name} is no name for a page: take letters, digits and hyphens", name=name)
            raise ConfigError(said, path=FILE_NAME, line=line_of(text, name))
