"""A leaf with marks in it comes in; the links, tags, code and comments that they make go to the scanner of its note.

One pass from left to right, in which no character is looked at more than a fixed number of times: a mark that could not
be closed once in a leaf is not looked for again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from vaultkit.model import Block, Link, Tag
from vaultkit.parser.links import DESTINATION, WIKI, markdown, wiki

if TYPE_CHECKING:
    from vaultkit.model import Form
    from vaultkit.parser.fields import Stretch
    from vaultkit.parser.inline import Scanner
    from vaultkit.parser.leaves import Leaf
    from vaultkit.parser.links import Target

_TAG = "#([^\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s\ufeff]++)"
_TOKEN = re.compile(
    r"\[\[([^\[\]\r\n|#\\\s][^\[\]\r\n|#\\]*+)(?:#([^\[\]\r\n|\\]*+))?(?:\|([^\[\]\r\n\\]*+))?\]\]"
    r"|\[([^\\`\[\]<%$#^]*+)\]\(([^\s()<\\][^\s()\\]*+)(?: \"[^\"\\]*+\")?\)"
    r"|</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?>(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?)*)\s*+/?>()"
    r"|<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+>()"
    r"|`[^`]++`(?!`)()"
    r"|%%()"
    rf"|{_TAG}"
    r"|\\[!-/:-@\[-`{-~]()"
    r"|\[()|\]()|`()|<!--()|\$()"
)
"""What may stand in a leaf, by the number of the group that closes it. What is common and so simple that the mark which
ends it surely closes the one which opens it is found whole: `[[Note]]`, `[label](target)`, HTML, `code`, tags."""
_TICKS = re.compile("`+")
_MATH = re.compile(
    r"\$\$(?>(?:[^$\\]++|\\.|\$(?!\$))+)\$\$|\$(?![\s$])(?>(?:[^$\n\\]++|\\[^\n])+)(?<!\s)\$(?![0-9])", re.DOTALL
)
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_EMPHASIS = {"*": (1, 3), "_": (1, 3), "~": (2, 2), "=": (2, 2)}
"""The marks right after which a tag may begin, if they are closed later on: the shortest and the longest run."""


class Reading:
    """One leaf being read: what is open in it, and what need not be looked for again."""

    _percents_at = -1
    """Where the `%%` that is not closed yet stands."""
    _ticks: dict[int, list[int]] | None = None
    """Length of a run of backticks -> where such runs stand."""
    _last: dict[str, int] | None = None
    """A closing mark -> where it stands last in this leaf."""

    def __init__(self, out: Scanner, leaf: Leaf) -> None:
        self._out = out
        self._text = out.source.text
        self._span = out.source.span
        self._start, self._end, self._kind = leaf.start, leaf.end, leaf.kind
        self.after = leaf.start
        """Where the last inline thing ended: a tag may follow it at once."""
        self.closed: list[Stretch] = []
        """Links, code, math and HTML: whatever no mark within may open or close anything else."""
        self._brackets: list[int] = []
        """Where each `[` or `![` that is not closed yet stands."""
        self._labels = 10 * (self._end - self._start)
        """How many characters of labels are still kept: embeds in an embed's label, and so on, would square them."""

    def read(self) -> None:
        """Read it all."""
        text, end, search, readers = self._text, self._end, _TOKEN.search, _READERS
        mark = search(text, self._start, end)
        while mark is not None:
            mark = search(text, readers[mark.lastindex or 0](self, mark), end)

    def _wiki(self, mark: re.Match[str]) -> int:
        """A wikilink in which nothing is escaped, whose target is not empty."""
        start, end = mark.span()
        embed = start > self.after and self._text[start - 1] == "!"
        if embed:
            start -= 1
        self.after = end
        self.closed.append((start, end))
        target, anchor, label = mark.group(1, 2, 3)
        out = self._out
        out.links.append(
            Link(
                target.rstrip(),
                self._span(start, end),
                anchor.strip() if anchor else "",
                label,
                embed=embed,
                written_by=out.author(start),
            )
        )
        return end

    def _markdown(self, mark: re.Match[str]) -> int:
        """A whole Markdown link, whose label has no marks: another link around it is none."""
        at, end = mark.span()
        start = self._opening(at)
        if start == at:
            self._brackets.clear()
        self.after = end
        self.closed.append((start, end))
        self._labels -= mark.end(4) - start
        target = markdown(mark[4] if self._labels > 0 else "", mark[5])
        if target is not None:
            self._link(start, target, "markdown")
        return end

    def _whole(self, mark: re.Match[str]) -> int:
        """A character that is escaped; an HTML tag or `<https://...>`: nothing in it is read."""
        self.after = mark.end()
        self.closed.append(mark.span())
        return self.after

    def _code(self, mark: re.Match[str]) -> int:
        """One backtick, and the next, which stands alone."""
        start, end = mark.span()
        self._out.code.append(self._span(start, end))
        return self._close(start, end)

    def _backticks(self, mark: re.Match[str]) -> int:
        """A run of backticks is closed by the next run of the same length; without one it is text."""
        at = mark.start()
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
        self._out.code.append(self._span(at, runs[following] + length))
        return self._close(at, runs[following] + length)

    def _bracket(self, mark: re.Match[str]) -> int:
        at = mark.start()
        start = self._opening(at)
        found = WIKI.match(self._text, at, self._end)
        if found is None:
            self._brackets.append(start)
            footnote = _FOOTNOTE.match(self._text, at, self._end)
            if footnote:
                self._out.footnote_refs.append(Block(footnote[1], self._span(at, footnote.end())))
            return at + 1
        self._close(start, found.end())
        if not found[1].isspace():
            self._link(start, wiki(found[1]), "wiki")
        return self.after

    def _closing_bracket(self, mark: re.Match[str]) -> int:
        """The end of a label: a Markdown link if a destination follows; another link around it is then none."""
        at = mark.start()
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
        return self.after

    def _comment(self, mark: re.Match[str]) -> int:
        at = mark.start()
        if at + 4 > self._last_of("-->"):
            return at + 4
        self._close(at, self._text.index("-->", at + 2, self._end) + 3)
        self._out.comments.append(self._span(at, self.after))
        return self.after

    def _percents(self, mark: re.Match[str]) -> int:
        """`%%` hides neither links nor tags: only where the comment lies is noted."""
        at, self.after = mark.span()
        if self._percents_at >= 0 and self._kind != "comment":
            self._out.comments.append(self._span(self._percents_at, self.after))
        self._percents_at = at if self._percents_at < 0 else -1
        return self.after

    def _math(self, mark: re.Match[str]) -> int:
        at = mark.start()
        found = _MATH.match(self._text, at, self._end)
        return self._close(at, found.end()) if found else at + 1

    def _tag(self, mark: re.Match[str]) -> int:
        at = mark.start()
        marks = self._marks_before(at)
        if marks is None:
            return mark.end()
        name = mark[10].rstrip("_") if marks.startswith("_") else mark[10]
        if name and not (name.isascii() and name.isdigit()):
            self._out.tags.append(Tag(name, self._span(at, at + 1 + len(name)), "", self._out.author(at)))
        return mark.end()

    def _opening(self, at: int) -> int:
        """Where a link begins whose bracket stands at `at`: before it, if that makes it an embed."""
        return at - 1 if at > self.after and self._text[at - 1] == "!" else at

    def _close(self, start: int, end: int) -> int:
        self.closed.append((start, end))
        self.after = end
        return end

    def _marks_before(self, at: int) -> str | None:
        """The emphasis that opens right before a tag, or nothing; None where no tag may stand."""
        if at in (self.after, self._start):
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
        if self._last is None:
            self._last = {}
        if mark not in self._last:
            self._last[mark] = self._text.rfind(mark, self._start, self._end)
        return self._last[mark]

    def _link(self, start: int, to: Target, form: Form) -> None:
        span = self._span(start, self.after)
        embed = self._text[start] == "!"
        link = Link(to.target, span, to.anchor, to.label, form, embed, written_by=self._out.author(start))
        self._out.links.append(link)


_READERS = (
    Reading._bracket,
    Reading._wiki,
    Reading._wiki,
    Reading._wiki,
    Reading._markdown,
    Reading._markdown,
    Reading._whole,
    Reading._whole,
    Reading._code,
    Reading._percents,
    Reading._tag,
    Reading._whole,
    Reading._bracket,
    Reading._closing_bracket,
    Reading._backticks,
    Reading._comment,
    Reading._math,
)
"""What reads each group of `_TOKEN`."""
