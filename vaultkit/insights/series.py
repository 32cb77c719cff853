"""Meetings: a Vault goes in; who is in them, which of them are one series, and what came of each come out.

A series is the meetings of one title, once days, weeks and numbers are taken out of it (`2026-03-09 CODIR` and
`CODIR 16-03-2026` are two of `codir`); where only a general word is left (`1:1`, `Point`), those of the same people.

Something came of a meeting when its note has a checkbox, lists something below `Decisions` or `Actions` or in these
properties, links to a decision or a task note; when a decision links to it, a note was `decided_in` it, or a checkbox
elsewhere links to it.

Worked: of `2026-02-23 CODIR` (a page of text), `2026-03-02 CODIR` (the same) and `2026-03-09 CODIR` (one checkbox),
the series has three meetings, and something came of the last one alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.assignments import about
from vaultkit.insights.dated import day_of
from vaultkit.insights.parts import parts
from vaultkit.text import fold
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note, Value
    from vaultkit.vault import Vault

_WHEN = re.compile(r"\d{4}[-_. ]?[ws]?\d{2}(?:[-_. ]?\d{2})?|(?<![\w-])(?:week|semaine|sem|w|s) ?\d{1,2}(?!\d)|\d+")
"""What says which of a series a meeting is, in a folded title."""
_WORDS = re.compile(r"[^\W\d_]+")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche "
    "january february march april may june july august september october november december janvier fevrier mars avril "
    "mai juin juillet aout septembre octobre novembre decembre du de le la the of on notes".split()
)
_GENERAL = frozenset(
    "meeting meetings reunion point entretien call sync one weekly daily rendez vous rdv hebdo review catch up".split()
)
_NOT_HELD = frozenset({"dropped", "paused"})
"""The statuses of a meeting that was cancelled or put off."""
_COMMITTEES = frozenset(
    "committee board leadership executive management staff review retro weekly kickoff codir comex copil comite "
    "conseil direction pilotage revue hebdo equipe".split()
)
"""Words, folded, in the title of a meeting that is for more people than are written down."""
_NAME = re.compile(r"\[\[[^\[\]]+\]\]|[^,;\[\]]+")


class Said(Struct, frozen=True, gc=False):
    """What a meeting's note says, places left out."""

    day: date | None
    is_cancelled: bool
    """Whether it did not take place, or will not."""
    is_written: bool
    """Whether anything stands in it but who was there."""
    has_output: bool
    """Whether it has a decision or an action of its own."""
    attendees: tuple[str, ...]
    """As written."""
    title: str
    """What is left of its title once days and numbers are out of it, folded."""


def said(vault: Vault, note: Note) -> Said | None:
    """What a meeting says of itself; None of any other note."""
    if not vault.is_kind(note, "meeting"):
        return None
    filled = parts(note)
    tasks = any(task.text and task.written_by == "human" for task in note.tasks)
    output = tasks or not filled.isdisjoint({"decisions", "actions"})
    return Said(
        day_of(vault, note),
        vault.choice(note, "status") in _NOT_HELD,
        bool(filled - {"people"}) or tasks,
        output or any(vault.text(note, field) for field in ("decisions", "actions")),
        _names(item.value) if (item := vault.property(note, "attendees")) else (),
        untimed(vault.title(note)),
    )


def untimed(title: str) -> str:
    """A title, folded, without what says which of a series it is."""
    words = _WORDS.findall(_WHEN.sub(" ", fold(title)))
    return " ".join(word for word in words if word not in _CALENDAR)


def is_round(vault: Vault, note: Note, least: int) -> bool:
    """Whether it is no talk between few: it is of so many people, a team or a committee, or says nothing of them."""
    known = vault.gather(said)[note.path]
    names = known.attendees if known else ()
    if known is None or not names or len(names) >= least or not _COMMITTEES.isdisjoint(known.title.split()):
        return True
    targets = (edge.target for edge in vault.relation(note, "attendees"))
    return any(target in vault.notes and vault.is_kind(vault.notes[target], "team") for target in targets if target)


def fruitful(vault: Vault) -> frozenset[str]:
    """The meetings of which something came."""
    tasks, told = vault.ask(about), vault.gather(said)
    found: set[str] = set()
    for path, recognition in vault.recognised.items():
        edges = [edge for edge in vault.graph.of(path) if edge.human and edge.target is not None]
        if recognition.kind == "meeting":
            known = told[path]
            linked = any(
                vault.is_kind(vault.notes[e.target or ""], "decision", "task") for e in edges if e.target in vault.notes
            )
            if (known and known.has_output) or linked or path in tasks:
                found.add(path)
        found.update(
            e.target for e in edges if e.target and (recognition.kind == "decision" or e.relation == "decided_in")
        )
    return frozenset(path for path in found if (kind := vault.recognised.get(path)) and kind.kind == "meeting")


def series(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """Series -> its meetings that were not cancelled, by day; one a day, and only where there are several."""
    found: dict[str, dict[date, str]] = {}
    told = vault.gather(said)
    for note in vault.of_kind("meeting"):
        known = told[note.path]
        if known is not None and known.day is not None and not known.is_cancelled and (key := key_of(known)):
            found.setdefault(key, {}).setdefault(known.day, note.path)
    return {key: tuple(path for _, path in sorted(each.items())) for key, each in found.items() if len(each) > 1}


def key_of(known: Said) -> str:
    """Of which series a meeting is: its title, and the people where that is a general word; empty where nothing is."""
    if not _GENERAL.issuperset(known.title.split()):
        return known.title
    people = sorted({fold(name) for name in known.attendees})
    return f"{known.title}: {', '.join(people)}" if len(people) > 1 else ""


def _names(value: Value) -> tuple[str, ...]:
    """The names in a list, or in one text, as links or between commas."""
    values = value if isinstance(value, tuple) else (value,)
    pieces = (piece for each in values for piece in _NAME.findall(each if isinstance(each, str) else text_of(each)))
    return tuple(dict.fromkeys(name for piece in pieces if (name := text_of(piece))))
