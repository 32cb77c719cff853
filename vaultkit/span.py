"""A place in a note's text, and who wrote what stands there.

Offsets count characters (code points) of a note's text: the file's bytes decoded as UTF-8, without a byte order mark,
line endings as they stand on disk. Lines and columns count from 1.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Author = Literal["human", "vaultkit"]


class Span(Struct, frozen=True, gc=False, array_like=True):
    """A piece of one note's text: `text[start:end]`; `line` and `column` are where it starts."""

    start: int
    end: int
    line: int
    column: int
