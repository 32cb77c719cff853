"""A path and a file's bytes come in, a Note comes out, whatever the bytes are."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from vaultkit.language import message
from vaultkit.listed import Task
from vaultkit.model import Note, Problem
from vaultkit.parser import frontmatter, tasks
from vaultkit.parser.blocks import Structure
from vaultkit.parser.french import french
from vaultkit.parser.inline import Scanner
from vaultkit.parser.marks import Regions, generated
from vaultkit.parser.measurements import measurements
from vaultkit.parser.points import points
from vaultkit.parser.records import records
from vaultkit.parser.source import Source, decode
from vaultkit.parser.spoken import spoken
from vaultkit.parser.waivers import waivers
from vaultkit.regions import SAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaultkit.listed import Point
    from vaultkit.model import Author, Link, Section, Span, Tag, Waiver
    from vaultkit.parser.frontmatter import Frontmatter
    from vaultkit.parser.leaves import Item, Leaf
    from vaultkit.written import Generated, Region

LIMIT = 4 * 1024 * 1024
"""The greatest number of characters of a note that are read: what follows is not, and that is said."""

_PLACE = attrgetter("span.start")
_START = attrgetter("start")


def digest(data: bytes) -> str:
    """A hash of a file's bytes, by which a change is told from a touch."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Reading(NamedTuple):
    """Everything that was found in a note's text."""

    source: Source
    front: Frontmatter
    structure: Structure
    scanner: Scanner
    page: Generated | None
    regions: list[Region]
    waivers: tuple[Waiver, ...]
    problems: tuple[Problem, ...]
    text: str
    """All of it, with what is too long to be read."""


def read(data: bytes) -> Reading:
    """Read a note's bytes. Whatever cannot be read as its writer meant is a Problem, never an exception."""
    text, problems = decode(data)
    source, over = _bounded(text)
    front = frontmatter.read(source)
    structure = Structure(source, front.body)
    page = generated(source, front.properties)
    marks = Regions(source, () if page else structure.lone_comments)
    author = _author(marks.regions, whole=page is not None)
    scanner = Scanner(source, author, _in_task(source, structure.items))
    scanner.scan(structure.leaves)
    waived: tuple[Waiver, ...] = ()
    if SAYS in source.text:
        comments = (*structure.comments, *scanner.comments)
        waived = tuple(waivers(source, comments))
    if page is None and SAYS in source.text:
        body = source.starts[front.body] if front.body < len(source.starts) else len(source.text)
        code = (*structure.code, *scanner.code, *_shown_as_typed(source, structure.sections))
        marks.search(body, code, comments, {waiver.span.start for waiver in waived})
    problems = (*problems, *over, *front.problems, *structure.problems, *marks.problems)
    return Reading(source, front, structure, scanner, page, marks.regions, waived, problems, text)


def parse(path: str, data: bytes) -> Note:
    """Read one note; never raises."""
    source, front, structure, scanner, page, regions, waived, problems, text = read(data)
    return Note(
        path=path,
        digest=digest(data),
        properties=front.properties,
        fields=tuple(scanner.fields),
        links=(*_links(front.links, page), *sorted(scanner.links, key=_PLACE)),
        tags=(*_tags(front.tags, page), *scanner.tags),
        headings=tuple(structure.headings),
        tasks=tuple(
            _task(source, item, item.leaf, scanner)
            for item in structure.items
            if item.leaf and source.text.startswith("[", item.leaf.start) and item.checkbox(source.text)
        ),
        blocks=tuple(scanner.blocks),
        footnotes=tuple(structure.footnotes),
        sections=(*((front.section,) if front.section else ()), *structure.sections),
        code=tuple(sorted((*structure.code, *scanner.code), key=_START)),
        comments=tuple(sorted((*structure.comments, *scanner.comments), key=_START)),
        regions=tuple(regions),
        problems=problems,
        points=_points(source, front, structure) if page is None else (),
        measurements=tuple(measurements(source, structure.sections)),
        waivers=waived,
        generated=page,
        length=len(text),
        written=written(text, regions),
        french=french(source.text, source.starts[front.body] if front.body < len(source.starts) else 0),
    )


def written(text: str, regions: Sequence[Region] = ()) -> int:
    """How many characters people have written in a text: none in a region, and one for each line end."""
    ours = [text[region.body.start : region.body.end] for region in regions]
    return _length(text) - sum(map(_length, ours))


def _length(text: str) -> int:
    return len(text) - text.count("\r\n")


def _points(source: Source, front: Frontmatter, structure: Structure) -> tuple[Point, ...]:
    """What stands below headings; what is said without one, where nothing is listed below a heading of that kind."""
    listed = tuple(points(source, structure.headings, structure.items))
    told = {point.topic for point in listed}
    more = [point for point in spoken(source, structure.leaves, structure.headings) if point.topic not in told]
    body = source.starts[front.body] if front.body < len(source.starts) else len(source.text)
    more.extend(records(source, structure.headings, structure.leaves, body))
    return tuple(sorted((*listed, *more), key=_PLACE)) if more else listed


def _bounded(text: str) -> tuple[Source, tuple[Problem, ...]]:
    """As much of a note as is read: whole lines."""
    if len(text) <= LIMIT:
        return Source(text), ()
    source = Source(text[: max(text.rfind("\n", 0, LIMIT), 0) + 1 or LIMIT])
    said = message("This note is longer than {limit} characters: what follows is not read.", limit=LIMIT)
    end = len(source.text)
    return source, (Problem("limit", said, source.span(end, end)),)


def _shown_as_typed(source: Source, sections: list[Section]) -> list[Span]:
    """The HTML in which a mark is an example of one."""
    return [each.span for each in sections if each.kind == "html" and source.text.startswith("<pre", each.start)]


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


def _in_task(source: Source, items: list[Item]) -> Callable[[int], bool]:
    """Whether what stands at an offset is a task's own, and not that of a list within it."""
    starts: list[int] = []  # made when something is asked: few notes have fields

    def in_task(offset: int) -> bool:
        if not starts:
            starts.extend(item.marker for item in items)
        item = bisect_right(starts, offset) - 1
        return item >= 0 and offset < items[item].end and items[item].checkbox(source.text) != ""

    return in_task


def _links(links: tuple[Link, ...], page: Generated | None) -> tuple[Link, ...]:
    return links if page is None else tuple(replace(link, written_by="vaultkit") for link in links)


def _tags(tags: tuple[Tag, ...], page: Generated | None) -> tuple[Tag, ...]:
    return tags if page is None else tuple(replace(tag, written_by="vaultkit") for tag in tags)


def _task(source: Source, item: Item, leaf: Leaf, scanner: Scanner) -> Task:
    """What a checkbox says, and where: its text is that of the first line, without a block id."""
    line = source.span(leaf.start, leaf.start).line - 1
    text = source.text[leaf.start + 3 : min(source.line_end(line), leaf.end)].strip()
    block = scanner.block_ending(leaf.end)
    if block:
        text = text.removesuffix(f"^{block}").rstrip()
    indent = len(source.text[source.starts[item.line] : item.marker].expandtabs(4))
    description, said = tasks.read(text, scanner.fields_between(leaf.start, leaf.end))
    return Task(
        text,
        item.checkbox(source.text),
        source.span(item.marker, item.end),
        indent,
        block,
        description,
        said,
        scanner.author(item.marker),
    )
