"""The X-matrix: a Vault goes in; who serves what, what measures it and who answers for it come out at a glance.

A Hoshin X-matrix has objectives, priorities, measures and owners on the four sides of a cross, with a dot where two
meet. A phone has no room for a cross: here the objectives are the columns, a letter each, and priorities and measures
the rows; an empty row serves nothing, and an empty column nobody serves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import Markdown
from vaultkit.insights.alignment import objectives, ups
from vaultkit.insights.ownership import ownership
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.status import is_live
from vaultkit.language import message, plural
from vaultkit.model import Message, Note, Page
from vaultkit.pages import figures, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.text import natural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "x-matrix"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()

MOST = 30
"""Rows of a table."""
MARKS = 8
"""In a cell."""
ACROSS = 8
"""Objectives that have a column each: more are not seen at once."""
NAMED = 5
"""Notes of one gap."""
STEPS = 200
"""How many notes are gone through from one up to what it serves: in a ring of thousands the nearest count."""
FIRST, ALSO = "●", "○"
"""What is served first; what is served besides."""
OBJECTIVES, PRIORITIES, MEASURES = message("Objectives"), message("Priorities"), message("Measures")
OWNER = message("Owner")


class Matrix(Struct, frozen=True):
    """The three sides, and what meets what. A path may stand on one side only."""

    goals: tuple[Note, ...]
    works: tuple[Note, ...]
    measures: tuple[Note, ...]
    met: Mapping[str, Mapping[str, str]]
    """Path -> what it meets on the other sides, with `ALSO` where an objective is not what is served first."""
    goal_paths: frozenset[str]
    marks: Mapping[str, str]
    """What each is called in the tables: A, B for objectives, 1, 2 for priorities, m1, m2 for measures."""


class Side(Struct, frozen=True):
    """A table: its columns but for the first, which has the marks, and its rows."""

    title: Message
    heads: tuple[Message | str, ...]
    rows: tuple[tuple[Markdown | Message | str, ...], ...]
    more: Message | None


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page, matrix = vault.ask(places)[NAME], _matrix(vault)
    sides = (_goals(vault, matrix, page), _works(vault, matrix, page), _measured(vault, matrix, page))
    gaps = [(what, notes) for what, notes in _gaps(vault, matrix) if notes]
    text = page_text(
        vault,
        NAME,
        page,
        "x-matrix.md.j2",
        callout=_callout(matrix, gaps),
        verdict=_verdict(vault, matrix),
        gaps=[message("{what}: {notes}", what=what, notes=_named(vault, notes, page)) for what, notes in gaps],
        as_of=phrases.as_of(vault),
        legend=_legend(matrix),
        sides=[side for side in sides if side.rows],
    )
    yield Page(page, text, NAME)


def _matrix(vault: Vault) -> Matrix:
    keys = vault.gather(_key)
    goals = tuple(sorted((vault.notes[path] for path in vault.ask(objectives)), key=lambda note: keys[note.path]))
    live = (note for note in vault.of_kind("key_result", "metric") if is_live(vault, note))
    measures, works = tuple(sorted(live, key=lambda note: keys[note.path])), vault.ask(ranked_priorities)
    marks = {note.path: _letters(place) for place, note in enumerate(goals)}
    marks |= {note.path: str(place) for place, note in enumerate(works, start=1)}
    marks |= {note.path: f"m{place}" for place, note in enumerate(measures, start=1)}
    met: dict[str, dict[str, str]] = {path: {} for path in marks}
    for note in (*works, *measures):
        dot = ""
        for path in _above(vault, note.path):
            if path not in marks or _is_same_side(vault, path, note.path):
                continue
            to_goal = vault.is_kind(vault.notes[path], "objective")
            met[note.path][path] = met[path][note.path] = dot if to_goal else ""
            dot = ALSO if to_goal else dot
    return Matrix(goals, works, measures, met, frozenset(note.path for note in goals), marks)


def _above(vault: Vault, path: str) -> Iterator[str]:
    """What a note leads up to, what it names first before the rest; nothing beyond an objective."""
    seen, waiting = {path}, [path]
    while waiting and len(seen) <= STEPS:
        current = waiting.pop()
        if current != path:
            yield current
            if vault.is_kind(vault.notes[current], "objective"):
                continue
        above = dict.fromkeys(up.parent for up in vault.ask(ups).get(current, ()) if up.parent in vault.notes)
        new = [parent for parent in above if parent is not None and parent not in seen]
        seen.update(new)
        waiting += reversed(new)


def _is_same_side(vault: Vault, path: str, other: str) -> bool:
    return vault.is_kind(vault.notes[path], "priority") == vault.is_kind(vault.notes[other], "priority") and not (
        vault.is_kind(vault.notes[path], "objective")
    )


def _key(vault: Vault, note: Note) -> tuple[object, ...]:
    """Key results before metrics, then by name."""
    return vault.is_kind(note, "metric"), natural(vault.title(note)), note.path


def _letters(place: int) -> str:
    """A to Z, then AA, AB ..."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _goals(vault: Vault, matrix: Matrix, page: str) -> Side:
    """The objectives: what each letter stands for, who answers for it, and what it has."""
    rows = tuple(
        (
            matrix.marks[note.path],
            link(vault, note.path, page),
            phrases.owner(vault, note, page),
            _marks(matrix, note, matrix.works),
            _marks(matrix, note, matrix.measures),
        )
        for note in matrix.goals[:MOST]
    )
    return Side(OBJECTIVES, (OBJECTIVES, OWNER, PRIORITIES, MEASURES), rows, figures.more(len(matrix.goals) - MOST))


def _works(vault: Vault, matrix: Matrix, page: str) -> Side:
    """The priorities, each with a dot below what it serves, and with what measures it where anything does."""
    shown = matrix.works[:MOST]
    measured = [_marks(matrix, note, matrix.measures) for note in shown]
    has_measures = any(cell != phrases.DASH for cell in measured)
    rows = tuple(
        (*_dotted(vault, matrix, note, page), *([cell] if has_measures else []), phrases.owner(vault, note, page))
        for note, cell in zip(shown, measured, strict=True)
    )
    heads = (PRIORITIES, *_across(matrix), *([MEASURES] if has_measures else []), OWNER)
    return Side(PRIORITIES, heads, rows, figures.more(len(matrix.works) - MOST))


def _measured(vault: Vault, matrix: Matrix, page: str) -> Side:
    """The measures, each with a dot below the objective that it tells of."""
    rows = tuple(
        (*_dotted(vault, matrix, note, page), phrases.owner(vault, note, page)) for note in matrix.measures[:MOST]
    )
    return Side(MEASURES, (MEASURES, *_across(matrix), OWNER), rows, figures.more(len(matrix.measures) - MOST))


def _across(matrix: Matrix) -> tuple[Message | str, ...]:
    """A column for each objective, where they are few."""
    if len(matrix.goals) > ACROSS:
        return (OBJECTIVES,)
    return tuple(matrix.marks[goal.path] for goal in matrix.goals)


def _dotted(vault: Vault, matrix: Matrix, note: Note, page: str) -> tuple[Markdown | str, ...]:
    """The beginning of a row: the mark of a note, its link, and what it serves."""
    begun = (matrix.marks[note.path], link(vault, note.path, page))
    if len(matrix.goals) > ACROSS:
        return (*begun, _marks(matrix, note, matrix.goals))
    met = matrix.met[note.path]
    return (*begun, *((met[goal.path] or FIRST) if goal.path in met else "" for goal in matrix.goals))


def _marks(matrix: Matrix, note: Note, side: Sequence[Note]) -> str:
    """The marks of those that a note meets."""
    met = matrix.met[note.path]
    found = [f"{matrix.marks[other.path]}{met[other.path]}" for other in side if other.path in met]
    return f"{', '.join(found[:MARKS])} …" if len(found) > MARKS else ", ".join(found) or phrases.DASH


def _legend(matrix: Matrix) -> Message | None:
    """What the dots say, where there are any."""
    has_also = any(ALSO in met.values() for met in matrix.met.values())
    if len(matrix.goals) > ACROSS:
        return (
            message("{mark} marks what is served as well, behind another objective.", mark=ALSO) if has_also else None
        )
    if not any(matrix.goal_paths & met.keys() for met in matrix.met.values()):
        return None
    if has_also:
        return message(
            "{first} serves the objective whose letter stands above, {also} serves it as well, behind another.",
            first=FIRST,
            also=ALSO,
        )
    return message("{first} serves the objective whose letter stands above.", first=FIRST)


def _callout(matrix: Matrix, gaps: Sequence[tuple[Message, Sequence[Note]]]) -> str:
    """Work that is for nothing, or an objective without work, is worse than what nobody measures."""
    if not matrix.marks:
        return "info"
    if not matrix.goals or any(what in (IDLE, AIMLESS) for what, _ in gaps):
        return "danger"
    return "warning" if gaps else "success"


def _verdict(vault: Vault, matrix: Matrix) -> Message:
    if not matrix.marks:
        return message("No live objective, priority or measure was recognised")
    if not matrix.goals:
        return message("There is no live objective for the others to serve")
    whole = [note for note in matrix.goals if not any(lacks(vault, matrix, note) for _, lacks in LACKS)]
    return plural(
        "{count} of {all} objectives has a priority, a measure and one owner",
        "{count} of {all} objectives have a priority, a measure and one owner",
        len(whole),
        all=len(matrix.goals),
    )


def _gaps(vault: Vault, matrix: Matrix) -> Iterator[tuple[Message, list[Note]]]:
    """Which objectives lack what, and which of the others are for none."""
    for said, lacks in LACKS:
        yield said, [note for note in matrix.goals if lacks(vault, matrix, note)]
    for said, side in ((AIMLESS, matrix.works), (TELLING_NOTHING, matrix.measures)) if matrix.goals else ():
        yield said, [note for note in side if not matrix.goal_paths & matrix.met[note.path].keys()]


def _named(vault: Vault, notes: Sequence[Note], page: str) -> Markdown | Message:
    return phrases.some(vault, [note.path for note in notes], page, NAMED)


def _no_priority(_vault: Vault, matrix: Matrix, note: Note) -> bool:
    return not any(work.path in matrix.met[note.path] for work in matrix.works)


def _no_measure(_vault: Vault, matrix: Matrix, note: Note) -> bool:
    return not any(measure.path in matrix.met[note.path] for measure in matrix.measures)


def _no_owner(vault: Vault, _matrix: Matrix, note: Note) -> bool:
    return ownership(vault, note).person is None


IDLE = message("Objectives without a priority")
AIMLESS = message("Priorities for no objective")
TELLING_NOTHING = message("Measures of no objective")
LACKS: tuple[tuple[Message, Callable[[Vault, Matrix, Note], bool]], ...] = (
    (IDLE, _no_priority),
    (message("Objectives without a measure"), _no_measure),
    (message("Objectives without one owner"), _no_owner),
)
