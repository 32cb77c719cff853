"""The sentences that several validators share: a step of a chain goes in, Evidence or part of a sentence comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import nearest_objectives
from vaultkit.insights.status import closing_property, end_of, end_property, is_closed, is_live, is_over
from vaultkit.insights.updates import said_in
from vaultkit.insights.wording import called, is_french, property_name
from vaultkit.language import message
from vaultkit.model import TOP, Evidence
from vaultkit.text import fold, name_key
from vaultkit.vault import link_text
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultkit.insights.alignment import Up
    from vaultkit.insights.updates import Update
    from vaultkit.model import Heading, Link, Message, Note, Property, Span
    from vaultkit.vault import Edge, Vault


LONGEST = 8
"""The steps of a chain that are shown: a longer one is no evidence that anybody reads."""


def chain(vault: Vault, ups: Sequence[Up]) -> tuple[Evidence, ...]:
    """`A serves B`, `B serves C`, each where it is written: in the child's note, or in a list in the parent's."""
    return tuple(
        Evidence(
            message("{child} serves {parent}", child=called(vault, up.child), parent=_parent(vault, up)),
            up.edge.source,
            up.edge.link.span.line,
        )
        for up in ups[:LONGEST]
    )


def stop(vault: Vault, path: str) -> Evidence:
    """Why a chain goes no further than the file at `path`, where it is written."""
    name = called(vault, path)
    if not path.endswith(".md"):
        return Evidence(message("{name} is no note", name=name), path)
    if path not in vault.notes:
        return Evidence(message("{name} is not among the notes that are judged", name=name), path)
    return why_out(vault, vault.notes[path]) or Evidence(
        message("{name} is no objective, and serves nothing", name=name), path
    )


def out_of_play(vault: Vault, note: Note) -> Message | None:
    """Why a note no longer counts, as a clause about it; None while it does."""
    name = called(vault, note.path)
    if vault.kind(note) is None:
        return message("{name} is of no kind that vaultkit knows", name=name)
    if is_closed(vault, note):
        item = closing_property(vault, note)
        if item is None:
            return message("{name} lies in {folder}", name=name, folder=note.folder)
        return message(
            "{name} is closed (`{property}: {value}`)", name=name, property=item.name, value=text_of(item.value)
        )
    if is_live(vault, note) and not (vault.is_kind(note, "objective") and is_over(vault, note)):
        return None
    return message("{name} ended on {date}", name=name, date=str(end_of(vault, note)))


def is_in_play(vault: Vault, path: str) -> bool:
    """Whether a note counts; what is no note, a canvas in a list of projects, does not."""
    return path in vault.notes and out_of_play(vault, vault.notes[path]) is None


def why_out(vault: Vault, note: Note) -> Evidence | None:
    """`out_of_play`, where it is written."""
    said = out_of_play(vault, note)
    if said is None or vault.kind(note) is None:
        return Evidence(said, note.path) if said else None
    item = closing_property(vault, note) if is_closed(vault, note) else end_property(vault, note)
    return Evidence(said, note.path, item.span.line if item else 1)


def last_day(vault: Vault, note: Note) -> Evidence | None:
    """`A runs until 2026-06-30`, where it is written; None when nothing says."""
    end, item = end_of(vault, note), end_property(vault, note)
    if end is None or item is None:
        return None
    said = message("{name} runs until {date}", name=called(vault, note.path), date=str(end))
    return Evidence(said, note.path, item.span.line)


def says(vault: Vault, note: Note, field: str) -> Evidence:
    """What a note has to say under a field, where it is written; or that it says nothing there."""
    item = vault.property(note, field)
    line = item.span.line if item else 1
    if item is None or not text_of(item.value):
        name, word = called(vault, note.path), property_name(vault, note, field)
        return Evidence(message("{name} says nothing under `{property}`", name=name, property=word), note.path, line)
    return Evidence(message("{property} says {words}", property=item.name, words=text_of(item.value)), note.path, line)


def stated_at(edge: Edge) -> int:
    """The line of a link in a property; 1 for one in a text, whose lines shift without anything being said."""
    return edge.link.span.line if edge.link.property else 1


def span_of(item: Property | None) -> Span:
    """Where a property stands; the beginning of the note when it has none."""
    return item.span if item else TOP


def word(vault: Vault, note: Note, english: str, french: str) -> str:
    """A word of a vocabulary as a note would write it."""
    return french if is_french(vault, note) else english


def folded(heading: Heading) -> str:
    """The words of a heading without case, accents and marks."""
    return fold(heading.text.strip("#*_ :"))


def place(note: Note, edge: Edge | None) -> Span:
    """Where a link stands when it is in this note, else the beginning of the note."""
    return edge.link.span if edge and edge.source == note.path else TOP


def link(vault: Vault, path: str) -> str:
    """A link to a file as it stands in a property."""
    return f"[[{called(vault, path)}]]"


def is_inline(vault: Vault, note: Note, field: str) -> bool:
    """Whether a note says a field in its text, `serves:: [[Grow]]`, where a link needs no quotes."""
    return vault.property(note, field) in note.fields


def quoted(vault: Vault, note: Note, field: str, path: str) -> str:
    """A link to a file as it would stand in this field of a note."""
    return link(vault, path) if is_inline(vault, note, field) else f'"{link(vault, path)}"'


def rewritten(vault: Vault, note: Note, old: Link, path: str) -> str:
    """A link as it would have to read to mean the file at `path` and no other; its anchor and its label stay.

    A canvas's card that is a file, and a base's expression, hold the path alone.
    """
    if old.origin in {"canvas", "base"}:
        return path
    mark, target = "!" if old.embed else "", called(vault, path)
    if old.form == "markdown" and vault.obsidian.use_markdown_links:
        anchor = f"#{old.anchor}".replace(" ", "%20") if old.anchor else ""
        return f"{mark}{link_text(vault, path, note.path, old.label).removesuffix(')')}{anchor})"
    shown = old.target.rpartition("/")[2].removesuffix(".md")
    label = old.label or ("" if old.embed or name_key(shown) == name_key(target) else shown)
    return f"{mark}[[{target}{'#' if old.anchor else ''}{old.anchor}{'|' if label else ''}{label}]]"


def either(options: Iterable[Message | str]) -> Message | str:
    """`A`, or `A or B`."""
    first, *more = options
    return message("{first} or {second}", first=first, second=either(more)) if more else first


def both(parts: Sequence[Message | str]) -> Message | str:
    """`A`, `A and B`, or `A, B and C`."""
    first, *more = parts
    if len(more) < 2:
        return message("{first} and {second}", first=first, second=more[0]) if more else first
    return message("{first}, {others}", first=first, others=both(more))


def as_written(link: Link) -> str:
    """A wikilink of a property as it stands there, without its quotes."""
    anchor, label = f"#{link.anchor}" if link.anchor else "", "" if link.label is None else f"|{link.label}"
    return f"[[{link.target}{anchor}{label}]]"


def choice(vault: Vault, note: Note, objective: Note) -> Message:
    """The property with which a note would say that it serves an objective."""
    name, meant = property_name(vault, note, "serves"), link(vault, objective.path)
    if is_inline(vault, note, "serves"):
        return message("`{property}:: {link}`", property=name, link=meant)
    return message('`{property}: "{link}"`', property=name, link=meant)


def choices(vault: Vault, note: Note) -> Message | str:
    """`choice` for the live objectives nearest to a note."""
    return either(choice(vault, note, objective) for objective in nearest_objectives(vault, note))


def _parent(vault: Vault, up: Up) -> str:
    return up.edge.link.target if up.parent is None else called(vault, up.parent)


def line_of_update(vault: Vault, note: Note, update: Update) -> int:
    """Where an update stands: what is remembered of one in the note's own text has no line that can be relied on."""
    if update.path != note.path:
        return update.line
    said = vault.gather(said_in)[note.path]
    found = (each.line for each in said if (each.day, each.why) == (update.day, update.why))
    return next(found, 1)
