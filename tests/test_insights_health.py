"""How a note is said to stand, how often its date was put off: the worked examples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.health import Status, Trend, objective_health, status, trend
from vaultkit.insights.pushes import pushes

if TYPE_CHECKING:
    from tests.conftest import MakeVault

WEEKLY = "cadence: weekly\n---\n## Updates\n\n- 2026-03-02: runs\n"


@pytest.mark.parametrize(
    ("text", "today", "found"),
    [
        (f"---\nhealth: green\n{WEEKLY}", date(2026, 3, 12), Status("on_track", "on_track")),
        (f"---\nhealth: green\n{WEEKLY}", date(2026, 3, 13), Status("outdated", "on_track")),
        (f"---\nhealth: green\nstatus: paused\n{WEEKLY}", date(2026, 3, 13), Status("paused", "on_track")),
        (
            f"---\nhealth: green\nstatus: paused\noutcome: missed\n{WEEKLY}",
            date(2026, 3, 13),
            Status("missed", "on_track"),
        ),
        (f"---\n{WEEKLY}", date(2026, 3, 12), Status("pending", None)),
        ("---\nhealth: red\n---\n", date(2026, 3, 12), Status("off_track", "off_track")),
    ],
)
def test_the_first_that_holds(make_vault: MakeVault, text: str, today: date, found: Status) -> None:
    vault = runner.read_vault(make_vault({"Projects/Site.md": text}), today)
    assert status(vault, vault.notes["Projects/Site.md"]) == found


def test_the_last_update_says_it_where_the_note_does_not(make_vault: MakeVault) -> None:
    update = '---\ndate: 2026-03-{day}\nabout: "[[Site]]"\nhealth: {health}\n---\n'
    files = {
        "Projects/Site.md": "",
        "Updates/A.md": update.format(day="09", health="green"),
        "Updates/B.md": update.format(day="12", health="red"),
        "Updates/C.md": update.format(day="13", health=""),
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert status(vault, vault.notes["Projects/Site.md"]) == Status("off_track", "off_track")


@pytest.mark.parametrize(
    ("confidences", "found"),
    [
        (("80", "70", "55"), Trend(-12.5, 25)),
        (("95", "80", "70", "65"), Trend(-7.5, 15)),
        (("0.5", "0.7"), Trend(20, -20)),
        (("50",), None),
        ((), None),
    ],
)
def test_where_confidence_goes(make_vault: MakeVault, confidences: tuple[str, ...], found: Trend | None) -> None:
    files = {
        f"Updates/{day}.md": f'---\ndate: 2026-03-0{day}\nabout: "[[Site]]"\nconfidence: {confidence}\n---\n'
        for day, confidence in enumerate(confidences, 1)
    }
    vault = runner.read_vault(make_vault({**files, "Projects/Site.md": ""}), runner.TODAY)
    told = trend(vault, vault.notes["Projects/Site.md"])
    assert (told and (told.slope, told.drop)) == (found and pytest.approx((found.slope, found.drop)))
    assert bool(told and told.is_falling) == (confidences == ("80", "70", "55"))


def test_the_worst_key_result_is_told_beside_the_mean(make_vault: MakeVault) -> None:
    head = '---\nserves: "[[Grow]]"\nstart: 0\ntarget: 10\n'
    files = {
        "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
        **{f"Key results/{name}.md": f"{head}current: 9\n---\n" for name in "ABC"},
        "Key results/D.md": f"{head}current: 2\n---\n",
        "Key results/Dropped.md": f"{head}current: 0\nstatus: dropped\n---\n",
        "Objectives/Bare.md": "",
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    found = objective_health(vault, vault.notes["Objectives/Grow.md"])
    assert (found.worst, found.path) == ("at_risk", "Key results/D.md")
    assert found.pace is not None
    assert found.pace.label == "on_track"
    bare = objective_health(vault, vault.notes["Objectives/Bare.md"])
    assert (bare.worst, bare.path, bare.pace) == (None, None, None)


def test_each_time_that_a_date_was_put_off(make_vault: MakeVault) -> None:
    files = {
        "Projects/Site.md": "---\ndue_original: 2026-02-01\ndue: 2026-04-30\n---\n",
        "Updates/W5.md": '---\ndate: 2026-01-28\nabout: "[[Site]]"\ndue: 2026-02-15\nwhy: the supplier was late\n---\n',
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    found = pushes(vault, vault.notes["Projects/Site.md"])
    assert [((push.after - push.before).days, push.update and push.update.why) for push in found] == [
        (14, "the supplier was late"),
        (74, None),
    ]
    assert [push.day for push in found] == [date(2026, 1, 28), None]
