"""A note's bytes come in, what Obsidian's cache holds of it comes out: CachedMetadata, in Obsidian's terms and counts.

Lines and columns count from 0, offsets in units of UTF-16. What the captures of a running Obsidian show is followed to
the letter: an empty field is absent, but for `frontmatterLinks` beside a frontmatter.
"""

from __future__ import annotations

import math
import re
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias, cast

from vaultkit.parser.links import decode_uri
from vaultkit.parser.note import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Block, Link, Section, Span, Value
    from vaultkit.parser.leaves import Item

    Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

_REFERENCE = re.compile(
    r"[ \t]*\[(?!\^)((?>(?:[^\[\]\\]++|\\.)+))\]:[ \t]*+(?:\r\n?|\n)?[ \t]*+(?:<([^<>\r\n]*+)>|([^\s<]\S*+))"
    r"(?>(?:[ \t\r\n]++(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'|\([^()\r\n]*+\)))?)[ \t]*+(?:\r\n?|\n|\Z)",
    re.DOTALL,
)
"""`[name]: target "title"`, at the beginning of a paragraph."""
_QUOTE = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r"[-*+]|[0-9]{1,9}[.)]")
_NUMBERED = re.compile(r"[0-9]\.")


class Cached:
    """What Obsidian keeps of one note; shapes as in its published `obsidian.d.ts`."""

    def __init__(self, data: bytes) -> None:
        self._reading = read(data)
        self._text = self._reading.source.text
        self._units: Sequence[int] | None = None
        if not self._text.isascii() and max(self._text) > "\uffff":
            widths = (2 if character > "\uffff" else 1 for character in self._text)
            self._units = [0, *accumulate(widths)]
        self._removed: dict[int, int] = {}
        self._texts = {
            path: text for item in self._reading.front.properties for path, text in _texts(item.name, item.value)
        }

    def links(self) -> tuple[Link, ...]:
        """Every link that Obsidian follows, those of the frontmatter first."""
        return (*self._reading.front.links, *self._reading.scanner.links)

    def tags(self) -> list[str]:
        """`getAllTags`: those of the frontmatter, then those of the text, as written."""
        return [f"#{tag.name}" for tag in (*self._reading.front.tags, *self._reading.scanner.tags)]

    def metadata(self) -> dict[str, Json]:
        """`CachedMetadata`."""
        structure, scanner, front = self._reading.structure, self._reading.scanner, self._reading.front
        body = sorted(scanner.links, key=lambda link: link.span.start)
        items = [self._item(item) for item in structure.items]
        sections = [self._section(section) for section in self._sections()]
        blocks = self._blocks(items, sections)
        found: dict[str, Json] = {
            "links": [self._link(link) for link in body if not link.embed],
            "embeds": [self._link(link) for link in body if link.embed],
            "tags": [{"tag": f"#{tag.name}", "position": self._place(tag.span)} for tag in scanner.tags],
            "headings": [
                {"heading": heading.text, "level": heading.level, "position": self._place(heading.span)}
                for heading in structure.headings
            ],
            "sections": list(sections),
            "listItems": list(items),
            "blocks": blocks,
            "footnotes": [
                {"id": footnote.name, "position": self._place(whole)}
                for footnote, whole in zip(structure.footnotes, structure.definitions, strict=True)
            ],
            "footnoteRefs": [self._named(footnote) for footnote in scanner.footnote_refs],
            "referenceLinks": list(self._references()),
        }
        found = {name: value for name, value in found.items() if value}
        if front.properties:
            found["frontmatter"] = {item.name: _json(item.value) for item in front.properties}
            found["frontmatterLinks"] = [self._link(link) for link in front.links]
            if front.section:
                found["frontmatterPosition"] = self._place(front.section.span)
        return found

    def _sections(self) -> Iterator[Section]:
        if self._reading.front.section:
            yield self._reading.front.section
        yield from self._reading.structure.sections

    def _section(self, section: Section) -> dict[str, Json]:
        return {"type": section.kind, "position": self._place(section.span)}

    def _link(self, link: Link) -> dict[str, Json]:
        written = f"{link.target}#{link.anchor}" if link.anchor else link.target
        shown = " > ".join(part for part in written.split("#") if part) if link.label is None else link.label
        original = self._text[link.span.start : link.span.end]
        if link.property:  # the whole of its value, whatever escapes that is written with
            original = self._texts.get(link.property, original)
            return {"key": link.property, "link": written, "original": original, "displayText": shown}
        return {"link": written, "original": original, "displayText": shown, "position": self._place(link.span)}

    def _item(self, item: Item) -> dict[str, Json]:
        """A list item; at the top of a list `parent` is the list's first line, negative, and never 0."""
        around = self._reading.structure.items[item.parent].line if item.parent >= 0 else min(-item.list_line, -1)
        start = self._start(item)
        said: dict[str, Json] = {
            "position": {"start": self._point(start, item.line), "end": self._end(item.end)},
            "parent": around,
        }
        task = item.checkbox(self._text)
        return {**said, "task": task} if task else said

    def _blocks(self, items: list[dict[str, Json]], sections: list[dict[str, Json]]) -> Json:
        """Block ids -> the item or the section that each names; these bear the id too.

        An id on a line of its own names what stands above it.
        """
        found: dict[str, Json] = {}
        structure = self._reading.structure
        spans = [section.span for section in self._sections()]
        at = item = 0
        for block in self._reading.scanner.blocks:
            while at + 1 < len(spans) and spans[at + 1].start <= block.span.start:
                at += 1
            while item + 1 < len(structure.items) and structure.items[item + 1].marker <= block.span.start:
                item += 1
            alone = spans[at].start == block.span.start
            if structure.items and structure.items[item].marker <= block.span.start < structure.items[item].end:
                named = items[item]
            else:
                named = sections[at - 1] if alone and at else sections[at]
            named["id"] = block.name
            found[block.name.lower()] = {"id": block.name, "position": named["position"]}
        return found

    def _references(self) -> Iterator[Json]:
        source = self._reading.source
        for leaf in self._reading.structure.leaves:
            position = leaf.start
            while leaf.kind == "text" and (found := _REFERENCE.match(self._text, position, leaf.end)):
                start = self._text.index("[", position)
                span = source.span(start, start + len(found[0].strip()))
                target = decode_uri(found[2] or found[3] or "")
                yield {"id": found[1], "link": target, "position": self._place(span)}
                position = found.end()

    def _start(self, item: Item) -> int:
        """Where Obsidian lets an item begin: where the text of what is around it does, if only spaces stand between."""
        if item.quotes < 0:
            return item.marker
        start = self._inside(item, item.line)
        return start if set(self._text[start : item.marker]) <= {" "} else item.marker

    def _inside(self, item: Item, line: int) -> int:
        """Where a line begins for the list that an item stands in."""
        source = self._reading.source
        if item.parent < 0:
            start = source.starts[line]
        else:
            around = self._reading.structure.items[item.parent]
            start = self._inside(around, line)
            start = min(start + self._indentation(item.parent), start + _spaces(self._text, start))
        for _ in range(max(item.quotes, 0)):
            mark = _QUOTE.match(self._text, start, source.line_end(line))
            start = mark.end() if mark else start
        return start

    def _indentation(self, place: int) -> int:
        """The spaces that lines within an item lose: its content's column, but for `1. `, which counts for four."""
        if place not in self._removed:
            item = self._reading.structure.items[place]
            before = item.marker - self._inside(item, item.line)
            mark = _MARKER.match(self._text, item.marker)
            length = len(mark[0]) if mark else 1
            spaces = _spaces(self._text, item.marker + length)
            width = before + length + (spaces if 1 <= spaces <= 4 else 1)
            if mark and _NUMBERED.fullmatch(mark[0]) and width % 2:
                width += 1
            self._removed[place] = width
        return self._removed[place]

    def _named(self, block: Block) -> Json:
        return {"id": block.name, "position": self._place(block.span)}

    def _place(self, span: Span) -> Json:
        return {"start": self._point(span.start, span.line - 1), "end": self._end(span.end)}

    def _end(self, offset: int) -> Json:
        place = self._reading.source.span(offset, offset)
        return self._point(offset, place.line - 1)

    def _point(self, offset: int, line: int) -> Json:
        start = self._reading.source.starts[line]
        if self._units is None:
            return {"line": line, "col": offset - start, "offset": offset}
        return {"line": line, "col": self._units[offset] - self._units[start], "offset": self._units[offset]}


def _texts(path: str, value: Value) -> Iterator[tuple[str, str]]:
    """Every string in a property's value, by the dotted path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(f"{path}.{place}", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(f"{path}.{key}", item)


def _spaces(text: str, start: int) -> int:
    end = start
    while text.startswith(" ", end):
        end += 1
    return end - start


def _json(value: Value) -> Json:
    """A property's value as JSON has it: JavaScript writes `null` for what is no number there."""
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return cast("Json", value)
