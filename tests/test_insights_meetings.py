"""Contacts, series of meetings, and what a note has filled in: each held against the example in its docstring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.assignments import assignments
from vaultkit.insights.contact import contacts, planned, rhythm, silence
from vaultkit.insights.dated import named_day
from vaultkit.insights.parts import parts
from vaultkit.insights.series import fruitful, is_round, series, untimed
from vaultkit.insights.undertaken import has_somebody, has_time
from vaultkit.parser import parse

if TYPE_CHECKING:
    from tests.conftest import MakeVault

FIRST = date(2026, 1, 5)


def meeting(attendees: str = "", body: str = "", day: str = "") -> str:
    lines = ["type: meeting", *([f"attendees: {attendees}"] if attendees else []), *([f"date: {day}"] if day else [])]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}"


def test_a_rhythm_is_the_median_of_the_gaps() -> None:
    weekly = [FIRST + timedelta(weeks=week) for week in range(4)]
    assert rhythm(weekly) == 7
    assert rhythm([*weekly, weekly[-1]]) == 7
    assert rhythm([*weekly, weekly[-1] + timedelta(days=60)]) == 7
    assert rhythm(weekly[:3]) is None
    assert rhythm([FIRST + timedelta(days=2 * each) for each in range(4)]) is None
    assert rhythm([]) is None
    assert silence(7) == (21, 97)
    assert silence(30) == (60, 360)


def test_contacts_are_what_tells_that_somebody_was_in_touch(make_vault: MakeVault) -> None:
    files = {
        "People/Ann.md": "---\nlast_contact: 2026-01-10\n---\n## Journal\n\n- 2026-01-20: lunch\n",
        "People/Bea.md": "---\naliases: [Bee]\n---\n",
        "Meetings/2026-02-02 Talk.md": meeting('"[[Ann]], Bee"'),
        "Meetings/2026-03-30 Talk.md": meeting('["[[Ann]]"]'),
        "Meetings/2026-02-09 Talk.md": meeting('["[[Ann]]"]').replace("---\n", "---\nstatus: cancelled\n", 1),
        "Updates/Pilot.md": '---\ndate: 2026-02-10\nabout: "[[Ann]]"\n---\n',
        "2026-02-12.md": "Called [[Ann]].\n\n- [ ] Write to [[Bea]]\n",
        "2026-04-12.md": "Call [[Ann]].\n",
        "Ideas.md": "Ask [[Ann]].\n",
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    ann, bea = vault.notes["People/Ann.md"], vault.notes["People/Bea.md"]
    assert [(each.day.isoformat(), each.path, each.line) for each in contacts(vault, ann)] == [
        ("2026-02-12", "2026-02-12.md", 1),
        ("2026-02-10", "Updates/Pilot.md", 1),
        ("2026-02-02", "Meetings/2026-02-02 Talk.md", 1),
        ("2026-01-20", "People/Ann.md", 6),
        ("2026-01-10", "People/Ann.md", 2),
    ]
    assert [each.path for each in contacts(vault, bea)] == ["Meetings/2026-02-02 Talk.md"]
    coming = planned(vault, ann)
    assert coming is not None
    assert coming.day == date(2026, 3, 30)
    assert planned(vault, bea) is None


def test_a_series_is_the_meetings_of_one_title(make_vault: MakeVault) -> None:
    text = meeting('["[[Ann]]", "[[Bea]]", "[[Carl]]"]', "A page of text.\n")
    files = {
        "Meetings/2026-02-23 CODIR.md": text,
        "Meetings/CODIR 02-03-2026.md": text,
        "Meetings/2026-03-09 CODIR.md": f"{text}\n- [ ] Call the bank\n",
        "Meetings/2026-03-09 Point.md": text,
        "Meetings/2026-03-10 Point.md": meeting('["[[Ann]]", "[[Dan]]", "[[Carl]]"]'),
        "Meetings/2026-03-11 Board.md": text,
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert vault.ask(series) == {
        "codir": ("Meetings/2026-02-23 CODIR.md", "Meetings/CODIR 02-03-2026.md", "Meetings/2026-03-09 CODIR.md")
    }
    assert vault.ask(fruitful) == {"Meetings/2026-03-09 CODIR.md"}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("2026-03-09 CODIR", "codir"),
        ("CODIR du 9 mars", "codir"),
        ("CODIR 16-03-2026", "codir"),
        ("UK weekly 2026-W12", "uk weekly"),
        ("Comité S12", "comite"),
        ("2026-03-02 1-1 Niamh & Maëlle", "niamh maelle"),
        ("1:1", ""),
        ("Sprint review #14", "sprint review"),
    ],
)
def test_a_title_without_its_days_and_numbers(title: str, left: str) -> None:
    assert untimed(title) == left


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-03-16", date(2026, 3, 16)),
        ("20260316 CODIR", date(2026, 3, 16)),
        ("CODIR 16-03-2026", date(2026, 3, 16)),
        ("16.03.2026", date(2026, 3, 16)),
        ("2026-02-30", None),
        ("120260316", None),
        ("CODIR", None),
    ],
)
def test_the_day_in_a_name(name: str, day: date | None) -> None:
    assert named_day(name) == day


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", set()),
        ("# CODIR\n\n## Agenda\n\n- \n- \n\n## Notes\n\n%% later %%\n\n---\n\n<!-- fill in -->\n", set()),
        ("## Agenda\n\n- The budget\n", {"agenda"}),
        ("## Agenda\n\n### The budget\n", {"agenda"}),
        ("## Agenda\n\n### The budget\n\nIt is short.\n", {"agenda"}),
        ("## Ordre du jour\n\nLe budget.\n", {"agenda"}),
        ("## Attendees\n\n- [[Ann]]\n\n## Mandat\n\n| a |\n|---|\n| 1 |\n", {"people", "mandate"}),
        ("Hello.\n", {"text"}),
        ("- CFO\n- Pay\n", {"text"}),
        ("due:: 2026-03-01\n", set()),
        ("%% vaultkit:index %%\nwritten by vaultkit\n%% /vaultkit 3f2a9c1d %%\n", set()),
    ],
)
def test_what_is_filled_in(text: str, filled: set[str]) -> None:
    assert parts(parse("Meetings/A.md", text.encode())) == filled


def test_who_is_in_a_meeting(make_vault: MakeVault) -> None:
    files = {
        "Teams/Sales.md": "",
        "Meetings/A.md": meeting("Ann, Bea"),
        "Meetings/B.md": meeting('["[[Ann]]", "[[Bea]]", "[[Carl]]"]'),
        "Meetings/C.md": meeting('"[[Sales]]"'),
        "Meetings/D.md": meeting(),
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    assert [note.name for note in vault.of_kind("meeting") if is_round(vault, note, 3)] == ["B", "C", "D"]


@pytest.mark.parametrize(
    ("action", "somebody", "time"),
    [
        ("Call the bank", False, False),
        ("Call the bank [[Ann Lee]] 📅 2026-03-20", True, True),
        ("Ann: call the bank before Friday", True, True),
        ("Call the bank (A. Lee) by 20 March", False, True),
        ("Appeler la banque, @paul, d'ici le 20", True, True),
        ("Appeler la banque, Éloïse, en avril", True, True),
        ("Write 3 marketing plans, 1.5 pages each", False, False),
        ("Hand the annex to legal", False, False),
        ("[owner:: Zoe] Call the bank 20/03", True, True),
    ],
)
def test_what_the_words_of_an_action_say(make_vault: MakeVault, action: str, *, somebody: bool, time: bool) -> None:
    files = {"People/Ann Lee.md": "", "Personnes/Éloïse Petit.md": "", "Meetings/A.md": f"- [ ] {action}\n"}
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    (found,) = assignments(vault, vault.notes["Meetings/A.md"])
    assert (has_somebody(vault, found), has_time(found, scheduled=False)) == (somebody, time)
