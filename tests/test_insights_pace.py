"""Whether progress keeps up with the calendar: the worked examples, and what is judged near the first day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.pace import by_ratio, expected, forecast, grade, label, last_of, pace, span_of
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
SITES = '---\nserves: "[[Grow]]"\nstart: 0\ncurrent: {current}\ntarget: 100\n---\n'


def grown(make_vault: MakeVault, current: float, today: date) -> Vault:
    files = {"Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n", "Key results/Sites.md": SITES.format(current=current)}
    return runner.read_vault(make_vault(files, f"{current} {today}"), today)


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2025, 12, 1), 0),
        (FIRST, 0),
        (date(2026, 1, 5), 4 / 89),
        (date(2026, 3, 16), 74 / 89),
        (LAST, 1),
        (date(2026, 4, 1), 1),
    ],
)
def test_how_much_of_a_span_is_gone(today: date, share: float) -> None:
    assert expected(FIRST, LAST, today) == pytest.approx(share)


def test_a_span_of_one_day() -> None:
    assert [expected(FIRST, FIRST, today) for today in (date(2025, 12, 31), FIRST, LAST)] == [0, 1, 1]


def test_nothing_is_red_for_having_just_begun(make_vault: MakeVault) -> None:
    """At 5 % of the quarter and 0 % of the way the gap is small, however the ratio looks."""
    vault = grown(make_vault, 0, date(2026, 1, 5))
    found = pace(vault, vault.notes["Objectives/Grow.md"])
    assert found is not None
    assert (found.label, found.ratio, found.grade) == ("on_track", "at_risk", None)
    assert found.gap == pytest.approx(100 * 4 / 89)
    first = pace(vault.at(FIRST), vault.notes["Objectives/Grow.md"])
    assert first is not None
    assert (first.gap, first.label, first.ratio) == (0, "on_track", None)


@pytest.mark.parametrize(
    ("current", "word", "gap"),
    [(100, "achieved", -17), (70, "on_track", 13), (60, "behind", 23), (40, "at_risk", 43), (0, "at_risk", 83)],
)
def test_the_same_day_judges_by_progress(make_vault: MakeVault, current: float, word: str, gap: int) -> None:
    vault = grown(make_vault, current, date(2026, 3, 16))
    found = pace(vault, vault.notes["Key results/Sites.md"])
    assert found is not None
    assert (found.label, round(found.gap)) == (word, gap)


@pytest.mark.parametrize(("gap", "word"), [(16.5, "on_track"), (16.6, "behind"), (33, "behind"), (33.1, "at_risk")])
def test_the_bounds_of_the_gap(gap: float, word: str) -> None:
    assert label(gap, 0.5) == word
    assert label(gap, 1) == "achieved"


@pytest.mark.parametrize(
    ("share", "wanted", "word"),
    [
        (0.95, 1, "on_track"),
        (0.94, 1, "behind"),
        (0.75, 1, "behind"),
        (0.74, 1, "at_risk"),
        (1, 0, "achieved"),
        (0.3, 0, None),
    ],
)
def test_the_ratio_form(share: float, wanted: float, word: str | None) -> None:
    assert by_ratio(share, wanted) == word


@pytest.mark.parametrize(("share", "word"), [(0.9, "achieved"), (0.89, "partial"), (0.75, "partial"), (0.74, "missed")])
def test_what_came_of_it(share: float, word: str) -> None:
    assert grade(share) == word


def test_a_grade_only_when_the_time_is_over(make_vault: MakeVault) -> None:
    vault = grown(make_vault, 80, LAST)
    notes = vault.notes["Key results/Sites.md"]
    paces = (pace(vault, notes), pace(vault.at(date(2026, 4, 1)), notes))
    assert [each.grade for each in paces if each] == [None, "partial"]


def test_a_bound_is_to_be_kept_every_day_and_a_yes_on_the_last(make_vault: MakeVault) -> None:
    head = '---\nserves: "[[Grow]]"\n'
    files = {
        "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
        "Key results/Uptime.md": f"{head}direction: stay above\ncurrent: 60\ntarget: 100\n---\n",
        "Key results/Signed.md": f"{head}direction: binary\ncurrent: no\n---\n",
    }
    vault = runner.read_vault(make_vault(files), date(2026, 1, 5))
    found = {note.name: pace(vault, note) for note in vault.of_kind("key_result")}
    assert {name: each and (each.expected, each.label) for name, each in found.items()} == {
        "Uptime": (1.0, "at_risk"),
        "Signed": (0.0, "on_track"),
    }
    late = pace(vault.at(LAST), vault.notes["Key results/Signed.md"])
    assert late is not None
    assert late.label == "at_risk"


def test_a_span_comes_from_the_note_else_from_what_it_serves_first(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
        "Priorities/Hire.md": '---\nserves: "[[Grow]]"\ndue: 2026-02-15\n---\n',
        "Projects/Site.md": '---\nserves: "[[Hire]]"\nstart: 2026-01-19\n---\n',
        "Projects/Own.md": "---\nperiod: 2026-Q1\nstart: 2026-01-19\ndue: 2026-06-30\n---\n",
        "Projects/Turned.md": "---\nstart: 2026-06-30\ndue: 2026-01-19\n---\n",
        "Projects/Half.md": "---\ndue: 2026-06-30\n---\n",
        "Key results/Sites.md": '---\nserves: "[[Grow]]"\ndue: 2026-02-28\n---\n',
        "Projects/Late.md": '---\nserves: "[[Grow]]"\ndue: 2026-02-28\n---\n',
        "Projects/Open.md": '---\nserves: "[[Grow]]"\n---\n',
        "Projects/A.md": '---\nserves: "[[B]]"\n---\n',
        "Projects/B.md": '---\nserves: "[[A]]"\n---\n',
    }
    vault = runner.read_vault(make_vault(files), runner.TODAY)
    found = {note.name: span_of(vault, note) for note in vault.notes.values()}
    assert found == {
        "Grow": (FIRST, LAST),
        "Hire": None,
        "Sites": (FIRST, date(2026, 2, 28)),
        "Late": None,
        "Open": (FIRST, LAST),
        "Site": (date(2026, 1, 19), date(2026, 2, 15)),
        "Own": (date(2026, 1, 19), date(2026, 6, 30)),
        "Turned": None,
        "Half": None,
        "A": None,
        "B": None,
    }
    assert last_of(vault, vault.notes["Projects/Site.md"]) == date(2026, 2, 15)
    assert last_of(vault, vault.notes["Projects/A.md"]) is None


def test_work_begins_when_its_note_was_first_seen(make_vault: MakeVault) -> None:
    files = {"Projects/Site.md": "---\ndue: 2026-03-31\n---\n"}
    first = parse("Projects/Site.md", files["Projects/Site.md"].encode())
    known = past("git", [("Projects/Site.md", version(date(2026, 2, 1), first))], date(2025, 12, 1))
    vault = runner.read_vault(make_vault(files), runner.TODAY, known=known)
    assert span_of(vault, vault.notes["Projects/Site.md"]) == (date(2026, 2, 1), LAST)


def test_where_a_number_will_be(make_vault: MakeVault) -> None:
    vault = grown(make_vault, 30, date(2026, 3, 16))
    found = forecast(vault, vault.notes["Key results/Sites.md"])
    assert found is not None
    assert found.end == pytest.approx(30 + 30 / 74 * 15)
    assert found.falls_short
    assert found.reached == date(2026, 9, 5)
    assert forecast(vault.at(FIRST), vault.notes["Key results/Sites.md"]) is None
    assert forecast(vault, vault.notes["Objectives/Grow.md"]) is None


def test_a_bound_that_is_broken_falls_short_whichever_way_it_was_come_from(make_vault: MakeVault) -> None:
    head = '---\nserves: "[[Grow]]"\nstart: 99.9\ntarget: 99.5\ndirection: {}\ncurrent: {}\n---\n'
    files = {
        "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
        "Key results/Up.md": head.format("stay_above", 98),
        "Key results/Held.md": head.format("stay_above", 99.9),
        "Key results/Below.md": head.format("stay_below", 99.9),
        "Key results/Signed.md": head.format("binary", 0),
        "Key results/Phases.md": head.format("milestone", 99.6),
    }
    vault = runner.read_vault(make_vault(files), date(2026, 3, 16))
    found = {note.name: forecast(vault, note) for note in vault.of_kind("key_result")}
    assert {name: each and (each.falls_short, each.reached) for name, each in found.items()} == {
        "Up": (True, None),
        "Held": (False, date(2026, 3, 16)),
        "Below": (True, None),
        "Signed": None,
        "Phases": None,
    }


def test_where_a_falling_number_will_be(make_vault: MakeVault) -> None:
    head = '---\nserves: "[[Grow]]"\nstart: 200\ntarget: 0\n'
    files = {
        "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
        "Key results/Falls.md": f"{head}current: 20\n---\n",
        "Key results/Rises.md": f"{head}current: 230\n---\n",
        "Key results/Stands.md": f"{head}current: 200\n---\n",
        "Key results/Below.md": f"{head}current: -5\n---\n",
    }
    vault = runner.read_vault(make_vault(files), date(2026, 3, 16))
    found = {note.name: forecast(vault, note) for note in vault.of_kind("key_result")}
    assert {name: each and (each.falls_short, each.reached) for name, each in found.items()} == {
        "Falls": (False, date(2026, 3, 25)),
        "Rises": (True, None),
        "Stands": (True, None),
        "Below": (False, date(2026, 3, 16)),
    }
