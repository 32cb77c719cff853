"""What came of what was agreed, and who is in touch: a Vault and a note go in; follow-through or contact comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.assignments import assignments
from vaultkit.insights.contact import DAYS, GAPS, contacts, planned, rhythm, silence
from vaultkit.insights.follow_through import WINDOW, by_series, of_meeting, series_of
from vaultkit.insights.people import is_away
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import is_live
from vaultkit.insights.why.words import when
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.vault.values import cadence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.contact import Contact
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault


def follow_through(vault: Vault, note: Note) -> Score | None:
    """Actions done in time / actions that were due, of the meetings of a series and of this one."""
    if not vault.is_kind(note, "meeting"):
        return None
    name, found = message("Follow-through"), vault.ask(by_series).get(series_of(vault, note))
    if found is None:
        if not vault.gather(assignments)[note.path]:
            return None
        said = message("Nobody can tell: no action of this series was due in the last {days} days.", days=WINDOW)
        return Score("follow_through", name, said=said)
    own = of_meeting(vault, note)
    terms = [
        Term("in_time", message("done in time"), found.in_time),
        Term("due", message("due in the last {days} days", days=WINDOW), found.due),
    ]
    if found.undated:
        undated = message("done, nobody says when: not counted")
        terms.append(Term("undated", message("without a day"), found.undated, said=undated))
    if own.share is not None and own != found:
        said = message("{part} of {whole} in time", part=own.in_time, whole=own.due)
        terms.append(Term("own", message("of this meeting"), own.share, said=said))
    said = message("Of the meetings of its series: actions done in time / actions that were due.")
    return Score("follow_through", name, tuple(terms), found.share, said)


def contact(vault: Vault, note: Note) -> Score | None:
    """When somebody was last in touch, against what is wanted and what is usual."""
    if not vault.is_kind(note, "person", "stakeholder") or not is_live(vault, note) or is_away(vault, note):
        return None
    item, found = vault.property(note, "cadence"), contacts(vault, note)
    every = cadence_of(item.value) if item else None
    if every is None and not found:
        return None
    days = (vault.today - found[0].day).days if found else None
    terms = [] if every is None else [Term("cadence", message("wanted every"), every, said=_days(every))]
    terms += [*_last(vault, found), *_rhythm(found)]
    coming = planned(vault, note)
    if coming is not None:
        said = message("{when} ({note})", when=when(vault, coming.day), note=called(vault, coming.path))
        terms.append(Term("planned", message("planned"), said=said))
    audience = vault.text(note, "audience")
    if audience:
        terms.append(Term("audience", message("audience"), said=audience))
    return Score("contact", message("Contact"), tuple(terms), said=_said(every, days))


def _days(count: int) -> Message:
    return plural("day", "days", count)


def _last(vault: Vault, found: Sequence[Contact]) -> Iterator[Term]:
    since = message("days since the last contact")
    if not found:
        yield Term("last", since, said=message("unknown: nothing tells of any contact"))
        return
    last = found[0]
    name, day = called(vault, last.path), str(last.day)
    said = name if day in name else message("{date}: {note}", date=day, note=name)
    yield Term("last", since, (vault.today - last.day).days, said=said)


def _rhythm(found: Sequence[Contact]) -> Iterator[Term]:
    """The median of the days between two contacts, and from when on silence is a drift."""
    if not found:
        return
    usual = rhythm(each.day for each in found)
    name = message("usual rhythm")
    if usual is None:
        said = message("unknown: it takes {gaps} gaps over {days} days", gaps=GAPS, days=DAYS)
        yield Term("rhythm", name, said=said)
        return
    yield Term("rhythm", name, usual, said=message("days, the median of {count} contacts", count=len(found)))
    drift = silence(usual)
    said = message("days of silence, until {until}", until=f"{drift.until:g}")
    yield Term("drifting", message("drifting after"), drift.after, said=said)


def _said(every: int | None, days: int | None) -> Message:
    if days is None:
        return message("Nobody can tell when anybody was last in touch.")
    if every is None:
        return message("No rhythm is wanted.")
    if days > every:
        return plural("Overdue by {count} day.", "Overdue by {count} days.", days - every)
    return message("Within the rhythm that is wanted.")
