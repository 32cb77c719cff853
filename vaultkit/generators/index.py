"""Lists of notes: a Vault goes in; the index pages of `vaultkit.toml` and the bodies of index regions come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.config import Index
from vaultkit.escape import Markdown
from vaultkit.generators import phrases
from vaultkit.generators.environment import filled, page_text
from vaultkit.generators.linking import link
from vaultkit.generators.places import INDEX, index_path
from vaultkit.insights.holding import holding
from vaultkit.insights.ranking import rank_of
from vaultkit.insights.shelving import candidates, shelves
from vaultkit.language import message
from vaultkit.model import Message, Page
from vaultkit.text import fold, natural
from vaultkit.vault.requests import read_request
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.generators.difference import Difference
    from vaultkit.model import Note
    from vaultkit.vault import Vault

TEMPLATE = "index.md.j2"
DESCRIPTIONS = frozenset({"description", "summary", "resume"})
"""Properties, folded, that say in a line what a note is about."""
DESCRIPTION_LENGTH = 160
STATUS_LENGTH = 40
STATUSES = ("idea", "planned", "active", "blocked", "waiting", "paused", "done", "dropped", "archived")
"""From the beginning of a work to its end."""


class Entry(Struct, frozen=True):
    """A line of the list: a note, or the folder or tag that those below it share."""

    indent: Markdown
    link: Markdown | None
    """None for a folder or a tag."""
    name: str
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

    shelves: tuple[tuple[str, ...], ...]
    """The folders or tags that it stands under."""
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


def rerender(pages: Iterable[Page], difference: Difference) -> Iterator[Page]:
    """A list of which no line reads otherwise stays as it is."""
    before, after = difference.step.before, difference.step.after
    known = {(page.path, page.region): page for page in pages}
    wanted = frozenset(before.ask(_lists))
    other = difference.step.touched | difference.labels
    for each in after.ask(_lists):
        page = known.get((each.page, each.region)) if each in wanted else None
        stays = page is not None and not any(_differs(each, path, difference) for path in other)
        yield page if page is not None and stays else _rendered(after, each)


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
    index, page, rows = wanted.index, wanted.page, _rows(vault, wanted)
    if wanted.region is None:
        return Page(page, page_text(vault, INDEX, page, TEMPLATE, title=index.title, entries=rows), INDEX)
    place = f"{page}:{wanted.region}"
    text = filled(vault, place, TEMPLATE, title=None, entries=rows, heading=index.title)
    return Page(page, text, INDEX, wanted.region)


def _rows(vault: Vault, wanted: List) -> list[Entry]:
    """The entries in reading order: what stands in a folder first, then its subfolders."""
    lines: dict[tuple[str, ...], list[Line]] = {}
    for path in candidates(vault, wanted.index, wanted.page):
        line = _line(vault, wanted, path)
        if line:
            for shelf in line.shelves:
                lines.setdefault(shelf, []).append(line)
    trails = {trail[:length] for trail in lines for length in range(len(trail) + 1)}
    rows = []
    for trail in sorted(trails, key=_trail_key):
        if trail:
            rows.append(Entry(_indent(len(trail) - 1), None, trail[-1], "", ()))
        indent = _indent(len(trail))
        for _, _, path, said in sorted(lines.get(trail, ()), key=_place):
            rows.append(Entry(indent, link(vault, path, wanted.page), said.name, said.description, said.facts))
    return rows


def _line(vault: Vault, wanted: List, path: str) -> Line | None:
    """What a list has of a note; None when it has nothing."""
    if path not in vault.notes:
        return None
    note, index = vault.notes[path], wanted.index
    found = shelves(vault, index, note, wanted.page)
    if not found:
        return None
    said = vault.gather(_said)[path]
    key = (*_SORTS[index.sort](vault, note), said.key, path)
    return Line(tuple(shelf[: max(index.depth, 0)] for shelf in found), key, path, said)


def _by_due(vault: Vault, note: Note) -> tuple[object, ...]:
    day = vault.day(note, "due")
    return day is None, str(day)


def _by_status(vault: Vault, note: Note) -> tuple[object, ...]:
    status = vault.choice(note, "status")
    return (STATUSES.index(status) if status in STATUSES else len(STATUSES),)


def _by_rank(vault: Vault, note: Note) -> tuple[object, ...]:
    rank = rank_of(vault, note)
    return rank is None, rank or 0.0


_SORTS = {
    "name": lambda _vault, _note: (),
    "title": lambda vault, note: (natural(vault.title(note)),),
    "due": _by_due,
    "status": _by_status,
    "rank": _by_rank,
}


def _place(line: Line) -> tuple[object, ...]:
    return line.key


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


def _trail_key(trail: tuple[str, ...]) -> tuple[object, ...]:
    return tuple((natural(name), name) for name in trail)
