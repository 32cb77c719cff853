"""An objective that nearly everybody works on, while another has nobody.

## What it flags
A live objective on which at least `teams` (4) teams work, while no team at all works on another live objective. A team
works on an objective when it is named by, or its people own, a live key result, priority or project below it.

## Why it matters
What is nearest to the cash is worked on by all, and what was promised for next year waits. Four teams on one thing also
spend much of their time on each other.

## How to mend it
Let one of the teams take the other objective, or drop that objective.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.alignment import objectives, ups
from vaultkit.insights.ownership import ownership
from vaultkit.insights.people import teams_of
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import TOP, Evidence, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("objective",)
READS: tuple[Reads, ...] = ("work",)

CARRYING = ("key_result", "priority", "project")
"""The kinds by which work leads up to an objective."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`[validators.over-indexed]`."""

    teams: int = 4


def options(vault: Vault) -> Options:
    """What the vault's owner has set."""
    return vault.config.options("over-indexed", Options)


def working(vault: Vault) -> Mapping[str, Mapping[str, str]]:
    """Live objective -> the teams that work below it, each with the nearest note by which it does.

    What stands below another objective is counted there. Each team is carried up once past each note, all of them at
    the same pace: an objective that shares its work with a thousand others costs no more than its own links.
    """
    found: dict[str, dict[str, str]] = {path: {} for path in sorted(vault.ask(objectives))}
    work = {note.path for note in vault.of_kind(*CARRYING) if is_live(vault, note)}
    bearers = {path: _teams(vault, path) for path in sorted(work)}
    seen = {path: set(teams) for path, teams in bearers.items()}
    waiting = deque((path, team, path) for path, teams in bearers.items() for team in sorted(teams))
    while waiting:
        path, team, source = waiting.popleft()
        for parent in dict.fromkeys(up.parent or "" for up in vault.ask(ups).get(path, ())):
            if parent in found:
                found[parent].setdefault(team, source)
            elif parent in work and team not in seen[parent]:
                seen[parent].add(team)
                waiting.append((parent, team, source))
    return found


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for an objective with many teams where another has none."""
    teams = vault.ask(working).get(note.path, {})
    if len(teams) < vault.ask(options).teams:
        return
    bare = [path for path, others in vault.ask(working).items() if not others]
    if not bare:
        return
    name, other = called(vault, note.path), called(vault, bare[0])
    yield Finding(
        "over-indexed",
        SEVERITY,
        note.path,
        TOP,
        message("{count} teams work on {name}, and none on {other}.", count=len(teams), name=name, other=other),
        message("let one of them take {other}, or drop it", other=other),
        (
            *(
                Evidence(message("{team} works on {name}", team=called(vault, team), name=called(vault, path)), path)
                for team, path in sorted(teams.items())
            ),
            Evidence(message("no team works on {other}", other=other), bare[0]),
        ),
    )


def _teams(vault: Vault, path: str) -> frozenset[str]:
    """The teams that a note names, and that its owner is of."""
    known, note = vault.ask(teams_of), vault.notes[path]
    named = frozenset(e.target for e in vault.graph.of(path) if e.human and e.relation in {"team", "contributors"})
    teams = frozenset(team for team in named if team and vault.recognised.get(team) is not None)
    owner = ownership(vault, note).person or ""
    mine = frozenset(team for team in teams if vault.is_kind(vault.notes[team], "team"))
    return mine | known.get(path, frozenset()) | known.get(owner, frozenset())
