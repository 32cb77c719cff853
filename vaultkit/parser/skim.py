"""The bytes of an earlier version of a note come in; of what `parse` finds there, the little that is kept comes out.

A year of versions is read at once, and nobody asks for their links or headings.
"""

from __future__ import annotations

from vaultkit.model import Note
from vaultkit.parser import frontmatter
from vaultkit.parser.marks import generated
from vaultkit.parser.note import LIMIT, written
from vaultkit.parser.note import parse as parse_note
from vaultkit.parser.source import Source, decode
from vaultkit.regions import SAYS


def skim(data: bytes) -> Note:
    """A note with its properties, its length, and how much of it people have written, as `parse` has them; no more."""
    text, _ = decode(data)
    source = Source(text[:LIMIT])
    properties = frontmatter.read(source).properties
    if SAYS in text and generated(source, properties) is None:
        return parse_note("", data)  # whether a mark opens a region, only the whole of the text tells
    return Note(path="", digest="", properties=properties, length=len(text), written=written(text))
