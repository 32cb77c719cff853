"""What a terminal can take: a stream and its environment go in; colour, width and harmless text come out."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

Role = Literal["error", "warning", "info", "good", "strong", "faint", "name"]

_SGR: dict[Role, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "good": "1;32",
    "strong": "1",
    "faint": "2",
    "name": "36",
}
# What a terminal or a reader's eye could be led astray by: control characters of ASCII and of C1, marks that turn the
# direction of writing, separators of lines, halves of characters. Joiners stay: emoji and Persian need them.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_PAINT = re.compile("\x1b\\[[0-9;]*m")
_PLAIN = "\x1b[0m"
_AS_PICTURE = re.compile("[\u00a9\u00ae\u203c-\u3299](?=\ufe0f)")
"""A sign that the mark behind it turns into a picture, which takes two cells."""
_CODE = re.compile(r"`[^`]*`")
"""What is to be typed stays on one line, so that it can be copied."""
_GLUE = "\x1f"
"""A space at which no line is broken, between `glued` and `fold`."""
_NARROW = 8
"""No width is believed that leaves less than this for the words."""


class Screen(NamedTuple):
    """Where text for people goes."""

    colour: bool = False
    width: int | None = None
    """In cells; None where nobody looks (a pipe, a file): there a line is as long as what it says."""
    language: str = "en"

    def paint(self, text: str, role: Role) -> str:
        """`text` in the colour of its role, where there is colour."""
        return f"\x1b[{_SGR[role]}m{text}\x1b[0m" if self.colour and text else text

    def fold(self, text: str, hang: str = "") -> str:
        """`text` broken between words to fit, further lines after `hang`; code and what is `glued` stay whole."""
        fits = self.width is None or cells(text) <= self.width
        whole = text if fits else _CODE.sub(lambda code: glued(code[0]), text)
        folded = text if fits else "\n".join(_repainted(_folded(whole, hang, self.width or 0), hang))
        return folded.replace(_GLUE, " ")

    def some(self, words: Sequence[str], used: int, most: int) -> str:
        """As many of the words as fit on a line of which so many cells are `used`: one at least, `most` at the most."""
        room = None if self.width is None else self.width - used
        kept = list(words[:most])
        while len(kept) > 1 and room is not None and cells(_listed(kept, words)) > room:
            kept.pop()
        return clipped(_listed(kept, words), room)


def screen(stream: TextIO | None, language: str = "en", environment: Mapping[str, str] | None = None) -> Screen:
    """What `stream` can take; NO_COLOR, FORCE_COLOR and a dumb terminal are heard, in this order."""
    environment = os.environ if environment is None else environment
    terminal = stream is not None and stream.isatty()  # None: whoever started us has closed it
    width = _columns() if terminal else None
    return Screen(_colour(environment, terminal=terminal), width, language)


def clean(text: str) -> str:
    """`text` on one line, with nothing in it that moves a cursor or turns the writing: that is shown escaped."""
    return _HARMFUL.sub(lambda found: _shown(found[0]), text)


def glued(text: str) -> str:
    """`text`, which `fold` is to keep on one line: a path that is broken can be neither clicked nor copied."""
    return text.replace(" ", _GLUE)


def clipped(text: str, room: int | None) -> str:
    """`text` cut to fit that many cells, with an ellipsis where something is missing."""
    if room is None or cells(text) <= room:
        return text
    while text and cells(text) >= room:
        text = text[:-1]
    return text.rstrip(" ,") + "…"


def harmless_json(text: str) -> str:
    """JSON that says the same, with every such character escaped as JSON does it; line breaks between values stay."""
    return _HARMFUL.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes, its paint left out."""
    text = _PAINT.sub("", text)
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text) + _pictures(text)


def _pictures(text: str) -> int:
    """The cells by which signs grow that a mark behind them turns into a picture."""
    return sum(1 for sign in _AS_PICTURE.findall(text) if _cells(sign) == 1)


def _listed(kept: Sequence[str], words: Sequence[str]) -> str:
    return ", ".join(kept) + (" …" if len(kept) < len(words) else "")


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _colour(environment: Mapping[str, str], *, terminal: bool) -> bool:
    if environment.get("NO_COLOR"):
        return False
    forced = environment.get("FORCE_COLOR", "")
    if forced:
        return forced != "0"
    return terminal and environment.get("TERM") != "dumb"


def _shown(character: str) -> str:
    if character in "\t\n\r":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _folded(text: str, hang: str, width: int) -> Iterator[str]:
    """Lines; a word longer than a line has one to itself, so that a path can still be clicked or copied."""
    width = max(width, cells(hang) + _NARROW)
    line, begun = "", False
    for word in text.split(" "):
        if begun and cells(line) + 1 + cells(word) > width:
            yield line
            line = hang + word
        else:
            line += f" {word}" if begun else word
        begun = True
    yield line


def _repainted(lines: Iterable[str], hang: str) -> Iterator[str]:
    """The lines, each with paint of its own: what is open at the end of one would run into the next, or a column."""
    open_ = ""
    for line in lines:
        whole = f"{hang}{open_}{line.removeprefix(hang)}" if open_ else line
        paints = _PAINT.findall(whole)
        open_ = paints[-1] if paints and paints[-1] != _PLAIN else ""
        yield f"{whole}{_PLAIN}" if open_ else whole


def _columns() -> int:
    """How wide the terminal is, unless the environment says otherwise, as `shutil` has it (whose import takes 5 ms)."""
    said = os.environ.get("COLUMNS", "")
    if said.isdigit() and int(said) > 0:
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80
    except (OSError, ValueError):  # no terminal after all
        return 80
