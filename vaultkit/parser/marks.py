"""The lines that may be marks come in; regions, the hash of a generated page, and marks out of place come out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.language import message
from vaultkit.model import Problem
from vaultkit.regions import (
    ALMOST,
    IGNORES,
    SAYS,
    Closing,
    Opening,
    digest,
    hashed,
    meant,
    ours_in,
    read_mark,
    yours_in,
)
from vaultkit.written import Generated, Region, Yours

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from vaultkit.model import Message, Property, Span
    from vaultkit.parser.source import Source

_HASH = re.compile(r"[0-9a-f]{8}")
_BEGINNINGS = 100
"""At how many blank lines above a closing mark its body is looked for, when it is not below the opening mark."""


class _Opened(NamedTuple):
    mark: Opening
    line: int


class Regions:
    """Pairs the marks of one note, line by line."""

    def __init__(self, source: Source, lines: Iterable[int]) -> None:
        self._source = source
        self._open: list[_Opened] = []
        self._marks: set[int] = set()
        """The lines that are read as marks, and those of which a problem tells."""
        self.regions: list[Region] = []
        self.problems: list[Problem] = []
        for line in lines if SAYS in source.text else ():
            mark = read_mark(source.line(line))
            if isinstance(mark, Opening):
                self._opens(mark, line)
            elif mark is not None:
                self._closes(mark, line)
        self._leave_empty(self._open, len(source.starts))
        self.regions.sort(key=_start)

    def search(self, start: int, code: Iterable[Span], comments: Iterable[Span], waived: Container[int]) -> None:
        """Name what was meant as a mark and is read as none, from `start` on; at the places of `waived` a waiver is.

        In code and within comments it is an example, but for the first mark below an opening one that is not closed: a
        fence or a comment that somebody began in the body may have swallowed its closing mark.
        """
        hidden = [(span.start, span.end) for span in code]
        hidden += [(span.start + 1, span.end) for span in comments]
        hidden += [(region.body.start, region.body.end) for region in self.regions]
        hidden.sort()
        empty = {region.opening.line - 1 for region in self.regions if region.closing is None}
        is_open = False
        for found in ALMOST.finditer(self._source.text, start):
            place = found.start("mark") if found["mark"] else found.start("bare")
            line = self._line(place)
            closes = is_open and "/" in found[0]
            if place in waived:
                continue
            if line not in self._marks and (closes or not self._is_within(place, hidden)):
                self._tell_of_unread(place, line)
            is_open = line in empty

    def _is_within(self, place: int, spans: list[tuple[int, int]]) -> bool:
        """Whether a mark stands in one of these; the `%%` that ends a comment may be that of a mark it swallowed."""
        around = bisect_right(spans, (place, len(self._source.text))) - 1
        if around < 0 or place >= spans[around][1]:
            return False
        start, end = spans[around]
        return place < end - 2 or self._line(start) in self._marks

    def _tell_of_unread(self, place: int, line: int) -> None:
        if IGNORES.match(self._source.text, place):
            said = message("This waiver is not read: it does not end on its line.")
            mark = "%% vaultkit:ignore NAME until 2026-12-31: ... %%"
            self._tell(line, said, message("write `{mark}`, or remove it", mark=mark))
            return
        said = message("This mark is not read: it is damaged, not alone on its line, or in a list, quote or comment.")
        mark = meant(self._source.text[place : self._source.line_end(line)])
        self._tell(line, said, message("write `{mark}` on a line of its own, or remove it", mark=mark))

    def _opens(self, mark: Opening, line: int) -> None:
        if self._open and self._open[-1].mark == mark and not self._between(self._open[-1].line, line).strip():
            said = message("This line stands twice: the list would be written twice.")
            self._tell(line, said, message("remove one of the two lines"))
        self._marks.add(line)
        self._open.append(_Opened(mark, line))

    def _closes(self, mark: Closing, line: int) -> None:
        """Give the closing mark to the opening it was written for.

        With several openings above it, that is the nearest when the hash says so: the others have just been typed. Else
        it is the first, and the others stand in its body, which nobody may touch.
        """
        self._marks.add(line)
        if not self._open:
            said = message("This closes a region that nothing opens.")
            self._tell(line, said, message("remove it, or write the line that opened the region back above its text"))
            return
        first, *others = self._open
        region = self._region(self._open[-1], line, mark)
        if region.actual == mark.digest:
            self._leave_empty(self._open[:-1], self._open[-1].line)
        else:
            region = self._region(first, line, mark)
            self._find_beginning(first, line, mark)
            for inner in others:
                said = message("This opens a region inside the region {name}.", name=region.name)
                self._tell(inner.line, said, message("move one of the two regions, or remove this line"))
        self.regions.append(region)
        self._open = []

    def _find_beginning(self, opened: _Opened, last: int, mark: Closing) -> None:
        """Tell of a body that does not begin below the mark above it: what stands between is not vaultkit's."""
        blank = 0
        for line in range(last - 1, opened.line + 1, -1):
            if self._source.line(line):
                continue
            if mark.digest == digest(self._source.text[self._source.starts[line] : self._source.starts[last]]):
                name = opened.mark.name
                said = message("What this line closes begins below words that are not of the region {name}.", name=name)
                mend = message("move those words out of the region, or write the line that opened it back below them")
                self._tell(last, said, mend)
                return
            blank += 1
            if blank == _BEGINNINGS:
                return

    def _leave_empty(self, opened: Sequence[_Opened], end: int) -> None:
        """Regions that vaultkit has yet to fill, up to the line `end`."""
        for each, following in zip(opened, [*(each.line for each in opened[1:]), end], strict=False):
            self._find_torn(each, following)
        for mark, line in opened:
            below = self._below(line)
            body = self._source.span(below, below)
            self.regions.append(Region(mark.name, mark.options, self._whole(line), body, actual=digest("")))

    def _find_torn(self, opened: _Opened, end: int) -> None:
        """Tell of a closing mark that is none any more: the hash of all that stands above it is still there."""
        source, text = self._source, self._source.text
        running = hashlib.sha256()
        start = done = self._below(opened.line)
        looked_at = -1
        for found in _HASH.finditer(text, start, source.starts[end] if end < len(source.starts) else len(text)):
            line = self._line(found.start())
            if line == looked_at:
                continue
            looked_at = line
            for above in (line - 1, line):  # a line that was broken in two has its hash in the second
                place = source.starts[above]
                if place >= done:
                    running.update(hashed(text[done:place]))
                    done = place
                    stated = running.hexdigest()[:8]
                    if stated in source.line(line):
                        said = message("This closed the region {name}, and is damaged.", name=opened.mark.name)
                        mend = message("write `{mark}` on a line of its own", mark=f"%% /vaultkit {stated} %%")
                        self._tell(above, said, mend)
                        self._marks.add(line)
                        return

    def _region(self, opened: _Opened, last: int, closing: Closing) -> Region:
        start, end = self._below(opened.line), self._source.starts[last]
        actual = digest(self._source.text[start:end])
        mark = opened.mark
        whole = self._whole(opened.line)
        return Region(
            mark.name, mark.options, whole, self._source.span(start, end), self._whole(last), closing.digest, actual
        )

    def _tell(self, line: int, said: Message, mend: Message) -> None:
        self._marks.add(line)
        self.problems.append(Problem("region", said, self._whole(line), mend))

    def _between(self, line: int, other: int) -> str:
        return self._source.text[self._source.line_end(line) : self._source.starts[other]]

    def _line(self, place: int) -> int:
        return bisect_right(self._source.starts, place) - 1

    def _below(self, line: int) -> int:
        """The start of the next line."""
        starts = self._source.starts
        return starts[line + 1] if line + 1 < len(starts) else len(self._source.text)

    def _whole(self, line: int) -> Span:
        return self._source.span(self._source.starts[line], self._source.line_end(line))


def generated(source: Source, properties: Sequence[Property]) -> Generated | None:
    """What a page of vaultkit's own says of itself."""
    if [item.value for item in properties if item.name == "generated"] != ["vaultkit"]:
        return None
    page = next((item.value for item in properties if item.name == "page"), None)
    last = len(source.starts) - 1
    while last > 0 and not source.line(last).strip():
        last -= 1
    mark = read_mark(source.line(last))
    end = source.starts[last] if isinstance(mark, Closing) else len(source.text)
    stated = mark.digest if isinstance(mark, Closing) else ""
    text = source.text[:end]
    told = tuple(Yours(name, words) for name, words in yours_in(text).items())
    return Generated(page if isinstance(page, str) else "", stated, digest(ours_in(text) if told else text), told)


def _start(region: Region) -> int:
    return region.opening.start
