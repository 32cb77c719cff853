"""Pages that are lists below headings: rows go in, a Section of no more than a reader looks at comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.language import plural
from vaultkit.model import Message
from vaultkit.pages.environment import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultkit.vault import Vault

Words: TypeAlias = Markdown | Message
ItemT = TypeVar("ItemT")


class Entry(Struct, frozen=True):
    """A row, and what there is to say below it."""

    text: Words
    below: tuple[Words, ...] = ()


class Section(Struct, frozen=True):
    """A heading and its rows."""

    title: Words
    rows: tuple[Entry, ...]
    more: Message | None = None
    """How many rows were left out."""


def section(title: Words, rows: Sequence[Entry], most: int) -> Section:
    """The first of the rows, and how many more there are."""
    return Section(title, tuple(rows[:most]), more(len(rows) - most))


def first(title: Words, items: Sequence[ItemT], most: int, row: Callable[[ItemT], Entry]) -> Section:
    """The rows of the first of what there is, no other of which is written out, and how many more there are."""
    return Section(title, tuple(map(row, items[:most])), more(len(items) - most))


def more(count: int) -> Message | None:
    """`And 3 more.`, when there are any."""
    return plural("And {count} more.", "And {count} more.", count) if count > 0 else None


def joined(vault: Vault, parts: Iterable[Words | str | None], between: str = ", ") -> Markdown:
    """Several pieces as one, those left out that are None."""
    return Markdown(between.join(_markdown(vault, part) for part in parts if part is not None))


def several(vault: Vault, names: Sequence[Words], most: int) -> Markdown:
    """`Ann, Bea and 3 others`."""
    if len(names) <= most:
        return joined(vault, names)
    rest = len(names) - most
    first = joined(vault, names[:most])
    told = plural("{names} and {count} other", "{names} and {count} others", rest, names=first)
    return sentence(told, vault.language)


def _markdown(vault: Vault, part: Words | str) -> str:
    if isinstance(part, Message):
        return sentence(part, vault.language)
    return part if isinstance(part, Markdown) else escape.text(part)
