"""A canvas comes in, a Note comes out: what its cards link to, the tags in their texts, and what cannot be read.

A canvas is JSON (jsoncanvas.org, version 1.0). Of its cards those count that are a file or hold a text, and of its
groups the picture behind them. Cards of other types, and whatever else stands in a card, may be a plugin's: they pass.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.boards import DIGEST, KEY, PAGE, of_canvas
from vaultkit.language import message
from vaultkit.model import Link, Note, Problem
from vaultkit.parser.blocks import Structure
from vaultkit.parser.inline import Scanner
from vaultkit.parser.json import Items, Members, Quoted, Unescaped, read
from vaultkit.parser.note import LIMIT, digest
from vaultkit.parser.source import Source, decode
from vaultkit.parser.yaml12 import FaultError

if TYPE_CHECKING:
    from vaultkit.model import Author, Message, Span, Tag
    from vaultkit.parser.json import Json
    from vaultkit.written import Generated

DEPTH = 3
"""The canvas, its list of cards, a card."""
PROBLEMS = 100
"""How many of one file's problems are told: nobody mends more before looking again."""

_NO_UTF8 = message("This canvas is not UTF-8 from here on: vaultkit reads what it can and never writes to it.")
_NO_CANVAS = message("A canvas is one JSON object, which holds the lists `nodes` and `edges`.")
_NO_CARD = message("A card of a canvas is a JSON object: this is none.")
_NO_FILE = message("This card is of type `file`: it needs a `file`, the path of one in the vault.")
_NO_TEXT = message("This card is of type `text`: it needs a `text`, in double quotes.")
_PLACE = attrgetter("span.start")
_START = attrgetter("start")


def parse_canvas(path: str, data: bytes) -> Note:
    """Read one canvas. Whatever cannot be read as its writer meant is a Problem, never an exception."""
    text, problems = decode(data, _NO_UTF8)
    canvas = _Canvas(Source(text))
    canvas.read()
    writer: Author = "vaultkit" if canvas.page else "human"
    return Note(
        path=path,
        digest=digest(data),
        links=tuple(replace(link, written_by=writer) for link in sorted(canvas.links, key=_PLACE)),
        tags=tuple(replace(tag, written_by=writer) for tag in sorted(canvas.tags, key=_PLACE)),
        comments=tuple(sorted(canvas.comments, key=_START)),
        problems=(*problems, *canvas.problems[:PROBLEMS]),
        generated=canvas.page,
        length=len(text),
    )


class _Canvas:
    """Collects what stands in the cards of one canvas."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.comments: list[Span] = []
        self.problems: list[Problem] = []
        self.page: Generated | None = None

    def read(self) -> None:
        text = self.source.text
        if len(text) > LIMIT:
            said = message("This canvas is longer than {limit} characters and is not read.", limit=LIMIT)
            self.problems.append(Problem("limit", said, self.source.span(0, 0)))
        elif text.strip():  # Obsidian makes a new canvas as an empty file
            try:
                self._canvas(read(text, DEPTH))
            except FaultError as fault:
                self._report(fault.message, fault.start)

    def _canvas(self, root: Json) -> None:
        if not isinstance(root, Members):
            self._report(_NO_CANVAS, _start(root))
            return
        for name in ("nodes", "edges"):
            found = root.by_name.get(name)
            if found is not None and not isinstance(found, Items) and not self._is_null(found):
                said = message("`{name}` of a canvas is a list, in square brackets: this is none.", name=name)
                self._report(said, _start(found))
        self._ours(root.by_name.get(KEY))
        cards = root.by_name.get("nodes")
        for card in cards.items if isinstance(cards, Items) else ():
            self._card(card)

    def _ours(self, says: Json | None) -> None:
        """What the canvas says of itself, where vaultkit wrote it."""
        if not isinstance(says, Members):
            return
        stated = says.by_name.get(DIGEST)
        place = (stated.start, stated.end) if isinstance(stated, Quoted) else None
        self.page = of_canvas(self.source.text, self._text(says, PAGE), place)

    def _card(self, card: Json) -> None:
        if not isinstance(card, Members):
            self._report(_NO_CARD, _start(card))
            return
        kind = self._text(card, "type")
        if kind == "file":
            self._file(card)
        elif kind == "group":
            self._link(card, "background", "")
        elif kind == "text":
            written = card.by_name.get("text")
            if isinstance(written, Quoted):
                self._markdown(Unescaped(self.source.text, written))
            else:
                self._report(_NO_TEXT, card.start if written is None else _start(written))

    def _file(self, card: Members) -> None:
        part = self._text(card, "subpath")
        if part and not part.startswith("#"):
            said = message(
                "The part of a file that a card shows begins with `#`: this should be {part}.", part=f"#{part}"
            )
            self._report(said, _start(card.by_name["subpath"]))
            part = ""
        if not self._link(card, "file", part.removeprefix("#").strip()):
            self._report(_NO_FILE, card.start)

    def _link(self, card: Members, name: str, anchor: str) -> bool:
        """A link to the file whose path stands under a name; whether there is such a path."""
        path = card.by_name.get(name)
        if not isinstance(path, Quoted) or path.start == path.end:
            return False
        span = self.source.span(path.start, path.end)
        self.links.append(Link(self._text(card, name), span, anchor, embed=True, origin="canvas"))
        return True

    def _markdown(self, written: Unescaped) -> None:
        """The text of a card, read as a note's."""
        if "[" not in written.text and "#" not in written.text:
            return
        source = Source(written.text)
        structure = Structure(source, 0)
        scanner = Scanner(source, _human)
        scanner.scan(structure.leaves)

        def back(span: Span) -> Span:
            return self.source.span(written.written(span.start), written.written(span.end))

        self.links += (replace(link, span=back(link.span), origin="card") for link in scanner.links)
        self.tags += (replace(tag, span=back(tag.span)) for tag in scanner.tags)
        self.comments += (back(span) for span in (*structure.comments, *scanner.comments))
        self.problems += (replace(problem, span=back(problem.span)) for problem in structure.problems)

    def _text(self, card: Members, name: str) -> str:
        value = card.by_name.get(name)
        return Unescaped(self.source.text, value).text if isinstance(value, Quoted) else ""

    def _is_null(self, value: Json) -> bool:
        return isinstance(value, int) and self.source.text.startswith("null", value)

    def _report(self, said: Message, start: int) -> None:
        self.problems.append(Problem("format", said, self.source.span(start, min(start + 1, len(self.source.text)))))


def _start(value: Json) -> int:
    return value if isinstance(value, int) else value.start


def _human(_offset: int) -> Author:
    return "human"
