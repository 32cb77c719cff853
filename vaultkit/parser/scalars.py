"""A scalar of a frontmatter comes in, its value by YAML 1.2 comes out, or the string it makes as a key."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.model import Value

_INTEGER = re.compile(r"[-+]?[0-9]+")
_PREFIXED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, Value] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_CORE = "tag:yaml.org,2002:"


def key_text(value: Value) -> str:
    """A key as Obsidian's properties have it, always a string: `1:` is "1", `{{date}}` is "{ date }"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    if isinstance(value, tuple):
        return f"[ {', '.join(map(key_text, value))} ]" if value else "[]"
    if isinstance(value, dict):
        if not value:
            return "{}"
        pairs = (key if item is None else f"{key}: {key_text(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return str(value)


def resolve(text: str, tag: str | None, *, plain: bool) -> Value:
    """A scalar's value: YAML 1.2's core schema for a plain one or one tagged by it, else the string."""
    tagged = bool(tag) and tag != "!" and str(tag).startswith(_CORE) and tag != _CORE + "str"
    if not tagged and (tag or not plain):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if not text or text[0] not in "+-.0123456789":
        return text
    return _number(text)


def _number(text: str) -> Value:
    if len(text) > 300:  # Python's own limits; JavaScript has infinity here
        return math.inf if _PREFIXED.fullmatch(text) or _INTEGER.fullmatch(text) else text
    if _INTEGER.fullmatch(text):
        return _whole(int(text))
    if _PREFIXED.fullmatch(text):
        return _whole(int(text, 0))
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number  # JavaScript knows one kind of number


def _whole(number: int) -> int | float:
    """What does not fit in 64 bits is inexact, as it is for Obsidian."""
    if -(2**63) <= number < 2**63:
        return number
    try:
        return float(number)
    except OverflowError:  # 0xfff... with more than 256 digits
        return math.inf
