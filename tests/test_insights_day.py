"""What a day is made of: deadlines, waits, birthdays, and what has no place yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.pages import TODAY, read
from vaultkit.insights.birthdays import birthdays
from vaultkit.insights.captured import captured
from vaultkit.insights.deadlines import deadlines
from vaultkit.insights.waits import awaited, waits

if TYPE_CHECKING:
    from tests.conftest import MakeVault


@pytest.mark.parametrize(
    "said", ["1980-03-18", "03-18", "--03-18", "18/03", "18.3.", "18 mars", "March 18", "18th March"]
)
def test_a_birthday_is_read_with_or_without_a_year(make_vault: MakeVault, said: str) -> None:
    vault = read(make_vault({"People/Ann.md": f"---\nbirthday: {said}\n---\n"}))
    assert birthdays(vault, TODAY, 7) == ((date(2026, 3, 18), "People/Ann.md"),)
    assert birthdays(vault, TODAY, 2) == ()


@pytest.mark.parametrize("said", ["soon", "30-02", "31/04", "1980", "18 Brumaire", "''", f"'{'9' * 5000}'"])
def test_what_names_no_day_is_no_birthday(make_vault: MakeVault, said: str) -> None:
    assert birthdays(read(make_vault({"People/Ann.md": f"---\nbirthday: {said}\n---\n"})), TODAY, 366) == ()


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year(make_vault: MakeVault) -> None:
    vault = read(make_vault({"People/Ann.md": "---\nborn: 1984-02-29\n---\n"}))
    assert [day for day, _ in birthdays(vault, date(2026, 2, 20), 20)] == [date(2026, 3, 1)]
    assert [day for day, _ in birthdays(vault, date(2028, 2, 20), 20)] == [date(2028, 2, 29)]


def test_the_worked_example_of_who_waits_for_whom(make_vault: MakeVault) -> None:
    vault = read(
        make_vault(
            {
                "People/Ann.md": "",
                "People/Bea.md": "",
                "Projects/Sign the lease.md": "---\nowner: '[[Ann]]'\nwaiting_on: the notary\n---\n",
                "Projects/Move in.md": "---\nowner: '[[Bea]]'\ndepends_on: '[[Sign the lease]]'\n---\n",
                "Projects/Paint.md": "---\nowner: '[[Bea]]'\ndepends_on: '[[Move in]]'\n---\n",
            }
        )
    )
    assert [(wait.path, wait.said, wait.days) for wait in waits(vault)] == [
        ("Projects/Sign the lease.md", "the notary", None)
    ]
    assert [(each.path, each.person, each.dependents) for each in awaited(vault)] == [
        ("Projects/Sign the lease.md", "People/Ann.md", ("Projects/Move in.md",))
    ]


def test_what_is_due_is_open_and_names_a_day(make_vault: MakeVault) -> None:
    vault = read(
        make_vault(
            {
                "Objectives/Grow.md": "---\nperiod: 2026-Q1\n---\n",
                "Projects/A.md": "---\ndue: 2026-03-20\n---\n- [ ] b 📅 2026-03-18\n- [x] c 📅 2026-03-18\n- [ ] d\n",
                "Projects/Over.md": "---\ndue: 2026-03-20\nstatus: done\n---\n",
                "Projects/Rests.md": "---\ndue: 2026-03-20\nstatus: paused\n---\n",
                "Diary.md": "- [ ] e 📅 2026-03-20\n",
            }
        )
    )
    assert [(str(each.day), each.path, each.words) for each in deadlines(vault)] == [
        ("2026-03-18", "Projects/A.md", "b"),
        ("2026-03-20", "Projects/A.md", ""),
        ("2026-03-20", "Diary.md", "e"),
        ("2026-03-31", "Objectives/Grow.md", ""),
    ]


def test_what_was_jotted_down_and_leads_nowhere_waits_for_a_place(make_vault: MakeVault) -> None:
    vault = read(
        make_vault(
            {
                "Projects/A.md": "- [ ] not loose\n",
                "People/Ann.md": "",
                "00 - À trier/Thought.md": "- [ ] in the inbox\n",
                "2026-03-14.md": "- [ ] new\n- [ ] with [[Ann]]\n- [ ] for [[A]]\n- [ ] then 📅 2026-04-01\n- [x] a\n",
                "2026-02-20.md": "- [ ] older\n",
                "2026-01-02.md": "- [ ] long ago\n",
                "Packing.md": "- [ ] socks\n",
            }
        )
    )
    found = captured(vault)
    assert found.notes == ("00 - À trier/Thought.md",)
    assert [each.text for each in found.tasks] == ["new", "with [[Ann]]", "older", "in the inbox"]
