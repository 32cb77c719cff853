"""Where teams wait for one another, and which work hangs on one person: the worked examples, and networkx's answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from vaultkit.insights.bottlenecks import PIVOTS, SinglePoint, between, held, single_points
from vaultkit.insights.connecting import betweenness, cut_vertices
from vaultkit.insights.dependencies import is_awaited, is_dropped, is_met
from vaultkit.insights.duplicates import duplicates
from vaultkit.insights.friction import Cell, blocked_days, friction
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from tests.conftest import MakeVault

NODES = st.sampled_from("abcdefgh")
GRAPHS = st.sets(st.tuples(NODES, NODES).filter(lambda pair: pair[0] != pair[1]), min_size=1)


def both_ways(pairs: set[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: sorted(others) for name, others in sorted(found.items())}


@given(GRAPHS)
def test_cut_vertices_are_the_articulation_points_of_networkx(pairs: set[tuple[str, str]]) -> None:
    assert cut_vertices(both_ways(pairs)) == set(networkx.articulation_points(networkx.Graph(pairs)))


@given(GRAPHS)
def test_betweenness_is_that_of_networkx(pairs: set[tuple[str, str]]) -> None:
    found = betweenness(both_ways(pairs), PIVOTS)
    assert found == pytest.approx(networkx.betweenness_centrality(networkx.Graph(pairs)))


def test_the_examples_of_cut_vertices_and_betweenness() -> None:
    line, triangle = both_ways({("a", "b"), ("b", "c")}), both_ways({("a", "b"), ("b", "c"), ("a", "c")})
    assert cut_vertices(line) == {"b"}
    assert betweenness(line, PIVOTS) == {"a": 0, "b": 1, "c": 0}
    assert cut_vertices(triangle) == frozenset()
    assert betweenness(triangle, PIVOTS) == {"a": 0, "b": 0, "c": 0}


def test_a_chain_may_be_as_long_as_it_likes() -> None:
    chain = both_ways({(f"{place:06}", f"{place + 1:06}") for place in range(20_000)})
    assert len(cut_vertices(chain)) == 19_999


def test_betweenness_is_estimated_from_some_of_the_paths() -> None:
    ring = both_ways({(f"{place:03}", f"{(place + 1) % 120:03}") for place in range(120)})
    exact, sampled = betweenness(ring, 120), betweenness(ring, 40)
    assert sum(sampled.values()) == pytest.approx(sum(exact.values()))
    assert sampled != exact


def test_the_worked_example_of_single_points(make_vault: MakeVault) -> None:
    files = {
        **{f"People/{name}.md": "" for name in ("Ann", "Bob", "Cyd")},
        "Projects/A.md": "---\nowner: Ann\n---\n",
        "Projects/B.md": '---\nowner: "[[Ann]]"\ncontributors: ["[[Bob]]", "[[A]]"]\n---\n',
        "Projects/C.md": '---\nowner: "[[Bob]]"\ncontributors: "[[Cyd]]"\n---\n',
        "Projects/Over.md": '---\nowner: "[[Cyd]]"\nstatus: done\n---\n',
        "Projects/Nobody.md": "",
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert set(vault.ask(held)) == {f"Projects/{name}.md" for name in "ABC"}
    assert vault.ask(single_points) == (
        SinglePoint("People/Ann.md", ("Projects/A.md",), ("Projects/B.md",)),
        SinglePoint("People/Bob.md", (), ("Projects/B.md", "Projects/C.md")),
    )
    assert vault.ask(between) == {"People/Ann.md": 0, "People/Bob.md": 1, "People/Cyd.md": 0}


FRICTION = {
    **{f"Teams/{team}.md": "" for team in ("Product", "Sales")},
    "Projects/Launch.md": '---\nteam: "[[Sales]]"\nstatus: blocked\ndepends_on: "[[Portal]]"\n---\n',
    "Projects/Portal.md": '---\nteam: "[[Product]]"\ndepends_on: ["[[Servers]]", "[[D-001]]"]\n---\n',
    "Projects/Servers.md": '---\nteam: "[[Product]]"\ndue: 2026-03-12\n---\n',
    "Decisions/D-001.md": "---\nstatus: proposed\ndate: 2026-02-23\n---\n",
}


def test_whoever_owns_what_is_below_or_has_a_task_works_on_it_too(make_vault: MakeVault) -> None:
    files = {
        "People/Ann.md": "",
        "People/Bob.md": "",
        "People/Cyd.md": "",
        "Priorities/A.md": '---\nowner: "[[Ann]]"\n---\n',
        "Priorities/B.md": '---\nowner: "[[Ann]]"\n---\n- [ ] Call [[Cyd]]\n- [x] Done [[Bob]]\n',
        "Priorities/C.md": '---\nowner: "[[Ann]]"\n---\n',
        "Projects/P.md": '---\nowner: "[[Bob]]"\nserves: "[[A]]"\n---\n',
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert vault.ask(held)["Priorities/A.md"] == ("People/Ann.md", "People/Bob.md")
    assert vault.ask(held)["Priorities/B.md"] == ("People/Ann.md", "People/Cyd.md")
    ann = next(each for each in vault.ask(single_points) if each.person == "People/Ann.md")
    assert ann.alone == ("Priorities/C.md",)


def test_the_worked_example_of_friction(make_vault: MakeVault) -> None:
    before = FRICTION["Projects/Launch.md"].replace("blocked", "active")
    texts = ((date(2026, 2, 1), before), (date(2026, 3, 6), FRICTION["Projects/Launch.md"]))
    known = past("git", (("Projects/Launch.md", version(day, parse("a.md", text.encode()))) for day, text in texts))
    vault = runner.read_vault(make_vault(FRICTION), runner.TODAY, known=known)
    found = vault.ask(friction)
    assert blocked_days(vault, vault.notes["Projects/Launch.md"]) == 10
    assert found.cross_team_ratio == 0.5
    assert found.matrix == (Cell("Teams/Sales.md", "Teams/Product.md", waits=1, days=10, unknown=0),)
    assert [(each.dependent[9:], each.days) for each in found.waits] == [
        ("Launch.md", 10),
        ("Portal.md", 4),
        ("Portal.md", 0),
    ]
    (pending,) = found.pending
    assert (pending.days, pending.waiting, pending.cost) == (21, ("Projects/Launch.md", "Projects/Portal.md"), 42)


def test_what_nobody_knows_of_waits_is_unknown(make_vault: MakeVault) -> None:
    files = {**FRICTION, "Decisions/D-001.md": "---\nstatus: proposed\n---\n"}
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    found = vault.ask(friction)
    assert found.matrix == (Cell("Teams/Sales.md", "Teams/Product.md", waits=1, days=None, unknown=1),)
    assert (found.pending[0].days, found.pending[0].cost) == (None, None)
    assert runner.read_vault(make_vault({"A.md": ""}, "empty"), runner.TODAY).ask(friction).cross_team_ratio is None


def test_the_worked_example_of_handoffs(make_vault: MakeVault) -> None:
    tasks = (
        ("Train", "Pia", "Sell"),
        ("Sell", "Sam", "Build"),
        ("Build", "Pia", "Design"),
        ("Design", "Pol", "Nothing"),
    )
    files = {
        "Teams/Product.md": '---\nmembers: ["[[Pia]]", "[[Pol]]"]\n---\n',
        "Teams/Sales.md": '---\nmembers: "[[Sam]]"\n---\n',
        **{f"People/{name}.md": "" for name in ("Pia", "Pol", "Sam")},
        **{
            f"Tasks/{task}.md": (
                f'---\ntype: task\nproject: "[[Portal]]"\nowner: "[[{owner}]]"\ndepends_on: "[[{needed}]]"\n---\n'
            )
            for task, owner, needed in tasks
        },
        "Tasks/Nobody's.md": '---\ntype: task\nproject: "[[Portal]]"\n---\n',
        "Projects/Portal.md": "",
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert vault.ask(friction).handoffs == {"Projects/Portal.md": 2}


def test_the_worked_example_of_duplicates(make_vault: MakeVault) -> None:
    titles = {"New customer portal": "Sales", "Customer portals, new design": "Product", "Customer survey": "Sales"}
    files = {
        **{f"Teams/{team}.md": "" for team in ("Product", "Sales")},
        **{
            f"Projects/{title}.md": f'---\nserves: "[[Grow]]"\nteam: "[[{team}]]"\n---\n'
            for title, team in titles.items()
        },
        "Projects/New customer portal 2.md": '---\nserves: "[[Grow]]"\nteam: "[[Sales]]"\n---\n',
        "Projects/The customer portal, new.md": '---\nteam: "[[Product]]"\n---\n',
        "Objectives/Grow.md": "",
    }
    found = runner.read_vault(make_vault(files), runner.TODAY).ask(duplicates)
    assert [(each.one[9:-3], each.other[9:-3], each.likeness) for each in found] == [
        ("Customer portals, new design", "New customer portal", 0.75)
    ]


@pytest.mark.parametrize(
    ("path", "said", "state"),
    [
        ("Projects/A.md", "status: active", "awaited"),
        ("Projects/A.md", "status: done", "met"),
        ("Projects/A.md", "outcome: missed", "met"),
        ("Projects/A.md", "status: dropped", "dropped"),
        ("Archive/Projects/A.md", "type: project", "met"),
        ("Decisions/A.md", "status: proposed", "awaited"),
        ("Decisions/A.md", "status: accepted", "met"),
        ("Decisions/A.md", "status: superseded", "met"),
        ("Decisions/A.md", "status: rejected", "dropped"),
        ("Meetings/A.md", "date: 2026-03-15", "met"),
        ("Meetings/A.md", "date: 2026-03-16", "awaited"),
        ("People/A.md", "status: left", ""),
        ("A.md", "status: done", ""),
    ],
)
def test_when_nobody_need_wait_for_it(make_vault: MakeVault, path: str, said: str, state: str) -> None:
    vault = runner.read_vault(make_vault({path: f"---\n{said}\n---\n"}), runner.TODAY)
    note = vault.notes[path]
    found = {"awaited": is_awaited(vault, path), "met": is_met(vault, note), "dropped": is_dropped(vault, note)}
    assert found == {name: name == state for name in found}
