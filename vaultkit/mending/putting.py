"""A note's text and a property to be written go in; the new text comes out, or why it is left as it is.

Nothing but that property changes, to the byte: the new text is read again and held against what it is to say. What
cannot be written so (a comment within the value, an anchor, a list over lines that others refer to) is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.mending import inline, shapes
from vaultkit.mending.values import Asked, expected, is_plain, is_so, read_value
from vaultkit.model import Message
from vaultkit.parser import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.model import Note, Property, Put, Value

_LISTS = frozenset({"tags", "aliases", "cssclasses"})
"""What Obsidian always takes for lists."""


def put(text: str, wanted: Put, *, as_list: bool = False) -> str | Message:
    """The text with the property as it is wanted; the same text when it says so already.

    `as_list` says that the property, where it has no value yet, is to be given a list of one.
    """
    note = parse(wanted.path, text.encode())
    why = _refused(note, text, wanted)
    if why is not None:
        return why
    value = read_value(wanted.value)
    if not value or (wanted.how != "set" and isinstance(value[0], tuple)):
        return message("{value} is no value that a property can have", value=wanted.value)
    as_list = wanted.how == "add" and (as_list or wanted.property.lower() in _LISTS)
    asked = Asked(wanted.property, wanted.value, value[0], wanted.how, as_list=as_list)
    item = _item(note, asked.name)
    if isinstance(item, Message):
        return item
    if item is None:
        return text if asked.how == "remove" else _proven(note, text, (asked, None), shapes.added(text, note, asked))
    if not is_plain(item.value):
        return message("{property} is neither a value nor a list of values there", property=item.name)
    if is_so(asked, item.value):
        return text
    write = shapes.written if item in note.properties else inline.written
    return _proven(note, text, (asked, item), write(text, item, asked))


def _item(note: Note, name: str) -> Property | Message | None:
    """Where the property stands: above the note, or else in its text; None when it does not."""
    for properties in (note.properties, note.fields):
        found = _find(properties, name)
        if len(found) > 1:
            return message("{property} is written more than once there", property=name)
        if found:
            return found[0]
    return None


def _refused(note: Note, text: str, wanted: Put) -> Message | None:
    """Why nothing can be written into a note at all."""
    if not wanted.path.endswith(".md"):
        return message("only a note has properties")
    if note.generated is not None:
        return message("what stands there is written by vaultkit: the next build writes it")
    if any(problem.kind in {"frontmatter", "template", "encoding", "limit", "reading"} for problem in note.problems):
        return message("the properties of the note cannot be read")
    if not shapes.is_open(note) and text.lstrip().startswith("---"):
        return message("what stands above the note may be meant for properties, and is not read as such")
    return None


def _find(properties: Sequence[Property], name: str) -> list[Property]:
    """The properties of a name: as it is written, else with other capitals."""
    exact = [item for item in properties if item.name == name]
    return exact or [item for item in properties if item.name.casefold() == name.casefold()]


def _proven(note: Note, text: str, what: tuple[Asked, Property | None], new: str | Message) -> str | Message:
    """`new`, once it has been read and says what is wanted, and all else as before."""
    if isinstance(new, Message) or new == text:
        return new
    asked, item = what
    after, own = parse(note.path, new.encode()), item is None or item in note.properties
    value = expected(asked, None if item is None else item.value)
    if not own and isinstance(value, tuple) and len(value) == 1:
        value = value[0]  # one link in the text is a link, and no list of one
    properties, fields = (_said(each, item, value) for each in (note.properties, note.fields))
    if item is None:
        properties.append((asked.name, _told(value)))
    said = [_said(each, None, None) for each in (after.properties, after.fields)]
    rest = new[shapes.end(after) :].removeprefix(shapes.gap(note, new))
    problems = [[each.kind for each in one.problems] for one in (note, after)]
    if said == [properties, fields] and problems[0] == problems[1] and (not own or rest == text[shapes.end(note) :]):
        return new
    return message("{property} cannot be written there without changing something else", property=asked.name)


def _said(properties: Sequence[Property], item: Property | None, value: Value) -> list[tuple[str, str]]:
    """What properties say, one of them something else."""
    return [(each.name, _told(value if each is item else each.value)) for each in properties]


def _told(value: Value) -> str:
    """As Python writes it, for to Python 1 is true; an empty list is nothing."""
    return repr(None if value == () else value)
