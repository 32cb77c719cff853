"""Obsidian's own blocks, as rules for markdown-it: `%%` comments, `$$` math, footnotes; and an end to nesting.

Each rule is given a state and the lines that it may read; it pushes its tokens and says whether it applied. A `silent`
call only asks whether this line would end the paragraph above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from vaultkit.regions import read_mark

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_block import RuleFuncBlockType as Rule
    from markdown_it.rules_block import StateBlock

DEPTH = 100
"""How many quotes may stand in one another, and half as many lists: markdown-it recurses at each."""

QUOTED_LINES = 1024 * 1024
"""How many lines all quotes of a note may look at; after that each is read a few lines at a time, as one quote each.

markdown-it looks at a line for each quote that it stands in, and for each that it may only seem to go on. A hundred `>`
over 4 MB of lines would take minutes and 6 GB, 48 KB of lines `>#` and `a` in turn a minute.
"""
_FEW = 4

ESCAPED_PIPES = 1000
"""How many `\\|` a line of a table may have: at each, markdown-it copies what it has of the cell."""

MISSING_CELLS = 256 * 1024
"""How many cells that nobody wrote the tables of a note may have; after that a table ends below its header.

markdown-it fills short rows up, to 65,536 cells a table: 2 KB of header and empty rows cost 0.6 s and 40 MB each time.
"""

BEYOND = "beyond"
"""Where the rules leave, in markdown-it's `env`, the first line at which one of these limits was met."""

_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")


def plain() -> MarkdownIt:
    """markdown-it as it comes, with tables and with the rules of this file; `[name]: address` stays text."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, table

    parser = MarkdownIt("commonmark", {"maxNesting": DEPTH + 10}).enable("table").disable("reference")
    ending = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.at("blockquote", _bounded(blockquote), {"alt": ending})
    parser.block.ruler.at("table", _uncrowded(table), {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "depth", depth)
    for rule in (comment, math, footnote):
        parser.block.ruler.before("table", rule.__name__, rule, {"alt": ending})
    return parser


def depth(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's call
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
    paragraph, but for the marks of a region, which always stand for themselves; and so does one that closes what an
    earlier line of the paragraph opened.
    """
    start, end = _first_line(state, start_line)
    if not state.src.startswith("%%", start) or state.is_code_block(start_line):
        return False
    close = state.src.find("%%", start + 2, end)
    if close >= 0:
        if state.src[close + 2 : end].strip():
            return False
        if silent:
            return _is_mark(state, start, end)
        _push(state, "comment", start_line, start_line + 1)
        return True
    if silent and _is_open(state, start):
        return False
    last = _line_with(state, "%%", start_line, end_line)
    if last is None and state.level > 0 and state.sCount[start_line] >= state.blkIndent:
        return False
    if not silent:
        _push(state, "comment", start_line, last or end_line)
    return True


def math(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """`$$ ... $$` over one or more lines; unclosed, it is text, since a price may be all there is."""
    start, end = _first_line(state, start_line)
    if not state.src.startswith("$$", start) or state.is_code_block(start_line):
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
    if not state.src.startswith("[^", start) or state.is_code_block(start_line):
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


def _bounded(blockquote: Rule) -> Rule:
    """markdown-it's rule for a quote, within what all the quotes of a note may look at."""

    def bounded(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
        if not silent and state.src.startswith(">", *_first_line(state, start_line)):
            looked_at = state.env.get("quoted", 0)
            if looked_at > QUOTED_LINES:
                end_line = min(end_line, start_line + _FEW)
                state.env.setdefault(BEYOND, start_line)
            last = start_line + 1
            while last < end_line and not state.isEmpty(last):
                last += 1
            state.env["quoted"] = looked_at + last - start_line
        return blockquote(state, start_line, end_line, silent)

    return bounded


def _uncrowded(table: Rule) -> Rule:
    """markdown-it's rule for a table, up to the first line with too many escaped pipes: that one is text."""

    def uncrowded(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
        crowded = state.env.get("crowded")
        if crowded is None:
            crowded = state.env["crowded"] = _crowded(state.src)
        following = bisect_left(crowded, start_line)
        last = crowded[following] if following < len(crowded) else end_line
        missing = state.env.get("missing", 0)
        if missing > MISSING_CELLS:
            last = start_line + 2
        if not table(state, start_line, min(end_line, last), silent):
            return False
        if not silent:
            state.env["missing"] = missing + _missing(state, start_line)
            if state.line == last < end_line and not state.isEmpty(last):
                state.env.setdefault(BEYOND, last)
        return True

    return uncrowded


def _missing(state: StateBlock, start_line: int) -> int:
    """About how many cells the table from `start_line` to here has that nobody wrote."""
    start, end = state.bMarks[start_line], state.eMarks[state.line - 1]
    wanted = state.src.count("|", start, state.eMarks[start_line]) * (state.line - start_line)
    return max(wanted - state.src.count("|", start, end), 0)


def _crowded(text: str) -> list[int]:
    if text.count("\\|") <= ESCAPED_PIPES:
        return []
    return [line for line, written in enumerate(text.split("\n")) if written.count("\\|") > ESCAPED_PIPES]


def _nested(state: StateBlock, start_line: int, end_line: int, content: int) -> None:
    """Read the blocks of a container whose first line begins at `content` and whose others are indented by four."""
    outside = (state.blkIndent, state.listIndent, state.tight, state.parentType)
    first_line = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line])
    state.blkIndent += 4
    state.listIndent = -1
    state.parentType = "footnote"
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = content, 0, state.blkIndent
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line] = first_line
    state.blkIndent, state.listIndent, state.tight, state.parentType = outside


def _first_line(state: StateBlock, line: int) -> tuple[int, int]:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _push(state: StateBlock, kind: str, start_line: int, end_line: int) -> None:
    state.push(kind, "", 0).map = [start_line, end_line]
    state.line = end_line


def _is_open(state: StateBlock, end: int) -> bool:
    """Whether the paragraph that is being read has opened a `%%` before `end`; not told where there is code in it."""
    first, start, marks = state.env.get("comment", (-1, 0, 0))
    if first != state.line:
        start, marks = state.bMarks[state.line], 0
    if start < end:
        has_code = marks < 0 or state.src.find("`", start, end) >= 0
        marks = -1 if has_code else marks + state.src.count("%%", start, end)
        state.env["comment"] = (state.line, end, marks)
    return bool(marks > 0 and marks % 2)


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
