"""A line comes in; out comes whether it is text for certain, whatever stands around it, or begins a block for certain.

These expressions know the line by its first characters. They say nothing of a line that some other line might make a
part of something else, nor of space that only some versions of markdown-it strip: such a block is left to markdown-it.
Groups are repeated a bounded number of times: each time costs memory.
"""

from __future__ import annotations

import re

_TAGS = "a|abbr|b|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var"
"""Tags of inline HTML, which begin a block only where nothing else stands on their line."""

TEXT = (
    r"(?:[^\s#>*+_0-9`~<\[%$|:=\-]"
    r"|\*++[^\s*]|\+++[^\s+]|_++[^\s_]|=++[^\s=]|#++[^\s#]"
    r"|-++[^\s|:\-]|:++[^\s|:\-]"  # not the line below a table's header
    r"|[0-9]++(?![.)](?:\s|\Z))"
    r"|`{1,2}+(?!`)|~{1,2}+(?!~)"
    r"|\[(?!\^)|%(?!%)|\$(?!\$)"
    rf"|<(?:[A-Za-z][A-Za-z0-9-]*+[:@.]|(?:{_TAGS})(?: [^<>\"'\n]*+(?>(?:\"[^<>\"\n]*+\"[^<>\"'\n]*+){{0,20}}))?>"
    r"[ \t]*+[^\s])"
    r")[^\n]*+"
)
"""The text of a line, after its indentation, that neither ends the paragraph above nor begins another block."""
_COMMENT = r"%%(?![ \t]*+/?[ \t]*+[Vv]aultkit)[^%\n]*+%%[^\n]*+"
"""A comment of one line that is not the mark of a region: below a line of text it is text."""
_MORE_LINES = rf"(?>(?:\n[ \t]*+(?:{TEXT}|{_COMMENT})){{0,60}})"
_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_BLOCK = r"#{1,6}+(?:[ \t\n]|\Z)|>|`{3,}+[^`\n]*+(?:\n|\Z)|~~~|<!--"
_BELOW = r"\n[ \t]*+(?:\n|\Z)|\Z"

SHOWN = re.compile(r"[^ \t\n]")
"""What is no blank line."""
CLOSED = re.compile(_BELOW)
"""A blank line, or nothing, below a line's end."""
ENDED = re.compile(rf"{_BELOW}|\n(?:{_BLOCK}|[-*+] ++[^\s]|1[.)] ++[^\s])")
"""What stands below a paragraph's last line for certain, from its line end on."""
PARAGRAPH = re.compile(rf"{TEXT}{_MORE_LINES}((?={ENDED.pattern}))?")
"""Lines of text; the group says that the paragraph ends below them."""
MORE = re.compile(rf"\n[ \t]*+(?:{TEXT}|{_COMMENT}){_MORE_LINES}")
"""More lines of a paragraph."""
MARKER = re.compile(_MARKER + r"(?:[ \t\n]|\Z)")
"""A list item, it may be an empty one."""
ITEM = re.compile(rf"([ \t]*+)({_MARKER})( {{1,4}}+){TEXT}{_MORE_LINES}((?=\n[ \t]*+(?:\n|\Z|{_MARKER} )|\Z))?")
"""Indentation, marker and space of a list item that begins with a paragraph; the last group says that it ends below."""
BLOCK = re.compile(_BLOCK)
"""What ends the paragraph above it, and the lists that the paragraph stands in, where it is not indented."""


def paragraph_end(text: str, end: int) -> int:
    """Where the lines of a paragraph end that has lines up to `end`, and perhaps more."""
    while more := MORE.match(text, end):
        end = more.end()
    return end


def trimmed(text: str, start: int, end: int) -> int:
    """Where `text[start:end]` ends without the white space at its end."""
    return start + len(text[start:end].rstrip()) if text[end - 1].isspace() else end
