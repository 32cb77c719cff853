"""How often a date was put off: a Vault and a note go in; each later date, when it was set and why, comes out.

The dates of a note are put together from what it said on earlier days (`history.py`), its `due_original`, the `due` of
updates about it, and what it says today; what names the same day twice counts once, and an earlier date is no push.
Where nobody has kept anything, fewer moves are known than there were: then there are none to tell, and none is made up.

Worked: `due_original: 2026-02-01`; an update of 2026-01-28 says `due: 2026-02-15` and why; the note says 2026-04-30.
That is two pushes, from 02-01 to 02-15 with a reason and from 02-15 to 04-30 without one, of 14 and 74 days, and a
slip of 88 days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights import history
from vaultkit.insights.underway import plans
from vaultkit.insights.updates import days_in, updates
from vaultkit.vault.values import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vaultkit.insights.updates import Update
    from vaultkit.model import Note
    from vaultkit.vault import Vault

NEAR = 7
"""Days within which an update that says why is about a date that was set."""


class Push(NamedTuple):
    """One date that was put off."""

    before: date
    after: date
    day: date | None
    """When it was set, as far as anybody knows."""
    update: Update | None
    """The update that says why."""


def pushes(vault: Vault, note: Note) -> tuple[Push, ...]:
    """Each time that the due date of a note was put off, the first one first."""
    told = vault.ask(updates).get(note.path, ())
    found: list[Push] = []
    before: date | None = None
    for day, due in _named(vault, note, told):
        if before is not None and due > before:
            found.append(Push(before, due, day, _reason(told, day, due)))
        before = due
    return tuple(found)


def slip(vault: Vault, note: Note) -> int | None:
    """Days from the first date that it is known to have had to the one that it has now; None where nobody knows.

    Without any earlier day to look at, a note that names one date may have had others before.
    """
    named = [due for _, due in _named(vault, note, vault.ask(updates).get(note.path, ()))]
    kept = history.values(vault, note, "due") is not None
    return (named[-1] - named[0]).days if named and (kept or len(named) > 1) else None


def _named(vault: Vault, note: Note, told: tuple[Update, ...]) -> Iterator[tuple[date | None, date]]:
    """The dates that were named, in the order of the days on which they were."""
    plan = vault.gather(plans)[note.path]
    if plan.due is None:
        return
    if plan.due_original:
        yield None, plan.due_original
    kept = history.values(vault, note, "due") or ()
    known = ((value.day, period_of(value.text)) for value in kept)
    said = [(day, period[1]) for day, period in known if period]
    said += [(update.day, update.due) for update in told if update.due]
    yield from sorted(said, key=lambda each: each[0])
    yield None, plan.due


def _reason(told: tuple[Update, ...], day: date | None, due: date) -> Update | None:
    """The update that says why a date was set: it names the date, or was written about that time."""
    for update in told:
        near = day is not None and abs((update.day - day).days) <= NEAR
        if update.why and (near or update.due == due or due in days_in(update.why)):
            return update
    return None
