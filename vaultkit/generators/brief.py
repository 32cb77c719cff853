"""The brief in a daily note: a Vault goes in; the body of each region `%% vaultkit:brief %%` comes out.

A region is of the day in its note's name, or of the day that it asks for; in any other note, of today. Once a day is
over, what was filled in that morning stays: it is what one knew then. Unless it tells its readers of what they may no
longer know: then the day is told anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultkit.insights.dated import named_day
from vaultkit.insights.holding import holding
from vaultkit.model import Page
from vaultkit.pages import day
from vaultkit.pages.environment import filled
from vaultkit.pages.readers import betraying
from vaultkit.vault.requests import Brief, read_request

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from vaultkit.model import Note
    from vaultkit.pages.difference import Difference, Reads
    from vaultkit.vault import Vault

NAME = "brief"
READS: tuple[Reads, ...] = day.READS
TOLD: tuple[str, ...] = day.TOLD


class Asked(NamedTuple):
    """A region."""

    start: int
    day: date | None
    """None for today."""
    is_filled: bool


def render(vault: Vault) -> Iterator[Page]:
    """Each region that is still to be filled, or is of a day that is not over."""
    return render_in(vault, vault.ask(holding))


def render_in(vault: Vault, notes: Collection[str]) -> Iterator[Page]:
    """Those of some notes."""
    told = vault.gather(asked)
    for path in sorted(vault.ask(holding).intersection(notes)):
        for each in told[path]:
            of = each.day or vault.today
            if of >= vault.today or not each.is_filled or (path, each.start) in vault.ask(betraying):
                yield Page(path, _text(vault, path, each.start, of), NAME, each.start)


def rerender(pages: Iterable[Page], difference: Difference) -> Iterable[Page]:
    """The same, where no region came, went or moved and nothing that they tell of is other than it was."""
    before, after = difference.step.before, difference.step.after
    moved = any(_asked_at(before, path) != _asked_at(after, path) for path in difference.step.touched)
    return render(after) if moved or not difference.spares(*READS, findings=TOLD, asks=day.ASKS) else pages


def asked(vault: Vault, note: Note) -> tuple[Asked, ...]:
    """The regions of a person's note that ask for a brief."""
    if not note.regions or note.generated or not note.path.endswith(".md"):
        return ()
    requests = ((region, read_request(region, vault.kinds)) for region in note.regions)
    return tuple(
        Asked(region.opening.start, request.day or named_day(note.name), region.closing is not None)
        for region, request in requests
        if isinstance(request, Brief)
    )


def _asked_at(vault: Vault, path: str) -> tuple[Asked, ...]:
    return vault.gather(asked)[path] if path in vault.notes else ()


def _text(vault: Vault, path: str, start: int, of: date) -> str:
    """Without a verdict or headings of its own: the note has those."""
    sections = day.sections(vault, of, path)
    return filled(vault, f"{path}:{start}", day.TEMPLATE, callout=None, verdict=None, as_of=None, sections=sections)
