"""The raw text of a leaf comes in; the links, tags, code and comments in it come out, each in its exact place.

One pass from left to right, in which no character is looked at more than a fixed number of times: a mark that could not
be closed once in a leaf is not looked for again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from vaultkit.model import Block, Link, Tag
from vaultkit.parser.fields import fields, in_fields
from vaultkit.parser.links import DESTINATION, WIKI, markdown, wiki

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaultkit.model import Author, Form, Property, Span
    from vaultkit.parser.fields import Stretch
    from vaultkit.parser.leaves import Leaf
    from vaultkit.parser.links import Target
    from vaultkit.parser.source import Source

_MARK = re.compile(r"[\\`\[\]<%$#]")
_TAG = re.compile("#([^\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s\ufeff]+)")
_TICKS = re.compile("`+")
_PUNCTUATION = re.compile(r"\\[!-/:-@\[-`{-~]")
_MATH = re.compile(
    r"\$\$(?>(?:[^$\\]++|\\.|\$(?!\$))+)\$\$|\$(?![\s$])(?>(?:[^$\n\\]++|\\[^\n])+)(?<!\s)\$(?![0-9])", re.DOTALL
)
_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?>(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?)*)\s*+/?>"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>"
)
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_BLOCK_ID = re.compile("[A-Za-z0-9-]+")
_EMPHASIS = {"*": (1, 3), "_": (1, 3), "~": (2, 2), "=": (2, 2)}
"""The marks right after which a tag may begin, if they are closed later on: the shortest and the longest run."""


class Scanner:
    """Collects what stands in the leaves of one note."""

    def __init__(
        self, source: Source, author: Callable[[int], Author], in_task: Callable[[int], bool] = lambda _offset: False
    ) -> None:
        self.source = source
        self.author = author
        self.in_task = in_task
        """Whether what stands at an offset is a task's own."""
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.blocks: list[Block] = []
        self.fields: list[Property] = []
        """The inline fields that people wrote and that are no task's."""
        self.task_fields: list[Property] = []
        self.footnote_refs: list[Block] = []
        """Where `[^name]` stands in the text."""

    def scan(self, leaf: Leaf) -> None:
        """Read one leaf."""
        reading = _Reading(self, leaf)
        links = len(self.links)
        mark = _MARK.search(self.source.text, leaf.start, leaf.end)
        while mark is not None:
            position = _READERS[mark[0]](reading, mark.start())
            mark = _MARK.search(self.source.text, position, leaf.end)
        end = reading.block_id() if leaf.kind == "text" else leaf.end
        if self.source.text.find("::", leaf.start, end) >= 0:
            self._fields(leaf._replace(end=end), reading.closed, links)

    def _fields(self, leaf: Leaf, closed: Sequence[Stretch], first: int) -> None:
        """Take in the fields of a leaf that people wrote, and tell its links, from `first` on, which they are in."""
        found = [item for item in fields(self.source, leaf, closed) if self.author(item.span.start) == "human"]
        if self.in_task(leaf.start):
            self.task_fields += found
        else:
            self.fields += found
            self.links[first:] = in_fields(self.links[first:], found)

    def block_ending(self, end: int) -> str:
        """The block id that ends at an offset, if any: blocks are met in the order of the text."""
        index = bisect_left(self.blocks, end, key=_end)
        return self.blocks[index].name if index < len(self.blocks) and _end(self.blocks[index]) == end else ""

    def fields_between(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The fields of tasks that begin in a stretch, as they are written."""
        for index in range(bisect_left(self.task_fields, start, key=_start), len(self.task_fields)):
            item = self.task_fields[index]
            if item.span.start >= end:
                return
            yield item.name, self.source.text[item.value_span.start : item.value_span.end]


class _Reading:
    """One leaf being read: what is open in it, and what need not be looked for again."""

    __slots__ = (
        "_after",
        "_brackets",
        "_comment",
        "_end",
        "_kind",
        "_labels",
        "_last",
        "_out",
        "_source",
        "_start",
        "_text",
        "_ticks",
        "closed",
    )

    def __init__(self, out: Scanner, leaf: Leaf) -> None:
        self._out = out
        self._source = out.source
        self._text = out.source.text
        self._start, self._end, self._kind = leaf
        self._after = leaf.start
        """Where the last inline thing ended: a tag may follow it at once."""
        self.closed: list[Stretch] = []
        """Links, code, math and HTML: whatever no mark within may open or close anything else."""
        self._brackets: list[int] = []
        """Where each `[` or `![` that is not closed yet stands."""
        self._labels = 10 * (self._end - self._start)
        """How many characters of labels are still kept: embeds in an embed's label, and so on, would square them."""
        self._comment = -1
        """Where the `%%` that is not closed yet stands."""
        self._ticks: dict[int, list[int]] | None = None
        """Length of a run of backticks -> where such runs stand."""
        self._last: dict[str, int] = {}
        """A closing mark -> where it stands last in this leaf."""

    def escape(self, at: int) -> int:
        if not _PUNCTUATION.match(self._text, at, self._end):
            return at + 1
        return self._close(at, at + 2)

    def code(self, at: int) -> int:
        """A run of backticks is closed by the next run of the same length; without one it is text."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text, at, self._end):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        length = 1
        while at + length < self._end and self._text[at + length] == "`":
            length += 1
        runs = self._ticks.get(length, [])
        following = bisect_right(runs, at)
        if following == len(runs):
            return at + length
        self._out.code.append(self._source.span(at, runs[following] + length))
        return self._close(at, runs[following] + length)

    def bracket(self, at: int) -> int:
        start = at - 1 if at > self._after and self._text[at - 1] == "!" else at
        found = WIKI.match(self._text, at, self._end)
        if found is None:
            self._brackets.append(start)
            footnote = _FOOTNOTE.match(self._text, at, self._end)
            if footnote:
                self._out.footnote_refs.append(Block(footnote[1], self._source.span(at, footnote.end())))
            return at + 1
        self._close(start, found.end())
        if not found[1].isspace():
            self._link(start, wiki(found[1]), "wiki")
        return self._after

    def closing_bracket(self, at: int) -> int:
        """The end of a label: a Markdown link if a destination follows; another link around it is then none."""
        if not self._brackets:
            return at + 1
        start = self._brackets.pop()
        found = DESTINATION.match(self._text, at + 1, self._end)
        if found is None:
            return at + 1
        self._close(start, found.end())
        embed = self._text[start] == "!"
        if not embed:
            self._brackets.clear()
        self._labels -= at - start
        label = self._text[start + 1 + embed : at] if self._labels > 0 else ""
        target = markdown(label, found[1] or found[2] or "")
        if target is not None:
            self._link(start, target, "markdown")
        return self._after

    def html(self, at: int) -> int:
        """A comment, a tag or `<https://...>`: nothing in it is read."""
        if self._text.startswith("<!--", at):
            if at + 4 > self._last_of("-->"):
                return at + 4
            self._close(at, self._text.index("-->", at + 2, self._end) + 3)
            self._out.comments.append(self._source.span(at, self._after))
            return self._after
        found = _HTML.match(self._text, at, self._end)
        return self._close(at, found.end()) if found else at + 1

    def comment(self, at: int) -> int:
        """`%%` hides neither links nor tags: only where the comment lies is noted."""
        if not self._text.startswith("%%", at, self._end):
            return at + 1
        self._after = at + 2
        if self._comment >= 0 and self._kind != "comment":
            self._out.comments.append(self._source.span(self._comment, self._after))
        self._comment = at if self._comment < 0 else -1
        return self._after

    def math(self, at: int) -> int:
        found = _MATH.match(self._text, at, self._end)
        return self._close(at, found.end()) if found else at + 1

    def tag(self, at: int) -> int:
        marks = self._marks_before(at)
        if marks is None:
            return at + 1
        found = _TAG.match(self._text, at, self._end)
        if found is None:
            return at + 1
        name = found[1].rstrip("_") if marks.startswith("_") else found[1]
        if name and not (name.isascii() and name.isdigit()):
            span = self._source.span(at, at + 1 + len(name))
            self._out.tags.append(Tag(name, span, "", self._out.author(at)))
        return found.end()

    def block_id(self) -> int:
        """`^id` at the very end, after a space or another inline thing; returns where the rest ends."""
        caret = self._text.rfind("^", self._start, self._end)
        if caret < self._after and caret != self._start:
            return self._end
        if caret not in (self._start, self._after) and not self._text[caret - 1].isspace():
            return self._end
        name = _BLOCK_ID.fullmatch(self._text, caret + 1, self._end)
        if name is None:
            return self._end
        self._out.blocks.append(Block(name[0], self._source.span(caret, self._end)))
        return caret

    def _close(self, start: int, end: int) -> int:
        self.closed.append((start, end))
        self._after = end
        return end

    def _marks_before(self, at: int) -> str | None:
        """The emphasis that opens right before a tag, or nothing; None where no tag may stand."""
        if at in (self._after, self._start):
            return ""
        before = self._text[at - 1]
        if before.isspace() or (before == ">" and self._opens_line(at)):
            return ""
        least, greatest = _EMPHASIS.get(before, (1, 0))
        run = at - 1
        while run > self._start and self._text[run - 1] == before and at - run <= greatest:
            run -= 1
        if not least <= at - run <= greatest or (run > self._start and self._text[run - 1].isalnum()):
            return None
        marks = self._text[run:at]
        return marks if self._last_of(marks) > at else None

    def _opens_line(self, at: int) -> bool:
        """Whether only the `>` of quotes stand before `at` on its line."""
        while at > 0 and self._text[at - 1] in "> \t":
            at -= 1
        return at == 0 or self._text[at - 1] in "\r\n"

    def _last_of(self, mark: str) -> int:
        if mark not in self._last:
            self._last[mark] = self._text.rfind(mark, self._start, self._end)
        return self._last[mark]

    def _link(self, start: int, to: Target, form: Form) -> None:
        span = self._source.span(start, self._after)
        embed = self._text[start] == "!"
        link = Link(to.target, span, to.anchor, to.label, form, embed, written_by=self._out.author(start))
        self._out.links.append(link)


_READERS = {
    "\\": _Reading.escape,
    "`": _Reading.code,
    "[": _Reading.bracket,
    "]": _Reading.closing_bracket,
    "<": _Reading.html,
    "%": _Reading.comment,
    "$": _Reading.math,
    "#": _Reading.tag,
}


def _start(item: Property) -> int:
    return item.span.start


def _end(block: Block) -> int:
    return block.span.end
