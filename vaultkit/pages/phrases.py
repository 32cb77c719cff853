"""What pages say of a note in a word or two: a note goes in; its owner, its health, its kind, a finding comes out."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.lineage import lineage
from vaultkit.insights.names import aliases
from vaultkit.insights.ownership import ownership
from vaultkit.insights.ratios import ratios
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message, plural, say
from vaultkit.model import Message
from vaultkit.pages.linking import link
from vaultkit.text import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vaultkit.model import Finding, Note
    from vaultkit.vault import Vault

HEALTHS: Mapping[str, Message] = {
    "on_track": message("on track"),
    "at_risk": message("at risk"),
    "off_track": message("off track"),
}

DASH = "–"
"""What stands where a note says nothing."""

_FIRST_MARK = 0xF0000
"""A character for private use: no name of a note holds it, and no escape touches it."""

_WIKI = re.compile(r"!?\[\[([^\[\]\n]*)\]\]")
_LAST = re.compile(r"[ ,;:–-]*@?\[\[([^\[\]\n]*)\]\][ .]*$")
_MARKDOWN = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")


def as_of(vault: Vault) -> Message:
    """The day of which a page speaks: the only date that it has from the clock."""
    return message("As of {date}.", date=str(vault.today))


def alignment(vault: Vault) -> Message:
    """How much of the work leads up to what it is for, in a line without its full stop."""
    if not vault.ask(lineage).parents:
        return message("No live objective, priority or project was recognised")
    measured = vault.ask(ratios)
    idle = measured.coverage.whole - measured.coverage.part
    return message(
        "{objectives}, {idle}; {priorities}, {orphans}",
        objectives=plural("{count} live objective", "{count} live objectives", measured.coverage.whole),
        idle=plural("{count} that nobody works on", "{count} that nobody works on", idle),
        priorities=plural("{count} live priority", "{count} live priorities", measured.alignment.whole),
        orphans=plural("{count} that serves no objective", "{count} that serve no objective", measured.orphans),
    )


def told(vault: Vault, finding: Finding, page: str) -> Markdown:
    """What a finding says, the notes that it names as links, its own before all."""
    paths = dict.fromkeys((finding.path, *(step.path for step in finding.evidence)))
    named = {called(vault, path): path for path in reversed(paths)}
    marks = {name: chr(_FIRST_MARK + i) for i, name in enumerate(named)}
    words = in_words(vault, finding.message, marks)
    for name, mark in marks.items():
        words = Markdown(words.replace(mark, link(vault, named[name], page)))
    own = link(vault, finding.path, page)
    return words if own in words else Markdown(f"{own} – {words}")


def in_words(vault: Vault, what: Message, marks: Mapping[str, str] = MappingProxyType({})) -> Markdown:
    """A sentence of a validator's, its code kept as code; `marks` stand in for the values that equal their keys."""
    return escape.prose(say(_marked(what, marks), vault.language))


def owner(vault: Vault, note: Note, page: str) -> Markdown | Message:
    """The one owner as a link, else what the note says in the place of one."""
    found = ownership(vault, note)
    if found.person:
        return link(vault, found.person, page)
    said = ", ".join(found.said)
    if found.fault == "team":
        return message("{team} (a team)", team=said)
    if found.fault == "several":
        return message("{owners} (several)", owners=said)
    if found.fault == "unresolved":
        return message("{owner} (no note)", owner=said)
    return message("**nobody**")


def some(vault: Vault, paths: Sequence[str], page: str, most: int) -> Markdown | Message:
    """The first of some notes as links, and how many more there are."""
    shown = Markdown(", ".join(link(vault, path, page) for path in paths[:most]))
    more = len(paths) - most
    return plural("{notes} and {count} more", "{notes} and {count} more", more, notes=shown) if more > 0 else shown


def threatened(vault: Vault, objectives: Sequence[str], page: str, most: int = 3) -> Markdown | str:
    """What a risk stands on: the first few of its objectives, and and which of them are closed: so may it be."""
    if not objectives:
        return DASH
    closed = say(message("closed objective"), vault.language)
    told = (
        link(vault, path, page) if is_live(vault, vault.notes[path]) else f"{link(vault, path, page)} ({closed})"
        for path in objectives[:most]
    )
    left = len(objectives) - most
    return Markdown(", ".join(told) + (f" +{left}" if left > 0 else ""))


def health(vault: Vault, note: Note) -> Message | str:
    """How it goes, as its note says."""
    return HEALTHS.get(vault.choice(note, "health") or "", DASH)


def kind_label(vault: Vault, kind: str) -> str:
    """What a reader calls a kind of note."""
    labels = vault.kinds.all[kind].labels
    return labels.get(vault.language) or labels.get("en") or kind


def without_links(words: str) -> str:
    """Words as a reader sees them: a link by what it shows, or by the name of what it leads to."""
    return escape.plain(_MARKDOWN.sub(r"\1", _WIKI.sub(lambda found: _shown(found[1]), words)))


def listed(parts: Sequence[Message]) -> Message:
    """Several short sayings as one."""
    told = parts[0]
    for part in parts[1:]:
        told = message("{one}, {other}", one=told, other=part)
    return told


def task(vault: Vault, words: str, holder: str | None, length: int) -> Markdown:
    """What a checkbox says, without links and without the name of whoever has it where it ends with that."""
    last = _LAST.search(words)
    note = vault.notes.get(holder or "")
    if last and note is not None and name_key(_shown(last[1].partition("|")[0])) in _names(vault, note):
        words = words[: last.start()] or words
    return escape.text(clipped(without_links(words), length))


def _names(vault: Vault, note: Note) -> set[str]:
    return {name_key(note.name), name_key(vault.title(note)), *map(name_key, aliases(note))}


def clipped(words: str, length: int) -> str:
    """Words of at most `length` characters, cut between two of them."""
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def _marked(what: Message, marks: Mapping[str, str]) -> Message:
    """A message with a mark in the place of each name, told so from words that happen to be the same.

    A backtick in a value would pair with one of the sentence's own: a look-alike stands in for it.
    """
    values: dict[str, str | int | Message] = {}
    for key, value in what.values.items():
        if isinstance(value, Message):
            values[key] = _marked(value, marks)
        else:
            values[key] = marks.get(value, value.replace("`", "ˋ")) if isinstance(value, str) else value
    return Message(what.template, values, what.plural, what.count)


def _shown(inside: str) -> str:
    target, pipe, label = inside.replace("\\|", "|").partition("|")
    target = target.partition("#^")[0] or target  # the id of a block is no word of anybody's
    return label if pipe and label.strip() else target.rpartition("/")[2].replace("#", " > ").strip(" >")
