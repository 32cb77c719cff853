"""What PyYAML's scanner says of a broken frontmatter comes in, a sentence for the note's writer comes out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.language import message

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

    from vaultkit.model import Message

_COMMENT = re.compile(r"(?<![^\s\[{,])#[^\r\n]*+(?:[\r\n]\s*)?\Z")
_TAB = message("This line is indented with a tab: use spaces.")
_AFTER_VALUE = message(
    "The value before this had ended: put all of it in quotes, and quotes within it of the other sort."
)
_NO_PROPERTY = message("This line should be a property, `name: value`, indented as those above it.")
_UNKNOWN = message("From here on this is not valid YAML.")
_QUOTES = message("The quotes that open here are never closed.")
_NEVER_CLOSED = {
    "did not find expected ',' or ']'": message(
        "The list that opens here is never closed, or what is in it needs quotes."
    ),
    "did not find expected ',' or '}'": message(
        "The braces that open here are never closed, or what is in them needs quotes."
    ),
    "found unexpected end of stream": _QUOTES,
    "found unexpected document indicator": _QUOTES,
}
_SAID = {
    "mapping values are not allowed in this context": message(
        "A `:` cannot stand here: put the value in quotes, or mend the indentation."
    ),
    "found character that cannot start any token": message(
        "A value cannot begin with this character: put it in quotes."
    ),
    "did not find expected '-' indicator": message(
        "This line should be an item of the list above, and begin with `- `."
    ),
    "could not find expected ':'": message("A property is written `name: value`: its `:` is missing."),
    "found unknown escape character": message("Within double quotes a `\\` must be written twice."),
    "did not find expected alphabetic or numeric character": message(
        "A value cannot begin with `*` or `&`: put it in quotes."
    ),
    "did not find expected node content": message(
        "A value is missing here; what follows a `#` is a comment without quotes."
    ),
    "block sequence entries are not allowed in this context": message("A list begins on the line below its property."),
}


def explain(error: MarkedYAMLError, text: str) -> tuple[Message, int]:
    """The sentence and the offset in `text` at which it is to be said."""
    problem = str(error.problem or "")
    at = error.problem_mark.index if error.problem_mark else 0
    if problem in _NEVER_CLOSED:
        opened = error.context_mark.index if error.context_mark else at
        return _NEVER_CLOSED[problem], opened
    if problem == "found a tab character that violates indentation" or text.startswith("\t", at):
        return _TAB, at
    if problem == "did not find expected key":
        return (_AFTER_VALUE if text[text.rfind("\n", 0, at) + 1 : at].strip() else _NO_PROPERTY), at
    if problem == "did not find expected node content":
        # What is missing stands behind a `#` on the last line that has anything: `tags: [#a]`.
        comment = _COMMENT.search(text, text.rfind("\n", 0, len(text[:at].rstrip())) + 1, at)
        return _SAID[problem], comment.start() if comment else at
    return _SAID.get(problem, _UNKNOWN), at
