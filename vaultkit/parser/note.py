"""A path and a file's bytes come in, a Note comes out, whatever the bytes are."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.language import message
from vaultkit.model import Note, Problem, Task
from vaultkit.parser import frontmatter
from vaultkit.parser.blocks import Structure
from vaultkit.parser.french import french
from vaultkit.parser.inline import Scanner
from vaultkit.parser.marks import Regions, generated
from vaultkit.parser.source import Source, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultkit.model import Author, Generated, Link, Region, Tag
    from vaultkit.parser.blocks import Item

LIMIT = 4 * 1024 * 1024
"""The greatest number of characters of a note that are read: what follows is not, and that is said."""

_PLACE = attrgetter("span.start")
_START = attrgetter("start")


def digest(data: bytes) -> str:
    """A hash of a file's bytes, by which a change is told from a touch."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def parse(path: str, data: bytes) -> Note:
    """Read one note. Whatever cannot be read as its writer meant is a Problem of the note, never an exception."""
    text, problems = decode(data)
    source, over = _bounded(text)
    front = frontmatter.read(source)
    structure = Structure(source, front.body)
    page = generated(source, front.properties)
    marks = Regions(source, () if page else structure.lone_comments)
    author = _author(marks.regions, whole=page is not None)
    scanner = Scanner(source, author)
    for leaf in structure.leaves:
        scanner.scan(leaf)
    problems = (*problems, *over, *front.problems, *structure.problems, *marks.problems)
    return Note(
        path=path,
        digest=digest(data),
        properties=front.properties,
        links=(*_links(front.links, page), *sorted(scanner.links, key=_PLACE)),
        tags=(*_tags(front.tags, page), *scanner.tags),
        headings=tuple(structure.headings),
        tasks=tuple(_task(source, item, scanner) for item in structure.items),
        blocks=tuple(scanner.blocks),
        footnotes=tuple(structure.footnotes),
        sections=(*((front.section,) if front.section else ()), *structure.sections),
        code=tuple(sorted((*structure.code, *scanner.code), key=_START)),
        comments=tuple(sorted((*structure.comments, *scanner.comments), key=_START)),
        regions=tuple(marks.regions),
        problems=problems,
        generated=page,
        length=len(text),
        french=french(text, source.starts[front.body] if front.body < len(source.starts) else 0),
    )


def _bounded(text: str) -> tuple[Source, tuple[Problem, ...]]:
    """As much of a note as is read: whole lines."""
    if len(text) <= LIMIT:
        return Source(text), ()
    source = Source(text[: max(text.rfind("\n", 0, LIMIT), 0) + 1 or LIMIT])
    said = message("This note is longer than {limit} characters: what follows is not read.", limit=LIMIT)
    end = len(source.text)
    return source, (Problem("limit", said, source.span(end, end)),)


def _author(regions: list[Region], *, whole: bool) -> Callable[[int], Author]:
    """Who wrote what stands at an offset: vaultkit, on its own pages and in the bodies of its regions; else a human."""
    if whole:
        return lambda _offset: "vaultkit"
    if not regions:
        return lambda _offset: "human"
    starts = [region.body.start for region in regions]
    ends = [region.body.end for region in regions]

    def author(offset: int) -> Author:
        region = bisect_right(starts, offset) - 1
        return "vaultkit" if region >= 0 and offset < ends[region] else "human"

    return author


def _links(links: tuple[Link, ...], page: Generated | None) -> tuple[Link, ...]:
    return links if page is None else tuple(replace(link, written_by="vaultkit") for link in links)


def _tags(tags: tuple[Tag, ...], page: Generated | None) -> tuple[Tag, ...]:
    return tags if page is None else tuple(replace(tag, written_by="vaultkit") for tag in tags)


def _task(source: Source, item: Item, scanner: Scanner) -> Task:
    """What a checkbox says, and where: its text is that of the first line, without a block id."""
    marker, leaf, end = item
    line = source.span(leaf.start, leaf.start).line - 1
    text = source.text[leaf.start + 3 : min(source.line_end(line), leaf.end)].strip()
    block = scanner.block_ending(leaf.end)
    if block:
        text = text.removesuffix(f"^{block}").rstrip()
    indent = len(source.text[source.starts[line] : marker].expandtabs(4))
    return Task(text, source.text[leaf.start + 1], source.span(marker, end), indent, block, scanner.author(marker))
