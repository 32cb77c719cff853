"""What an update or a meeting speaks of, places left out: a note goes in; its asks, bad news and topics come out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.secrecy import group_of
from vaultkit.text import fold
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault

_BOARD = "board"
_TROUBLE = re.compile(
    r"\b(not working|does ?n.t work|broken|lowlights?|problems?|issues?|risks?|worr(?:y|ies)|concerns?|bad news"
    r"|blockers?|setbacks?|challenges?|misses|missed|went wrong|ne marche pas|ne va pas|difficultes?|problemes?"
    r"|risques?|obstacles?|points? durs?|points? de blocage|points? d.attention|mauvaises? nouvelles?|echecs?"
    r"|inquietudes?|vigilance)\b"
)
"""The headings, folded, below which an update says what does not go well."""
_TOPICS = frozenset({"agenda", "decisions", "actions"})


class Spoken(NamedTuple):
    """What an update says to the board."""

    board: bool = False
    """Whether it is for the board."""
    asks: bool = False
    trouble: bool = False


def spoken(vault: Vault, note: Note) -> Spoken:
    """What one update says; nothing of a note of another kind."""
    if not vault.is_kind(note, "update"):
        return Spoken()
    item = vault.property(note, "audience")
    if item is None:
        return Spoken()
    values = item.value if isinstance(item.value, tuple) else re.split("[,;/]", text_of(item.value))
    for_board = any(group_of(text_of(value).strip()) == group_of(_BOARD) for value in values)
    asks = bool(vault.text(note, "asks")) or any(point.topic == "asks" for point in note.points)
    return Spoken(for_board, asks, any(_says_something(note, place) for place in range(len(note.headings))))


def agenda(vault: Vault, note: Note) -> tuple[str, ...]:
    """The lines, folded, that a meeting has below its agenda, its decisions and its actions."""
    if not vault.is_kind(note, "meeting"):
        return ()
    lines = [point.text for point in note.points if point.topic in _TOPICS]
    lines += [vault.text(note, field) for field in ("agenda", "decisions", "actions")]
    return tuple(fold(line) for line in lines if line)


def _says_something(note: Note, place: int) -> bool:
    """Whether a heading is one for what does not go well, and something stands below it."""
    heading = note.headings[place]
    if not _TROUBLE.search(fold(heading.text)):
        return False
    following = (section for section in note.sections if section.start > heading.span.start)
    first = next(iter(following), None)
    deeper = place + 1 < len(note.headings) and note.headings[place + 1].level > heading.level
    return first is not None and (first.kind not in {"heading", "comment", "thematicBreak"} or deeper)
