"""What a person asks of a region: its name and options as written go in, an Index or a Refusal comes out.

    %% vaultkit:index folder="Projects" sort=due depth=2 %%

A value of several words stands in quotes, straight or curly. The validator that judges regions and the generator that
fills them both read them here, so that what is accepted is what is filled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import msgspec
from msgspec import Struct

from vaultkit.config import Index, Sort, suggestion
from vaultkit.language import message
from vaultkit.model import Message

if TYPE_CHECKING:
    from vaultkit.model import Region
    from vaultkit.vault.kinds import Kinds

REGIONS = ("index",)
"""The names that may follow `vaultkit:`."""
OPTIONS = tuple(field.encode_name for field in msgspec.structs.fields(Index) if field.name != "path")
SORTS: tuple[str, ...] = get_args(Sort)
DEEPEST = 64

_VALUE = r"""(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'“][^\s"“]*))"""
_OPTION = re.compile(rf"\s*(?:(?P<key>[\w-]+)\s*=\s*{_VALUE}(?=\s|$)|(?P<odd>\S+))")


class Refusal(Struct, frozen=True):
    """Why a request cannot be met, and what would do."""

    message: Message
    hint: Message


Request: TypeAlias = Index | Refusal


def read_request(region: Region, kinds: Kinds) -> Request:
    """What a region asks for, its kind by its canonical name; or the first thing in it that means nothing."""
    if not region.name:
        return Refusal(message("no name follows `vaultkit:`"), suggestion("", REGIONS))
    if region.name not in REGIONS:
        return Refusal(message("there is no region named {name}", name=region.name), suggestion(region.name, REGIONS))
    table: dict[str, Any] = {}
    for found in _OPTION.finditer(region.options.strip()):
        key, value = found["key"], next((text for text in found.groups()[1:5] if text is not None), "")
        refusal = _odd(found["odd"]) if key is None else _refused(key, value, table, kinds)
        if refusal:
            return refusal
        table[key] = _value(key, value, kinds)
    return msgspec.convert(table, Index)


def _value(key: str, value: str, kinds: Kinds) -> str | int:
    if key == "depth":
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
    if key == "depth" and not (re.fullmatch("[0-9]{1,3}", value) and 1 <= int(value) <= DEEPEST):
        return Refusal(
            message("the depth {word} is not a number of levels", word=value),
            message("write a whole number from {least} to {most}: depth=2", least=1, most=DEEPEST),
        )
    return None


def _odd(text: str) -> Refusal:
    return Refusal(
        message("{text} is not an option", text=text),
        message('write each option as name=value, with quotes around several words: folder="My projects"'),
    )
