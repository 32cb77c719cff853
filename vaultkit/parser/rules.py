"""Obsidian's own blocks, as rules for markdown-it: `%%` comments, `$$` math, footnotes; and an end to nesting.

Each rule is given a state and the lines that it may read; it pushes its tokens and says whether it applied. A `silent`
call only asks whether this line would end the paragraph above it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultkit.regions import read_mark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

DEPTH = 100
"""How many quotes may stand in one another, and half as many lists: markdown-it recurses at each."""

_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")


def install(parser: MarkdownIt) -> None:
    """Add the rules; `own` may end whatever a fence may end."""
    parser.block.ruler.before("table", "depth", depth)
    parser.block.ruler.before("table", "own", own, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def own(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's call
    """The rule that this line's first character asks for."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    rule = _BY_CHARACTER.get(state.src[start : start + 1])
    if rule is None or state.is_code_block(start_line):
        return False
    return rule(state, start_line, end_line, silent)


def depth(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """What is nested too deeply becomes one `depth` token: plain text and reported, where markdown-it drops it."""
    if silent or state.level < DEPTH:
        return False
    line = start_line + 1
    while line < end_line and (state.sCount[line] >= state.blkIndent or state.isEmpty(line)):
        line += 1
    _push(state, "depth", start_line, line)
    return True


def comment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """`%% ... %%` alone on its line, or from the line that opens to the line that closes; unclosed, to the note's end.

    Inside it nothing is a list, a task or a heading. A line of its own in the middle of a paragraph stays part of the
    paragraph, but for the marks of a region, which always stand for themselves.
    """
    start, end = _first_line(state, start_line)
    if not state.src.startswith("%%", start):
        return False
    close = state.src.find("%%", start + 2, end)
    if close >= 0:
        if state.src[close + 2 : end].strip():
            return False
        if silent:
            return _is_mark(state, start, end)
        _push(state, "comment", start_line, start_line + 1)
        return True
    last = _line_with(state, "%%", start_line, end_line)
    if last is None and state.level > 0 and state.sCount[start_line] >= state.blkIndent:
        return False
    if not silent:
        _push(state, "comment", start_line, last or end_line)
    return True


def math(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """`$$ ... $$` over one or more lines; unclosed, it is text, since a price may be all there is."""
    start, end = _first_line(state, start_line)
    if not state.src.startswith("$$", start):
        return False
    close = state.src.find("$$", start + 2, end)
    if close >= 0 and (silent or state.src[close + 2 : end].strip()):
        return False
    last = start_line + 1 if close >= 0 else _line_with(state, "$$", start_line, end_line)
    if last is None:
        return False
    if not silent:
        _push(state, "math", start_line, last)
    return True


def footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """`[^id]: text`, with all that is indented by four below it."""
    start, end = _first_line(state, start_line)
    if not state.src.startswith("[^", start):
        return False
    label = _FOOTNOTE.match(state.src, start, end)
    if label is None:
        return False
    if silent:
        return True
    token = state.push("footnote_open", "", 1)
    token.map = lines = [start_line, 0]
    token.info = label[1]
    _nested(state, start_line, end_line, label.end())
    state.push("footnote_close", "", -1)
    lines[1] = state.line
    return True


def _nested(state: StateBlock, start_line: int, end_line: int, content: int) -> None:
    """Read the blocks of a container whose first line begins at `content` and whose others are indented by four."""
    kept = (state.blkIndent, state.listIndent, state.tShift[start_line], state.sCount[start_line], state.tight)
    parent = state.parentType
    state.blkIndent += 4
    state.listIndent = -1
    state.tShift[start_line] = content - state.bMarks[start_line]
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start_line, end_line)
    state.blkIndent, state.listIndent, state.tShift[start_line], state.sCount[start_line], state.tight = kept
    state.parentType = parent


def _first_line(state: StateBlock, line: int) -> tuple[int, int]:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _push(state: StateBlock, kind: str, start_line: int, end_line: int) -> None:
    state.push(kind, "", 0).map = [start_line, end_line]
    state.line = end_line


def _is_mark(state: StateBlock, start: int, end: int) -> bool:
    """Whether this line, which begins at `start`, is a mark of a region in the very first column of the note."""
    return (start == 0 or state.src[start - 1] == "\n") and read_mark(state.src[start:end]) is not None


def _line_with(state: StateBlock, mark: str, start_line: int, end_line: int) -> int | None:
    """The line after the next one that has `mark`, within the container; None when there is none.

    A line indented less than the container is only asked whether it ends it: then the outer one counts.
    """
    indent = min(state.blkIndent, state.sCount[start_line])
    for line in range(start_line + 1, end_line):
        if state.sCount[line] < indent and not state.isEmpty(line):
            return None
        if state.src.find(mark, state.bMarks[line], state.eMarks[line]) >= 0:
            return line + 1
    return None


_BY_CHARACTER = {"%": comment, "$": math, "[": footnote}
