"""A person's words go in; text that shows as those very words, in Markdown or in a Mermaid diagram, comes out.

A name, a title or a task may hold anything. On a page of ours it must start no link, tag, task, comment, region or
formula, no HTML, and no query of another plugin.
"""

from __future__ import annotations

import re
from unicodedata import normalize

_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Control characters, and those that make text read in another order than it is written."""

_GAPS = re.compile("[^\\S\u00a0\u202f]+")
"""Spaces and line breaks, but for the spaces that French sets before `:` and `?`."""

_MARKS = re.compile(
    r"[\\`*\[\]<|~$^]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # in `due_date` it marks nothing
    r"|(?<![^\W_])#(?=\S)"
    r"|(?<==)=|(?<=:):|(?<=\{)\{|(?<=[%<])%"  # highlights, Dataview's fields, templates, comments, Templater
    r"|&(?=#?\w+;)"
)
_BACKSLASH = r"\\\g<0>"
_START = re.compile(r"(?:(?=[-+=#>:])|\d{1,9}(?=[.)]))(.)")
"""What would make the beginning of a line a list, a heading, a quote or a rule."""

_LOUD = re.compile(
    r"(?![,'(!?])"
    r"(?!(?<!\d)\))"  # `2)` begins a list
    r"(?!(?<=[^\W_])[-/](?=[^\W_])|(?<= )-(?= )|(?<=\d)\.(?=\d))"
    r"[!-/:-@\[-`{-~]"
)
"""The ASCII punctuation that may mean something in a Mermaid label where it stands."""


class Markdown(str):
    """Text that is Markdown already: it is written as it stands, where other text has its marks escaped."""

    __slots__ = ()


def plain(words: str) -> str:
    """The same words on one line, composed, without what cannot be seen."""
    return _GAPS.sub(" ", _HIDDEN.sub(" ", normalize("NFC", words))).strip()


def seen(lines: str) -> str:
    """The same lines without what cannot be seen."""
    return _HIDDEN.sub(" ", lines)


def text(words: str) -> Markdown:
    """Words as Markdown, for any place in a line, its beginning and a cell of a table included.

    A backslash comes into each pair of marks and not only before it: programs that look for `%%`, `::` or `<%` and know
    nothing of Markdown's escapes find none.
    """
    return _begun(_MARKS.sub(_BACKSLASH, plain(words)))


def prose(sentence: str) -> Markdown:
    """`text`, where what stands between two backticks stays code."""
    parts = plain(sentence).split("`")
    if len(parts) % 2 == 0:  # the last backtick closes nothing
        parts[-2:] = ["`".join(parts[-2:])]
    pieces = (f"`{part}`" if i % 2 and part else _MARKS.sub(_BACKSLASH, part) for i, part in enumerate(parts))
    return _begun("".join(pieces))


def cell(markdown: str) -> Markdown:
    """Markdown as one cell of a table: the `|` of a wikilink would end it."""
    return Markdown(re.sub(r"(?<!\\)\|", r"\\|", markdown).replace("\n", " "))


def mermaid(words: str) -> str:
    """Words as what stands between the quotes of a Mermaid label.

    Mermaid reads a label as Markdown, so that `1. Hire` shows as "Unsupported markdown: list", and drops HTML; a
    character written by its number is read as itself. Held against Mermaid 11.4.1 and 11.13.0: Obsidian 1.8 and 1.13.
    """
    return _LOUD.sub(lambda mark: f"#{ord(mark[0])};", plain(words))


def _begun(line: str) -> Markdown:
    """A line whose beginning opens no list, heading, quote or rule."""
    start = _START.match(line)
    return Markdown(f"{line[: start.start(1)]}\\{line[start.start(1) :]}" if start else line)
