"""A page as a person reads it: its Markdown and a Screen go in; lines come out, without its marks on a terminal.

On a terminal nobody wants to read Markdown; what goes through a pipe is to be pasted into a note, a mail or a chat.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.report import columns
from vaultkit.report.screen import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultkit.report.screen import Role, Screen

_FRONTMATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_NOTHING = "<!-- -->"
"""What stands between two lists that are not one."""
_CALLOUT = re.compile(r"> \[!(\w+)\][+-]? ?(.*)")
_HEADING = re.compile(r"(#{1,6}) ")
_BULLET = re.compile(r"(\s*)- (\[.\] )?(.*)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(\w*)")
_PIECE = re.compile(
    r"\\(?P<mark>.)"
    r"|!?\[\[(?P<target>[^\[\]|]*)(?:\\?\|(?P<label>[^\[\]]*))?\]\]"
    r"|!?\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?:<[^>]*>|[^()\s]*)\)"
    r"|(?P<bold>\*\*)"
    r"|(?P<italic>\*(?=\S)|(?<=\S)\*)"
    r"|`(?P<code>[^`]*)`"
)
_MARK = re.compile(r"[\\`*\[\]!]")
_ESCAPED = re.compile(r"\\(.)")
_ROLES: dict[str, Role] = {"danger": "error", "warning": "warning", "success": "good"}


def lines(page: str, screen: Screen) -> Iterator[str]:
    """The page, folded to fit; an empty line stands before a heading and around a paragraph or a table."""
    rows = _said(page)
    if screen.width is None and not screen.colour:
        yield from rows
        return
    before, gap, table = "", False, list[str]()
    for raw in [*_without_diagrams(rows), ""]:
        if table and not raw.startswith("|"):
            yield from columns.lines(table, screen, _painted)
            table = []
        if not raw.strip():
            gap = True
            continue
        if gap and before and not _HEADING.match(before) and not (_is_item(before) and _is_item(raw)):
            yield ""
        before, gap = raw, False
        if raw.startswith("|"):
            table.append(raw)
        else:
            yield _line(raw, screen)


def _said(page: str) -> list[str]:
    """The page without what says nothing to a reader: frontmatter, comments, headings with nothing below them."""
    found: list[str] = []
    for raw in _FRONTMATTER.sub("", page, count=1).split("\n"):
        level = _level(raw)
        while level and (last := next((row for row in reversed(found) if row.strip()), "")) and _level(last) >= level:
            del found[_last(found) :]
        if not raw.startswith("%%") and raw != _NOTHING and (raw.strip() or (found and found[-1].strip())):
            found.append(raw)
    while found and (not found[-1].strip() or _level(found[-1])):
        found.pop()
    return found


def _level(raw: str) -> int:
    """How deep a heading is; 0 for anything else."""
    found = _HEADING.match(raw)
    return len(found[1]) if found else 0


def _last(rows: list[str]) -> int:
    """Where the last line is that is not empty."""
    return max(place for place, row in enumerate(rows) if row.strip())


def _without_diagrams(rows: Iterable[str]) -> Iterator[str]:
    """The same; what is drawn from a diagram's code is said beside it in words, and other code stays as it is."""
    fence, drawn = "", False
    for raw in rows:
        found = _FENCE.match(raw)
        if fence:
            is_end = found is not None and found[1].startswith(fence) and not found[2]
            fence = "" if is_end else fence
            if not is_end and not drawn:
                yield "    " + _MARK.sub(r"\\\g<0>", raw)
        elif found:
            fence, drawn = found[1], found[2] == "mermaid"
        else:
            yield raw


def _is_item(raw: str) -> bool:
    return _BULLET.fullmatch(raw) is not None


def _line(raw: str, screen: Screen) -> str:
    if callout := _CALLOUT.fullmatch(raw):
        return screen.fold(screen.paint(_plain(callout[2]), _ROLES.get(callout[1], "strong")))
    if raw.startswith("> "):
        return screen.fold(screen.paint(_plain(raw[2:]), "faint"))
    if _HEADING.match(raw):
        return screen.fold(screen.paint(_plain(raw.lstrip("#").strip()), "strong"))
    if bullet := _BULLET.fullmatch(raw):
        indent, box = " " * (2 + len(bullet[1]) // 2), bullet[2] or ""
        return screen.fold(f"{indent}- {box}{_painted(bullet[3], screen)}", f"{indent}  {' ' * len(box)}")
    return screen.fold(_painted(raw, screen))


def _plain(markdown: str) -> str:
    return "".join(words for words, _ in _pieces(markdown))


def _painted(markdown: str, screen: Screen) -> str:
    """Words without their marks: names of notes and what is bold in colour, where there is any."""
    return "".join(words if role is None else screen.paint(words, role) for words, role in _pieces(markdown))


def _pieces(markdown: str) -> Iterator[tuple[str, Role | None]]:
    place, bold = 0, False
    for found in _PIECE.finditer(markdown):
        yield clean(markdown[place : found.start()]), "strong" if bold else None
        place = found.end()
        bold = bold != bool(found["bold"])
        if found["mark"] is not None or found["code"] is not None:
            yield clean(found["mark"] or found["code"]), "strong" if bold else None
        elif not found["bold"] and not found["italic"]:
            yield clean(_name(found)), "name"
    yield clean(markdown[place:]), "strong" if bold else None


def _name(found: re.Match[str]) -> str:
    """What a link shows."""
    shown = found["text"] if found["target"] is None else found["label"]
    if shown is None:
        return found["target"].rpartition("/")[2].removesuffix(".md")
    return _ESCAPED.sub(r"\1", shown)
