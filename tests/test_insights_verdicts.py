"""Whether a project will make it: the worked examples of verdicts, slack and slips, milestones, what nobody knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.milestones import Milestone, milestones, next_milestone
from vaultkit.insights.pushes import slip
from vaultkit.insights.slack import slacks
from vaultkit.insights.verdicts import verdict
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

SITE = "Projects/Site.md"
SOUND = 'owner: "[[Ann]]"\nstatus: active\n'
TASK = "- [ ] go on\n"
COMPANY = {"People/Ann.md": "", "Objectives/Grow.md": "---\ndue: 2026-04-05\n---\n"}


def read(make_vault: MakeVault, files: Mapping[str, str]) -> Vault:
    return runner.read_vault(make_vault({**COMPANY, **files}), runner.TODAY)


@pytest.mark.parametrize(
    ("properties", "body", "colour", "reasons"),
    [
        (SOUND + "due: 2026-04-01\n", TASK, "green", ()),
        (SOUND + "due: 2026-04-01\n", "", "green", ("no-action",)),
        (SOUND, "", "yellow", ("no-due", "no-action")),
        ("status: active\ndue: 2026-04-01\n", "", "yellow", ("no-owner", "no-action")),
        (SOUND + "due: 2026-03-15\n", TASK, "red", ("overdue",)),
        (SOUND + "due: 2026-03-16\n", TASK, "green", ()),
        (SOUND + "due: 2026-04-01\nhealth: red\n", TASK, "red", ("off_track",)),
        (SOUND + "due: 2026-04-01\nhealth: amber\n", TASK, "yellow", ("at_risk",)),
        (SOUND + "due: 2026-04-01\ndue_original: 2026-03-01\nhealth: amber\n", TASK, "yellow", ("at_risk", "slipped")),
        (SOUND + "start: 2026-01-01\ndue: 2026-04-01\nhealth: amber\n", TASK, "red", ("at_risk", "behind")),
        (SOUND + "start: 2026-03-01\ndue: 2026-04-01\nprogress: 25\n", TASK + "- [x] a\n", "green", ()),
        (SOUND + "start: 2026-03-01\ndue: 2026-04-01\n", TASK * 4 + "- [x] a\n", "green", ("slow",)),
        (
            'owner: "[[Ann]]"\nstatus: blocked\ndue: 2026-06-01\nserves: "[[Grow]]"\nstart: 2026-01-01\n',
            "- [x] a\n" * 9 + TASK,
            "red",
            ("blocked", "no-slack"),
        ),
        (SOUND + "due: 2026-04-01\nhealth: green\nreviewed: 2026-02-16\n", TASK, "green", ("outdated",)),
    ],
)
def test_the_colour_and_its_reasons(
    make_vault: MakeVault, properties: str, body: str, colour: str, reasons: tuple[str, ...]
) -> None:
    vault = read(make_vault, {SITE: f"---\n{properties}---\n{body}"})
    found = verdict(vault, vault.notes[SITE])
    assert (found.colour, found.reasons) == (colour, reasons)


def test_the_worked_example_of_slack(make_vault: MakeVault) -> None:
    grow = 'serves: "[[Grow]]"\n'
    files = {
        "Priorities/P.md": f"---\n{grow}---\n",
        "Projects/A.md": f"---\n{grow}start: 2026-03-02\ndue: 2026-03-26\n---\n",
        "Projects/B.md": f'---\n{grow}depends_on: "[[A]]"\neffort: 14\n---\n',
        "Projects/C.md": '---\nserves: "[[P]]"\n---\n',
        "Projects/Alone.md": "",
        "Objectives/Endless.md": "",
        "Projects/D.md": '---\nserves: "[[Endless]]"\n---\n',
    }
    found = read(make_vault, files).ask(slacks)
    assert {path[9:]: round(days, 1) for path, days in found.items() if path.startswith("Projects")} == {
        "A.md": 7.2,
        "B.md": 7.2,
        "C.md": 15,
    }
    assert (round(found["Priorities/P.md"], 1), round(found["Objectives/Grow.md"], 1)) == (15, 7.2)


@pytest.mark.parametrize(
    ("kept", "said", "days"),
    [
        (None, "due: 2026-04-30\n", None),
        (None, "due: 2026-04-30\ndue_original: 2026-02-01\n", 88),
        ("due: 2026-05-01\n", "due: 2026-04-30\n", -1),
        ("due: 2026-04-30\n", "due: 2026-04-30\n", 0),
        ("due: 2026-04-30\n", "", None),
    ],
)
def test_how_far_a_date_has_moved(make_vault: MakeVault, kept: str | None, said: str, days: int | None) -> None:
    known = None
    if kept is not None:
        note = parse(SITE, f"---\n{kept}---\n".encode())
        known = past("git", [(SITE, version(date(2026, 2, 1), note))], date(2026, 1, 1))
    vault = runner.read_vault(make_vault({SITE: f"---\n{said}---\n"}), runner.TODAY, known=known)
    assert slip(vault, vault.notes[SITE]) == days


def test_milestones_and_the_next_of_them(make_vault: MakeVault) -> None:
    text = (
        "## Milestones\n\n- [ ] Launch 📅 2026-04-09\n- [x] Begin\n- [-] Given up\n- [ ] Whenever\n"
        "- 2026-03-01: the contract\n- 2026-04-02: the pilot\n\n### On 2026-05-01, the end\n"
    )
    vault = read(make_vault, {SITE: text})
    note = vault.notes[SITE]
    assert milestones(vault, note) == (
        Milestone("Launch", date(2026, 4, 9), True),
        Milestone("Begin", None, False),
        Milestone("Whenever", None, True),
        Milestone("2026-03-01: the contract", date(2026, 3, 1), None),
        Milestone("2026-04-02: the pilot", date(2026, 4, 2), None),
        Milestone("On 2026-05-01, the end", date(2026, 5, 1), None),
    )
    assert next_milestone(vault, note) == Milestone("2026-04-02: the pilot", date(2026, 4, 2), None)


def test_no_milestone_is_ahead(make_vault: MakeVault) -> None:
    vault = read(make_vault, {SITE: "## Milestones\n\n- [x] Begin\n- 2026-03-01: the contract\n"})
    assert next_milestone(vault, vault.notes[SITE]) is None
