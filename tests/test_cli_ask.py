"""`vaultkit ask`: the questions of the week, or of one note, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import Run
from tests.question_cases import link, note

if TYPE_CHECKING:
    from tests.conftest import MakeVault

FILES = {
    ".obsidian/app.json": "{}",
    "Decisions/Move.md": note(status="proposed", date="2026-02-23"),
    "Projects/Rent.md": note("- [ ] Ask\n", status="active", depends_on=link("Move"), due="2026-05-01"),
    "Projects/Old site.md": note(status="active", due="2026-05-01"),
}
TOLD = """\
What is the very next action on Old site, and whose?
  Projects/Old site.md
  - there is no task in Old site, and none elsewhere links to it

1 piece of work waits for Move, open for 21 days. What is the cost of not deciding?
  Decisions/Move.md
  - status says proposed
  - date says 2026-02-23
  - Rent waits for Move  Projects/Rent.md:3
"""


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys, make_vault(FILES))


def test_the_questions_of_the_week(run: Run) -> None:
    ran = run("ask", "--today", "2026-03-16")
    assert (ran.code, ran.err) == (0, "")
    assert TOLD[: TOLD.index("\n\n")] in ran.out
    assert TOLD[TOLD.index("\n\n") + 2 :] in ran.out


def test_the_questions_of_one_note(run: Run) -> None:
    ran = run("ask", "Move", "--today", "2026-03-16")
    assert ran.out.startswith(TOLD[TOLD.index("\n\n") + 2 :])
    assert "Old site" not in ran.out


def test_a_note_of_which_there_is_nothing_to_ask(run: Run) -> None:
    assert run("ask", "Rent", "--today", "2026-03-16").out == "There is nothing to ask.\n"


def test_a_note_that_is_not_there(run: Run) -> None:
    ran = run("ask", "Mova")
    assert ran.code == 2
    assert "did you mean Move?" in ran.err


def test_for_programs(run: Run) -> None:
    told = json.loads(run("ask", "Move", "--json", "--today", "2026-03-16").out)
    assert told["today"] == "2026-03-16"
    first = told["questions"][0]
    assert (first["name"], first["target"], first["weight"]) == ("cost-of-waiting", "Decisions/Move.md", 2)
    assert first["evidence"][2] == {"said": "Rent waits for Move", "path": "Projects/Rent.md", "line": 3}
    assert first["key"].startswith("cost-of-waiting · Decisions/Move · 2026-03-16 · ")
    assert first["before"] is None
