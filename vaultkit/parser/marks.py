"""The lines that may be marks come in; regions, the hash of a generated page, and marks out of place come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.language import message
from vaultkit.model import Generated, Problem, Region
from vaultkit.regions import Closing, Opening, digest, read_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultkit.model import Property, Span
    from vaultkit.parser.source import Source


class _Opened(NamedTuple):
    mark: Opening
    line: int


class Regions:
    """Pairs the marks of one note, line by line."""

    def __init__(self, source: Source, lines: Iterable[int]) -> None:
        self._source = source
        self._open: list[_Opened] = []
        self.regions: list[Region] = []
        self.problems: list[Problem] = []
        for line in lines if "vaultkit" in source.text else ():  # every mark says so
            mark = read_mark(source.line(line))
            if isinstance(mark, Opening):
                self._open.append(_Opened(mark, line))
            elif mark is not None:
                self._close(mark, line)
        self._leave_empty(self._open)
        self.regions.sort(key=_start)

    def _close(self, mark: Closing, line: int) -> None:
        """Give the closing mark to the opening it was written for.

        With several openings above it, that is the nearest when the hash says so: the others have just been typed. Else
        it is the first, and the others stand in its body, which nobody may touch.
        """
        if not self._open:
            said = message("This closes a region that nothing opens: remove it, or write back the line that opened it.")
            self.problems.append(Problem("region", said, self._whole(line)))
            return
        *others, nearest = self._open
        region = self._region(nearest, line, mark)
        if not others or region.actual == mark.digest:
            self._leave_empty(others)
        else:
            region = self._region(others[0], line, mark)
            for inner in self._open[1:]:
                said = message("This region opens inside the region {name}: move one of them.", name=region.name)
                self.problems.append(Problem("region", said, self._whole(inner.line)))
        self.regions.append(region)
        self._open = []

    def _leave_empty(self, opened: Sequence[_Opened]) -> None:
        """Regions that vaultkit has yet to fill."""
        for mark, line in opened:
            below = self._below(line)
            body = self._source.span(below, below)
            self.regions.append(Region(mark.name, mark.options, self._whole(line), body, actual=digest("")))

    def _region(self, opened: _Opened, last: int, closing: Closing) -> Region:
        start, end = self._below(opened.line), self._source.starts[last]
        actual = digest(self._source.text[start:end])
        mark = opened.mark
        whole = self._whole(opened.line)
        return Region(
            mark.name, mark.options, whole, self._source.span(start, end), self._whole(last), closing.digest, actual
        )

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
    return Generated(page if isinstance(page, str) else "", stated, digest(source.text[:end]))


def _start(region: Region) -> int:
    return region.opening.start
