"""Lists of notes: a Vault goes in; the index pages of `vaultkit.toml` and the bodies of index regions come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.config import Index
from vaultkit.escape import Markdown
from vaultkit.generators import phrases
from vaultkit.generators.environment import filled, page_text
from vaultkit.generators.linking import link
from vaultkit.generators.places import INDEX, index_path
from vaultkit.insights.ranking import rank_of
from vaultkit.language import message
from vaultkit.model import Message, Page
from vaultkit.text import fold, name_key, natural
from vaultkit.vault.requests import read_request
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def render(vault: Vault) -> Iterator[Page]:
    """Each index page, then each region. What an invalid region asks for is left to its finding."""
    for index in vault.config.index:
        yield _page(vault, index)
    for note in vault.notes.values():
        if note.generated is None:
            for region in note.regions:
                request = read_request(region, vault.kinds)
                if isinstance(request, Index):
                    yield Page(note.path, _listed(vault, request, note.path), INDEX, region.opening.start)


def _page(vault: Vault, index: Index) -> Page:
    kind = vault.kinds.named(index.kind) if index.kind else None
    path = index_path(index.path)
    wanted = replace(index, kind=kind.name if kind else None, tag=index.tag.removeprefix("#") if index.tag else None)
    rows = _rows(vault, wanted, path)
    return Page(path, page_text(vault, INDEX, TEMPLATE, title=index.title, entries=rows), INDEX)


def _listed(vault: Vault, index: Index, path: str) -> str:
    """The body of a region: the list alone, for the note has its own headings."""
    return filled(vault, TEMPLATE, title=None, entries=_rows(vault, index, path), heading=index.title)


def _rows(vault: Vault, index: Index, page: str) -> list[Entry]:
    """The entries in reading order: what stands in a folder first, then its subfolders."""
    shelves: dict[tuple[str, ...], list[Note]] = {}
    for note in vault.notes.values():
        if note.generated is None and note.path != page:
            for shelf in _shelves(vault, index, note, page):
                shelves.setdefault(shelf[: max(index.depth, 0)], []).append(note)
    trails = {trail[:length] for trail in shelves for length in range(len(trail) + 1)}
    rows = []
    for trail in sorted(trails, key=_trail_key):
        if trail:
            rows.append(Entry(_indent(len(trail) - 1), None, trail[-1], "", ()))
        rows += [_entry(vault, note, len(trail), page) for note in _sorted(vault, index, shelves.get(trail, ()))]
    return rows


def _shelves(vault: Vault, index: Index, note: Note, page: str) -> Iterable[tuple[str, ...]]:
    """Under which subfolders or nested tags a note is listed; nowhere when it is not wanted at all.

    A list of nothing in particular is one of the folder that it stands in.
    """
    if index.kind is not None and not vault.is_kind(note, index.kind):
        return ()
    tags = _nested(note, index.tag) if index.tag is not None else ((),)
    folder = index.folder
    if folder is None and index.tag is None and index.kind is None:
        folder = page.rpartition("/")[0]
    if folder is None:
        return tags
    home, here = name_key(folder.strip("/")), name_key(note.folder)
    if home and here != home and not here.startswith(f"{home}/"):
        return ()
    below = note.folder.split("/")[home.count("/") + 1 if home else 0 :] if note.folder else []
    return (tuple(below),) if tags else ()


def _nested(note: Note, tag: str) -> tuple[tuple[str, ...], ...]:
    """What follows `tag` in each tag of a note that is or continues it; `project/a` says `project` as well."""
    wanted = tag.casefold().strip("/").split("/")
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for each in note.tags:
        parts = each.name.strip("/").split("/")
        low = [part.casefold() for part in parts]
        if each.written_by == "human" and low[: len(wanted)] == wanted:
            found.setdefault(tuple(low[len(wanted) :]), tuple(parts[len(wanted) :]))
    return tuple(found[low] for low in found if not any(other != low and other[: len(low)] == low for other in found))


def _sorted(vault: Vault, index: Index, notes: Iterable[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: (*_SORTS[index.sort](vault, note), natural(note.name), note.path))


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


def _entry(vault: Vault, note: Note, depth: int, page: str) -> Entry:
    said = next((text_of(item.value) for item in note.properties if fold(item.name) in DESCRIPTIONS), "")
    return Entry(
        indent=_indent(depth),
        link=link(vault, note.path, page),
        name=note.name,
        description=phrases.clipped(phrases.without_links(said), DESCRIPTION_LENGTH),
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
