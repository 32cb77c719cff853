"""What Babel cannot read by itself: a kind of note or a validator comes in, its translatable texts go out."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from babel.messages.extract import extract_python
from jinja2.ext import babel_extract

from vaultkit.validators.docs import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    Extracted = Iterator[tuple[Any, ...]]
    """Line, name of the function called, what it was given, comments: babel's own types do not agree on them."""

_FRONTMATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def kind(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Extracted:
    """The calls in a kind's skeleton; its frontmatter is data, where braces mean what YAML says."""
    text = _FRONTMATTER.sub(lambda found: b"\n" * found[0].count(b"\n"), source.read())
    yield from babel_extract(BytesIO(text), keywords, comment_tags, options)


def validator(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Extracted:
    """The calls in a validator, then what its docstring says: its summary, its headings and the text under each."""
    text = source.read()
    yield from extract_python(BytesIO(text), keywords, comment_tags, options)
    summary, sections = split(ast.get_docstring(ast.parse(text), clean=False) or "")
    for words in (summary, *sections, *sections.values()):
        if words:
            yield 1, "_", words, []
