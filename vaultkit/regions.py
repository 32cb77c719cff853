"""The marks around what vaultkit writes into a person's note: a line goes in, what it opens or closes comes out.

    %% vaultkit:index folder="Projects" sort=due %%
    ... the body ...
    %% /vaultkit 3f2a9c1d %%

`%%` is Obsidian's comment, so a reader sees neither line. A person types the first line alone; vaultkit adds the rest.
The closing mark carries a hash of the body, by which a hand edit is told from vaultkit's own text.
"""

from __future__ import annotations

import hashlib
import re

from msgspec import Struct

_NAME = re.compile(r"[\w-]*")
_HASH = re.compile(r"[0-9a-f]{8}")
_OPENS = "vaultkit:"
_CLOSES = "/vaultkit"


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
    if said.startswith(_OPENS):
        name = _NAME.match(said, len(_OPENS))
        end = name.end() if name else len(_OPENS)
        return Opening(said[len(_OPENS) : end], said[end:].strip(" \t"))
    if said == _CLOSES or said.startswith((_CLOSES + " ", _CLOSES + "\t")):
        word = said[len(_CLOSES) :].strip(" \t")
        return Closing(word if _HASH.fullmatch(word) else "")
    return None


def opening(name: str, options: str = "") -> str:
    """The line that asks for a region."""
    return f"%% {_OPENS}{name}{' ' if options else ''}{options} %%"


def closing(body: str) -> str:
    """The line that ends a region, for this body."""
    return f"%% {_CLOSES} {digest(body)} %%"


def digest(body: str) -> str:
    """The first 8 hexadecimal digits of the SHA-256 of `body`, whatever its line ends.

    An editor or a version control that turns LF into CRLF has not edited anything.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
