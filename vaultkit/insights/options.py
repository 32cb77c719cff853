"""What a decision weighs: a decision's note goes in; its options come out, and which of them it says were rejected.

An option is an item below a heading such as `Considered options`, or what `alternatives` and `rejected` name. It was
rejected when it stands below `Rejected`, is struck through, or says so: `London: rejected, too dear`, `(écartée)`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.likeness import words
from vaultkit.text import fold, stem
from vaultkit.vault.values import first_words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_VERDICT = (
    r"(?:rejected|discarded|dismissed|declined|ruled out|(?:rejet|écart|refus|abandonn)ée?s?|non[ -]retenue?s?|"
    r"turned down)"
)
_SAYS = re.compile(
    rf"(?:^|[:(\[,;–—-])\s*{_VERDICT}\s*(?=$|[:;,.)(\]!–—-]|\bbecause\b|\bcar\b)|\s{_VERDICT}\W*$", re.IGNORECASE
)
_OPENS = re.compile(rf"^{_VERDICT}\s*[:–—-]\s*", re.IGNORECASE)
_STRUCK = re.compile(r"^~~([^~]+)~~")
_MARKS = re.compile(r"\*\*|__|~~|==|`|^[#>\s]+")
_REASON = re.compile(r"\s?:\s|\s[–—-]\s|\s\(|;|\b(?:because|since|car|parce qu)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:[A-Z]{1,4}[ -]?)?\d[\d.-]*(?:[\s.:–—_-]+|$)")
_NEWS = (
    *("new information", "new fact", "new element", "what is new", "what's new", "what has changed", "what changed"),
    *("element nouveau", "fait nouveau", "nouvelle information", "nouvel element", "ce qui a change", "quoi de neuf"),
)
"""What a heading begins with, folded and in the singular, under which a decision says why it opens a matter again."""
_STATUS = frozenset({"status", "statut"})
_ITEMS = re.compile(r"[;\n,/]|\b(?:or|ou|vs)\b")
_LONGEST = 300
"""Characters of an option that are looked at: who writes more has said before what is proposed."""
_REFUSED = frozenset("rejected declined rejete rejetee refuse refusee ecarte ecartee".split())
"""The statuses, folded, of a decision that was taken against what it proposes."""


class Option(Struct, frozen=True, gc=False):
    """One of the things that could have been decided."""

    text: str
    """As written, its reason included."""
    words: frozenset[str]
    """What it proposes; empty when that says nothing."""
    rejected: bool
    field: str = ""
    """`alternatives`, whether a property or a heading, `rejected`, `title`; empty for any other in the text."""


class Weighed(Struct, frozen=True):
    """What a decision says of its options, without its places."""

    options: tuple[Option, ...] = ()
    subject: frozenset[str] = frozenset()
    """The words of its title."""
    has_news: bool = False
    """Whether it says under a heading of its own what is new."""
    has_actions: bool = False
    """Whether it lists next steps that are no checkboxes."""
    has_status: bool = False
    """Whether it has a heading below which its status may stand."""

    @property
    def count(self) -> int:
        """How many options there were: where only those that were not taken are listed, the one that was, too."""
        listed = [option for option in self.options if option.field != "title"]
        taken = any(not option.rejected and option.field != "alternatives" for option in listed)
        return len(listed) + (1 if listed and not taken else 0)


def weighed(vault: Vault, note: Note) -> Weighed:
    """What one decision weighs; nothing for a note of another kind."""
    if not vault.is_kind(note, "decision"):
        return Weighed()
    title = _NUMBERED.sub("", vault.title(note))
    subject, refused = words(title), _is_refused(vault.text(note, "status"))
    named = [option for field in ("alternatives", "rejected") for option in _named(vault, note, field)]
    points = (point for point in note.points if point.topic in {"options", "rejected"})
    beside = "alternatives" if any("alternative" in stem(heading.text) for heading in note.headings) else ""
    listed = [option_of(point.text, rejected=point.topic == "rejected", field=beside) for point in points]
    return Weighed(
        (*listed, *named, Option(title, subject, refused, "title")),
        subject,
        any(stem(heading.text).startswith(_NEWS) for heading in note.headings),
        any(point.topic == "actions" for point in note.points),
        any(fold(heading.text.strip(" :#*")) in _STATUS for heading in note.headings),
    )


def _is_refused(status: str) -> bool:
    return not _REFUSED.isdisjoint({fold(status), fold(first_words(status))})


def option_of(text: str, *, rejected: bool = False, field: str = "") -> Option:
    """An option as one line says it."""
    line = unicodedata.normalize("NFC", text[:_LONGEST]).strip()
    struck = _STRUCK.match(line.lstrip("*_ "))
    line = _MARKS.sub("", line).strip()
    opens = _OPENS.match(line)
    said = bool(struck or opens or _SAYS.search(line))
    proposal = struck[1] if struck else line[opens.end() :] if opens else line
    return Option(line, _proposed(proposal), rejected or said, field)


def _proposed(line: str) -> frozenset[str]:
    """The words of what a line proposes, without its reason: `London: too dear` is about London."""
    for part in _REASON.split(_SAYS.sub(" : ", line)):
        found = words(part)
        if found:
            return found
    return frozenset()


def _named(vault: Vault, note: Note, field: str) -> Iterator[Option]:
    """The options that a property names: each item of a list, or of a text that is one."""
    item = vault.property(note, field)
    if item is None:
        return
    values = item.value if isinstance(item.value, tuple) else _ITEMS.split(text_of(item.value))
    for value in values:
        text = text_of(value)
        if text.strip():
            yield option_of(text, rejected=field == "rejected", field=field)
