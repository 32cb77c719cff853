"""The marks around what vaultkit writes into a person's note: a line goes in, what it opens or closes comes out.

    %% vaultkit:index folder="Projects" sort=due %%
    ... the body ...
    %% /vaultkit 3f2a9c1d %%

`%%` is Obsidian's comment, so a reader sees neither line. A person types the first line alone; vaultkit adds the rest.
The closing mark carries a hash of the body, by which a hand edit is told from vaultkit's own text. How many spaces
stand in a mark, and whether a phone made the first letter a capital, says nothing.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAYS = "aultkit"
"""What stands in every mark, however it is written."""
_OPENS = re.compile(r"[Vv]aultkit[ \t]*:[ \t]*([\w-]*)")
_CLOSES = re.compile(r"/[ \t]*[Vv]aultkit(?![^ \t])")
_HASH = re.compile(r"[0-9a-fA-F]{8}")
ALMOST = re.compile(
    r"(?:(?:^|(?<=\r))[ \t>*+-]*+|(?=%%))"
    r"(?P<mark>%{1,2}[ \t]*(?:/[ \t]*[Vv]aultkit(?!\w)|[Vv]aultkit[ \t]*:[ \t]*[\w-]))"
    r"|(?:^|(?<=\r))[ \t>*+-]*+(?P<bare>/[ \t]*[Vv]aultkit[ \t]+[0-9a-fA-F]{8}(?!\w))",
    re.MULTILINE,
)
"""What may have been meant as a mark, wherever it stands: it lost a `%`, or got into a list or behind other words."""


IGNORES = re.compile(r"(?:%%|<!--)[ \t]*vaultkit[ \t]*[: -][ \t]*(?:ignorer?|waive)(?![\w-])[ \t]*:?", re.IGNORECASE)
"""How a comment begins that waives a finding: it stands anywhere, and opens no region."""


_PART = re.compile(
    r"^%%[ \t]*(?:[Yy]ours[ \t]*:(?P<name>[^%\r\n]*)%%[ \t]*\r?\n"
    r"|(?P<end>/[ \t]*[Yy]ours[ \t]*%%)|(?=/[ \t]*[Vv]aultkit\b))",
    re.MULTILINE,
)
"""What begins or ends a part of a page of ours in which a person writes: its words are not ours, and no hash tells of
them. The mark below which the page ends, ends it too."""
TICKS = "ticks"
"""How the name of a part begins that holds our own checkboxes: a person ticks them, and adds more."""
_BOX = re.compile(r"[ \t]*[-*+] \[(?P<mark>.)\] (?P<said>.*?)[ \t]*\r?$")


class Opening(Struct, frozen=True):
    """`%% vaultkit:NAME options %%`."""

    name: str
    options: str = ""
    """What follows the name, as written."""


class Closing(Struct, frozen=True):
    """`%% /vaultkit HASH %%`."""

    digest: str = ""
    """Empty when what stands there is no hash: it matches no body."""


def read_mark(line: str) -> Opening | Closing | None:
    """What a line without its line end says, if it is a mark: `%%` in its first column, `%%` at its end."""
    said = line.rstrip(" \t")
    if len(said) < 4 or not said.startswith("%%") or not said.endswith("%%"):
        return None
    said = said[2:-2].strip(" \t")
    opens, closes = _OPENS.match(said), _CLOSES.match(said)
    if opens and IGNORES.match(line):
        return None
    if opens:
        return Opening(opens[1], said[opens.end() :].strip(" \t"))
    if closes:
        word = said[closes.end() :].strip(" \t")
        return Closing(word.lower() if _HASH.fullmatch(word) else "")
    return None


def meant(line: str) -> str:
    """The mark that a line was meant to be in which `ALMOST` was found."""
    opens, hashed = _OPENS.search(line), _HASH.search(line)
    if opens:
        return opening(opens[1], line[opens.end() :].partition("%%")[0].strip(" \t%"))
    return f"%% /vaultkit {hashed[0] if hashed else 'HASH'} %%"


def opening(name: str, options: str = "") -> str:
    """The line that asks for a region."""
    return f"%% vaultkit:{name}{' ' if options else ''}{options} %%"


def closing(body: str) -> str:
    """The line that ends a region, for this body."""
    return f"%% /vaultkit {digest(body)} %%"


def digest(body: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of `body`, whatever its line ends."""
    return hashlib.sha256(hashed(body)).hexdigest()[:8]


def hashed(text: str) -> bytes:
    """What is hashed of a text that ends at a line's end.

    An editor or a version control that turns LF into CRLF has not edited anything.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return text.encode("utf-8", "surrogatepass")


class _Part(NamedTuple):
    """One part in a text, from the beginning of its first mark."""

    name: str
    start: int
    body: int
    """Where its words begin."""
    until: int
    """Where they end."""
    end: int
    """Where its last mark ends; where the words do when there is none."""


def yours(name: str, body: str = "") -> str:
    """A part of a page for a person's words, under a name that is the page's own."""
    return f"%% yours: {name.replace('%', ' ').strip()} %%\n{body.strip(chr(10))}\n%% /yours %%"


def yours_in(text: str) -> dict[str, str]:
    """What people wrote in such parts, by name; of two parts of one name, all of it.

    A part whose last mark is lost goes on to where the next begins: what we wrote below it is then taken for theirs.
    """
    found: dict[str, str] = {}
    for part in _parts(text):
        before, body = found.get(part.name, ""), text[part.body : part.until].replace("\r\n", "\n").strip("\n")
        found[part.name] = f"{before}\n{body}".strip("\n")
    return found


def ours_in(text: str) -> str:
    """What of a page is vaultkit's own: all but those words, however the marks around them are spelled."""
    return _with_parts(text, lambda part: yours(part.name) if part.end > part.until else text[part.start : part.end])


def _parts(text: str) -> Iterator[_Part]:
    """The parts of a text, in their order."""
    opened: re.Match[str] | None = None
    for found in _PART.finditer(text):
        if opened is not None:
            end = found.end() if found["end"] else found.start()
            yield _Part(opened["name"].strip(), opened.start(), opened.end(), found.start(), end)
        opened = found if found["name"] is not None else None
    if opened is not None:
        yield _Part(opened["name"].strip(), opened.start(), opened.end(), len(text), len(text))


def _with_parts(text: str, becomes: Callable[[_Part], str]) -> str:
    """The text with each of its parts as it is to become."""
    pieces, place = [], 0
    for part in _parts(text):
        pieces += [text[place : part.start], becomes(part)]
        place = part.end
    return "".join((*pieces, text[place:]))


def carried_over(text: str, before: str) -> tuple[str, dict[str, str]]:
    """A page with the words that people wrote in it before, and the parts for which it has no place any more.

    A part stays as it stands, to the last blank line: somebody may be typing in it.
    """
    said, standing = yours_in(before), _standing(before)

    def filled(part: _Part) -> str:
        name, ours = part.name, text[part.body : part.until].strip("\n")
        body = said.pop(name, None)
        if body is None:
            return text[part.start : part.end]
        whole = _ticked(ours, body) if name.startswith(TICKS) else body
        return standing.get(name, yours(name, body)) if whole == body else yours(name, whole)

    whole = _with_parts(text, filled)
    left = {name: body for name, body in said.items() if body.strip() and not name.startswith(TICKS)}
    return whole, {name: standing.get(name, yours(name, body)) for name, body in left.items()}


def _standing(text: str) -> dict[str, str]:
    """Name -> the whole part, for those that are whole and the only one of their name."""
    found: dict[str, list[_Part]] = {}
    for part in _parts(text):
        found.setdefault(part.name, []).append(part)
    alone = [parts[0] for parts in found.values() if len(parts) == 1]
    return {part.name: text[part.start : part.end] for part in alone if part.end > part.until}


def _ticked(ours: str, theirs: str) -> str:
    """Our checkboxes, marked as a person has marked them, and below them what a person added."""
    boxes = {box["said"]: line for line in theirs.split("\n") if (box := _BOX.match(line))}
    lines = [boxes.pop(box["said"], line) if (box := _BOX.match(line)) else line for line in ours.split("\n")]
    known = set(lines)
    return "\n".join((*lines, *(line for line in theirs.split("\n") if line not in known)))
