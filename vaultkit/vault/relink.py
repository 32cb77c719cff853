"""A link as it stands in a text and the file it must mean go in; the edits of just its path and its label come out.

Everything else of it stays as a person wrote it: its form, its anchor, its title, its angle brackets, its spaces.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from vaultkit import escape
from vaultkit.model import Edit
from vaultkit.parser.links import DESTINATION, WIKI, Target, markdown, wiki
from vaultkit.vault.linktext import destination, link_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vaultkit.config import Obsidian
    from vaultkit.model import Link
    from vaultkit.vault.resolver import Resolver

_SURROGATE = re.compile("[\ud800-\udfff]")
_QUOTES = frozenset({"'", '"'})
_IN_ANGLES = re.compile(r"[%<>\\|\x00-\x1f\x7f]")


class Goal(NamedTuple):
    """What a link must come to mean, and where it will stand."""

    resolver: Resolver
    obsidian: Obsidian
    source: str
    target: str
    label: tuple[str, str] = ("", "")
    """A label that is the first becomes the second: the file's old name and its new one."""


class _Piece(NamedTuple):
    """A part of a link as it is written, and what takes its place."""

    start: int
    end: int
    text: str


class _Writing(NamedTuple):
    """How a link is written where it stands: what quotes or JSON make of its characters."""

    start: int
    """Where it begins in the text."""
    raw: str
    link: str
    """The link without the escapes of `raw`."""
    encode: Callable[[str], str]


def relinked(text: str, link: Link, goal: Goal) -> tuple[Edit, ...]:
    """The edits of the note at `goal.source`; none when no link can say where it must lead, or its place is unclear."""
    if link.origin == "canvas":  # a card's file is always a whole path
        start, end = link.span.start, link.span.end
        return (Edit(goal.source, text[start:end], _double(goal.target), start),)
    if link.origin == "base":
        return _in_base(text, link, goal)
    writing = _writing(text, link)
    if writing is None:
        return ()
    for path in _paths(goal, extension=_has_extension(link)):
        pieces = _pieces(writing.link, link, path, goal.label)
        if pieces and _read(_spliced(writing.link, pieces), link) == _wanted(link, path, goal.label):
            return tuple(_edits(writing, pieces, goal.source))
    return ()


def new_label(link: Link, names: tuple[str, str]) -> str | None:
    """The label that a link will have: one that was the file's old name becomes its new one."""
    old, new = names
    if not old or link.label is None or old == new or link.origin == "base":
        return link.label
    if link.form == "wiki":
        return new if link.label == old else link.label
    return str(escape.text(new)) if link.label in {old, escape.text(old)} else link.label


def _in_base(text: str, link: Link, goal: Goal) -> tuple[Edit, ...]:
    """The same in an expression, where a path may stand bare, in quotes within quotes: what reads right is right."""
    from vaultkit.parser import parse  # few vaults have bases

    written = text[link.span.start : link.span.end]
    bare = not written.startswith("[[")
    start, end = _path_at(written, 0, len(written)) if bare else _wiki_parts(written)[0]
    if written[start:end] != link.target:
        return ()
    start, end = link.span.start + start, link.span.start + end
    for path in _paths(goal, extension=_has_extension(link)):
        for said in dict.fromkeys((path, _single(path))):
            read = parse(goal.source, f"{text[:start]}{said}{text[end:]}".encode("utf-8", "surrogatepass"))
            if any(new.span.start == link.span.start and new.target == path for new in read.links):
                return (Edit(goal.source, text[start:end], said, start),)
    return ()


def _has_extension(link: Link) -> bool:
    return link.target.lower().endswith(".md")


def _paths(goal: Goal, *, extension: bool) -> Iterator[str]:
    """What would lead there, as Obsidian would write it first; then what is clearer than that, where that misleads."""
    first = link_path(goal.resolver, goal.obsidian, goal.target, goal.source)
    nearby = (f"./{first}",) if goal.obsidian.new_link_format == "relative" and not first.startswith("../") else ()
    for full in dict.fromkeys((first, *nearby, goal.target, f"/{goal.target}")):
        path = normalize("NFC", full)  # as Obsidian does, whatever the disk keeps
        bare = () if extension or not path.endswith(".md") else (path.removesuffix(".md"),)
        for form in (*bare, path):
            if goal.resolver.resolve(form, goal.source) == goal.target:
                yield form


def _writing(text: str, link: Link) -> _Writing | None:
    """How a link is written; None when its place holds something else than the link."""
    start, raw = link.span.start, text[link.span.start : link.span.end]
    if link.origin == "card":
        plain = _unescaped(raw)
        return None if plain is None else _Writing(start, raw, plain, _double)
    if not link.property:
        return _Writing(start, raw, raw, str)
    whole = raw[:1] in _QUOTES and len(raw) > 1  # the quotes are named with it where their escapes hide it
    start, raw = (start + 1, raw[1:-1]) if whole else (start, raw)
    mark = text[start - 1 : start]
    if mark == "'":
        return _Writing(start, raw, raw.replace("''", "'"), _single)
    plain = _unescaped(raw) if mark == '"' else raw
    return None if plain is None else _Writing(start, raw, plain, _double if mark == '"' else str)


def _pieces(written: str, link: Link, path: str, names: tuple[str, str]) -> tuple[_Piece, ...]:
    """What of a link changes, so that it says `path`; none when it is not written as we think."""
    found = _wiki_parts(written) if link.form == "wiki" else _markdown_parts(written)
    if found is None:
        return ()
    (start, end), label, angled = found
    if link.form == "markdown":
        said = _IN_ANGLES.sub(lambda odd: f"%{ord(odd[0]):02X}", path) if angled else destination(path)
    else:
        said = path
    shown = new_label(link, names)
    if label is None or shown is None or shown == link.label:
        return (_Piece(start, end, said),)
    return tuple(sorted((_Piece(start, end, said), _Piece(*label, shown))))


def _wiki_parts(written: str) -> tuple[tuple[int, int], tuple[int, int] | None, bool]:
    """Where the path and the label of `[[path#anchor|label]]` stand."""
    begin, end = written.find("[[") + 2, len(written) - 2
    pipe = written.find("|", begin, end)
    cut = pipe - 1 if pipe > begin and written[pipe - 1] == "\\" else pipe
    if cut <= begin:
        return _path_at(written, begin, end), None, False
    return _path_at(written, begin, cut), (pipe + 1, end), False


def _markdown_parts(written: str) -> tuple[tuple[int, int], tuple[int, int] | None, bool] | None:
    """Where the path and the label of `[label](path#anchor "title")` stand, and whether it is in angle brackets."""
    at = written.find("](")
    while at >= 0:
        found = DESTINATION.fullmatch(written, at + 1)
        if found:
            angled = found[1] is not None
            label = (written.find("[") + 1, at)
            return _path_at(written, *found.span(1 if angled else 2)), label, angled
        at = written.find("](", at + 1)
    return None


def _path_at(written: str, start: int, end: int) -> tuple[int, int]:
    """What stands before the anchor, without the spaces around it."""
    path = written[start:end].partition("#")[0]
    start += len(path) - len(path.lstrip())
    return start, start + len(path.strip())


def _read(written: str, link: Link) -> Target | None:
    """What a link says, read anew; None when it is none."""
    inside = written.removeprefix("!")
    if link.form == "wiki":
        whole = WIKI.fullmatch(inside)
        return wiki(whole[1]) if whole else None
    parts = _markdown_parts(written)
    if parts is None or parts[1] is None:
        return None
    start, end = parts[1]
    found = DESTINATION.fullmatch(written, end + 1)
    return markdown(written[start:end], found[1] or found[2] or "") if found else None


def _wanted(link: Link, path: str, names: tuple[str, str]) -> Target:
    return Target(path, link.anchor, new_label(link, names))


def _edits(writing: _Writing, pieces: tuple[_Piece, ...], path: str) -> Iterator[Edit]:
    if writing.raw != writing.link:  # places in the one are no places in the other
        yield Edit(path, writing.raw, writing.encode(_spliced(writing.link, pieces)), writing.start)
        return
    for start, end, text in pieces:
        yield Edit(path, writing.raw[start:end], writing.encode(text), writing.start + start)


def _spliced(written: str, pieces: tuple[_Piece, ...]) -> str:
    for start, end, text in reversed(pieces):
        written = written[:start] + text + written[end:]
    return written


def _single(text: str) -> str:
    return text.replace("'", "''")


def _double(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _unescaped(raw: str) -> str | None:
    """What stands between the quotes of JSON, or of YAML where that reads the same."""
    if "\\" not in raw:
        return raw
    try:
        read = json.loads(f'"{raw}"')
    except ValueError:
        return None
    return read if isinstance(read, str) and not _SURROGATE.search(read) else None
