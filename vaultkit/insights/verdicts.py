"""Whether a project will make it: a Vault and a project under way go in; green, yellow or red and why comes out.

    red      something threatens the date alone (`overdue`, `off_track`), or two things are bad
    yellow   one thing is bad, or two are not as they should be
    green    at most one thing is not as it should be

Bad: it is said to be `at_risk`; it is `blocked`; its progress is far `behind` the calendar (more than 33 points); its
objective cannot be reached in time (`no-slack`). Not as it should be: progress a little `slow` (more than 16.5 points),
its last update too old (`outdated`), a date that was put off (`slipped`), no date, no owner, no next step.

Worked: a project that is said to be at risk and was put off once has one bad thing: yellow. Once its progress is 40
points behind it has two: red. One that is on track, without an update for a month, is green; without an owner as well
it is yellow.

Source: the rule of three colours of open-source project reviews: a warning is no alarm, two alarms are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from vaultkit.insights.action import acted_on
from vaultkit.insights.health import declared, status
from vaultkit.insights.ownership import ownership
from vaultkit.insights.pace import pace
from vaultkit.insights.pushes import pushes
from vaultkit.insights.slack import slacks
from vaultkit.insights.underway import plans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault

Colour = Literal["red", "yellow", "green"]
Threat = Literal["overdue", "off_track"]
Bad = Literal["at_risk", "blocked", "behind", "no-slack"]
Minor = Literal["slow", "outdated", "slipped", "no-due", "no-owner", "no-action"]
Reason = Literal[Threat, Bad, Minor]
COLOURS: tuple[Colour, ...] = ("red", "yellow", "green")
"""The worst first."""
_FEW = 2


class Verdict(Struct, frozen=True):
    """How a project stands, and all that speaks against it, what weighs most first."""

    colour: Colour
    reasons: tuple[Reason, ...]


def verdict(vault: Vault, note: Note) -> Verdict:
    """That of a live project that somebody is to work on."""
    threats, bad, minor = tuple(_threats(vault, note)), tuple(_bad(vault, note)), tuple(_minor(vault, note))
    colour: Colour = "green"
    if threats or len(bad) >= _FEW:
        colour = "red"
    elif bad or len(minor) >= _FEW:
        colour = "yellow"
    return Verdict(colour, (*threats, *bad, *minor))


def _threats(vault: Vault, note: Note) -> Iterator[Threat]:
    due = vault.gather(plans)[note.path].due
    if due is not None and due < vault.today:
        yield "overdue"
    if declared(vault, note) == "off_track":
        yield "off_track"


def _bad(vault: Vault, note: Note) -> Iterator[Bad]:
    if declared(vault, note) == "at_risk":
        yield "at_risk"
    if vault.gather(plans)[note.path].status == "blocked":
        yield "blocked"
    found = pace(vault, note)
    if found is not None and found.label == "at_risk":
        yield "behind"
    if vault.ask(slacks).get(note.path, 0.0) < 0:
        yield "no-slack"


def _minor(vault: Vault, note: Note) -> Iterator[Minor]:
    found = pace(vault, note)
    if found is not None and found.label == "behind":
        yield "slow"
    if status(vault, note).word == "outdated":
        yield "outdated"
    if pushes(vault, note):
        yield "slipped"
    if vault.gather(plans)[note.path].ends is None:
        yield "no-due"
    if ownership(vault, note).person is None:
        yield "no-owner"
    if note.path not in vault.ask(acted_on):
        yield "no-action"
