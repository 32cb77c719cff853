"""Facts that a leader relies on: each stands on its page once, of the right people, and the first of them first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.pages import one, read, rows
from tests.question_cases import link, note
from vaultkit import generators
from vaultkit.language import say
from vaultkit.pages.dates import beside, spoken

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

PEOPLE = {f"People/{name}.md": note(type="person") for name in ("Ann", "Bob", "Cyd")}


def brief(make_vault: MakeVault, files: dict[str, str]) -> str:
    return named(read(make_vault(PEOPLE | files)), "Dashboards/2026-03-17")


def named(vault: Vault, start: str) -> str:
    """The page whose path begins so."""
    return next(page.text for page in vault.ask(generators.render) if page.path.startswith(start))


@pytest.mark.parametrize(
    ("day", "en", "fr"),
    [
        (date(2026, 3, 16), "Monday 16 March", "lundi 16 mars"),
        (date(2026, 2, 1), "Sunday 1 February", "dimanche 1er février"),
    ],
)
def test_a_day_is_said_as_a_reader_says_it(day: date, en: str, fr: str) -> None:
    assert (say(spoken(day), "en"), say(spoken(day), "fr")) == (en, fr)


def test_a_name_that_tells_the_day_needs_the_weekday_alone() -> None:
    day = date(2026, 3, 16)
    assert [say(beside(day, name), "en") for name in ("2026-03-16 Weekly", "Weekly")] == ["Monday", "Monday 16 March"]


def test_a_brief_names_those_who_have_no_note(make_vault: MakeVault) -> None:
    text = brief(make_vault, {"Meetings/2026-03-17 Point.md": note(attendees="Ann, Zoe")})
    assert [row for row in rows(text, "- ") if row in {"- [[Ann]]", "- Zoe"}] == ["- [[Ann]]", "- Zoe"]


def test_what_was_taken_on_where_both_were_is_open_between_them(make_vault: MakeVault) -> None:
    files = {
        "Meetings/2026-03-17 Point.md": note(attendees=link("Ann", "Bob")),
        "Meetings/2026-03-10 Sales.md": note("- [ ] Write the offer [[Ann]]\n", attendees=link("Ann", "Bob")),
        "Meetings/2026-03-11 Shop.md": note("- [ ] Paint the door [[Ann]]\n", attendees=link("Ann", "Cyd")),
    }
    text = brief(make_vault, files)
    assert rows(text, "    - ") == ["    - Write the offer ([[2026-03-10 Sales]])"]


def test_a_brief_shows_so_many_open_actions_those_of_its_series_first(make_vault: MakeVault) -> None:
    late = "".join(f"- [ ] Old {n} [[Ann]] 📅 2026-01-{n + 1:02}\n" for n in range(20))
    files = {
        "Projects/Site.md": note(late, owner=link("Bob")),
        "Meetings/2026-03-17 Staff.md": note(attendees=link("Ann", "Bob")),
        "Meetings/2026-03-10 Staff.md": note("- [ ] Ours [[Bob]]\n", attendees=link("Ann", "Bob")),
    }
    text = brief(make_vault, files)
    assert len(rows(text, "    - ")) == 12
    assert "    - Ours ([[2026-03-10 Staff]])" in text
    assert "And 9 more." in text


def test_a_brief_and_the_day_agree_on_what_is_to_be_decided(make_vault: MakeVault) -> None:
    files = {
        "Decisions/Old.md": note(status="proposed", date="2026-01-05", decider=link("Ann")),
        "Decisions/Near.md": note(status="proposed", date="2026-03-10"),
        "Meetings/2026-03-09 Staff.md": note("See [[Near]].\n", attendees=link("Ann")),
        "Meetings/2026-03-16 Staff.md": note(attendees=link("Ann")),
    }
    vault = read(make_vault(PEOPLE | files))
    found = named(vault, "Dashboards/2026-03-16 Staff")
    assert [row.partition(",")[0] for row in rows(found, "- To be taken:")] == [
        "- To be taken: [[Near]]",
        "- To be taken: [[Old]]",
    ]
    assert "To decide: [[Near]], [[Old]]\n" in one(vault, "daily-brief").text


def test_the_review_reminds_of_promises_and_tells_of_a_circle_once(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Grow.md": "",
        "Priorities/A.md": note("- [ ] go\n", serves=link("B"), owner=link("Ann")),
        "Priorities/B.md": note("- [ ] go\n", serves=link("A"), owner=link("Ann")),
        "Meetings/2026-03-09 Staff.md": note("- [ ] Call [[Bob]] 📅 2026-03-12\n", attendees=link("Ann", "Bob")),
        "Decisions/Move.md": note(status="proposed", date="2026-01-05"),
    }
    text = one(read(make_vault(PEOPLE | files)), "weekly-review").text
    assert rows(text, "- Call") == ["- Call ([[Bob]], [[2026-03-09 Staff]]) – 4 days late"]
    assert text.count("comes round") == 1
    assert len([row for row in rows(text, "- ") if "[[Move]]" in row]) == 1


def test_an_objective_that_names_a_project_owes_its_team_nothing(make_vault: MakeVault) -> None:
    files = {
        "Teams/Shop.md": note(type="team", lead=link("Bob")),
        "Objectives/Grow.md": note("- [ ] A sign: [[Site]]\n- [ ] Sign for [[Site]] [[Cyd]]\n", owner=link("Ann")),
        "Projects/Site.md": note(team=link("Shop"), owner=link("Bob")),
    }
    text = named(read(make_vault(PEOPLE | files)), "Dashboards/Shop")
    assert rows(text, "- [[Cyd]]: Sign for Site")
    assert "A sign" not in text


def test_only_what_would_be_missed_stops(make_vault: MakeVault) -> None:
    files = {
        **{f"Priorities/Pay {n}.md": note(rank=f"{n}", owner=link("Ann")) for n in range(1, 8)},
        "Projects/Aside.md": note(owner=link("Bob")),
        "Projects/Needed.md": note(owner=link("Cyd")),
        "Projects/Needs.md": note(owner=link("Bob"), depends_on=link("Needed")),
    }
    text = one(read(make_vault(PEOPLE | files)), "people").text
    _, _, stops = text.partition("## What stops")
    assert rows(stops, "- [[")[:2] == ["- [[Ann]]: [[Pay 1]], [[Pay 2]], [[Pay 3]] and 2 more", "- [[Cyd]]: [[Needed]]"]
    assert "Aside" not in stops


def test_what_rests_on_a_note_that_is_not_for_the_readers_is_not_asked(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Grow.md": note(target="3"),
        "Priorities/Hire.md": note("- [ ] go\n", serves=link("Grow")),
        "Assumptions/Bet.md": note(status="falsified", supports=link("Hire"), confidentiality="board"),
    }
    seen = one(read(make_vault(PEOPLE | files, "all")), "sparring").text
    narrow = {"vaultkit.toml": '[page.sparring]\naudience = "employees"\n'}
    hidden = one(read(make_vault(PEOPLE | files | narrow, "few")), "sparring").text
    assert "[[Bet]]" in seen
    assert "Bet" not in hidden
    assert "rests-on-what" not in hidden
