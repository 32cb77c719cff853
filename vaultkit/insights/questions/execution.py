"""What to ask of work under way: a Vault and its findings go in; questions of dates, health and next steps come out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vaultkit.insights import history
from vaultkit.insights.health import declared
from vaultkit.insights.pace import pace
from vaultkit.insights.pushes import pushes
from vaultkit.insights.questions.question import Question, of_finding
from vaultkit.insights.status import end_of, is_live
from vaultkit.insights.underway import due_of
from vaultkit.insights.updates import updates
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence
from vaultkit.vault.values import choice_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.questions.question import Said
    from vaultkit.model import Note
    from vaultkit.vault import Vault

WEEKS, LEAST = 4, 3
"""For how many weeks all was well, and of how many notes that must be said before it tells anything."""
LATELY = 91
"""Days for which a miss is remembered: a quarter."""
WORK = ("objective", "key_result", "priority", "project")
_REASON = 80
"""Characters that are quoted of a reason."""


def believable_date(vault: Vault, said: Said) -> Iterator[Question]:
    """What would make it believable, of a date that was put off again and again."""
    for finding in said.get("date-pushed", ()):
        found = pushes(vault, vault.notes[finding.path])
        name, why = called(vault, finding.path), next((p.update.why for p in reversed(found) if p.update), "")
        words = plural(
            "{name} was put off {count} time. What would make its date believable?",
            "{name} was put off {count} times. What would make its date believable?",
            len(found),
            name=name,
        )
        if why:
            words = plural(
                "{name} was put off {count} time, lastly for “{why}”. What would make its date believable?",
                "{name} was put off {count} times, lastly for “{why}”. What would make its date believable?",
                len(found),
                name=name,
                why=why if len(why) <= _REASON else f"{why[: _REASON - 1].rstrip()}…",
            )
        yield of_finding("believable-date", finding, words, (str(push.after) for push in found))


def what_data_ignores(vault: Vault, said: Said) -> Iterator[Question]:
    """What the data does not know, of what is said to be on track and does not look so."""
    for finding in said.get("health-contradiction", ()):
        note, name = vault.notes[finding.path], called(vault, finding.path)
        found = pace(vault, note)
        words = message(
            "{name} is blocked and said to be on track: what do you know that the data does not?", name=name
        )
        facts = [str(due_of(vault, note))]
        if finding.reason == "overdue":
            words = message(
                "{name} was due on {date} and is said to be on track: what do you know that the data does not?",
                name=name,
                date=str(due_of(vault, note)),
            )
        elif finding.reason == "behind" and found is not None:
            words = plural(
                "{name} is said to be on track, {count} point behind: what do you know that the data does not?",
                "{name} is said to be on track, {count} points behind: what do you know that the data does not?",
                round(found.gap),
                name=name,
            )
            facts = [f"{found.progress:.2f}"]
        yield of_finding("what-data-ignores", finding, words, facts)


def next_action(vault: Vault, said: Said) -> Iterator[Question]:
    """What comes next, of a project that is stuck."""
    for finding in said.get("stuck-project", ()):
        words = message("What is the very next action on {name}, and whose?", name=called(vault, finding.path))
        yield of_finding("next-action", finding, words)


def who_reports_red(vault: Vault, _said: Said) -> Iterator[Question]:
    """Who may report red, where all was on track for weeks and something was missed all the same."""
    healths = {note.path: declared(vault, note) for note in vault.of_kind(*WORK) if is_live(vault, note)}
    told = [path for path, health in healths.items() if health is not None]
    missed = [note for note in vault.of_kind(*WORK) if _is_missed(vault, note)]
    if not missed or len(told) < LEAST or not _has_been_well(vault, told):
        return
    target = missed[0].path
    steps = [Evidence(message("{name} was missed", name=called(vault, note.path)), note.path) for note in missed]
    well = plural("{count} note says that all is on track", "{count} notes say that all is on track", len(told))
    words = message(
        "For {weeks} weeks all was reported on track, and {name} was missed. Who is allowed to report red here?",
        weeks=WEEKS,
        name=called(vault, target),
    )
    facts = tuple(note.path for note in missed)
    yield Question("who-reports-red", target, words, 2, (*steps, Evidence(well, told[0])), facts)


def _is_missed(vault: Vault, note: Note) -> bool:
    end = end_of(vault, note) if vault.choice(note, "outcome") == "missed" else None
    return end is not None and 0 <= (vault.today - end).days <= LATELY


def _has_been_well(vault: Vault, told: list[str]) -> bool:
    """Whether all that is known of the health of these is good, and it is known for long enough."""
    first = vault.today - timedelta(weeks=WEEKS)
    begun, reports = history.since(vault), vault.ask(updates)
    known = begun is not None and begun <= first
    for path in told:
        note = vault.notes[path]
        said = [(each.day, each.health) for each in reports.get(path, ()) if each.health]
        known = known or any(day <= first for day, _ in said)
        recent = [health for day, health in said if day >= first]
        if any(health != "on_track" for health in (*recent, declared(vault, note), *_earlier(vault, note))):
            return False
    return known


def _earlier(vault: Vault, note: Note) -> Iterator[str]:
    """The healths that the note itself said within these weeks, as far as its history is known."""
    first, field = vault.today - timedelta(weeks=WEEKS), vault.field(note, "health")
    values = history.values(vault, note, "health") or ()
    words = field.vocabulary if field else {}
    for place, value in enumerate(values):
        following = values[place + 1].day if place + 1 < len(values) else vault.today
        if value.text and following >= first:
            yield choice_of(value.text, words) or "on_track"
