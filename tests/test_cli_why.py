"""`vaultkit why`: every term of every score of a note, in both languages and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_vault import Run
from vaultkit.report.scores import number

if TYPE_CHECKING:
    from tests.conftest import MakeVault

FILES = {
    ".obsidian/app.json": "{}",
    "Objectives/Grow.md": "",
    "Priorities/Hire a CFO.md": (
        "---\nserves: '[[Grow]]'\nowner: '[[Ann Lee]]'\nrank: 1\ndue: 2026-03-16\nstatus: active\n---\n- [ ] Ask\n"
    ),
    "Priorities/Renew the brand.md": "---\nowner: Sales\nrank: 2\ndepends_on: '[[Hire a CFO]]'\n---\n",
    "People/Ann Lee.md": "---\ncapacity: 5\n---\n",
    "Loose end.md": "See [[Hire a CFO]].\n",
}

NAMES = ["urgency", "alignment", "ownership", "progress", "pace", "health", "staleness", "critical_path"]

TOLD = """\
Hire a CFO
Priorities/Hire a CFO.md

Urgency  29.4
  Number 1 of 2 that can be worked on.
  due                0.73 × 12  = 8.8  2026-03-16: today
  blocks others          1 × 8    = 8  Renew the brand
  under way              1 × 4    = 4  status: active
  age                    1 × 2    = 2  nobody knows since when: counted as a year
  serves something       1 × 1    = 1
  alignment              1 × 4    = 4  Hire a CFO, rank 1
  dependents           0.2 × 8  = 1.6  Renew the brand
  urgent, important                    urgent and important: first

Alignment
  It serves a live objective.
  serves            Grow
  place by rank  1  of 2 live priorities

Ownership
  One person answers for it.
  owner                                Ann Lee
  hours of this within 14 days      8
  hours of all work in this hand    9
  hours that there are             10
  share of them that is taken     0.9
  pieces due within 14 days         1
  pieces overdue                    0
  first priorities in this hand     1  Hire a CFO

Progress  0
  Hours done / hours of its tasks; a checkbox counts as one hour.
  checkboxes  0 × 1  = 0  0 of 1 done

Pace
  Nobody can tell: nothing says when it began.

Health
  Pending: nobody has said how it stands.

Staleness
  Nobody knows when it was last touched: no history, no update, no finished task.

Critical path  0
  It is critical: each day that it loses is lost for the objective.
  days that it takes  5  assumed: nobody says how long it takes
  days it can slip    0  Grow: the next domino, it can be begun now
"""


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


def decoded(run: Run, *arguments: str) -> Any:
    return json.loads(run(*arguments, "--format", "json").out)


def test_every_term_with_the_fact_behind_it(run: Run) -> None:
    ran = run("why", "Hire a CFO")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == TOLD


def test_what_is_not_so_is_said_as_well(run: Run) -> None:
    out = run("why", "Renew the brand").out
    assert "It serves no live objective.\n" in out
    assert "Nobody in particular answers for it.\n  owner  Sales\n" in out
    assert "waits for others 1 × -5 = -5 Hire a CFO" in " ".join(out.split())


def test_json_has_english_keys_and_numbers_that_are_not_rounded(run: Run) -> None:
    told = decoded(run, "why", "Hire a CFO")
    assert (told["path"], told["kind"], told["today"]) == ("Priorities/Hire a CFO.md", "priority", "2026-03-16")
    assert [score["name"] for score in told["scores"]] == NAMES
    assert next(score for score in told["scores"] if score["name"] == "staleness")["total"] is None
    urgency = told["scores"][0]
    due = urgency["terms"][0]
    assert due == {
        "name": "due",
        "value": 14 * 0.8 / 21 + 0.2,
        "coefficient": 12,
        "points": pytest.approx(8.8),
        "said": "2026-03-16: today",
    }
    counted = sum(term["points"] for term in urgency["terms"] if term["points"] is not None)
    assert counted == pytest.approx(urgency["total"])
    french = decoded(run, "--language", "fr", "why", "Hire a CFO")
    assert [score["name"] for score in french["scores"]] == [score["name"] for score in told["scores"]]


def test_of_a_note_without_a_kind_there_is_nothing_to_count(run: Run) -> None:
    assert run("why", "Loose end").out == "Loose end\nLoose end.md\n  There is nothing to be counted about it.\n"
    assert decoded(run, "why", "Loose end")["scores"] == []


def test_nothing_from_a_note_reaches_the_terminal_as_a_command(run: Run) -> None:
    (run.folder / "Priorities" / "Hire a CFO.md").write_text(
        '---\ntitle: "a\\e[2Jb"\nowner: "c\\e]0;d"\nstatus: active\ntags: ["e\\u202ef"]\n---\n', encoding="utf-8"
    )
    for form in ("text", "json"):
        assert not set(run("why", "Hire a CFO", "--format", form).out) & set("\x1b\u202e\x9b\x07")


def test_a_name_that_no_note_bears_is_guessed(run: Run) -> None:
    ran = run("why", "Hire the CFO")
    assert (ran.code, ran.out) == (2, "")
    assert "Hire a CFO?" in ran.err


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (8.8, "en", "8.8"),
        (8.8, "fr", "8,8"),
        (12.0, "en", "12"),
        (-0.001, "fr", "0"),
        (-5, "en", "-5"),
        (0.7333, "fr", "0,73"),
    ],
)
def test_a_number_is_written_as_its_readers_do(value: float, language: str, text: str) -> None:
    assert number(value, language) == text
