"""The questions of a week: they stay until Monday, an answer silences them, and other evidence brings them back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.question_cases import link, note
from vaultkit.generators import GENERATORS
from vaultkit.insights.questions.answers import answers
from vaultkit.insights.questions.sparring import EACH, MOST, SAME, sparring
from vaultkit.pages.names import FILE_NAMES
from vaultkit.regions import yours, yours_in
from vaultkit.session import Session
from vaultkit.validators import standing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.insights.questions.sparring import Sparring

MONDAY = date(2026, 3, 16)
PAGE = "Dashboards/Sparring.md"
MOVE = {
    "vaultkit.toml": "",
    "Decisions/Move.md": note(status="proposed", date="2026-02-23"),
    "Projects/Rent.md": note(),
}
"""One question: what it costs to wait with the decision."""
MANY = {
    "vaultkit.toml": "",
    "Objectives/Grow.md": note(period="2026", target="3"),
    **{f"Projects/P{n}.md": note("- [x] done\n", status="active") for n in range(6)},
    **{f"Priorities/Q{n}.md": note("- [ ] go\n", rank=f"{n}") for n in range(1, 5)},
    **{f"Decisions/D{n}.md": note(status="proposed", date="2026-01-05") for n in range(6)},
}


def build(root: Path, day: date) -> str:
    """The page as it stands after a build; a second one writes nothing."""
    session = Session(root, today=day)
    session.apply(session.plan())
    assert not Session(root, today=day).plan().edits
    return (root / PAGE).read_text("utf-8")


def week(root: Path, day: date) -> Sparring:
    vault = Session(root, today=day).vault
    return sparring(vault, standing(vault))


def answer(root: Path, part: str, words: str) -> None:
    """Write into a part of the page, as a person does between its marks."""
    text = (root / PAGE).read_text("utf-8")
    key = next(key for key in yours_in(text) if part in key)
    (root / PAGE).write_text(text.replace(yours(key), yours(key, words)), "utf-8")


def titles(text: str) -> list[str]:
    return re.findall(r"^> \[!question\]- (.*)$", text, re.MULTILINE)


@pytest.fixture
def move(make_vault: MakeVault) -> Path:
    return make_vault(MOVE)


@pytest.fixture
def many(make_vault: MakeVault) -> Path:
    return make_vault(MANY)


def test_an_answer_is_kept_and_silences_its_question(move: Path) -> None:
    (said,) = [title for title in titles(build(move, MONDAY)) if "cost" in title]
    assert said.startswith("[[Move]] has been waiting")
    answer(move, "cost-of-waiting", "Two weeks of rent.\n\n- and **patience**")
    text = build(move, MONDAY)
    assert not [title for title in titles(text) if "cost" in title]
    _, _, below = text.partition("## Answered\n")
    assert "[[Move]] has been waiting" in below
    assert "Two weeks of rent.\n\n- and **patience**\n%% /yours %%" in below
    for day in (date(2026, 3, 20), date(2026, 3, 23), date(2026, 4, 20)):
        assert "cost" not in "".join(titles(build(move, day)))


def test_what_it_rests_on_brings_a_question_back_with_what_was_answered(move: Path) -> None:
    build(move, MONDAY)
    answer(move, "cost-of-waiting", "Two weeks of rent.")
    build(move, MONDAY)
    (move / "Projects/Rent.md").write_text(note(depends_on=link("Move")), "utf-8")
    text = build(move, MONDAY)
    (title,) = [title for title in titles(text) if "cost" in title]
    assert title.startswith("1 piece of work waits for [[Move]]")
    assert "> You answered then: Two weeks of rent.\n" in text
    assert "what it rests on has changed" in text.partition("## Answered\n")[2]
    (move / "Projects/Rent.md").write_text(note(), "utf-8")
    assert not [title for title in titles(build(move, MONDAY)) if "cost" in title]


def test_an_answer_outlives_its_question(move: Path) -> None:
    build(move, MONDAY)
    answer(move, "cost-of-waiting", "Two weeks of rent.")
    (move / "Decisions/Move.md").write_text(
        note(
            "## Options\n\n- Lyon\n- Nantes\n\n- [ ] Pack\n", status="accepted", date="2026-03-16", review="2026-06-01"
        ),
        "utf-8",
    )
    text = build(move, MONDAY)
    assert "[[Move]] (asked in the week of 2026-03-16; nothing gives rise to it any more)" in text
    assert "Two weeks of rent." in text
    (move / "Decisions/Move.md").unlink()
    text = build(move, date(2026, 5, 4))
    assert "Decisions/Move (asked in the week of 2026-03-16; nothing gives rise to it any more)" in text
    assert "Two weeks of rent." in text


def test_so_many_a_week_and_of_one_sort(many: Path) -> None:
    found = week(many, MONDAY)
    names = [each.question.name for each in found.asked]
    assert len(names) == MOST
    assert len({each.question.target for each in found.asked}) >= MOST / EACH
    assert max(names.count(name) for name in names) == SAME
    assert not found.open
    assert found.later > 0


def test_more_of_a_sort_where_there_is_no_other(make_vault: MakeVault) -> None:
    files = {f"Projects/P{n}.md": note("- [x] done\n", status="active", due="2026-05-01") for n in range(5)}
    found = week(make_vault(files), MONDAY)
    assert [each.question.name for each in found.asked] == ["next-action"] * 5


def test_the_week_keeps_its_questions(many: Path) -> None:
    build(many, MONDAY)
    first = {each.question.asked_of for each in week(many, MONDAY).asked}
    (many / "Ideas").mkdir()
    for place in range(9):
        (many / f"Ideas/I{place}.md").write_text("See [[D5]], [[Q4]] and [[P5]].\n", "utf-8")
    build(many, date(2026, 3, 22))
    assert {each.question.asked_of for each in week(many, date(2026, 3, 22)).asked} == first
    assert {each.question.asked_of for each in week(many, date(2026, 3, 23)).asked} != first
    (many / PAGE).unlink()
    assert {each.question.asked_of for each in week(many, MONDAY).asked} != first


def test_an_answer_makes_no_room_before_monday(many: Path) -> None:
    build(many, MONDAY)
    part = week(many, MONDAY).asked[0].key
    answer(many, part, "Yes.")
    assert len(titles(build(many, MONDAY))) == MOST - 1
    assert len(week(many, date(2026, 3, 23)).asked) > 0


def test_what_was_asked_is_not_asked_anew_within_a_fortnight(many: Path) -> None:
    build(many, MONDAY)
    first = {each.question.asked_of for each in week(many, MONDAY).asked}
    build(many, date(2026, 3, 24))
    second = week(many, date(2026, 3, 24))
    assert {each.question.asked_of for each in second.open} == first
    assert not first & {each.question.asked_of for each in second.asked}
    build(many, date(2026, 3, 30))
    third = week(many, date(2026, 3, 30))
    assert {each.question.asked_of for each in third.open} == {each.question.asked_of for each in second.asked}
    assert not {each.question.asked_of for each in third.asked} & {each.question.asked_of for each in second.asked}


def test_what_stays_open_can_be_answered_in_the_week_after(many: Path) -> None:
    build(many, MONDAY)
    key = week(many, MONDAY).asked[0].key
    build(many, date(2026, 3, 23))
    answer(many, key, "In the end, no.")
    text = build(many, date(2026, 3, 23))
    assert len(week(many, date(2026, 3, 23)).open) == MOST - 1
    assert yours(key, "In the end, no.") in text


def test_what_others_write_into_the_page_is_no_answer_of_ours(move: Path) -> None:
    text = build(move, MONDAY)
    mine = yours("my own part", "Words that must not be lost.")
    (move / PAGE).write_text(text.replace("## Answered", f"{mine}\n\n## Answered"), "utf-8")
    key = next(iter(yours_in(text)))
    (move / PAGE).write_text((move / PAGE).read_text("utf-8").replace(yours(key), f"{yours(key)}\n\n{mine}"), "utf-8")
    found = answers(Session(move, today=MONDAY).vault)
    assert all(each.name != "my own part" for each in found)


def test_a_target_may_have_any_name(make_vault: MakeVault) -> None:
    name = "100 %% of [x] · 2026 ``y``"
    root = make_vault({"vaultkit.toml": "", f"Projects/{name}.md": note(status="active", due="2026-05-01")})
    build(root, MONDAY)
    answer(root, "next-action", "Call them.")
    text = build(root, MONDAY)
    assert titles(text) == []
    assert "Call them." in text


def test_a_running_session_hears_an_answer(many: Path) -> None:
    """What it makes of a step is held against a fresh start: paranoid sessions compare the two themselves."""
    others = [f'"{name}"' for name in FILE_NAMES if name not in GENERATORS]
    (many / "vaultkit.toml").write_text(f"[pages]\noff = [{', '.join(others)}]\n", "utf-8")
    session = Session(many, today=MONDAY, paranoid=True)
    session.apply(session.plan())
    pages = session.pages()
    (many / "Plain.md").write_text("words\n", "utf-8")
    session.refresh(["Plain.md"])
    session.pages()
    (many / "Plain.md").write_text("other words\n", "utf-8")
    session.refresh(["Plain.md"])
    assert [page.text for page in session.pages() if page.name == "sparring"] == [
        page.text for page in pages if page.name == "sparring"
    ]
    answer(many, week(many, MONDAY).asked[0].key, "Yes.")
    session.refresh([PAGE])
    session.apply(session.plan())
    assert len(titles((many / PAGE).read_text("utf-8"))) == MOST - 1
    assert session.pages() == Session(many, today=MONDAY).pages()
    assert not session.plan().edits
