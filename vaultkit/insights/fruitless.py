"""Series of meetings from which nothing comes any more: a Vault goes in; each such run of meetings comes out.

A run is the last meetings of a series, back to the last one of which something came. Only those count that were written
about, by more than two people, and long enough ago for what came of them to be written down.

Worked: of four CODIR in a row something came of the first one alone, and the last was a week ago: a run of three.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.series import fruitful, is_round, said, series
from vaultkit.insights.status import is_archived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.recurring-meeting-empty]`."""

    times: int = 3
    days: int = 3
    """How many days there are to write down what came of a meeting."""
    until: int = 60
    people: int = 3


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("recurring-meeting-empty", Options)


def runs(vault: Vault) -> Mapping[str, tuple[str, ...]]:
    """The last meeting of each run -> its meetings, the last one first; none when nobody is to be told."""
    found: dict[str, tuple[str, ...]] = {}
    if vault.config.severity("recurring-meeting-empty") == "off":
        return found
    wanted, result = vault.ask(options), vault.ask(fruitful)
    for paths in vault.ask(series).values():
        judged = (path for path in reversed(paths) if _is_judged(vault, vault.notes[path]))
        run = tuple(takewhile(lambda path: path not in result, judged))
        if len(run) >= wanted.times:
            last = vault.gather(said)[run[0]]
            if last and last.day and (vault.today - last.day).days <= wanted.until:
                found[run[0]] = run
    return found


def in_runs(vault: Vault) -> frozenset[str]:
    """Every meeting of a run."""
    return frozenset(path for run in vault.ask(runs).values() for path in run)


def _is_judged(vault: Vault, note: Note) -> bool:
    """Whether something came of it; or it is over, was written about, and not by two people alone."""
    known, wanted = vault.gather(said)[note.path], vault.ask(options)
    if known is None or known.day is None or known.day > vault.today or is_archived(note):
        return False
    if note.path in vault.ask(fruitful):
        return True
    return known.is_written and (vault.today - known.day).days >= wanted.days and is_round(vault, note, wanted.people)
