"""Lists of notes: a Vault goes in; the index pages of `vaultkit.toml` and the bodies of index regions come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.config import Index
from vaultkit.escape import Markdown
from vaultkit.insights.grouping import Group, alike, groups
from vaultkit.insights.holding import holding
from vaultkit.insights.shelving import candidates, shelves
from vaultkit.insights.sorting import SORTS
from vaultkit.language import message, plural, say
from vaultkit.model import Message, Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import filled, page_text
from vaultkit.pages.linking import link
from vaultkit.pages.names import INDEX
from vaultkit.pages.places import index_path
from vaultkit.text import fold, name_key, natural
from vaultkit.vault.requests import read_request
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.pages.difference import Difference, Reads
    from vaultkit.vault import Vault

Trail: TypeAlias = "tuple[str, ...] | tuple[Group, ...]"
TEMPLATE = "index.md.j2"
READS: tuple[Reads, ...] = ("work", "steps", "files")
TOLD: tuple[str, ...] = ()
DESCRIPTIONS = frozenset({"description", "summary", "resume"})
"""Properties, folded, that say in a line what a note is about."""
NONE = Group("", "")
"""Of the notes that do not say what a list is grouped by."""
DESCRIPTION_LENGTH = 160
STATUS_LENGTH = 40


class Entry(Struct, frozen=True):
    """A line of the list: a note, or the folder, tag or value that those below it share."""

    indent: Markdown
    link: Markdown | None
    """None for a folder, a tag or a value."""
    name: str
    """That of the note; of what is shared, a link where there is a note of it."""
    description: str
    facts: tuple[Message | str, ...]
    """Its status, in its owner's word, and when it is due."""


class List(Struct, frozen=True):
    """A list that is wanted somewhere."""

    index: Index
    """Its kind by the canonical name, its tag without `#`."""
    page: str
    """The page that it is, or the note that it stands in."""
    region: int | None = None


class Line(NamedTuple):
    """A note in a list."""

    shelves: tuple[Trail, ...]
    """The folders or tags, or the one value, that it stands under."""
    heads: bool
    """Whether it is the note of the folder that it lies in, as `Berlin/Berlin.md` is."""
    key: tuple[object, ...]
    """What it is put in order by."""
    path: str
    said: Said


class Said(NamedTuple):
    """What a list says of a note, whichever list it is."""

    key: tuple[object, ...]
    """What puts its name in order."""
    name: str
    description: str
    facts: tuple[Message | str, ...]


def render(vault: Vault) -> Iterator[Page]:
    """Each index page, then each region. What an invalid region asks for is left to its finding."""
    return (_rendered(vault, each) for each in vault.ask(_lists))


def render_in(vault: Vault, notes: Collection[str]) -> Iterator[Page]:
    """The regions of some notes."""
    return (_rendered(vault, each) for each in vault.ask(_lists) if each.region is not None and each.page in notes)


def rerender(pages: Iterable[Page], difference: Difference) -> Iterator[Page]:
    """A list of which no line reads otherwise stays as it is."""
    before, after = difference.step.before, difference.step.after
    known = {(page.path, page.region): page for page in pages}
    wanted = frozenset(before.ask(_lists))
    other = difference.step.touched | difference.labels
    for each in after.ask(_lists):
        page = known.get((each.page, each.region)) if each in wanted and not _is_beyond(each.index) else None
        stays = page is not None and not any(_differs(each, path, difference) for path in other)
        yield page if page is not None and stays else _rendered(after, each)


def _is_beyond(index: Index) -> bool:
    """Whether a list tells of more than each of its notes says: what others are called, or when they were written."""
    return bool(index.group or index.property or index.sort in {"created", "updated"})


def _differs(wanted: List, path: str, difference: Difference) -> bool:
    line = _line(difference.step.after, wanted, path)
    return line != _line(difference.step.before, wanted, path) or (line is not None and path in difference.labels)


def _lists(vault: Vault) -> tuple[List, ...]:
    pages = (List(_settled(vault, index), index_path(index.path)) for index in vault.config.index)
    asked = vault.gather(_asked)
    regions = ((path, *each) for path in sorted(vault.ask(holding)) for each in asked[path])
    return (*pages, *(List(index, path, region) for path, index, region in regions))


def _settled(vault: Vault, index: Index) -> Index:
    kind = vault.kinds.named(index.kind) if index.kind else None
    return replace(index, kind=kind.name if kind else None, tag=index.tag.removeprefix("#") if index.tag else None)


def _asked(vault: Vault, note: Note) -> tuple[tuple[Index, int], ...]:
    """What the regions of a person's note ask for, and where they open."""
    regions = () if note.generated or not note.path.endswith(".md") else note.regions
    asked = ((read_request(region, vault.kinds), region.opening.start) for region in regions)
    return tuple((request, start) for request, start in asked if isinstance(request, Index))


def _rendered(vault: Vault, wanted: List) -> Page:
    """A page of its own, or the body of a region: the list alone, for the note has its own headings."""
    index, page, (rows, more) = wanted.index, wanted.page, _rows(vault, wanted)
    if wanted.region is None:
        return Page(page, page_text(vault, INDEX, page, TEMPLATE, title=index.title, entries=rows, more=more), INDEX)
    place = f"{page}:{wanted.region}"
    text = filled(vault, place, TEMPLATE, title=None, entries=rows, heading=index.title, more=more)
    return Page(page, text, INDEX, wanted.region)


def _rows(vault: Vault, wanted: List) -> tuple[list[Entry], Message | None]:
    """The entries in reading order: what stands in a folder first, then its subfolders; and how many more there are."""
    lines = (_line(vault, wanted, path) for path in candidates(vault, wanted.index, wanted.page))
    placed = _alike(vault, ((shelf, line) for line in lines if line for shelf in line.shelves))
    placed.sort(key=lambda each: (_trail_key(each[0]), not each[1].heads, each[1].key))
    shown = _first(placed, wanted.index)
    heads = {shelf: line for shelf, line in shown if line.heads and shelf}
    rows: list[Entry] = []
    last: Trail = ()
    for shelf, line in shown:
        rows += [_heading(vault, trail, heads, wanted.page) for trail in _opened(last, shelf)]
        last = shelf
        if heads.get(shelf) is not line:
            said = line.said
            shown_as = link(vault, line.path, wanted.page)
            rows.append(Entry(_indent(len(shelf)), shown_as, said.name, said.description, said.facts))
    left = len(placed) - len(shown)
    return rows, plural("And {count} more note.", "And {count} more notes.", left) if left else None


def _first(placed: list[tuple[Trail, Line]], index: Index) -> list[tuple[Trail, Line]]:
    """As many as there may be: the first in reading order, but those that are due next wherever they lie."""
    order = list(range(len(placed)))
    if index.sort not in {"name", "title"}:
        order.sort(key=lambda place: placed[place][1].key)
    return [placed[place] for place in sorted(order[: index.limit])]


def _opened(last: Trail, shelf: Trail) -> Iterator[Trail]:
    """The folders that begin between two lines, the outermost first."""
    for length in range(1, len(shelf) + 1):
        if shelf[:length] != last[:length]:
            yield shelf[:length]


def _alike(vault: Vault, placed: Iterable[tuple[Trail, Line]]) -> list[tuple[Trail, Line]]:
    """The same, where every note that says the same has the same group: as the first of them has it, by path."""
    found = sorted(placed, key=lambda each: each[1].path)
    same = alike(vault, (each for shelf, _ in found for each in shelf if isinstance(each, Group)))
    told: dict[object, tuple[Trail, Line]] = {}
    for shelf, line in found:
        trail: Any = tuple(same[e.key] if isinstance(e, Group) else e for e in shelf)
        told.setdefault((trail, line.path), (trail, line))
    return list(told.values())


def _heading(vault: Vault, trail: Trail, heads: Mapping[Trail, Line], page: str) -> Entry:
    """The line above those that share a folder, a tag or a value: a link, where there is a note of it."""
    indent, own, last = _indent(len(trail) - 1), heads.get(trail), trail[-1]
    if own is not None:
        return Entry(indent, None, link(vault, own.path, page), own.said.description, own.said.facts)
    if isinstance(last, str):
        return Entry(indent, None, last, "", ())
    if not last.key:
        return Entry(indent, None, say(message("not said"), vault.language), "", ())
    shown = phrases.clipped(phrases.without_links(last.shown), STATUS_LENGTH)
    return Entry(indent, None, link(vault, last.path, page) if last.path else shown, "", ())


def _line(vault: Vault, wanted: List, path: str) -> Line | None:
    """What a list has of a note; None when it has nothing."""
    note, index = vault.notes.get(path), wanted.index
    found = shelves(vault, index, note, wanted.page) if note else ()
    if note is None or not found:
        return None
    said, by = vault.gather(_said)[path], index.group or index.property
    key = (*SORTS[index.sort](vault, note), said.key, path)
    if by:
        values = groups(vault, note, by) or (NONE,)
        return Line(tuple((value,) for value in values), heads=False, key=key, path=path, said=said)
    depth = max(index.depth, 0)
    own = name_key(note.name) == name_key(note.folder.rpartition("/")[2])
    heads = own and index.tag is None and len(found[0]) <= depth
    return Line(tuple(shelf[:depth] for shelf in found), heads, key, path, said)


def _said(vault: Vault, note: Note) -> Said:
    said = next((text_of(item.value) for item in note.properties if fold(item.name) in DESCRIPTIONS), "")
    return Said(
        key=natural(note.name),
        name=note.name,
        description=phrases.clipped(phrases.without_links(said), DESCRIPTION_LENGTH) if said else "",
        facts=tuple(_facts(vault, note)),
    )


def _facts(vault: Vault, note: Note) -> Iterator[Message | str]:
    """What one asks first of work."""
    if vault.kind(note) is None:
        return
    status, due = phrases.without_links(vault.text(note, "status")), vault.day(note, "due")
    if status:
        yield phrases.clipped(status, STATUS_LENGTH)
    if due:
        yield message("due {date}", date=str(due))


def _indent(depth: int) -> Markdown:
    return Markdown("    " * depth)


def _trail_key(trail: Trail) -> tuple[object, ...]:
    return tuple((natural(each), each) if isinstance(each, str) else (not each.key, each.order) for each in trail)
