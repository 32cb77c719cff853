"""The values that flow through the house: frozen structs, compared by value, with no behaviour of their own.

Offsets count characters (code points) of a note's text: the file's bytes decoded as UTF-8, without a byte order mark,
line endings as they stand on disk. Lines and columns count from 1. Paths are relative to the vault, with `/`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value: TypeAlias = bool | int | float | str | tuple["Value", ...] | Mapping[str, "Value"] | None
else:
    Value = Any  # msgspec builds its codecs from annotations at run time and knows no recursive alias

Author = Literal["human", "vaultkit"]
Severity = Literal["error", "warning", "info"]
Form = Literal["wiki", "markdown"]
Origin = Literal["note", "card", "canvas", "base"]
"""Where a link stands: in a note; in the text of a canvas's card; a canvas's card that is a file; in a base."""
Urgency = Literal["highest", "high", "medium", "low", "lowest"]


class Span(Struct, frozen=True, gc=False, array_like=True):
    """A piece of one note's text: `text[start:end]`; `line` and `column` are where it starts."""

    start: int
    end: int
    line: int
    column: int


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


class Marks(Struct, frozen=True, gc=False, omit_defaults=True):
    """What the Tasks plugin reads at the end of a task: `📅 2026-03-01`, `⏫`, or `[due:: 2026-03-01]`."""

    due: date | None = None
    scheduled: date | None = None
    start: date | None = None
    done: date | None = None
    created: date | None = None
    cancelled: date | None = None
    priority: Urgency | None = None
    recurrence: str = ""
    """As written: `every week when done`."""
    id: str = ""
    depends_on: tuple[str, ...] = ()
    """The ids of the tasks that must be done before."""
    on_completion: str = ""
    """What the plugin does with the line once it is done: `keep` or `delete`."""


class Task(Struct, frozen=True, gc=False, array_like=True):
    """A checkbox line, `- [x] text`: from the list marker to the end of its own text, before any list in it."""

    text: str
    """What follows the checkbox, on its first line, without its block id."""
    status: str
    """The character between the brackets: a space when open."""
    span: Span
    indent: int = 0
    """The column offset of its marker: deeper than its parent's."""
    block: str = ""
    """Its block id, if it has one."""
    description: str = ""
    """Its text without the marks of the Tasks plugin."""
    marks: Marks = Marks()
    written_by: Author = "human"


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


class Region(Struct, frozen=True, array_like=True):
    """What stands between `%% vaultkit:NAME options %%` and `%% /vaultkit HASH %%`: the part of a note that we fill."""

    name: str
    options: str
    """What follows the name on the opening mark, as written."""
    opening: Span
    """The opening mark, without its line end."""
    body: Span
    """From the start of the line after the opening mark to the start of the closing mark; empty when there is none."""
    closing: Span | None = None
    digest: str = ""
    """The hash that the closing mark carries."""
    actual: str = ""
    """The hash of the body as it stands (`regions.digest`)."""


class Generated(Struct, frozen=True, array_like=True):
    """What a page says of itself: `generated: vaultkit`, `page: NAME`, and the hash on its last line."""

    page: str
    digest: str
    actual: str


class Problem(Struct, frozen=True, array_like=True):
    """Something in a note that could not be read as its writer meant: the note is kept and the place is named."""

    kind: Literal["frontmatter", "encoding", "limit", "region", "reading", "format"]
    """`format`: a canvas that is no JSON, a base that is no YAML, or what neither can hold."""
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
    generated: Generated | None = None
    length: int = 0
    """The number of characters of its text."""
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


class Fix(Struct, frozen=True, array_like=True):
    """How a finding can be mended: the edits, and whether they may be applied without asking."""

    message: Message
    edits: tuple[Edit, ...] = ()
    safe: bool = False


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
