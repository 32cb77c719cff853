"""Diagrams: what they are made of, and that no words and no number of them make one that Mermaid would refuse."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.pages import mermaid
from vaultkit.pages.mermaid import Axis, Bar, Node, Point, Style

DAY = date(2026, 3, 16)
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
PLANNED = re.compile(r"    (?:section )?([^:;\n]|#\d+;)+(?: :[\w-]+(?:, [\w-]+)*)?")


def test_a_flowchart_numbers_its_nodes_and_opens_their_notes() -> None:
    nodes = {"A.md": Node("A"), "B.md": Node("end", "round"), "C.md": Node('C "c"', "stadium")}
    arrows = [("A.md", "B.md"), ("B.md", "elsewhere.md")]
    styles = [Style("old", "stroke-dasharray:6 4", frozenset({"C.md"})), Style("none", "", frozenset())]
    assert mermaid.flowchart(nodes, arrows, styles) == (
        'flowchart LR\n    n1["A"]\n    n2("end")\n    n3(["C #34;c#34;"])\n    n1 --> n2\n'
        "    class n1,n2,n3 internal-link\n    classDef old stroke-dasharray:6 4\n    class n3 old"
    )


def test_a_plan_has_bars_and_milestones() -> None:
    bars = [Bar("Pilot: phase 1", date(2026, 3, 1), DAY, "active"), Bar("2026-03 launch", None, DAY, "crit")]
    assert mermaid.gantt([("section", bars), ("Nothing", [])]) == (
        "gantt\n    dateFormat YYYY-MM-DD\n    axisFormat %m-%d\n    tickInterval 1week\n"
        "    section #115;ection\n"
        "    Pilot#58; phase 1 :active, b1, 2026-03-01, 16d\n"
        "    #50;026-03 launch :crit, milestone, b2, 2026-03-16, 0d"
    )


@pytest.mark.parametrize(
    ("last", "scale"),
    [
        (date(2026, 4, 27), "    axisFormat %m-%d\n    tickInterval 1week\n"),
        (date(2026, 6, 1), "    axisFormat %m-%d\n    tickInterval 2week\n"),
        (date(2026, 9, 1), "    axisFormat %m-%d\n    tickInterval 1month\n"),
        (date(2027, 3, 1), "    axisFormat %Y-%m\n    tickInterval 3month\n"),
        (date(2028, 6, 1), "    axisFormat %Y-%m\n    tickInterval 6month\n"),
        (date.max, "    axisFormat %Y\n"),
    ],
)
def test_a_plan_has_as_many_marks_as_can_be_read(last: date, scale: str) -> None:
    plan = mermaid.gantt([("Work", [Bar("P", DAY, last)])])
    assert plan is not None
    assert plan.startswith(f"gantt\n    dateFormat YYYY-MM-DD\n{scale}    section Work\n")


def test_what_stands_on_an_arrow_is_quoted() -> None:
    nodes = {"A.md": Node("A"), "B.md": Node("")}
    assert mermaid.flowchart(nodes, [("A.md", "B.md"), ("B.md", "A.md")], said={("A.md", "B.md"): '2 "x" | y'}) == (
        'flowchart LR\n    n1["A"]\n    n2["–"]\n    n1 -->|"2 #34;x#34; #124; y"| n2\n    n2 --> n1\n'
        "    class n1,n2 internal-link"
    )


def test_a_quadrant_says_where_things_are() -> None:
    points = [Point("Été", 0.25, 0.38), Point("C", 0, 1)]
    corners = ("near", "content", "watch", "told")
    assert mermaid.quadrant(Axis("low", "high"), Axis("weak", "strong"), corners, points) == (
        'quadrantChart\n    x-axis "low" --> "high"\n    y-axis "weak" --> "strong"\n'
        '    quadrant-1 "near"\n    quadrant-2 "content"\n    quadrant-3 "watch"\n    quadrant-4 "told"\n'
        '    "Été": [0.25, 0.38]\n    "C": [0.03, 0.97]'
    )


def test_points_of_one_place_stand_below_one_another() -> None:
    points = [Point(name, 0.86, 0.38) for name in ("One", "Two", "Three")]
    found = mermaid.apart(points)
    assert [(point.words, round(point.y, 3)) for point in found] == [("One", 0.38), ("Two", 0.324), ("Three", 0.268)]
    assert {point.x for point in found} == {0.86}


def test_a_point_for_which_there_is_no_room_is_left_out() -> None:
    found = mermaid.apart([Point(f"A rather long name {number}", 0.86, 0.86) for number in range(20)])
    assert [point.words[-1] for point in found] == [str(number) for number in range(len(found))]
    assert 5 < len(found) < 20


SHARES = st.sampled_from([0.1, 0.24, 0.38, 0.64, 0.86])


@given(st.lists(st.tuples(st.text("abé日", min_size=1, max_size=30), SHARES, SHARES), max_size=30))
def test_no_label_lies_on_another_nor_on_the_name_of_a_corner(said: list[tuple[str, float, float]]) -> None:
    found = mermaid.apart(Point(*each) for each in said)
    for place, point in enumerate(found):
        assert not 0.43 < point.y < 0.55
        assert 0.04 < point.y < 0.94
        for other in found[:place]:
            wide = 0.0145 * (len(point.words) + len(other.words)) / 2
            assert abs(point.x - other.x) >= wide or abs(point.y - other.y) > 0.05
    corners = {(words, x > 0.5, y > 0.5) for words, x, y in said}
    assert {(point.words, point.x > 0.5, point.y > 0.5) for point in found} <= corners


def test_too_much_is_no_diagram() -> None:
    many = {str(i): Node(str(i)) for i in range(mermaid.MOST_NODES)}
    assert mermaid.flowchart(many, ()) is not None
    assert mermaid.flowchart(many | {"one": Node("one")}, ()) is None
    pairs = [(str(i), str(j)) for i in range(20) for j in range(20)]
    assert mermaid.flowchart(many, pairs[: mermaid.MOST_ARROWS]) is not None
    assert mermaid.flowchart(many, pairs[: mermaid.MOST_ARROWS + 1]) is None
    assert mermaid.flowchart({str(i): Node("#" * 200) for i in range(60)}, ()) is None
    bars = [Bar("P", DAY, DAY)] * mermaid.MOST_NODES
    assert mermaid.gantt([("A", bars)]) is not None
    assert mermaid.gantt([("A", bars), ("B", bars[:1])]) is None
    axis, points = Axis("a", "b"), [Point("P", 0.5, 0.5)] * mermaid.MOST_POINTS
    assert mermaid.quadrant(axis, axis, ("", "", "", ""), points) is not None
    assert mermaid.quadrant(axis, axis, ("", "", "", ""), [*points, points[0]]) is None


def test_nothing_is_no_diagram() -> None:
    axis = Axis("a", "b")
    assert mermaid.flowchart({}, ()) is None
    assert mermaid.gantt([("A", [])]) is None
    assert mermaid.quadrant(axis, axis, ("", "", "", ""), []) is None


@given(WORDS)
def test_no_words_break_a_plan(words: str) -> None:
    plan = mermaid.gantt([(words, [Bar(words, DAY, DAY)])])
    assert plan is not None
    lines = plan.split("\n")
    assert len(lines) == 6
    assert all(PLANNED.fullmatch(line) for line in lines[4:])
    assert not re.match(r" *(?:title|click|section section|\d)", lines[5], re.IGNORECASE)


@given(WORDS, st.floats(0, 1), st.floats(0, 1))
def test_no_words_and_no_place_break_a_quadrant(words: str, x: float, y: float) -> None:
    axis = Axis(words, words)
    chart = mermaid.quadrant(axis, axis, (words, words, words, words), [Point(words, x, y)] * 20)
    assert chart is not None
    for line in chart.split("\n")[7:]:
        assert re.fullmatch(r'    "[^"`]*": \[0\.\d\d, 0\.\d\d\]', line)
