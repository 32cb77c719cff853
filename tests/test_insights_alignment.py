"""What is held against what: the roots, open conflicts, the voice of the leaders; each formula's own example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.config import parse_config
from vaultkit.errors import ConfigError
from vaultkit.insights.alignment import objectives, roots, standings
from vaultkit.insights.coverage import coverage
from vaultkit.insights.leadership import leadership, voice
from vaultkit.insights.ratios import ratios

if TYPE_CHECKING:
    from tests.conftest import MakeVault

SERVED = {"Vision/Win.md": "", "Priorities/A.md": '---\nserves: "[[Win]]"\n---\n'}


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ("", ("objective",)),
        ('profile = "okr"\n', ("objective",)),
        ('profile = "v2mom"\n', ("objective", "vision")),
        ('[alignment]\nroots = ["vision"]\n', ("vision",)),
    ],
)
def test_what_a_priority_may_lead_up_to(settings: str, kinds: tuple[str, ...]) -> None:
    assert parse_config(settings).roots == kinds


@pytest.mark.parametrize("settings", ['[alignment]\nroot = ["vision"]\n', '[alignment]\nroots = ["project"]\n'])
def test_a_root_that_there_is_not(settings: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(settings)
    assert caught.value.line == 2


def test_where_there_are_no_objectives_the_vision_is_served(make_vault: MakeVault) -> None:
    vault = runner.read_vault(make_vault({"vaultkit.toml": 'profile = "v2mom"\n', **SERVED}), runner.TODAY)
    assert vault.ask(roots) == {"Vision/Win.md"}
    assert vault.ask(objectives) == frozenset()
    assert [each.reason for each in vault.ask(standings).values()] == ["aligned"]
    assert (vault.ask(ratios).alignment.part, vault.ask(ratios).coverage.whole) == (1, 0)


def test_the_vision_is_no_objective_elsewhere(make_vault: MakeVault) -> None:
    vault = runner.read_vault(make_vault(SERVED), runner.TODAY)
    assert [each.reason for each in vault.ask(standings).values()] == ["no-objective"]


@pytest.mark.parametrize(
    ("more", "composite"),
    [({}, 67.5), ({"Decisions/D-1.md": '---\nabout: ["[[A]]", "[[B]]"]\n---\n'}, 77.5)],
)
def test_an_open_conflict_costs_ten_points_until_it_is_decided(
    make_vault: MakeVault, more: dict[str, str], composite: float
) -> None:
    files = {
        "Objectives/Grow.md": "",
        "Objectives/Hire.md": "",
        "Priorities/A.md": '---\nserves: "[[Grow]]"\nconflicts_with: ["[[B]]", "[[B|the other]]"]\n---\n',
        "Priorities/B.md": '---\nserves: "[[Grow]]"\ntension: "[[A]]"\n---\n',
        "Priorities/C.md": '---\nserves: "[[Grow]]"\n---\n',
        "Priorities/D.md": "",
    }
    assert runner.read_vault(make_vault({**files, **more}), runner.TODAY).ask(coverage).composite == composite


@pytest.mark.parametrize(
    ("lists", "expected"),
    [("A AB BA CA DA", "one"), ("A A A B B", "some"), ("A A B B B", "many"), ("A B", "many"), ("A", None), ("", None)],
)
def test_whether_leaders_name_the_same_thing_first(lists: str, expected: str | None) -> None:
    assert voice(lists.split(), "ABCDE") == expected
    assert voice(lists.split(), "") is None


def test_the_voice_of_a_vault(make_vault: MakeVault) -> None:
    files = {
        f"People/{name}.md": f'---\nleader: true\npriorities: ["[[{chosen}]]"]\n---\n'
        for name, chosen in (("Ann", "A"), ("Bob", "A"), ("Cid", "B"))
    }
    ranked = {f"Priorities/{name}.md": f"---\nrank: {rank}\n---\n" for rank, name in enumerate("AB", 1)}
    assert runner.read_vault(make_vault({**files, **ranked}), runner.TODAY).ask(leadership).voice == "some"
