"""A note's source comes in; its frontmatter comes out: properties, the links and tags in them, what is wrong.

Frontmatter of simple lines is read as it stands. All other is read through python-frontmatter with a handler of ours:
the YAML of its own handler is version 1.1 and has no places, and it misses a block after a byte order mark. It is never
used to write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from msgspec import Struct

from vaultkit.language import message
from vaultkit.model import Link, Problem, Property, Section, Tag
from vaultkit.parser.links import DESTINATION, WIKI, markdown, wiki
from vaultkit.parser.simple import Simple
from vaultkit.parser.yaml12 import FaultError, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from frontmatter.default_handlers import BaseHandler

    from vaultkit.model import Form, Span
    from vaultkit.parser.links import Target
    from vaultkit.parser.source import Source
    from vaultkit.parser.yaml12 import Entry, Scalar

LIMIT = 64 * 1024
"""The greatest number of characters in a frontmatter: real ones have hundreds."""

_OPENS = re.compile(r"---(?:\r\n|\n|\r)")
_CLOSES = re.compile(r"(?:\r\n|\n|\r)---[ \t]*+(?=[\r\n]|\Z)")
_LABEL = re.compile(r"\[((?>(?:[^\[\]\\]++|\\.)*))\]", re.DOTALL)


class Frontmatter(Struct, frozen=True):
    """What stands above a note's body; all empty when nothing does, or when it cannot be read."""

    properties: tuple[Property, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[Tag, ...] = ()
    section: Section | None = None
    problems: tuple[Problem, ...] = ()
    body: int = 0
    """The line on which the body begins, counted from 0."""


class Handler:
    """What python-frontmatter calls to read one block: the block is split off already, with its places."""

    def __init__(self, block: str) -> None:
        self.block = block
        self.reader = Reader(block)

    def split(self, _text: str) -> tuple[str, str]:
        """The block as it stands in the file: the text given here has lost its edges and its CRLF."""
        return self.block, ""

    def load(self, _block: str) -> dict[str, object]:
        """The properties; raises FaultError."""
        return cast("dict[str, object]", self.reader.read())


def read(source: Source) -> Frontmatter:
    """The frontmatter at the very top of a note, if there is one."""
    closing = _CLOSES.search(source.text, 3) if _OPENS.match(source.text) else None
    if closing is None:
        return Frontmatter()
    start = source.starts[1]
    end = closing.end() - len(closing[0].lstrip("\r\n"))
    section = Section("yaml", 0, closing.start() + len(closing[0].rstrip(" \t")), 1)
    body = source.span(closing.end(), closing.end()).line
    if end - start > LIMIT:
        said = message("The frontmatter is longer than {limit} characters and is not read.", limit=LIMIT)
        return Frontmatter(section=section, problems=(Problem("limit", said, section.span),), body=body)
    simple = Simple(source.text)
    if simple.read(start, end):
        return _found(source, simple.properties, simple.strings, section, body)
    try:
        reader = _load(source.text[start:end])
    except FaultError as fault:
        last = max(start, closing.start())
        place = source.span(min(start + fault.start, last), min(start + fault.end, last))
        problem = Problem("limit" if fault.limit else _kind(source.text[start:end]), fault.message, place)
        return Frontmatter(section=section, problems=(problem,), body=body)
    properties = [_property(source, entry, start) for entry in reader.entries]
    strings = [scalar._replace(start=start + scalar.start, end=start + scalar.end) for scalar in reader.scalars]
    return _found(source, properties, strings, section, body)


def _kind(block: str) -> Literal["template", "frontmatter"]:
    return "template" if "<%" in block or "{{" in block else "frontmatter"


def _found(
    source: Source, properties: Iterable[Property], strings: Sequence[Scalar], section: Section, body: int
) -> Frontmatter:
    """All that is said by properties and the strings in them, the places of both in the note."""
    if not strings:
        return Frontmatter(tuple(properties), section=section, body=body)
    links = [link for string in strings if "[" in string.value and (link := _link(source, string)) is not None]
    return Frontmatter(tuple(properties), tuple(links), tuple(_tags(source, strings)), section, body=body)


def _load(block: str) -> Reader:
    if not block.strip():
        return Reader("")
    import frontmatter  # 120 ms with the YAML it needs, which a vault without frontmatter need not pay

    handler = Handler(block)
    frontmatter.parse(block, handler=cast("BaseHandler", handler))
    return handler.reader


def _property(source: Source, entry: Entry, start: int) -> Property:
    value = source.span(start + entry.value_start, start + entry.value_end)
    return Property(entry.name, entry.value, source.span(start + entry.start, value.end), value)


def _link(source: Source, scalar: Scalar) -> Link | None:
    """A property links only where the whole of a string is one link."""
    text = scalar.value
    embed = text.startswith("!")
    target, form = _target(text[embed:])
    if target is None:
        return None
    span = _place(source, scalar, text)
    return Link(target.target, span, target.anchor, target.label, form, embed, scalar.path)


def _target(text: str) -> tuple[Target | None, Form]:
    found = WIKI.fullmatch(text)
    if found:
        return (None if found[1].isspace() else wiki(found[1])), "wiki"
    label = _LABEL.match(text)
    destination = DESTINATION.fullmatch(text, label.end()) if label else None
    if label is None or destination is None:
        return None, "markdown"
    return markdown(label[1], destination[1] or destination[2] or ""), "markdown"


def _place(source: Source, scalar: Scalar, text: str) -> Span:
    """Where `text` stands within a value as it is written; the whole value where an escape hides it."""
    at = source.text.find(text, scalar.start, scalar.end)
    if at < 0:
        return source.span(scalar.start, scalar.end)
    return source.span(at, at + len(text))


def _tags(source: Source, scalars: Iterable[Scalar]) -> Iterator[Tag]:
    """`tags:`, a list or one word; what has a space in it is no tag, and neither is what is no string."""
    for scalar in scalars:
        name, _, item = scalar.path.partition(".")
        text = scalar.value.strip()
        if (
            name.lower() != "tags"
            or (item and not item.isdigit())
            or not text.strip("#")
            or any(map(str.isspace, text))
        ):
            continue
        yield Tag(text.removeprefix("#"), _place(source, scalar, text), name)
