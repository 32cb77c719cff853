"""Load and urgency, held to the numbers of their own documentation and to Taskwarrior's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from vaultkit.insights.awaiting import depending
from vaultkit.insights.urgency import (
    COEFFICIENTS,
    Urgency,
    age_value,
    count_value,
    due_value,
    pressing,
    urgencies,
    waited_for,
)
from vaultkit.insights.workload import concentration, covering, gini, hours_of, loads, pieces, spread
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

HOURS = st.lists(st.floats(0.5, 500), min_size=1, max_size=12)


def note(text: str = "", **properties: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in properties.items())
    return f"---\n{lines}---\n{text}"


OWNED = {
    "People/Ann.md": note(capacity="20"),
    "People/Bea.md": "",
    "Priorities/Hire.md": note(rank="1", owner="Ann"),
    "Priorities/Sell.md": note(rank="2", owner="Ann"),
    "Priorities/Move.md": note(rank="3", owner="Bea"),
    "Projects/Advert.md": note(owner="Ann", effort="40", due="2026-04-13", serves='"[[Hire]]"'),
    "Meetings/2026-03-10 Board.md": note("- [ ] one [[Ann]]\n- [ ] two [[Ann]]\n", type="meeting"),
    "Tasks/Call.md": note(type="task", owner="Bea", effort="4", due="2026-03-10", waiting_on='"[[Ann]]"'),
}


def test_the_load_of_an_owner_is_the_one_of_its_example(make_vault: MakeVault) -> None:
    found = runner.read_vault(make_vault(OWNED), runner.TODAY).ask(loads)
    ann, bea = found["People/Ann.md"], found["People/Bea.md"]
    assert (ann.hours, ann.capacity, ann.is_assumed, ann.share) == (38, 20, False, 0.95)
    assert (bea.hours, bea.capacity, bea.is_assumed, bea.overdue) == (12, 35, True, 1)
    assert ann.top == ("Priorities/Hire.md", "Priorities/Sell.md")
    assert (ann.waited_for, bea.waited_for, ann.due_soon) == (1, 0, 0)


def test_how_few_hands_the_work_lies_in_is_the_one_of_its_example(make_vault: MakeVault) -> None:
    found = runner.read_vault(make_vault(OWNED), runner.TODAY).ask(concentration)
    assert round(found.index or 0, 2) == 0.64
    assert found.gini == pytest.approx(0.26)
    assert found.truck_factor == 1
    nothing = runner.read_vault(make_vault({"People/Ann.md": ""}, "nothing"), runner.TODAY).ask(concentration)
    assert (nothing.index, nothing.gini, nothing.truck_factor) == (None, None, None)


@given(HOURS)
def test_what_is_spread_evenly_is_not_concentrated(hours: list[float]) -> None:
    pairs = sum(abs(one - other) for one in hours for other in hours)
    assert gini(hours) == pytest.approx(pairs / (2 * len(hours) * sum(hours)), abs=1e-9)
    assert gini([7.0] * len(hours)) == pytest.approx(0, abs=1e-9)
    assert spread([7.0] * len(hours)) == pytest.approx(1 / len(hours))
    assert 1 / len(hours) - 1e-9 <= (spread(hours) or 0) <= 1 + 1e-9


@given(HOURS)
def test_the_truck_factor_is_the_least_that_covers_half(hours: list[float]) -> None:
    least = covering(hours)
    assert least is not None
    largest = sorted(hours, reverse=True)
    assert sum(largest[:least]) > sum(hours) / 2
    assert least == 1 or sum(largest[: least - 1]) <= sum(hours) / 2 + 1e-9


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        (note(type="project", effort="10"), 6),
        (note(type="project", effort="3"), 3),
        (note(type="project", effort="10", due="2026-03-30"), 10),
        (note(type="project", effort="10", due="2026-01-01"), 10),
        (note(type="project", effort="10", due="2026-04-13", progress="50"), 2.5),
        (note(type="project", effort="10", due="2026-03-20", progress="0.5"), 5),
        (note(type="project", timeEstimate="90", due="2026-03-20"), 1.5),
        (note(type="project", effort="-3"), 6),
        (note(type="project", status="idea", effort="10"), 0),
        (note(type="project", status="paused"), 0),
        (note(type="project", status="planned"), 0),
        (note(type="project", status="planned", due="2026-03-20"), 6),
        (note(type="project", start="2026-04-01"), 0),
        (note(type="priority"), 8),
        (note(type="priority", status="planned", period="2026-Q2"), 0),
        (note(type="task", status="planned"), 1),
        (note(type="task", due="2026-05-01"), 0),
        (note(type="decision", status="proposed"), 2),
    ],
)
def test_the_hours_of_one_piece_of_work(make_vault: MakeVault, text: str, hours: float) -> None:
    vault = runner.read_vault(make_vault({"It.md": text}), runner.TODAY)
    assert hours_of(vault, vault.notes["It.md"]) == pytest.approx(hours)


def test_whose_a_checkbox_is(make_vault: MakeVault) -> None:
    box = "- [ ] one\n- [ ] two [[Bea]]\n- [x] three\n- [ ] four 📅 2026-06-01\n"
    files = {
        "People/Ann.md": "",
        "People/Bea.md": "",
        "Projects/Move.md": note(box, owner="Ann"),
        "Projects/Whole.md": note("- [ ] part of it\n- [ ] not of it [[Bea]]\n", owner="Ann", effort="5"),
        "Projects/Later.md": note("- [ ] one\n", owner="Ann", status="paused"),
        "Projects/Old.md": note("- [ ] one\n", owner="Ann", status="done"),
        "Meetings/2026-03-10 Board.md": note("- [ ] nobody's\n", type="meeting", owner="Ann"),
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    boxes = [piece for piece in vault.ask(pieces) if piece.kind == "checkbox"]
    assert [(piece.path, piece.person, piece.hours) for piece in boxes] == [
        ("Projects/Move.md", "People/Ann.md", 1),
        ("Projects/Move.md", "People/Bea.md", 1),
        ("Projects/Move.md", "People/Ann.md", 0),
        ("Projects/Whole.md", "People/Ann.md", 0),
        ("Projects/Whole.md", "People/Bea.md", 1),
    ]


@pytest.mark.parametrize(
    ("late", "points"),
    [(None, 0), (-60, 2.4), (-14, 2.4), (-7, 5.6), (0, 8.8), (3, 10.171), (6, 11.543), (7, 12), (400, 12)],
)
def test_taskwarriors_points_for_a_due_day(late: int | None, points: float) -> None:
    assert due_value(late) * COEFFICIENTS["due"] == pytest.approx(points, abs=0.001)
    assert round(due_value(0), 3) == 0.733


def test_taskwarriors_points_for_age_and_for_what_is_counted() -> None:
    assert [age_value(days) * 2 for days in (0, 73, 365, 4000, None)] == [0, 0.4, 2, 2, 2]
    assert [count_value(count) for count in range(5)] == [0, 0.8, 0.9, 1, 1]


WORK = {
    "Tasks/Call.md": note(
        "## Updates\n\n- 2026-03-01: asked\n- 2026-03-08: again\n",
        type="task",
        status="active",
        due="2026-03-16",
        scheduled="2026-03-16",
        priority="high",
        tags="[next, phone]",
        serves='"[[Move]]"',
        depends_on='"[[Ask]]"',
        created="2026-01-02",
    ),
    "Tasks/Ask.md": note(type="task", created="2026-03-16"),
    "Tasks/Wait.md": note(type="task", status="waiting", created="2026-03-16", depends_on='"[[Ask]]"'),
    "Projects/Move.md": note(created="2026-03-16"),
}


def parts(found: Urgency) -> dict[str, float]:
    return {part.name: round(part.points, 3) for part in found.parts}


def read(make_vault: MakeVault, files: dict[str, str], name: str = "vault") -> Vault:
    return runner.read_vault(make_vault(files, name), runner.TODAY)


def test_every_term_of_taskwarriors(make_vault: MakeVault) -> None:
    vault = read(make_vault, WORK)
    found = vault.ask(urgencies)
    call, ask = found["Tasks/Call.md"], found["Tasks/Ask.md"]
    assert parts(call) == {
        "next": 15,
        "due": 8.8,
        "priority": 6,
        "scheduled": 5,
        "active": 4,
        "age": 0.4,
        "annotations": 0.9,
        "tags": 0.9,
        "project": 1,
        "blocked": -5,
    }
    assert parts(ask) == {"blocking": 8, "dependents": 1.6}
    assert (round(call.total, 2), call.heir_of) == (37.0, None)
    assert (round(ask.own, 2), round(ask.total, 2), ask.heir_of) == (9.6, 37.01, "Tasks/Call.md")
    assert parts(found["Tasks/Wait.md"]) == {"waiting": -3, "blocked": -5}
    assert vault.ask(pressing) == ("Tasks/Ask.md", "Tasks/Call.md", "Projects/Move.md")


def test_a_level_counts_as_taskwarriors_do(make_vault: MakeVault) -> None:
    files = {f"{level}.md": note(type="task", priority=level) for level in ("urgent", "H", "moyenne", "low", "none")}
    found = read(make_vault, files).ask(urgencies)
    assert {path: parts(each).get("priority") for path, each in found.items()} == {
        "H.md": 6,
        "low.md": 1.8,
        "moyenne.md": 3.9,
        "none.md": None,
        "urgent.md": 6,
    }


STRATEGY = {
    "Objectives/Grow.md": "",
    "Objectives/Rest.md": "",
    "Priorities/Hire.md": note(rank="1", serves='"[[Grow]]"', sponsor='"[[Eve]]"'),
    "Priorities/Sell.md": note(rank="2", serves='"[[Grow]]"', due="2026-03-17"),
    "Priorities/Adrift.md": note(rank="3"),
    "Projects/Fair.md": note(serves='["[[Sell]]", "[[Hire]]"]'),
    "Projects/Aside.md": note(serves='"[[Grow]]"', due="2026-03-17"),
    "Projects/Else.md": note(serves='"[[Rest]]"'),
    "Tasks/Book.md": note(type="task", serves='"[[Sell]]"'),
    "Decisions/D-001 Merge.md": note(status="proposed", reversibility="one way door", date="2026-03-01"),
    "Decisions/D-002 Paint.md": note(status="accepted", reversibility="one way door", date="2026-03-01"),
    "Stakeholders/Eve.md": note(power="5"),
    "Stakeholders/Max.md": note(power="4", about='"[[Else]]"'),
    "Stakeholders/Tim.md": note(power="2", about='"[[Fair]]"'),
}


def test_the_terms_of_strategy(make_vault: MakeVault) -> None:
    vault = read(make_vault, STRATEGY)
    found = vault.ask(urgencies)
    align = {
        path.rpartition("/")[2]: parts(each).get("align") for path, each in found.items() if "align" in parts(each)
    }
    assert align == {"Hire.md": 4, "Sell.md": 3.2, "Fair.md": 4, "Aside.md": 0.8, "Book.md": 3.2}
    assert vault.ask(waited_for) == {
        "Priorities/Hire.md": "Stakeholders/Eve.md",
        "Projects/Else.md": "Stakeholders/Max.md",
    }
    assert parts(found["Projects/Else.md"])["stakeholder"] == 3
    assert parts(found["Decisions/D-001 Merge.md"])["one-way"] == 3
    assert not found["Decisions/D-001 Merge.md"].is_aside
    assert "Decisions/D-002 Paint.md" not in found
    assert {path.rpartition("/")[2]: each.field for path, each in found.items()} == {
        "Hire.md": "plan",
        "Sell.md": "first",
        "Adrift.md": "leave",
        "Fair.md": "plan",
        "Aside.md": "first",
        "Else.md": "plan",
        "Book.md": "plan",
        "D-001 Merge.md": "leave",
    }


def test_dependents_are_counted_once_and_circles_end(make_vault: MakeVault) -> None:
    chain = {f"{number}.md": note(type="task", depends_on=f'"[[{number - 1}]]"') for number in range(1, 9)}
    files = {"0.md": note(type="task"), **chain, "Circle.md": note(type="task", depends_on='"[[Other]]"')}
    files["Other.md"] = note(type="task", depends_on='"[[Circle]]"', due="2026-03-16")
    vault = read(make_vault, files)
    found = vault.ask(urgencies)
    assert [parts(found[f"{number}.md"]).get("dependents") for number in (0, 3, 5, 7, 8)] == [8, 8, 4.8, 1.6, None]
    assert depending(vault, "Circle.md") == ("Other.md",)
    assert found["Circle.md"].heir_of == "Other.md"
    assert found["Other.md"].heir_of is None


def test_what_waits_hands_nothing_on(make_vault: MakeVault) -> None:
    files = {
        "A.md": note(type="task"),
        "B.md": note(type="task", due="2026-03-01", status="idea", depends_on='"[[A]]"'),
        "C.md": note(type="task", due="2026-03-01", status="done", depends_on='"[[A]]"'),
    }
    vault = read(make_vault, files)
    assert parts(vault.ask(urgencies)["A.md"]) == {"age": 2}
    assert vault.ask(pressing) == ("A.md",)


def test_the_age_is_what_its_history_says(make_vault: MakeVault) -> None:
    root = make_vault({"Projects/A.md": note("Text\n"), "Projects/B.md": note("Text\n")})
    days = (("Projects/A.md", date(2026, 3, 1)), ("Projects/B.md", date(2026, 1, 1)))
    said = ((path, version(day, parse(path, note("Text\n").encode()))) for path, day in days)
    vault = runner.read_vault(root, runner.TODAY, known=past("git", said, date(2026, 1, 1)))
    found = vault.ask(urgencies)
    assert parts(found["Projects/A.md"])["age"] == round(2 * 15 / 365, 3)
    assert parts(found["Projects/B.md"])["age"] == 2
