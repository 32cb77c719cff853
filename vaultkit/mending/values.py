"""A property as it is written and what is asked of it come in; the value that it is to have comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct

from vaultkit.parser import parse

if TYPE_CHECKING:
    from vaultkit.model import Value


class Asked(Struct, frozen=True):
    """A property to be written."""

    name: str
    written: str
    """The value as YAML has it."""
    value: object
    """The same, read: a text, a number, a truth value, or a list of them."""
    how: Literal["set", "add", "remove"]
    as_list: bool = False
    """Whether it begins a list, where there is no value yet."""


def read_value(written: str) -> tuple[Value, ...]:
    """The one value that YAML is read as; none when it is something else, or more."""
    if "\n" in written or "\r" in written:
        return ()
    note = parse("Value.md", f"---\nx: {written}\n---\n".encode())
    is_one = len(note.properties) == 1 and not note.problems and is_plain(note.properties[0].value)
    return (note.properties[0].value,) if is_one else ()


def is_plain(value: Value) -> bool:
    """Whether it is a value or a list of values: nothing with names in it, no list of lists."""
    return not any(isinstance(each, tuple | Mapping) for each in listed(value)) and not isinstance(value, Mapping)


def is_empty(value: Value) -> bool:
    """Whether somebody has yet to say something: nothing, an empty text, or a list that has no more in it."""
    return value in (None, "", (None,), ("",))


def listed(value: Value) -> tuple[Value, ...]:
    """A list as it is, and a value as a list of one."""
    return value if isinstance(value, tuple) else (value,)


def place_of(asked: Asked, before: Value) -> int | None:
    """Where the value that is asked for stands first; None when it does not. To Python, 1 is true."""
    return next((place for place, each in enumerate(listed(before)) if repr(each) == repr(asked.value)), None)


def is_so(asked: Asked, before: Value) -> bool:
    """Whether a property says already what is asked."""
    if asked.how == "set":
        return repr(before) == repr(asked.value)
    return (place_of(asked, before) is None) == (asked.how == "remove")


def expected(asked: Asked, before: Value) -> Value:
    """What a property is to say: None for nothing, be it an empty list."""
    value = cast("Value", asked.value)
    if asked.how == "remove":
        place = place_of(asked, before)
        return tuple(each for number, each in enumerate(listed(before)) if number != place) or None
    if asked.how == "set":
        return value
    if before == () or is_empty(before):
        return (value,) if asked.as_list or before == () else value
    return (*listed(before), value)
