"""The values that flow through the house: frozen structs, compared by value, with no behaviour of their own.

Offsets count characters (code points) of a note's text: the file's bytes decoded as UTF-8, without a byte order mark,
line endings as they stand on disk. Lines and columns count from 1. Paths are relative to the vault, with `/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

from vaultkit.listed import Measurement, Point, Task
from vaultkit.span import Author as Author  # noqa: PLC0414 -- handed on
from vaultkit.span import Span as Span  # noqa: PLC0414 -- handed on
from vaultkit.written import Generated, Region

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value: TypeAlias = bool | int | float | str | tuple["Value", ...] | Mapping[str, "Value"] | None
else:
    Value = Any  # msgspec builds its codecs from annotations at run time and knows no recursive alias

Severity = Literal["error", "warning", "info"]
Form = Literal["wiki", "markdown"]
Origin = Literal["note", "card", "canvas", "base"]
"""Where a link stands: in a note; in the text of a canvas's card; a canvas's card that is a file; in a base."""


class Link(Struct, frozen=True, gc=False, array_like=True):
    """A link or an embed as it is written: `[[target#anchor|label]]`, `![[...]]`, `[label](target#anchor)`."""

    target: str
    """The text before the first `#`, percent-decoded in a Markdown link; empty for the note itself."""
    span: Span
    """The whole link, with the `!` of an embed; in a property, the link inside its quotes."""
    anchor: str = ""
    """What follows the first `#`: a heading, a chain `h1#h2`, or `^block`; empty when there is none."""
    label: str | None = None
    """The text after the first `|`, or the text of a Markdown link."""
    form: Form = "wiki"
    embed: bool = False
    property: str = ""
    """The property it stands in, as a dotted path (`serves`, `serves.0`); empty in the body."""
    field: str = ""
    """The inline field of the body that it stands in, as Dataview writes them: `serves:: [[Grow]]`."""
    origin: Origin = "note"
    """Obsidian lists the links of notes alone: it knows those of a canvas and shows them nowhere."""
    written_by: Author = "human"


class Property(Struct, frozen=True, array_like=True):
    """One frontmatter key and its value, dates and times as the strings that were written."""

    name: str
    value: Value
    span: Span
    """From the first character of the key to the end of its value."""
    value_span: Span


class Tag(Struct, frozen=True, gc=False, array_like=True):
    """`#a/b`, its `#` left out of `name`."""

    name: str
    span: Span
    property: str = ""
    written_by: Author = "human"


class Heading(Struct, frozen=True, gc=False, array_like=True):
    """A heading with its raw text, links and emphasis marks included."""

    text: str
    level: int
    span: Span


class Block(Struct, frozen=True, gc=False, array_like=True):
    """A block id, `^name` without its caret, as written."""

    name: str
    span: Span


class Section(Struct, frozen=True, gc=False, array_like=True):
    """A top-level block, named as Obsidian does: yaml, heading, paragraph, list, code, callout, comment, html ..."""

    kind: str
    start: int
    end: int
    line: int

    @property
    def span(self) -> Span:
        """The whole of it, from the beginning of its first line: made when asked for, as few are."""
        return Span(self.start, self.end, self.line, 1)


class Waiver(Struct, frozen=True, array_like=True):
    """`%% vaultkit:ignore NAME until DATE: reason %%`: what its note's owner lives with, and until when."""

    names: tuple[str, ...]
    """Validators."""
    day: str
    """Its last day, as written; empty when none is said."""
    reason: str
    said: str
    """What stands between `ignore` and the end of the comment."""
    span: Span


class Problem(Struct, frozen=True, array_like=True):
    """Something in a note that could not be read as its writer meant: the note is kept and the place is named."""

    kind: Literal["frontmatter", "template", "encoding", "limit", "region", "reading", "format"]
    """`template`: a frontmatter that can be read once another plugin has filled in its placeholders; `format`: a canvas
    that is no JSON, a base that is no YAML, or what neither can hold."""
    message: Message
    span: Span
    next: Message | None = None
    """What to do about it, where that is not the same for all of its kind."""


class Note(Struct, frozen=True, array_like=True):
    """One Markdown file as read: everything the rest of the house asks of its text, and none of the text itself.

    A canvas or a base is read into the same shape: its links, its problems, and a base's views as its headings.
    """

    path: str
    digest: str
    """A hash of the file's bytes."""
    properties: tuple[Property, ...] = ()
    fields: tuple[Property, ...] = ()
    """Dataview's inline fields of the body (`due:: 2026-03-01`): properties that yield to those of the frontmatter."""
    links: tuple[Link, ...] = ()
    """In the order of the text, those of the frontmatter first."""
    tags: tuple[Tag, ...] = ()
    headings: tuple[Heading, ...] = ()
    tasks: tuple[Task, ...] = ()
    blocks: tuple[Block, ...] = ()
    footnotes: tuple[Block, ...] = ()
    """Where `[^name]:` stands, for each footnote that is defined."""
    sections: tuple[Section, ...] = ()
    code: tuple[Span, ...] = ()
    """Fenced, indented and inline code."""
    comments: tuple[Span, ...] = ()
    """`%% ... %%` and `<!-- ... -->`."""
    regions: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = ()
    points: tuple[Point, ...] = ()
    """What it lists below its headings: options, an agenda, updates."""
    measurements: tuple[Measurement, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    generated: Generated | None = None
    length: int = 0
    """The number of characters of its text."""
    written: int = 0
    """How many of them people have written; a line end is one, whatever a checkout makes of it."""
    french: int = 0
    """Common French words minus common English ones: above zero for a note that is mostly in French."""

    @property
    def name(self) -> str:
        """The file name without `.md`: what a wikilink to it says."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The folder it stands in, without a final `/`; empty at the root."""
        return self.path.rpartition("/")[0]


class Message(Struct, frozen=True, array_like=True):
    """A sentence still to be said in some language: a template of the catalogue, and what fills its `{places}`."""

    template: str
    values: dict[str, str | int | Message] = {}
    plural: str = ""
    """The template for any `count` but one, when there is one."""
    count: int = 1


class Evidence(Struct, frozen=True, array_like=True):
    """One step of the chain that a finding followed, and where it is written."""

    message: Message
    path: str
    line: int = 1


class Edit(Struct, frozen=True, array_like=True):
    """Replace `expected` at character `start` by `text`, if it still reads so; None: no file before, or none after."""

    path: str
    expected: str | None
    text: str | None
    start: int = 0
    whole: bool = False
    """Whether `expected` is all of the file's text."""


class Put(Struct, frozen=True, array_like=True):
    """A property to be written: a new value, or one more (`add`) or one less (`remove`) in a list of them."""

    path: str
    property: str
    """Its name, as written or as it is to be."""
    value: str
    """As YAML has it, quotes included: `"[[Grow]]"`, `2026-03-01`, `done`."""
    how: Literal["set", "add", "remove"] = "set"


class Rewrite(Struct, frozen=True, array_like=True):
    """A piece of a note's text that is to read otherwise."""

    path: str
    span: Span
    text: str


class Fix(Struct, frozen=True, array_like=True):
    """How a finding can be mended: what to write where, and whether that may be done without asking."""

    message: Message
    """What it does, as a sentence without its full stop: `write serves: "[[Grow]]"`."""
    puts: tuple[Put, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    safe: bool = False
    """Whether nothing but this can have been meant: `check --fix` makes it; the others are only shown."""


class Finding(Struct, frozen=True, array_like=True):
    """One thing said of one place: what is wrong, the chain that shows it, and what to do next."""

    validator: str
    severity: Severity
    path: str
    span: Span
    message: Message
    next: Message
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """The variant of the validator that fired (`cycle`, `dead-end`); never translated."""
    fix: Fix | None = None
    waived: str | None = None
    """The reason for which the note's owner lives with it; None when nobody has said so."""


class Page(Struct, frozen=True):
    """Derived text and where it goes: a page of its own, or the body of the region that opens at `region`."""

    path: str
    text: str
    name: str
    """The generator's name for it: `overview`, `index`."""
    region: int | None = None
    """The offset of the region's opening mark; None for a whole page."""


class Change(Struct, frozen=True):
    """A file added, modified or removed on disk since the vault was read."""

    path: str
    note: Note | None = None
    """The note as it now reads; None for what is not a note."""
    removed: bool = False


INTERNAL_ERROR = "internal-error"
"""The validator's name under which a fault of ours is reported: not of the notes, and not to be switched off."""
TOP = Span(0, 0, 1, 1)
"""The very beginning of a note: where a finding points when nothing more exact is to blame."""
