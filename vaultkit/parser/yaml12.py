"""A frontmatter block comes in, its properties as YAML 1.2 has them come out, each scalar with its place.

PyYAML follows YAML 1.1 (`no` is false, dates are dates, the last of two keys wins) and its composer recurses in C until
the process dies. So only its scanner is used: its stream of events is read here, without recursion, down to a depth and
up to a number of values.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from vaultkit.language import message
from vaultkit.parser.scalars import key_text, resolve
from vaultkit.parser.yamlerrors import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Message, Value

DEPTH = 32
_DEEP = "exceeded maximum nesting depth"
"""What libyaml says since PyYAML 6.0.4 of a thousand levels, where it reads ahead of what it has told."""
EXPANDED = 10_000
"""How many values may stand in one frontmatter when each alias is counted as what it stands for."""
VALUE = 100
"""How many characters of a string count as one value."""
NAME = 1000
"""How long the dotted path to a value may be: each value of a list has one of its own."""
_BLANK = re.compile(r"(?<![^\r\n]) *+\t[ \t]*+(?=[\r\n]|\Z)")
"""A blank line with a tab, which PyYAML takes for a wrong indentation."""

_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class Entry(NamedTuple):
    """One property: its name, its value, where its name begins, where its value begins and ends."""

    name: str
    value: Value
    start: int
    value_start: int
    value_end: int


class Scalar(NamedTuple):
    """A string value, the dotted path to it, and where it is written, quotes included."""

    path: str
    value: str
    start: int
    end: int


class FaultError(Exception):
    """The block cannot be read: what is wrong, and where."""

    def __init__(self, message: Message, start: int, *, end: int | None = None, limit: bool = False) -> None:
        super().__init__(message.template)
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end
        self.limit = limit


class _Frame:
    """A list or mapping that is being read."""

    __slots__ = ("anchor", "end", "items", "key", "key_start", "mapping", "path", "size", "start")

    def __init__(self, path: str, start: int, anchor: str | None, *, mapping: bool) -> None:
        self.path = path
        self.start = self.end = start
        self.anchor = anchor
        self.mapping: dict[str, Value] | None = {} if mapping else None
        self.items: list[Value] = []
        self.key: str | None = None
        self.key_start = start
        self.size = 1

    def place(self) -> str:
        """The dotted path to the next value in it."""
        last = str(len(self.items)) if self.mapping is None else self.key or ""
        return f"{self.path}.{last}" if self.path else last

    def value(self) -> Value:
        return tuple(self.items) if self.mapping is None else self.mapping


class Reader:
    """Builds values from events; holds the top level's entries and every string."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[Entry] = []
        self.scalars: list[Scalar] = []
        self.root: Value = None
        self._stack: list[_Frame] = []
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._expanded = 0
        self._parts = 0
        self._safe, self._restore = _printable(text)

    def read(self) -> dict[str, Value]:
        """The properties; raises FaultError."""
        import yaml  # 70 ms, which a vault without frontmatter need not pay

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            for event in yaml.parse(self._safe, Loader=loader):
                take = self._EVENTS.get(type(event).__name__)
                if take is not None:
                    take(self, event)
        except yaml.MarkedYAMLError as error:
            if error.problem == _DEEP:
                raise _too_deep(error.problem_mark.index if error.problem_mark else 0) from error
            said, at = explain(error, self.text)
            raise FaultError(said, at) from error
        if self.root is not None and not isinstance(self.root, dict):
            raise FaultError(message("There are no properties here: write `name: value` on each line."), 0)
        return self.root or {}

    def _document(self, event: Any) -> None:
        self._parts += 1
        if self._parts > 1:
            said = message("For YAML what stands above is complete: a second text would begin here.")
            raise FaultError(said, event.start_mark.index)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        text = event.value.translate(self._restore) if self._restore else event.value
        value = resolve(text, event.tag, plain=event.implicit[0])
        if event.style in {"|", ">"}:
            end = start + len(self.text[start:end].rstrip())
        size = 1 + len(text) // VALUE
        if event.anchor:
            self._anchors[event.anchor] = (value, size)
        self._place(value, start, end, size)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor not in self._anchors:
            said = message("`*{name}` refers to nothing above it: put the value in quotes.", name=event.anchor)
            raise FaultError(said, start, end=end)
        value, size = self._anchors[event.anchor]
        self._expanded += size
        if self._expanded > EXPANDED:
            said = message("Through `*{name}` this repeats itself too often to be read.", name=event.anchor)
            raise FaultError(said, start, end=end, limit=True)
        self._place(value, start, end, size)

    def _open(self, event: Any) -> None:
        start = event.start_mark.index
        if len(self._stack) >= DEPTH:
            raise _too_deep(start)
        path = self._stack[-1].place() if self._stack else ""
        mapping = type(event).__name__ == "MappingStartEvent"
        self._stack.append(_Frame(path, start, event.anchor, mapping=mapping))

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        value = frame.value()
        end = event.end_mark.index
        if event.start_mark.index == end:
            end = frame.end  # one without brackets ends with the last thing in it
        if frame.anchor:
            self._anchors[frame.anchor] = (value, frame.size)
        self._place(value, frame.start, end, frame.size)

    def _place(self, value: Value, start: int, end: int, size: int) -> None:
        """Put a complete value where it belongs: at the root, into a list, or as a mapping's next key or value."""
        if not self._stack:
            self.root = value
            return
        frame = self._stack[-1]
        frame.size += size
        if frame.mapping is not None and frame.key is None:
            self._key(frame, key_text(value), start, end)
            return
        if isinstance(value, str):
            self.scalars.append(Scalar(frame.place(), value, start, end))
        frame.end = max(frame.end, end)
        if frame.mapping is None:
            frame.items.append(value)
            return
        name = frame.key or ""
        frame.mapping[name] = value
        frame.key = None
        if len(self._stack) == 1:
            self.entries.append(Entry(name, value, frame.key_start, start, end))

    def _key(self, frame: _Frame, name: str, start: int, end: int) -> None:
        if frame.mapping is not None and name in frame.mapping:
            raise FaultError(message("The property {name} is written a second time.", name=name), start, end=end)
        if len(frame.path) + len(name) > NAME:
            said = message("This name is longer than {limit} characters, with those around it.", limit=NAME)
            raise FaultError(said, start, end=end, limit=True)
        frame.key = name
        frame.key_start = start
        frame.end = max(frame.end, end + 1)

    _EVENTS: ClassVar = {
        "DocumentStartEvent": _document,
        "ScalarEvent": _scalar,
        "AliasEvent": _alias,
        "SequenceStartEvent": _open,
        "MappingStartEvent": _open,
        "SequenceEndEvent": _close,
        "MappingEndEvent": _close,
    }


def _too_deep(at: int) -> FaultError:
    return FaultError(message("This is nested more than {depth} levels deep.", depth=DEPTH), at, limit=True)


def _printable(text: str) -> tuple[str, dict[int, int]]:
    """The text without what PyYAML refuses, or takes for a line end, and Obsidian does not; and the way back."""
    text = _BLANK.sub(_spaces, text) if "\t" in text else text
    strange = sorted(set(_STRANGE.findall(text)))
    if not strange:
        return text, {}
    spare: Iterator[int] = (point for point in range(0xF0000, 0xFFFFE) if chr(point) not in text)
    away = {ord(character): next(spare) for character in strange}
    return text.translate(away), {stand_in: character for character, stand_in in away.items()}


def _spaces(blank: re.Match[str]) -> str:
    return " " * len(blank[0])
