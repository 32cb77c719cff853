"""How far work and its results have come: the worked examples, and the cases that other tools get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.measures import Measure, measure, share
from vaultkit.insights.progress import Progress, as_share, progress

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

GROW = '---\nserves: "[[Grow]]"\n'


def vault_of(make_vault: MakeVault, files: dict[str, str]) -> Vault:
    return runner.read_vault(make_vault(files), runner.TODAY)


def told(vault: Vault, path: str) -> Progress:
    return vault.ask(progress)[path]


@pytest.mark.parametrize(
    ("start", "current", "target", "direction", "expected"),
    [
        (200, 50, 0, "", 0.75),
        (200, 0, 0, "decrease", 1),
        (200, 230, 0, "", 0),
        (200, -10, 0, "", 1),
        (0, 3, 10, "", 0.3),
        (0, 12, 10, "", 1),
        (0, -2, 10, "", 0),
        (-20, -10, 0, "", 0.5),
        (None, 3, 10, "", 0.3),
        (None, 12, 10, "increase", 1),
        (None, 99.6, 99.5, "stay_above", 1),
        (None, 98, 99.5, "stay_above", 1 - 1.5 / 99.5),
        (None, 12, 5, "stay_below", 0),
        (None, 5, 5, "stay_below", 1),
        (None, 3, 0, "stay_below", 0),
        (None, 1, None, "binary", 1),
        (None, 0, None, "binary", 0),
    ],
)
def test_the_share_of_the_way(
    start: float | None, current: float, target: float | None, direction: str, expected: float
) -> None:
    found = share(Measure(start, current, target, direction=direction))
    assert found.share == pytest.approx(expected)
    assert found.fault is None


@pytest.mark.parametrize(
    ("start", "current", "target", "direction", "fault"),
    [
        (40, 40, 40, "", "start-is-target"),
        (40, 50, 40, "", "start-is-target"),
        (0, None, 10, "", "no-value"),
        (0, 3, None, "", "no-target"),
        (None, 10, 8, "", "no-start"),
        (None, 10, 8, "decrease", "no-start"),
        (None, 10, 0, "", "no-start"),
    ],
)
def test_what_cannot_be_worked_out_is_no_zero(
    start: float | None, current: float | None, target: float | None, direction: str, fault: str
) -> None:
    found = share(Measure(start, current, target, direction=direction))
    assert (found.share, found.fault) == (None, fault)


def test_a_number_is_what_was_said_last(make_vault: MakeVault) -> None:
    table = "| Date | Value |\n|---|---|\n| 2026-02-01 | 20 |\n| 2026-03-01 | 40 |\n| 2026-04-01 | 90 |\n"
    vault = vault_of(
        make_vault,
        {
            "Key results/Said.md": f"---\nstart: 0\ncurrent: 10\ntarget: 100\n---\n{table}",
            "Key results/Measured.md": f"---\nstart: 0\ntarget: 100\n---\n{table}",
            "Key results/From the first.md": f"---\ntarget: 100\n---\n{table}",
            "Key results/Updated.md": "---\nstart: 0\ntarget: 100\n---\n",
            "Updates/W10.md": '---\ndate: 2026-03-09\nabout: "[[Updated]]"\ncurrent: 55\n---\n',
            "Updates/W9.md": '---\ndate: 2026-03-02\nabout: "[[Updated]]"\ncurrent: 50\n---\n',
            "Key results/Endless.md": "---\nstart: 0\ncurrent: .inf\ntarget: 100\n---\n",
            "Key results/Oui.md": "---\nsens: binaire\nvaleur actuelle: oui\n---\n",
        },
    )
    found = {note.name: measure(vault, note) for note in vault.of_kind("key_result")}
    assert {name: each.share for name, each in found.items()} == {
        "Said": 0.1,
        "Measured": 0.4,
        "From the first": 0.25,
        "Updated": 0.55,
        "Endless": None,
        "Oui": 1.0,
    }


def test_a_key_result_may_take_its_number_from_a_metric(make_vault: MakeVault) -> None:
    metric = "---\nunit: '%'\ndirection: up\n---\n| Date | Value |\n|---|---|\n| 2026-03-01 | 46 |\n"
    vault = vault_of(
        make_vault,
        {
            "Metrics/Annual share.md": metric,
            "Key results/Linked.md": '---\nmetric: "[[Annual share]]"\nstart: 38\ntarget: 54\n---\n',
            "Key results/In euros.md": '---\nmetric: "[[Annual share]]"\nstart: 0\ntarget: 100\nunit: EUR\n---\n',
            "Key results/Its own.md": (
                '---\nmetric: "[[Annual share]]"\nstart: 0\ncurrent: 5\ntarget: 10\nunit: EUR\n---\n'
            ),
            "Key results/Named.md": "---\nmetric: net retention\nstart: 0\ntarget: 100\n---\n",
            "Key results/Served.md": "---\nstart: 0\n---\n",
            "Metrics/Sites.md": '---\nmeasures: "[[Served]]"\nunit: sites\ntarget: 10\ncurrent: 4\n---\n',
        },
    )
    found = {note.name: measure(vault, note) for note in vault.of_kind("key_result")}
    assert (found["Linked"].share, found["Linked"].metric) == (0.5, "Metrics/Annual share.md")
    units = found["In euros"]
    assert (units.share, units.fault, units.unit, units.other_unit) == (None, "units", "EUR", "%")
    assert (found["Its own"].share, found["Its own"].metric) == (0.5, None)
    assert found["Named"].fault == "no-value"
    assert found["Served"].share == 0.4


def test_an_objective_is_the_weighted_mean_of_what_has_a_value(make_vault: MakeVault) -> None:
    """Units differ and do not matter: shares are added, not numbers."""
    vault = vault_of(
        make_vault,
        {
            "Objectives/Grow.md": "",
            "Key results/Complaints.md": f"{GROW}start: 200\ncurrent: 50\ntarget: 0\nunit: complaints\n---\n",
            "Key results/Sites.md": f"{GROW}start: 0\ncurrent: 3\ntarget: 10\nunit: sites\nweight: 2\n---\n",
            "Key results/Without.md": f"{GROW}target: 10\nstart: 0\n---\n",
            "Key results/Dropped.md": f"{GROW}start: 0\ncurrent: 9\ntarget: 10\nstatus: dropped\n---\n",
        },
    )
    assert told(vault, "Objectives/Grow.md") == Progress((0.75 + 2 * 0.3) / 3, "results", 2, 3)
    assert told(vault, "Key results/Without.md") == Progress(None, "", 0, 0, "no-value")


def test_a_project_is_its_tasks_by_their_hours(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Projects/Site.md": "- [x] One\n- [ ] Two\n- [-] Given up\n\n## Milestones\n\n- [ ] Online\n",
            "Tasks/Write.md": '---\ntype: task\nproject: "[[Site]]"\neffort: 6\nstatus: done\n---\n',
            "Tasks/Print.md": '---\ntype: task\nproject: "[[Site]]"\neffort: 60\nstatus: dropped\n---\n',
            "Projects/Staged.md": "## Jalons\n\n- [x] Online\n- [ ] Announced\n",
            "Projects/Said.md": "---\nprogression: 40 %\n---\n",
            "Projects/Updated.md": "",
            "Updates/W10.md": '---\ndate: 2026-03-09\nabout: "[[Updated]]"\nprogress: 70\n---\n',
            "Projects/Done.md": "---\nstatus: done\n---\n- [ ] One\n",
            "Projects/Nothing.md": "",
        },
    )
    found = vault.ask(progress)
    assert found["Projects/Site.md"] == Progress(0.875, "tasks", 2, 3)
    assert found["Projects/Staged.md"] == Progress(0.5, "milestones", 1, 2)
    assert found["Projects/Said.md"] == Progress(0.4, "declared")
    assert found["Projects/Updated.md"] == Progress(0.7, "declared")
    assert found["Projects/Done.md"] == Progress(1.0, "closed")
    assert found["Projects/Nothing.md"] == Progress()


def test_a_project_that_serves_two_objectives_counts_once(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Objectives/Grow.md": "",
            "Objectives/Hire.md": "",
            "Projects/Site.md": '---\nserves: ["[[Grow]]", "[[Hire]]"]\n---\n- [x] One\n- [ ] Two\n',
            "Projects/Fair.md": '---\nserves: "[[Hire]]"\n---\n- [ ] One\n',
            "Projects/Lost.md": '---\nserves: ["[[Nowhere]]", "[[Hire]]"]\n---\n- [x] One\n',
        },
    )
    assert told(vault, "Objectives/Grow.md") == Progress(0.5, "work", 1, 1)
    assert told(vault, "Objectives/Hire.md") == Progress(0.5, "work", 2, 2)


def test_what_is_below_is_counted_once_on_every_level(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Objectives/Company.md": "",
            "Objectives/Team.md": '---\nserves: "[[Company]]"\n---\n',
            "Priorities/Sell.md": '---\nserves: "[[Team]]"\n---\n- [ ] Its own\n',
            "Projects/Site.md": '---\nserves: "[[Sell]]"\n---\n- [x] One\n',
            "Projects/Page.md": '---\nserves: "[[Site]]"\n---\n- [ ] One\n',
        },
    )
    assert told(vault, "Projects/Site.md") == Progress(0.5, "work", 2, 2)
    assert told(vault, "Priorities/Sell.md") == Progress(0.25, "work", 2, 2)
    assert told(vault, "Objectives/Company.md") == Progress(0.25, "results", 1, 1)


def test_a_circle_is_cut_and_comes_to_an_end(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Projects/A.md": '---\nserves: "[[B]]"\n---\n- [x] One\n',
            "Projects/B.md": '---\nserves: "[[A]]"\n---\n- [ ] One\n',
            "Projects/C.md": '---\nserves: "[[C]]"\n---\n- [x] One\n',
            "Projects/D.md": '---\nserves: "[[A]]"\n---\n- [x] One\n',
        },
    )
    found = {path: each.value for path, each in vault.ask(progress).items()}
    assert found == {"Projects/A.md": 1.0, "Projects/B.md": 0.5, "Projects/C.md": 1.0, "Projects/D.md": 1.0}


def test_a_chain_may_be_as_long_as_it_likes(make_vault: MakeVault) -> None:
    files = {f"Projects/P{number}.md": f'---\nserves: "[[P{number + 1}]]"\n---\n' for number in range(1500)}
    vault = vault_of(
        make_vault, {**files, "Projects/P1500.md": "", "Projects/P0.md": files["Projects/P0.md"] + "- [x] Do\n"}
    )
    assert told(vault, "Projects/P1500.md").value == 1.0


def test_an_objective_may_have_a_number_of_its_own_where_no_key_result_has_one(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Objectives/Grow.md": "---\nbaseline: 2.6\ncurrent: 3.3\ntarget: 4\n---\n",
            "Key results/Sites.md": f"{GROW}start: 0\ncurrent: 3\ntarget: 10\n---\n",
            "Objectives/Aim.md": "---\ntarget: 4\n---\n",
            "Key results/Other.md": '---\nserves: "[[Aim]]"\nstart: 0\ncurrent: 3\ntarget: 10\n---\n',
            "Objectives/Bare.md": "---\ntarget: 4\n---\n",
            "Objectives/Alone.md": "---\nbaseline: 2.6\ncurrent: 3.3\ntarget: 4\n---\n",
            "Key results/Empty.md": '---\nserves: "[[Alone]]"\ntarget: 10\n---\n',
        },
    )
    assert told(vault, "Objectives/Grow.md") == Progress(0.3, "results", 1, 1)
    assert told(vault, "Objectives/Alone.md") == Progress((3.3 - 2.6) / (4 - 2.6), "number", 0, 1)
    assert told(vault, "Objectives/Aim.md") == Progress(0.3, "results", 1, 1)
    assert told(vault, "Objectives/Bare.md") == Progress(fault="no-value")


def test_an_objective_that_was_closed_is_not_reopened_by_work_that_was_left_over(make_vault: MakeVault) -> None:
    vault = vault_of(
        make_vault,
        {
            "Objectives/Grow.md": "---\nstatus: done\n---\n",
            "Projects/Site.md": f"{GROW}---\n- [ ] One\n- [x] Two\n",
            "Objectives/Fell short.md": "---\noutcome: missed\n---\n",
            "Projects/Shop.md": '---\nserves: "[[Fell short]]"\n---\n- [ ] One\n- [x] Two\n',
        },
    )
    assert told(vault, "Objectives/Grow.md") == Progress(1.0, "closed")
    assert told(vault, "Objectives/Fell short.md") == Progress(0.5, "work", 1, 1)


def test_milestones_of_a_key_result(make_vault: MakeVault) -> None:
    text = "---\ndirection: milestone\n---\n## Milestones\n\n- [x] One\n- [x] Two\n- [ ] Three\n- [-] Four\n"
    vault = vault_of(make_vault, {"Key results/Audit.md": text})
    assert told(vault, "Key results/Audit.md") == Progress(2 / 3, "milestones", 2, 3)


@pytest.mark.parametrize(
    ("number", "written", "expected"),
    [(0.4, "", 0.4), (40, "", 0.4), (1, "", 1), (1, "1 %", 0.01), (140, "", 1), (-3, "", 0), (float("nan"), "", None)],
)
def test_a_share_in_whatever_way_it_is_written(number: float, written: str, expected: float | None) -> None:
    assert as_share(number, written) == expected
