"""A note and an anchor come in, the heading, block or footnote that the anchor means comes out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.model import Block, Heading, Note

# What Obsidian takes for a space when it compares headings; `-`, `_`, `'` and every letter stand for themselves.
_PUNCTUATION = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\\r\n', " "))
_FOOTNOTE = re.compile(r"\[\^(.+)\]")


@lru_cache(maxsize=65536)
def normal(heading: str) -> str:
    """The form in which Obsidian compares headings: `**Bold**: x!` and `bold x` are one heading."""
    return " ".join(heading.translate(_PUNCTUATION).split()).lower()


def find(note: Note, anchor: str) -> Heading | Block | None:
    """What `#anchor` means in this note: `^id` a block, `[^id]` a footnote, else a heading or a chain `h1#h2`."""
    last = anchor.rpartition("#")[2].strip()
    if last.startswith("^"):
        return _named(note.blocks, last[1:])
    footnote = _FOOTNOTE.fullmatch(last)
    if footnote:
        return _named(note.footnotes, footnote[1])
    return _heading(note, anchor)


def _named(blocks: tuple[Block, ...], name: str) -> Block | None:
    """Obsidian compares ids without case."""
    wanted = name.lower()
    return next((block for block in blocks if block.name.lower() == wanted), None)


def _heading(note: Note, anchor: str) -> Heading | None:
    """Walk the headings once: each part of the chain is met below the one before it."""
    if "#" not in anchor:
        wanted = normal(anchor)
        return next((each for each in note.headings if normal(each.text) == wanted), None) if wanted else None
    chain = [part for part in map(normal, anchor.split("#")) if part]
    level = 0
    met = 0
    for heading in note.headings:
        if met < len(chain) and heading.level > level and normal(heading.text) == chain[met]:
            met += 1
            level = heading.level
            if met == len(chain):
                return heading
    return None
