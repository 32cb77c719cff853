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

from msgspec import Struct

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
