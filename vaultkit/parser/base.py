"""A base comes in, a Note comes out: what its filters and formulas link to, its views, and what cannot be read.

A base is YAML (Obsidian's help, "Bases syntax"). Links stand in the string literals of its expressions: `[[Grow]]` in
any, a path in those that are given to a function which takes one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from vaultkit.boards import of_base
from vaultkit.language import message
from vaultkit.model import Heading, Link, Note, Problem
from vaultkit.parser.links import WIKI, wiki
from vaultkit.parser.note import digest
from vaultkit.parser.scalars import key_text
from vaultkit.parser.source import Source, decode
from vaultkit.parser.written import Written
from vaultkit.parser.yaml12 import FaultError, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Span, Value
    from vaultkit.parser.links import Target
    from vaultkit.parser.yaml12 import Entry, Scalar

PROBLEMS = 100
"""How many of one file's problems are told: nobody mends more before looking again."""
LIMIT = 512 * 1024
"""The greatest number of characters of a base that is read: real ones have some thousands."""

_NO_UTF8 = message("This base is not UTF-8 from here on: vaultkit reads what it can and never writes to it.")
_NO_LIST = message("The views of a base are a list: each begins with `- type:` and has a `name:`.")
_NO_VIEW = message("A view of a base begins with `- type:` and has a `name:`: this is none.")

_EXPRESSION = re.compile(r"(?:filters|formulas|summaries|views\.[0-9]+\.filters)(?:\.|\Z)")
_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]++)"
    r"|(?P<text>\"(?>(?:[^\"\\]++|\\.)*)\"|'(?>(?:[^'\\]++|\\.)*)')"
    r"|(?P<word>[\w$]++)"
    r"|(?P<mark>[^\"'/])"
    r"|(?P<slash>/)",
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?>(?:[^/\\\[\n]++|\\.|\[(?>(?:[^\]\\\n]++|\\.)*)\])+)/")
_TAKES_PATH = frozenset({"link", "file", "image", "hasLink", "linksTo"})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t"}
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*+:")


class _Literal(NamedTuple):
    """What stands within the quotes of a string literal, and whether it is given to a function as a path."""

    start: int
    end: int
    path: bool


def parse_base(path: str, data: bytes) -> Note:
    """Read one base. Whatever cannot be read as its writer meant is a Problem, never an exception."""
    text, problems = decode(data, _NO_UTF8)
    base = _Base(Source(text))
    base.read()
    page = of_base(text)
    links = base.links if page is None else (replace(link, written_by="vaultkit") for link in base.links)
    return Note(
        path=path,
        digest=digest(data),
        links=tuple(links),
        headings=tuple(base.views),
        problems=(*problems, *base.problems[:PROBLEMS]),
        generated=page,
        length=len(text),
    )


def view(base: Note, anchor: str) -> Heading | None:
    """The view that a link to a base means: the one of that name, without a name the first."""
    if not anchor:
        return next(iter(base.headings), None)
    return next((heading for heading in base.headings if heading.text.strip() == anchor.strip()), None)


class _Base:
    """Collects what stands in one base."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.links: list[Link] = []
        self.views: list[Heading] = []
        self.problems: list[Problem] = []

    def read(self) -> None:
        if len(self.source.text) > LIMIT:
            said = message("This base is longer than {limit} characters and is not read.", limit=LIMIT)
            self.problems.append(Problem("limit", said, self.source.span(0, 0)))
            return
        reader = Reader(self.source.text)
        try:
            reader.read()
        except FaultError as fault:
            end = len(self.source.text)
            place = self.source.span(min(fault.start, end), min(fault.end, end))
            self.problems.append(Problem("limit" if fault.limit else "format", fault.message, place))
            return
        for entry in reader.entries:
            if entry.name == "views":
                self._views(entry, reader.scalars)
        for scalar in reader.scalars:
            if _EXPRESSION.match(scalar.path):
                self.links += _links(self.source, scalar)

    def _views(self, entry: Entry, scalars: list[Scalar]) -> None:
        whole = self.source.span(entry.value_start, entry.value_end)
        if entry.value is not None and not isinstance(entry.value, tuple):
            self.problems.append(Problem("format", _NO_LIST, whole))
        if not isinstance(entry.value, tuple):
            return
        places = self._places(entry, scalars)
        for number, item in enumerate(entry.value):
            place = places.get(str(number), whole)
            if isinstance(item, dict):
                self.views.append(Heading(_name(item.get("name")), 1, place))
            else:
                self.problems.append(Problem("format", _NO_VIEW, place))

    def _places(self, views: Entry, scalars: list[Scalar]) -> dict[str, Span]:
        """Where the name of each view stands, or else the first string in it."""
        found: dict[str, Span] = {}
        for scalar in scalars:
            if not views.value_start <= scalar.start < views.value_end:
                continue
            number, _, name = scalar.path.removeprefix("views.").partition(".")
            if number in found and name != "name":
                continue
            if _is_alias(self.source, scalar):
                found[number] = self.source.span(scalar.start, scalar.end)
            else:
                found[number] = Written(self.source, scalar).span(*_stripped(scalar.value, 0, len(scalar.value)))
        return found


def _name(value: Value) -> str:
    return key_text(value) if isinstance(value, str | bool | int | float) else ""


def _links(source: Source, scalar: Scalar) -> Iterator[Link]:
    """The links in one expression."""
    if _is_alias(source, scalar) or not ("(" in scalar.value or "[[" in scalar.value):
        return
    written: Written | None = None
    for start, end, target in _targets(scalar.value):
        written = written or Written(source, scalar)
        yield Link(target.target, written.span(start, end), target.anchor, target.label, origin="base")


def _is_alias(source: Source, scalar: Scalar) -> bool:
    """Whether `*name` stands there: what it repeats is read where it is written, and may be long."""
    return source.text.startswith("*", scalar.start)


def _targets(expression: str) -> Iterator[tuple[int, int, Target]]:
    """Where each link of an expression stands, and where it leads."""
    for literal in _literals(expression):
        start, end = _stripped(expression, literal.start, literal.end)
        wikilinks = list(WIKI.finditer(expression, start, end))
        for found in wikilinks:
            target = wiki(_meant(found[1]))
            if target.target:
                yield found.start(), found.end(), target
        path = wiki(_meant(expression[start:end]))
        if literal.path and path.target and not wikilinks and not _ELSEWHERE.match(path.target):
            yield start, end, path


def _literals(expression: str) -> Iterator[_Literal]:
    """The string literals of an expression, up to where it cannot be one."""
    position = 0
    before = two_before = ""
    while position < len(expression):
        found = _TOKEN.match(expression, position)
        if found is not None and found.lastgroup == "slash" and not _ends_value(before):
            found = _PATTERN.match(expression, position)  # no division can stand here
        if found is None:
            return
        position = found.end()
        if found.lastgroup == "text":
            yield _Literal(found.start() + 1, found.end() - 1, before == "(" and two_before in _TAKES_PATH)
        if found.lastgroup != "space":
            two_before, before = before, found[0]


def _ends_value(token: str) -> bool:
    """Whether a value ends with this token: a `/` after it divides."""
    return token[-1:] in {")", "]", '"', "'", "_", "$"} or token[-1:].isalnum() or (len(token) > 1 and token[-1] == "/")


def _meant(literal: str) -> str:
    return _ESCAPE.sub(lambda escape: _MEANT.get(escape[1], escape[1]), literal)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without the blanks around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
