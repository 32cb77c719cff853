"""What decides when an objective is reached: the worked example, and plans that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.critical_path import Duration, critical_paths, duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.insights.critical_path import Critical

GROW = '"[[Grow]]"'


def only(make_vault: MakeVault, files: Mapping[str, str]) -> Critical:
    (found,) = runner.read_vault(make_vault({"Objectives/Grow.md": "", **files}), runner.TODAY).ask(critical_paths)
    return found


def project(**properties: str) -> str:
    said = "".join(f"{name}: {value}\n" for name, value in properties.items())
    return f"---\n{said}---\n"


def test_the_worked_example(make_vault: MakeVault) -> None:
    found = only(
        make_vault,
        {
            "Objectives/Grow.md": "---\ndue: 2026-04-05\n---\n",
            "Projects/A.md": project(serves=GROW, start="2026-03-02", due="2026-03-26"),
            "Projects/B.md": project(serves=GROW, depends_on='"[[A]]"', effort="14"),
            "Projects/C.md": project(serves=GROW),
        },
    )
    assert (found.finish, found.slack, found.next) == (12.8, 7.2, ("Projects/A.md",))
    assert [(each.path, each.finish, each.total_float) for each in found.chain] == [
        ("Projects/A.md", 10, 0),
        ("Projects/B.md", 12.8, 0),
    ]
    assert [(each.path[9], each.total_float, each.duration.is_known) for each in found.work] == [
        ("A", 0, True),
        ("B", 0, True),
        ("C", 7.8, False),
    ]


def test_what_serves_a_note_cannot_begin_before_what_that_depends_on(make_vault: MakeVault) -> None:
    found = only(
        make_vault,
        {
            "Priorities/Hire.md": project(
                serves=GROW, depends_on='["[[D-001]]", "[[Adverts]]", "[[Old]]"]', effort="700"
            ),
            "Projects/Adverts.md": project(serves='"[[Hire]]"', effort="35"),
            "Decisions/D-001.md": project(status="proposed", due="2026-03-20"),
            "Projects/Old.md": project(status="done", effort="700"),
        },
    )
    assert [(each.path, each.finish) for each in found.chain] == [
        ("Decisions/D-001.md", 4),
        ("Projects/Adverts.md", 11),
    ]
    assert (found.slack, found.next) == (None, ("Decisions/D-001.md",))


def test_what_waits_for_itself_counts_as_one_and_can_never_begin(make_vault: MakeVault) -> None:
    found = only(
        make_vault,
        {
            "Projects/A.md": project(serves=GROW, depends_on='"[[B]]"', effort="35"),
            "Projects/B.md": project(depends_on='"[[A]]"', effort="70"),
        },
    )
    assert {each.path: (each.finish, each.total_float) for each in found.chain} == {
        "Projects/A.md": (21, 0),
        "Projects/B.md": (21, 0),
    }
    assert (found.finish, found.next) == (21, ())


def test_an_objective_without_live_work_has_no_path(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Grow.md": "",
        "Projects/A.md": project(serves=GROW, status="done"),
        "Objectives/Over.md": project(period="2025"),
        "Projects/B.md": project(serves='"[[Over]]"'),
    }
    assert runner.read_vault(make_vault(files), runner.TODAY).ask(critical_paths) == ()


def test_a_long_chain_is_no_deeper_than_python_walks(make_vault: MakeVault) -> None:
    files = {f"Projects/P{n}.md": project(depends_on=f'"[[P{n + 1}]]"', effort="5") for n in range(1500)}
    found = only(make_vault, {**files, "Projects/P0.md": project(serves=GROW, depends_on='"[[P1]]"', effort="5")})
    assert (round(found.finish, 3), len(found.chain), found.next) == (1500, 1500, ("Projects/P1499.md",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("effort: 35", Duration(7)),
        ("effort: 35\nprogress: 40 %", Duration(4.2)),
        ("effort: 35\nprogress: 0.4", Duration(4.2)),
        ("effort: 35\nprogress: 140", Duration(0)),
        ("effort: 35\nprogress: .nan", Duration(7)),
        ("effort: .inf", Duration(5, is_known=False)),
        ("effort: -3", Duration(5, is_known=False)),
        ('effort: 10\nowner: "[[Ann]]"', Duration(7)),
        ("start: 2026-04-01\ndue: 2026-04-11", Duration(10)),
        ("start: 2026-04-01\ndue: 2026-Q2", Duration(90)),
        ("effort: 40\n---\n- [x] One\n- [ ] Two\n", Duration(4)),
        ("effort: 40\nprogress: 0\n---\n- [x] One\n- [ ] Two\n", Duration(8)),
        ("start: 2026-01-01\ndue: 2026-03-16", Duration(1)),
        ("start: 2026-01-01\ndue: 2026-03-15", Duration(5, is_known=False)),
        ("due: 2026-04-11", Duration(5, is_known=False)),
        ("status: active", Duration(5, is_known=False)),
    ],
)
def test_how_long_a_piece_of_work_still_takes(make_vault: MakeVault, said: str, expected: Duration) -> None:
    files = {"Projects/A.md": f"---\n{said}\n---\n", "People/Ann.md": "---\ncapacity: 10\n---\n"}
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    found = duration(vault, vault.notes["Projects/A.md"])
    assert (round(found.days, 6), found.is_known) == expected
