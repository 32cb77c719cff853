"""What a person asks of a region: its name and options as written go in, an Index, a Brief or a Refusal comes out.

    %% vaultkit:index folder="Projects" sort=due depth=2 %%
    %% vaultkit:brief %%

A value of several words stands in quotes, straight or curly. The validator that judges regions and the generator that
fills them both read them here, so that what is accepted is what is filled.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import msgspec
from msgspec import Struct

from vaultkit.config import Index, Sort, suggestion
from vaultkit.language import message
from vaultkit.model import Message
from vaultkit.vault.values import date_of

if TYPE_CHECKING:
    from vaultkit.vault.kinds import Kinds
    from vaultkit.written import Region

REGIONS = ("index", "brief")
"""The names that may follow `vaultkit:`."""
OPTIONS = tuple(field.encode_name for field in msgspec.structs.fields(Index) if field.name != "path")
SORTS: tuple[str, ...] = get_args(Sort)
DEEPEST = 64
MOST = 999
_NUMBERS = {"depth": DEEPEST, "limit": MOST}
"""Options that are whole numbers from 1 on, and the greatest of each."""

_VALUE = r"""(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“][^\s"“]*))"""
_OPTION = re.compile(rf"\s*(?:(?P<key>[\w-]+)\s*=\s*{_VALUE}(?=\s|$)|(?P<odd>\S+))")


class Refusal(Struct, frozen=True):
    """Why a request cannot be met, and what would do."""

    message: Message
    hint: Message


class Brief(Struct, frozen=True):
    """What is to be known of a day."""

    day: date | None = None
    """None for the one in the name of its note, else today."""


Request: TypeAlias = Index | Brief | Refusal


def read_request(region: Region, kinds: Kinds) -> Request:
    """What a region asks for, its kind by its canonical name; or the first thing in it that means nothing."""
    if not region.name:
        return Refusal(message("no name follows `vaultkit:`"), suggestion("", REGIONS))
    if region.name not in REGIONS:
        return Refusal(message("there is no region named {name}", name=region.name), suggestion(region.name, REGIONS))
    if region.name == "brief":
        return _brief(region.options.strip())
    table: dict[str, Any] = {}
    for found in _OPTION.finditer(region.options.strip()):
        key, value = found["key"], next((text for text in found.groups()[1:5] if text is not None), "")
        refusal = _odd(found["odd"]) if key is None else _refused(key, value, table, kinds)
        if refusal:
            return refusal
        table[key] = _value(key, value, kinds)
    return msgspec.convert(table, Index)


def _brief(options: str) -> Brief | Refusal:
    if not options:
        return Brief()
    found = _OPTION.match(options)
    key, value = (found["key"], options.partition("=")[2].strip("\"'“” ")) if found else (None, "")
    if key is None:
        return _odd(options)
    if key != "day":
        return Refusal(message("unknown option {option}", option=key), suggestion(key, ("day",)))
    day = date_of(value)
    if day is None:
        return Refusal(message("the day {word} is not a date", word=value), message("write it as day=2026-03-16"))
    return Brief(day)


def _value(key: str, value: str, kinds: Kinds) -> str | int:
    if key in _NUMBERS:
        return int(value)
    if key == "kind":
        kind = kinds.named(value)
        return kind.name if kind else value
    return value.strip("/") if key == "folder" else value.removeprefix("#") if key == "tag" else value


def _refused(key: str, value: str, table: dict[str, Any], kinds: Kinds) -> Refusal | None:
    """Why `key=value` means nothing here; None when it means something."""
    if key not in OPTIONS:
        return Refusal(message("unknown option {option}", option=key), suggestion(key, OPTIONS))
    if key in table:
        return Refusal(message("the option {option} is given twice", option=key), message("keep one of them"))
    if key == "sort" and value not in SORTS:
        return Refusal(message("nothing can be sorted by {word}", word=value), suggestion(value, SORTS))
    if key == "kind" and kinds.named(value) is None:
        return Refusal(
            message("there is no kind of note named {word}", word=value), suggestion(value, tuple(kinds.all))
        )
    if key in _NUMBERS and not (re.fullmatch("[0-9]{1,3}", value) and 1 <= int(value) <= _NUMBERS[key]):
        return _no_number(key, value)
    return None


def _no_number(key: str, value: str) -> Refusal:
    said = message("the depth {word} is not a number of levels", word=value)
    if key == "limit":
        said = message("the limit {word} is not a number of notes", word=value)
    wanted = message("write a whole number from {least} to {most}: depth=2", least=1, most=_NUMBERS[key])
    if key == "limit":
        wanted = message("write a whole number from {least} to {most}: limit=20", least=1, most=_NUMBERS[key])
    return Refusal(said, wanted)


def _odd(text: str) -> Refusal:
    return Refusal(
        message("{text} is not an option", text=text),
        message('write each option as name=value, with quotes around several words: folder="My projects"'),
    )
