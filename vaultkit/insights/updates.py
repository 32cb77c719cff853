"""What was last said of how a note stands: a Vault goes in; dated updates of each note, the newest first, come out.

An update is a note of that kind which is `about` another (or lists it), a dated line or heading below `Updates` in the
note itself (`- 2026-03-02: the pilot runs`, `### Point du 2 mars 2026`), or the day in its `reviewed`. Why a date moved
stands in `why`; in a line it is what the line says, if it gives a reason in so many words (`because`, `car`, `why::`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultkit.insights.dated import day_of
from vaultkit.vault.values import cadence_of, date_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault

_DAY = r"\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}(?:er)? [^\W\d_]{3,9} \d{4}"
_DATED = re.compile(
    r"(?:(?:le|du|au|on|of|as|the|week|semaine|update|status|point|bilan|suivi)\b[ :,]*|[*_~\[(#])*"
    rf"(?:(?<=\[\[)[^\[\]|#/]+/)?({_DAY})(?!\d)",
    re.IGNORECASE,
)
"""What a dated line begins with: emphasis, a link to a day, `Point du`."""
_DAYS = re.compile(rf"(?<![\d/.-])(?:{_DAY})(?!\d)")
_REASON = re.compile(
    r"\b(?:because|due to(?! \d)|owing to|reasons?|why|car|parce que?|puisque?|raisons?|[aà] cause|suite [aà]"
    r"|faute de|pourquoi|motifs?)\b",
    re.IGNORECASE,
)
"""Words by which a line says that it gives a reason."""
_LONGEST = 240
"""Characters of a line that are looked at."""


class Update(Struct, frozen=True, gc=False):
    """One thing said of one note on one day."""

    about: str
    """The note that it is about."""
    day: date
    path: str
    """The note in which it stands."""
    line: int
    health: str | None = None
    confidence: float | None = None
    """As written: a share of 1 or of 100."""
    progress: float | None = None
    due: date | None = None
    why: str = ""
    current: float | None = None


def updates(vault: Vault) -> Mapping[str, tuple[Update, ...]]:
    """Note -> its updates until today, the newest first."""
    found: dict[str, list[Update]] = {}
    gathered = vault.gather(said_in)
    for path in vault.recognised:
        for update in gathered[path]:
            if update.day <= vault.today:
                found.setdefault(update.about, []).append(update)
    return {
        path: tuple(sorted(each, key=lambda u: (u.day, u.path, u.line), reverse=True)) for path, each in found.items()
    }


def said_in(vault: Vault, note: Note) -> tuple[Update, ...]:
    """The updates that stand in one note, of itself or of others."""
    if note.path not in vault.recognised:
        return ()
    return (*_of_others(vault, note), *_of_itself(vault, note))


def facts(vault: Vault, note: Note) -> tuple[Update, ...]:
    """What of a note's updates may count elsewhere: all but their places."""
    return tuple(replace(update, line=0) for update in vault.gather(said_in)[note.path])


def cadence(vault: Vault, note: Note, default: int) -> int:
    """Every how many days a note is to be updated."""
    item = vault.property(note, "cadence")
    return (cadence_of(item.value) if item else None) or default


def _of_others(vault: Vault, note: Note) -> Iterator[Update]:
    day = day_of(vault, note) if vault.is_kind(note, "update") else None
    if day is None:
        return
    health, confidence = vault.choice(note, "health"), vault.number(note, "confidence")
    progress, due, why = vault.number(note, "progress"), vault.day(note, "due"), vault.text(note, "why")
    current = vault.number(note, "current")
    for edge in vault.relation(note, "about"):
        if edge.target is not None:
            line = edge.link.span.line
            yield Update(edge.target, day, note.path, line, health, confidence, progress, due, why, current)


def _of_itself(vault: Vault, note: Note) -> Iterator[Update]:
    for point in note.points:
        found = _DATED.match(point.text) if point.topic == "updates" else None
        day = date_of(found[1]) if found else None
        if found and day is not None:
            yield Update(note.path, day, note.path, point.span.line, why=_reason(point.text[found.end() :]))
    reviewed, item = vault.day(note, "reviewed"), vault.property(note, "reviewed")
    if reviewed is not None and item is not None:
        yield Update(note.path, reviewed, note.path, item.span.line)


def days_in(text: str) -> Iterator[date]:
    """The days that a text names."""
    found = (date_of(each[0]) for each in _DAYS.finditer(text))
    return (day for day in found if day is not None)


def _reason(said: str) -> str:
    """What a line says, if it says why; else nothing."""
    words = said[:_LONGEST].strip(" *_~])(:,;.–—-")
    return words if _REASON.search(words) else ""
