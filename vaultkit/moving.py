"""A Vault, texts and the two paths of a file go in; the edits after which every link means what it meant come out.

Where each link leads is noted before the move; after it, those links are written anew that would lead elsewhere: to the
moved file, out of the moved note, and between other files whose name is no longer the only one. All others stay as they
are, to the byte, and so do those that vaultkit wrote: the next build writes them.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.errors import ConflictError
from vaultkit.insights.placing import is_portable
from vaultkit.model import Change, Edit
from vaultkit.splice import spliced
from vaultkit.text import name_key
from vaultkit.vault.linking import meant
from vaultkit.vault.relink import Goal, new_label, relinked

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from vaultkit.model import Link, Note
    from vaultkit.vault import Vault
    from vaultkit.vault.resolver import Resolver

_BREAKS = re.compile(r'[#^|:\\*"<>?\x00-\x1f\x7f\ud800-\udfff]|%%|\[\[|\]\]')
"""What ends a link, or a name on some system."""
_PARTLY = frozenset({"frontmatter", "template", "limit", "format"})
"""The problems of a note that hide what it links to, in one place of it."""
_WORD = re.compile(r"[a-z0-9]+")


class Move(Struct, frozen=True):
    """What moving a file comes to."""

    old: str
    new: str
    edits: tuple[Edit, ...] = ()
    """Those of the file itself under its new path: they are made once it stands there."""
    links: dict[str, int] = {}
    """Path after the move -> how many links they write anew in that note."""
    left: tuple[str, ...] = ()
    """`path:line` of each link that would lead elsewhere and cannot be written anew."""
    unread: tuple[str, ...] = ()
    """Notes that cannot be read: nobody knows what they link to."""
    partly: tuple[str, ...] = ()
    """Notes of which a part cannot be read that speaks of the file: a link may stand there."""
    found: int = 0
    """How many links that lead nowhere will lead to the file: its new name is what they ask for."""
    ours: int = 0
    """How many links of vaultkit's own will lead elsewhere until the next build."""
    there: bool = False
    """Whether the file stands at its new path already."""


class _Trip(NamedTuple):
    """One move: the vault before it, and what links find after it."""

    vault: Vault
    after: Resolver
    old: str
    new: str

    def arrived(self, path: str) -> str:
        """Where a file is after the move."""
        return self.new if path == self.old else path

    def goes_astray(self, link: Link, source: str) -> str | None:
        """Where a link must be made to lead; None when it does, or never led anywhere."""
        target = meant(link, source, self.vault.resolver)
        if target is None:
            return None
        wanted = self.arrived(target)
        return wanted if meant(link, self.arrived(source), self.after) != wanted else None

    def finds(self, link: Link, source: str) -> bool:
        """Whether a link that leads nowhere leads somewhere after the move."""
        return (
            meant(link, source, self.vault.resolver) is None
            and meant(link, self.arrived(source), self.after) is not None
        )

    def goal(self, link: Link, source: str, wanted: str) -> Goal:
        """What a link must come to say."""
        moved = meant(link, source, self.vault.resolver) == self.old
        names = (_name(self.old), _name(self.new)) if moved else ("", "")
        return Goal(self.after, self.vault.obsidian, self.arrived(source), wanted, names)


def concerned(vault: Vault, old: str, new: str) -> tuple[str, ...]:
    """The paths whose texts `plan` needs: what may have to be written anew, and what the vault does not know."""
    return _concerned(_trip(vault, old, new))


def plan(vault: Vault, texts: Mapping[str, str], old: str, new: str, done: Container[str] = ()) -> Move:
    """What moving the file at `old` to `new` comes to; `texts` are those of `concerned`, by their paths before it.

    If the file stands at `new` already, the links are brought after it. `done` are paths, as they are after the move,
    that an earlier run has finished with.
    """
    trip = _trip(vault, old, new)
    move = Move(old, new, there=old not in vault.paths)
    for path in _concerned(trip):
        if trip.arrived(path) in done:
            continue
        text = texts.get(path)
        if text is None:
            move = _without_text(move, trip, path)
        elif path not in trip.vault.files or path == old or _mentions(text, old, new):
            move = _with_note(move, trip, _parsed(path, text), text)
    return move


def free_path(vault: Vault, path: str) -> str:
    """The path itself, or with the first number that makes it free, as Obsidian names a second note: `Note 1.md`."""
    taken = {name_key(each) for each in vault.paths}
    folder, slash, last = path.rpartition("/")
    name, dot, extension = last.rpartition(".") if "." in last else (last, "", "")
    number, free = 0, path
    while name_key(free) in taken:
        number += 1
        free = f"{folder}{slash}{name} {number}{dot}{extension}"
    return free


def faulty_name(vault: Vault, old: str, new: str) -> str | None:
    """The first new name on the way to `new` that no link could say or not every system takes; None when all is well.

    Names that stand there already are nobody's fault.
    """
    *folders, last = new.split("/")
    depths = ("/".join(folders[: depth + 1]) for depth in range(len(folders)))
    names = [depth.rpartition("/")[2] for depth in depths if not any(p.startswith(f"{depth}/") for p in vault.paths)]
    if last != _last(old):
        names += [last, _name(last)]
    return next((name for name in names if _is_faulty(name)), None)


def _is_faulty(name: str) -> bool:
    at_an_end = not name.strip() or name != name.strip() or name[0] == "." or name[-1] == "."
    return at_an_end or not is_portable(name) or bool(_BREAKS.search(name))


def _concerned(trip: _Trip) -> tuple[str, ...]:
    found = {trip.old} if trip.old in trip.vault.everything else set()
    for path in (trip.old, trip.new):
        found |= trip.vault.referrers.looking_up(name_key(_last(path)))
    found |= {note.path for note in chain(trip.vault.notes.values(), trip.vault.boards.values()) if _is_obscure(note)}
    found |= {path for path in trip.vault.files if path.endswith((".md", ".canvas", ".base"))}
    return tuple(sorted(found))


def _trip(vault: Vault, old: str, new: str) -> _Trip:
    before = _before(vault, old, new)
    return _Trip(before, before.resolver.replaced((new,), (old,)), old, new)


def _before(vault: Vault, old: str, new: str) -> Vault:
    """The vault as it was before the move, where that was made already, whole or in part."""
    if new not in vault.paths:
        return vault
    changes = [Change(new, removed=True)]
    if old not in vault.paths:
        note = vault.notes.get(new) or vault.boards.get(new)
        changes.append(Change(old, replace(note, path=old) if note else None))
    return vault.step(changes)


def _mentions(text: str, old: str, new: str) -> bool:
    """Whether a link to one of these can stand in a text, however it is escaped there: a quick look at many notes."""
    low = text.lower()
    words = (max(_WORD.findall(name_key(_name(path))), key=len, default="") for path in (old, new))
    return any(word in low for word in words)


def _is_obscure(note: Note) -> bool:
    return any(problem.kind == "reading" or problem.kind in _PARTLY for problem in note.problems)


def _hides(note: Note, text: str, old: str) -> bool:
    """Whether a note that was not read whole speaks of a file elsewhere than in its links."""
    if not any(problem.kind in _PARTLY for problem in note.problems):
        return False
    ends = [0, *(link.span.end for link in note.links)]
    starts = [*(link.span.start for link in note.links), len(text)]
    return any(_mentions(text[end:start], old, old) for end, start in zip(sorted(ends), sorted(starts), strict=True))


def _parsed(path: str, text: str) -> Note:
    from vaultkit.parser import parse  # 50 ms of imports

    return parse(path, text.encode("utf-8", "surrogatepass"))


def _without_text(move: Move, trip: _Trip, path: str) -> Move:
    """A note whose text may not be touched: what it links to is known, unless it is excluded or could not be read."""
    known = trip.vault.notes.get(path) or trip.vault.boards.get(path)
    if known is None or any(problem.kind == "reading" for problem in known.problems):
        return replace(move, unread=(*move.unread, path)) if path != trip.old else move
    links = [edge.link for edge in trip.vault.graph.of(path) if edge.human and trip.goes_astray(edge.link, path)]
    return replace(move, left=(*move.left, *(f"{path}:{link.span.line}" for link in links)))


def _with_note(move: Move, trip: _Trip, note: Note, text: str) -> Move:
    """The move, with what it comes to in one note."""
    edits: dict[int, tuple[Edit, ...]] = {}
    left: list[Link] = []
    ours = found = 0
    for index, link in enumerate(note.links):
        wanted = trip.goes_astray(link, note.path)
        if link.written_by == "vaultkit":
            ours += wanted is not None
        elif wanted is None:
            found += trip.finds(link, note.path)
        else:
            edits[index] = relinked(text, link, trip.goal(link, note.path, wanted))
            if not edits[index]:
                left.append(link)
    made = tuple(chain.from_iterable(edits.values()))
    if made and not _means_the_same(trip, note, text, edits):
        left, made = [note.links[index] for index in edits], ()
    return replace(
        move,
        edits=(*move.edits, *made),
        links={**move.links, trip.arrived(note.path): len(edits) - len(left)} if made else move.links,
        left=(*move.left, *(f"{note.path}:{link.span.line}" for link in left)),
        partly=(*move.partly, note.path) if _hides(note, text, trip.old) else move.partly,
        found=move.found + found,
        ours=move.ours + ours,
    )


def _means_the_same(trip: _Trip, note: Note, text: str, edits: Mapping[int, tuple[Edit, ...]]) -> bool:
    """Whether the note, read anew, links where it did and holds nothing else than before."""
    try:
        new_text = spliced(text, chain.from_iterable(edits.values())) or ""
    except ConflictError:
        return False
    after = _parsed(trip.arrived(note.path), new_text)
    if len(after.links) != len(note.links) or _shape(after, new_text) != _shape(note, text):
        return False
    changed = [f"{note.links[index].property}." for index in edits]
    for item, again in zip(note.properties, after.properties, strict=True):
        if item.value != again.value and not any(path.startswith(f"{item.name}.") for path in changed):
            return False
    pairs = enumerate(zip(note.links, after.links, strict=True))
    return all(_is_as_meant(trip, note.path, old, new, relinked=bool(edits.get(index))) for index, (old, new) in pairs)


def _is_as_meant(trip: _Trip, source: str, old: Link, new: Link, *, relinked: bool) -> bool:
    """Whether a link, read anew, is the old one, or the old one brought after its file."""
    expected = replace(old, span=new.span)
    if relinked:
        wanted = trip.goes_astray(old, source)
        label = new_label(old, trip.goal(old, source, wanted or "").label)
        if meant(new, trip.arrived(source), trip.after) != wanted:
            return False
        expected = replace(expected, target=new.target, label=label)
    if "[" in (old.label or ""):
        expected = replace(expected, label=new.label)  # a link within it may have changed, which is judged by itself
    return new == expected


def _shape(note: Note, text: str) -> tuple[object, ...]:
    """What of a note no link may change: all but its words."""
    return (
        [item.name for item in (*note.properties, *note.fields)],
        [tag.name for tag in note.tags if not tag.property],  # those are compared as the property's value
        [(task.status, task.indent, task.marks) for task in note.tasks],
        [block.name for block in (*note.blocks, *note.footnotes)],
        [heading.level for heading in note.headings],
        [section.kind for section in note.sections],
        [text[code.start : code.end] for code in note.code],
        [(region.name, region.digest == region.actual) for region in note.regions],
        [problem.kind for problem in note.problems],
        len(note.comments),
    )


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _name(path: str) -> str:
    """What a link to a file shows: a note's name, or a file's with its extension."""
    return _last(path).removesuffix(".md")
