"""What to ask of objectives and priorities: a Vault and its findings go in; questions of what serves what come out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultkit.insights.alignment import children, objectives, standings, ups
from vaultkit.insights.conflicts import open_conflicts
from vaultkit.insights.drift import drift
from vaultkit.insights.history import is_new
from vaultkit.insights.inversions import inversions
from vaultkit.insights.pace import pace
from vaultkit.insights.progress import progress, state_of
from vaultkit.insights.questions.question import Question, of_finding
from vaultkit.insights.ranking import ranked_priorities
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.insights.workload import TOP
from vaultkit.language import message, plural
from vaultkit.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.drift import Drift, Focus
    from vaultkit.insights.questions.question import Said
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

FEW = 5
"""As many priorities as one can have without being asked which of them would go."""
EARLY = 0.6
"""The share of a period before whose end an objective that is reached was perhaps an easy one."""
NEW = 7
"""Days for which a project is new."""
_SPENT = frozenset({"expired", "closed"})
_ADRIFT = frozenset({"no-link", "broken-link", "cycle", "dead-end"})


def keep_three(_vault: Vault, said: Said) -> Iterator[Question]:
    """Which priorities would go, of too many in one hand."""
    for finding in said.get("too-many-priorities", ()):
        count, owner = len(finding.evidence), finding.message.values["owner"]
        if count > FEW:
            words = message(
                "If only 3 of the {count} priorities of {owner} could stay, which would go?", count=count, owner=owner
            )
            yield of_finding("keep-three", finding, words, about=str(owner))


def how_known(vault: Vault, said: Said) -> Iterator[Question]:
    """How anybody will know, of an objective without a number."""
    for finding in said.get("objective-without-metric", ()):
        if finding.reason != "no-number":
            words = message("How will you know that {name} has succeeded?", name=called(vault, finding.path))
            yield of_finding("how-known", finding, words)


def if_stopped(vault: Vault, said: Said) -> Iterator[Question]:
    """What would suffer without it, of an orphan; of a circle of them once."""
    rings: set[frozenset[str]] = set()
    for finding in said.get("orphan-priority", ()):
        ring = frozenset(step.path for step in finding.evidence)
        if finding.reason in _ADRIFT and ring not in rings:
            rings |= {ring} if finding.reason == "cycle" else set()
            name = called(vault, finding.path)
            words = message("Which objective would suffer if {name} stopped tomorrow?", name=name)
            yield of_finding("if-stopped", finding, words)


def nobody_works(vault: Vault, said: Said) -> Iterator[Question]:
    """Whether it is still one, of an objective that nothing serves."""
    for finding in said.get("unserved-objective", ()):
        name = called(vault, finding.path)
        words = message("{name} is an objective, yet nobody works on it. Is it still one?", name=name)
        yield of_finding("nobody-works", finding, words)


def serves_what(vault: Vault, said: Said) -> Iterator[Question]:
    """What it is for now, of a priority whose objective is over."""
    for finding in said.get("orphan-priority", ()):
        chain = vault.ask(standings)[finding.path].chain if finding.reason in _SPENT else ()
        if chain:
            objective, name = called(vault, chain[-1].parent or ""), called(vault, finding.path)
            words = message("{objective} is over: what does {name} serve now?", objective=objective, name=name)
            yield of_finding("serves-what", finding, words)


def late_for(vault: Vault, said: Said) -> Iterator[Question]:
    """Whether it may be late, of a priority that waits for one that comes after it."""
    for finding in said.get("priority-inversion", ()):
        for found in inversions(vault, vault.notes[finding.path]):
            name, other = called(vault, found.priority), called(vault, found.other)
            if finding.message.values["other"] == other:
                words = message(
                    "{name} needs {other}, which comes after it. Do you accept being late on {name}?",
                    name=name,
                    other=other,
                )
                facts = (f"{found.rank:g}", f"{found.after:g}")
                yield of_finding("late-for", finding, words, facts, found.other)


def both_succeed(vault: Vault, said: Said) -> Iterator[Question]:
    """Whether both can succeed, of two that are in conflict."""
    spans = {(finding.path, finding.span): finding for finding in said.get("declared-conflict-open", ())}
    for path, edges in vault.ask(open_conflicts).items():
        for edge in edges:
            finding, other = spans.get((path, edge.link.span)), edge.target or ""
            if finding is not None:
                words = message(
                    "If both {name} and {other} succeed, does the company win?",
                    name=called(vault, path),
                    other=called(vault, other),
                )
                yield of_finding("both-succeed", finding, words, (other,), other)


def stop_for_room(vault: Vault, _said: Said) -> Iterator[Question]:
    """What stops for it, of a new project that serves nothing while there are priorities enough."""
    ranked = vault.ask(ranked_priorities)
    if len(ranked) < TOP:
        return
    first = tuple(_is_one_of_first(vault, note) for note in ranked[:TOP])
    for note in vault.of_kind("project"):
        if is_live(vault, note) and _is_new(vault, note) and not vault.ask(ups).get(note.path):
            name = called(vault, note.path)
            serves = Evidence(message("{name} is new, and serves nothing", name=name), note.path)
            words = message("What will you stop to make room for {name}?", name=name)
            yield Question("stop-for-room", note.path, words, 2, (serves, *first), tuple(step.path for step in first))


def ambitious_enough(vault: Vault, _said: Said) -> Iterator[Question]:
    """Whether it was ambitious enough, of an objective that is reached with much of its time to go."""
    for path in sorted(vault.ask(objectives)):
        note = vault.notes[path]
        results = [child for child in children(vault, path) if vault.is_kind(child, "key_result")]
        counted = [child for child in results if state_of(vault, child) != "dropped"]
        steps = tuple(_is_reached(vault, child) for child in counted if _share(vault, child) >= 1)
        found = pace(vault, note) if counted and len(steps) == len(counted) else None
        if found is not None and found.expected < EARLY:
            words = message("Was {name} ambitious enough?", name=called(vault, path))
            until = message("{name} runs until {date}", name=called(vault, path), date=str(found.last))
            facts = tuple(step.path for step in steps)
            yield Question("ambitious-enough", path, words, 1, (*steps, Evidence(until, path)), facts)


def real_priority(vault: Vault, _said: Said) -> Iterator[Question]:
    """Which one is real, of a first priority that starves and of what the time went to."""
    found = vault.ask(drift)
    if found is None or not found.is_far or not found.starved:
        return
    starved = found.starved[0]
    most = max(found.focus, key=lambda focus: (focus.actual, focus.stated))
    other = None if found.elsewhere > most.actual else most
    if other is not None and other.path == starved.path:
        return
    place = found.focus.index(starved) + 1
    words = _which_is_real(vault, found, starved, other, place)
    facts = (starved.path, other.path if other else "")
    steps = [_stated(vault, focus) for focus in (starved, other) if focus is not None]
    yield Question("real-priority", starved.path, words, 3, tuple(steps), facts)


def _which_is_real(vault: Vault, found: Drift, starved: Focus, other: Focus | None, place: int) -> Message:
    name, days = called(vault, starved.path), (vault.today - found.first).days + 1
    if other is None:
        return message(
            "{name} is number {place}, but of the last {days} days {percent} % went to what serves no priority. "
            "What is the real priority?",
            name=name,
            place=place,
            percent=round(100 * found.elsewhere),
            days=days,
        )
    return message(
        "{name} is number {place}, but of the last {days} days {percent} % went to {other}. "
        "Which one is the real priority?",
        name=name,
        place=place,
        percent=round(100 * other.actual),
        days=days,
        other=called(vault, other.path),
    )


def _stated(vault: Vault, focus: Focus) -> Evidence:
    said = message(
        "{name}: by what was said {stated} %; by what was done {actual} %",
        name=called(vault, focus.path),
        stated=round(100 * focus.stated),
        actual=round(100 * focus.actual),
    )
    return Evidence(said, focus.path)


def _is_one_of_first(vault: Vault, note: Note) -> Evidence:
    count = plural(
        "{name} is one of {count} live priority",
        "{name} is one of {count} live priorities",
        len(vault.ask(ranked_priorities)),
        name=called(vault, note.path),
    )
    return Evidence(count, note.path)


def _is_new(vault: Vault, note: Note) -> bool:
    start = vault.day(note, "start")
    return is_new(vault, note, NEW) or (start is not None and timedelta(0) <= vault.today - start < timedelta(NEW))


def _share(vault: Vault, note: Note) -> float:
    found = vault.ask(progress).get(note.path)
    return 0.0 if found is None or found.value is None else found.value


def _is_reached(vault: Vault, note: Note) -> Evidence:
    return Evidence(message("{name} is reached", name=called(vault, note.path)), note.path)
