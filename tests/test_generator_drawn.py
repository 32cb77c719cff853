"""The drawn pages where there is much to draw: what a diagram leaves out is told, and what it shows is told as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.pages import pages, read
from vaultkit.generators import alignment, decision_log, friction, portfolio, x_matrix
from vaultkit.pages import mermaid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault

NODE = re.compile(r'^    n\d+[(\[/]+"([^"]*)"', re.MULTILINE)


def page(make_vault: MakeVault, files: Mapping[str, str], name: str) -> str:
    """The text of one page."""
    made = pages(read(make_vault({**files, "vaultkit.toml": '[pages]\non = ["x-matrix"]\n'})))
    return str(made[f"Dashboards/{name}.md"].text)


def diagrams(text: str) -> list[str]:
    return re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)


def told(text: str) -> str:
    """What stands beside the diagrams."""
    return re.sub(r"```mermaid\n.*?```", "", text, flags=re.DOTALL)


def front(**said: object) -> str:
    return "---\n" + "".join(f'{key}: "{value}"\n' for key, value in said.items()) + "---\n"


def test_a_large_map_is_drawn_part_by_part(make_vault: MakeVault) -> None:
    files = {"Vision/Far.md": "", "Projects/Direct.md": front(serves="[[Far]]", status="active")}
    for one in range(20):
        files[f"Objectives/O{one:02}.md"] = front(period="2026", serves="[[Far]]" if one else "[[O01]]")
        files |= {f"Projects/P{one:02}-{two}.md": front(serves=f"[[O{one:02}]]", status="active") for two in range(4)}
    text = page(make_vault, files, "Alignment")
    first, *others = diagrams(text)
    assert {*NODE.findall(first)} == {"Far", "Direct", *(f"O{one:02}" for one in range(20))}
    assert text.index("From visions to objectives") < text.index("What serves what") < text.index("One by one")
    assert len(others) == alignment.MOST_DIAGRAMS
    assert f"{20 - len(others)} more parts are in the list alone." in text
    assert all(len(NODE.findall(each)) <= mermaid.MOST_NODES for each in (first, *others))
    (of_o01,) = (each for each in others if 'n1["O01"]' in each)
    assert NODE.findall(of_o01) == ["O01", "O00", *(f"P01-{two}" for two in range(4))]
    drawn = {name for each in (first, *others) for name in NODE.findall(each)}
    assert all(f"[[{name}]]" in told(text) for name in drawn)


def test_what_was_replaced_is_told_as_far_as_it_is_drawn(make_vault: MakeVault) -> None:
    files = {f"Decisions/Old {n}.md": front(status="superseded", date="2025-01-01") for n in range(40)}
    files |= {
        f"Decisions/New {n}.md": front(status="accepted", date=f"2026-01-{1 + n % 28:02}", supersedes=f"[[Old {n}]]")
        for n in range(40)
    }
    text = page(make_vault, files, "Decision log")
    (drawn,) = diagrams(text)
    names = NODE.findall(drawn)
    assert len(names) == 2 * decision_log.REPLACED == mermaid.MOST_NODES
    pairs = set(re.findall(r"- \[\[(New \d+)\]\] replaced \[\[(Old \d+)\]\]", text))
    assert {name for pair in pairs for name in pair} == set(names)
    assert "And 10 more." in text


def teams(count: int) -> dict[str, str]:
    """Teams in a ring, of which each waits for the next."""
    files = {f"Teams/T{n:02}.md": "" for n in range(count)}
    for n in range(count):
        after = (n + 1) % count
        files[f"Projects/W{n:02}.md"] = front(team=f"[[T{n:02}]]", status="active", depends_on=f"[[W{after:02}]]")
    return files


def test_of_many_teams_those_are_drawn_that_are_told(make_vault: MakeVault) -> None:
    text = page(make_vault, teams(15), "Friction radar")
    (drawn,) = diagrams(text)
    said = re.findall(r"- \[\[(T\d\d)\]\] waits for \[\[(T\d\d)\]\]: 1 wait", text)
    assert len(said) == friction.MOST
    assert set(NODE.findall(drawn)) == {team for pair in said for team in pair}
    assert drawn.count('-->|"1"|') == friction.MOST
    assert "And 5 more." in text
    assert text.count("for an unknown time") + text.count(": no day lost yet") == friction.WAITS


def test_of_few_teams_there_is_a_table(make_vault: MakeVault) -> None:
    text = page(make_vault, teams(4), "Friction radar")
    assert "| [[T00]] | – | 1 | – | – |" in text
    assert diagrams(text)[0].count("-->") == 4


def test_a_plan_says_that_it_is_a_beginning(make_vault: MakeVault) -> None:
    files = {f"Projects/P{n:02}.md": front(status="active", due=f"2026-05-{n + 1:02}") for n in range(20)}
    text = page(make_vault, files, "Portfolio")
    (drawn,) = diagrams(text)
    bars = re.findall(r"^    (P\d\d) :", drawn, re.MULTILINE)
    assert len(bars) == portfolio.MOST_BARS
    assert all(f"[[{name}]]" in told(text) for name in bars)
    assert "Drawn are the first 15 of the 20 that have a last day." in text
    assert "Slack" not in text
    assert "milestone" not in told(text)


def test_whoever_finds_no_room_in_the_quadrant_is_in_the_table(make_vault: MakeVault) -> None:
    files = {f"Stakeholders/A name of some length {n:02}.md": front(power=5, interest=5) for n in range(20)}
    text = page(make_vault, files, "Stakeholders")
    (drawn,) = diagrams(text)
    shown = drawn.count("A name of some length")
    assert 5 < shown < 20
    assert f"{20 - shown} more are in the table alone" in text
    assert told(text).count("[[A name of some length") == 20


def test_of_many_objectives_the_matrix_names_those_that_are_served(make_vault: MakeVault) -> None:
    files = {f"Objectives/O{n}.md": front(period="2026") for n in range(x_matrix.ACROSS + 1)}
    files["Priorities/P.md"] = '---\nserves: ["[[O0]]", "[[O3]]"]\n---\n'
    text = page(make_vault, files, "X-matrix")
    assert "| 1 | [[P]] | A, D○ | **nobody** |" in text
    assert "○ marks what is served as well" in text


def test_few_objectives_have_a_column_each(make_vault: MakeVault) -> None:
    files = {f"Objectives/O{n}.md": front(period="2026") for n in range(x_matrix.ACROSS)}
    files["Priorities/P.md"] = '---\nserves: ["[[O0]]", "[[O3]]"]\n---\n'
    assert "| 1 | [[P]] | ● |  |  | ○ |  |  |  |  | **nobody** |" in page(make_vault, files, "X-matrix")
