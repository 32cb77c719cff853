"""Whether a note keeps up: a Vault and a note go in; time gone, progress, both labels and the forecast come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights import history
from vaultkit.insights.measures import measure
from vaultkit.insights.pace import expected, forecast, last_of, pace, span_of
from vaultkit.insights.progress import progress
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import plans
from vaultkit.insights.why.words import STANDINGS, figure
from vaultkit.language import message, plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.pace import Pace
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault


def pace_of_note(vault: Vault, note: Note) -> Score | None:
    """Where it stands against the calendar, in points; what is missing for that, where something is."""
    known, dates = vault.ask(progress).get(note.path), span_of(vault, note)
    if known is None or not is_live(vault, note) or (known.value is None and dates is None):
        return None
    name, found = message("Pace"), pace(vault, note)
    if dates is None:
        return Score("pace", name, said=_undated(vault, note))
    if found is None:
        gone = Term("gone", message("share of the time that is gone"), expected(*dates, vault.today))
        said = message("Nobody can tell: its progress is unknown.")
        return Score("pace", name, (_span(*dates), gone), said=said)
    terms = (_span(*dates), *_terms(found), *_forecast(vault, note))
    return Score("pace", name, terms, found.gap, _said(found))


def _terms(found: Pace) -> Iterator[Term]:
    yield Term("expected", message("expected by now"), found.expected)
    yield Term("progress", message("progress"), found.progress)
    gap = message("{label}: 100 × (expected - progress), in points", label=STANDINGS[found.label])
    yield Term("gap", message("gap"), found.gap, said=gap)
    if found.ratio is not None:
        share = found.progress / found.expected if found.expected else None
        yield Term("ratio", message("progress / expected"), share, said=STANDINGS[found.ratio])
    if found.grade is not None:
        yield Term("grade", message("at the end"), found.progress, said=STANDINGS[found.grade])


def _forecast(vault: Vault, note: Note) -> Iterator[Term]:
    """Where its number will be on the last day, if it goes on as it did."""
    found = forecast(vault, note)
    target = measure(vault, note).target if found else None
    if found is None or target is None:
        return
    if found.falls_short:
        said = message("at this rate, on the last day: short of {target}", target=figure(target))
    elif found.reached is not None:
        said = message(
            "at this rate, on the last day; {target} by {date}", target=figure(target), date=str(found.reached)
        )
    else:
        said = message("at this rate, on the last day")
    yield Term("forecast", message("forecast"), found.end, said=said)


def _span(first: date, last: date) -> Term:
    return Term("span", message("runs"), said=message("{first} to {last}", first=str(first), last=str(last)))


def _said(found: Pace) -> Message:
    """By how many points it is ahead or behind."""
    if found.label == "achieved":
        return message("It is achieved.")
    points = round(abs(found.gap))
    if not points:
        return message("It goes with the calendar.")
    if found.gap < 0:
        return plural(
            "It is ahead of the calendar by {count} point.", "It is ahead of the calendar by {count} points.", points
        )
    return plural("It is behind the calendar by {count} point.", "It is behind the calendar by {count} points.", points)


def _undated(vault: Vault, note: Note) -> Message:
    """Which end of its time is not known."""
    if last_of(vault, note) is None:
        return message("Nobody can tell: nothing says until when it runs.")
    if vault.gather(plans)[note.path].begins is None and history.created(vault, note) is None:
        return message("Nobody can tell: nothing says when it began.")
    return message("Nobody can tell: its last day comes before its first.")
