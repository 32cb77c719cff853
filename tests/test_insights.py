"""What the insights share: circles, rhythms, dependencies, assignments, updates, and what was said on earlier days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from vaultkit.insights import history
from vaultkit.insights.assignments import about, named_owner
from vaultkit.insights.circles import circles
from vaultkit.insights.coverage import coverage, effort
from vaultkit.insights.dependencies import dependency_circles, dependents, needs
from vaultkit.insights.leadership import agreement, leadership
from vaultkit.insights.people import leaders, teams_of
from vaultkit.insights.updates import cadence, updates
from vaultkit.parser import parse
from vaultkit.vault.past import Past, past, version
from vaultkit.vault.values import cadence_of

if TYPE_CHECKING:
    from tests.conftest import MakeVault

NODES = st.sampled_from("abcdefg")


@given(st.dictionaries(NODES, st.lists(NODES, max_size=4)))
def test_circles_are_those_of_networkx(leading: dict[str, list[str]]) -> None:
    graph: networkx.DiGraph[str] = networkx.DiGraph(
        [(one, other) for one, others in leading.items() for other in others]
    )
    expected = {
        frozenset(component)
        for component in networkx.strongly_connected_components(graph)
        if len(component) > 1 or graph.has_edge(*(2 * list(component)))
    }
    found = circles(leading)
    assert len(found) == len(expected)
    for circle in found:
        (component,) = (each for each in expected if set(circle) <= each)
        assert circle[0] == min(component)
        steps = zip(circle, (*circle[1:], circle[0]), strict=True)
        assert all(other in leading.get(one, ()) for one, other in steps)
        around = [
            networkx.shortest_path_length(graph, other, circle[0]) for other in leading[circle[0]] if other in component
        ]
        assert len(circle) == 1 + min(around)


def test_a_chain_may_be_as_long_as_it_likes() -> None:
    leading = {str(number): [str(number + 1)] for number in range(50_000)}
    assert circles(leading) == ()
    assert len(circles({**leading, "50000": ["0"]})[0]) == 50_001


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("weekly", 7),
        ("Hebdomadaire", 7),
        ("every 2 weeks", 14),
        ("tous les 15 jours", 15),
        ("chaque mois", 30),
        ("tous les 3 mois", 90),
        ("quarterly", 91),
        ("14", 14),
        (14, 14),
        ("monthly", 30),
        ("annuel", 365),
        ("now and then", None),
        ("0", None),
        ("", None),
        (None, None),
        ("9999 years", None),
    ],
)
def test_a_rhythm_in_days(words: str | int | None, days: int | None) -> None:
    assert cadence_of(words) == days


def test_what_waits_for_what_is_told_from_either_side(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "Projects/A.md": '---\ndepends_on: "[[B]]"\n---\n',
            "Projects/B.md": '---\nblocks: ["[[A]]", "[[C]]"]\ndépend de: "[[C]]"\n---\n',
            "Projects/C.md": '---\ndepends_on: "[[Nowhere]]"\n---\n',
        }
    )
    vault = runner.read_vault(root, runner.TODAY)
    found = {path: [need.prerequisite for need in each] for path, each in vault.ask(needs).items()}
    assert found == {
        "Projects/A.md": ["Projects/B.md"],
        "Projects/B.md": ["Projects/C.md"],
        "Projects/C.md": [None, "Projects/B.md"],
    }
    assert [need.dependent for need in vault.ask(dependents)["Projects/B.md"]] == ["Projects/A.md", "Projects/C.md"]
    assert vault.ask(dependency_circles) == (("Projects/B.md", "Projects/C.md"),)


def test_checkboxes_are_about_what_they_link_to(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "Projects/A.md": "- [ ] call [[Ann]] 📅 2026-03-20\n- [x] write\n- [-] give up\n",
            "Diary.md": "- [ ] help with [[A]]\n\nNot one: [[A]]\n",
            "Archive/Old.md": "- [ ] of [[A]]\n",
            "People/Ann.md": "",
        }
    )
    vault = runner.read_vault(root, runner.TODAY)
    found = vault.ask(about)["Projects/A.md"]
    assert [(each.text, each.is_open, each.is_done) for each in found] == [
        ("call [[Ann]]", True, False),
        ("write", False, True),
        ("give up", False, False),
        ("help with [[A]]", True, False),
    ]
    assert found[0].due == date(2026, 3, 20)
    assert [named_owner(vault, each) for each in found] == ["People/Ann.md", None, None, None]


def test_updates_are_notes_and_dated_lines_and_a_day_of_review(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "Projects/A.md": (
                "---\ncadence: every 2 weeks\nreviewed: 2026-01-05\n---\n## Updates\n\n### 2026-03-02\n\nRuns.\n\n"
                "## Suivi\n\n- **2026-02-30** no day\n- 2026-02-20: slow\n- 2026-12-01: to come\n"
            ),
            "Updates/W10.md": (
                '---\ndate: 2026-03-09\nabout: ["[[A]]", "[[B]]"]\nhealth: orange\nconfidence: 60 %\n---\n'
            ),
            "Projects/B.md": "",
        }
    )
    vault = runner.read_vault(root, runner.TODAY)
    found = vault.ask(updates)
    assert [(u.day.isoformat(), u.line, u.health, u.confidence) for u in found["Projects/A.md"]] == [
        ("2026-03-09", 3, "at_risk", 60),
        ("2026-03-02", 7, None, None),
        ("2026-02-20", 14, None, None),
        ("2026-01-05", 3, None, None),
    ]
    assert [u.day.isoformat() for u in found["Projects/B.md"]] == ["2026-03-09"]
    assert [cadence(vault, vault.notes[f"Projects/{name}.md"], 7) for name in "AB"] == [14, 7]


def test_who_leads_and_of_which_team_people_are(make_vault: MakeVault) -> None:
    files = {
        "People/Ann.md": "---\nrole: CEO & co-founder\nteam: '[[Board]]'\n---\n",
        "People/Bea.md": "---\nrôle: Directrice commerciale\n---\n",
        "People/Cyd.md": "---\nrole: assistant to the managing partner\n---\n",
        "People/Dee.md": "---\nrole: CFO\nstatus: left\n---\n",
        "Teams/Board.md": "---\nmembers: ['[[Bea]]']\n---\n",
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert vault.ask(leaders) == {"People/Ann.md", "People/Bea.md"}
    assert vault.ask(teams_of) == dict.fromkeys(("People/Ann.md", "People/Bea.md"), frozenset({"Teams/Board.md"}))
    marked = make_vault({**files, "People/Cyd.md": "---\nleader: true\n---\n"}, "marked")
    assert runner.read_vault(marked, runner.TODAY).ask(leaders) == {"People/Cyd.md"}


EARLIER = {
    (2026, 1, 10): "due: 2026-02-01",
    (2026, 1, 20): "échéance: 2026-03-01\nowner: Ann",
    (2026, 2, 10): "due: 2026-03-01",
    (2026, 3, 10): "due: 2026-04-01\n---\nMany more words, all of them new.",
}


def test_what_a_note_said_day_by_day(make_vault: MakeVault) -> None:
    root = make_vault({"Projects/A.md": "---\ndue: 2026-05-01\n---\n", "Projects/B.md": ""})
    texts = {date(*day): f"---\n{text}{'' if '---' in text else chr(10) + '---'}\n" for day, text in EARLIER.items()}
    known = past("git", (("Projects/A.md", version(day, parse("a.md", t.encode()))) for day, t in texts.items()))
    vault = runner.read_vault(root, runner.TODAY, known=known)
    one, other = vault.notes.values()
    assert history.since(vault) == date(2026, 1, 10)
    assert history.values(vault, one, "due") == (
        (date(2026, 1, 10), "2026-02-01"),
        (date(2026, 1, 20), "2026-03-01"),
        (date(2026, 3, 10), "2026-04-01"),
        (runner.TODAY, "2026-05-01"),
    )
    assert [day.month for day in history.moves(vault, one) or ()] == [2, 3, 4, 5]
    assert history.values(vault, other, "due") == ((runner.TODAY, ""),)
    still = runner.read_vault(
        make_vault({"Projects/A.md": texts[date(2026, 3, 10)]}, "still"), runner.TODAY, known=known
    )
    assert history.touched(still, still.notes["Projects/A.md"]) == date(2026, 3, 10)
    assert (history.touched(vault, one), history.touched(vault, other)) == (runner.TODAY, runner.TODAY)
    assert (history.created(vault, one), history.created(vault, other)) == (None, runner.TODAY)
    assert history.added(vault, one, date(2026, 3, 1)) == len("Many more words, all of them new.\n")
    assert history.added(vault, one, date(2026, 1, 1)) is None


@pytest.mark.parametrize("known", [None, Past("git", date(2026, 4, 1))])
def test_what_nobody_has_kept_is_not_known(make_vault: MakeVault, known: Past | None) -> None:
    vault = runner.read_vault(make_vault({"Projects/A.md": "---\ndue: 2026-05-01\n---\n"}), runner.TODAY, known=known)
    (note,) = vault.notes.values()
    assert history.since(vault) is None
    assert history.values(vault, note, "due") is None
    assert history.moves(vault, note) is None
    assert history.touched(vault, note) is None
    assert history.added(vault, note, date(2026, 1, 1)) is None


LEADERS = {f"People/{name}.md": "---\nleader: true\n---\n" for name in ("Ann", "Bea")}
FIRST = {f"Priorities/{name}.md": f"---\nrank: {rank}\n---\n" for rank, name in enumerate("ABCDEXY", start=1)}


def test_how_far_leaders_agree(make_vault: MakeVault) -> None:
    named = '---\nleader: true\npriorities: ["[[A]]", "[[B]]", "[[C]]", "[[X]]", "[[Y]]", "[[Ann]]"]\n---\n'
    owned = {
        f"Priorities/{name}.md": f'---\nrank: {rank}\nowner: "[[Bea]]"\n---\n' for rank, name in ((1, "A"), (2, "B"))
    }
    root = make_vault({**LEADERS, **FIRST, **owned, "People/Ann.md": named})
    found = runner.read_vault(root, runner.TODAY).ask(leadership)
    assert [(each.is_declared, round(each.overlap, 2), each.agreement) for each in found.leaders] == [
        (True, 0.43, 1),
        (False, 0.4, 1),
    ]
    assert round(found.index or 0, 2) == 0.41
    assert found.unowned == ("Priorities/D.md", "Priorities/E.md")


def test_one_leader_agrees_with_nobody(make_vault: MakeVault) -> None:
    root = make_vault({"People/Ann.md": '---\nleader: true\npriorities: "[[A]]"\n---\n', **FIRST})
    found = runner.read_vault(root, runner.TODAY).ask(leadership)
    assert found.index is None
    assert [each.agreement for each in found.leaders] == [None]


@pytest.mark.parametrize(("order", "tau"), [("ABC", 1), ("CBA", -1), ("BAC", 1 / 3), ("A", None), ("AA", None)])
def test_the_order_of_what_two_lists_share(order: str, tau: float | None) -> None:
    assert agreement(order, "ABCDE") == tau


def test_how_much_of_the_work_leads_anywhere(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "Objectives/Grow.md": "",
            "Objectives/Hire.md": "",
            "Priorities/A.md": '---\nserves: "[[Grow]]"\n---\n- [ ] one\n- [ ] two\n- [x] done\n',
            "Priorities/B.md": '---\nserves: "[[Grow]]"\n---\n',
            "Priorities/C.md": '---\nserves: "[[Grow]]"\n---\n',
            "Priorities/D.md": "",
            "Tasks/Alone.md": "---\ntype: task\neffort: 6\n---\n",
            "Tasks/Done.md": "---\ntype: task\neffort: 60\nstatus: done\n---\n",
        }
    )
    found = runner.read_vault(root, runner.TODAY).ask(coverage)
    assert (found.aligned, found.whole, found.share, found.composite) == (2, 8, 0.25, 77.5)


def test_of_nothing_there_is_no_share(make_vault: MakeVault) -> None:
    found = runner.read_vault(make_vault({"A.md": "words"}), runner.TODAY).ask(coverage)
    assert (found.share, found.composite) == (None, None)


@pytest.mark.parametrize(
    ("said", "hours"),
    [("effort: 3", 3), ("timeEstimate: 90", 1.5), ("charge: '2,5'", 2.5), ("effort: much", 1), ("a: b", 1)],
)
def test_how_long_a_task_takes(make_vault: MakeVault, said: str, hours: float) -> None:
    vault = runner.read_vault(make_vault({"Tasks/T.md": f"---\ntype: task\n{said}\n---\n"}), runner.TODAY)
    assert effort(vault, vault.notes["Tasks/T.md"]) == hours
