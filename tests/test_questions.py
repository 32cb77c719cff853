"""The questions: each is asked where there is reason to, in both languages, and of nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from tests.question_cases import CASES, Case, link, note
from vaultkit.insights.questions.catalogue import QUESTIONS, TOLD, questions
from vaultkit.insights.questions.sparring import score
from vaultkit.language import say
from vaultkit.parser import parse
from vaultkit.validators import VALIDATORS, standing
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.insights.questions.question import Question
    from vaultkit.vault import Vault

ONCE = ("real-priority",)
"""Asked where earlier days are known: of its own below."""


def asked(vault: Vault) -> dict[tuple[str, str], Question]:
    return {(each.name, each.target): each for each in questions(vault, standing(vault))}


def read(make_vault: MakeVault, files: Mapping[str, str], name: str = "vault") -> Vault:
    return runner.read_vault(make_vault(files, name), runner.TODAY)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name}-{place}" for place, case in enumerate(CASES)])
def test_a_question_is_asked_where_there_is_reason_to(case: Case, make_vault: MakeVault) -> None:
    vault = read(make_vault, case.files)
    found = asked(vault)
    assert (case.name, case.target) in found
    question = found[case.name, case.target]
    assert say(question.said, "en") == case.said
    assert question.evidence
    assert all(step.path in vault.notes for step in question.evidence)
    assert question.weight in {1, 2, 3}


@pytest.mark.parametrize("case", CASES, ids=[f"{case.name}-{place}" for place, case in enumerate(CASES)])
def test_and_is_not_asked_where_there_is_none(case: Case, make_vault: MakeVault) -> None:
    found = asked(read(make_vault, {**case.files, **case.instead}))
    assert (case.name, case.target) not in found


def test_every_question_has_its_case_and_every_validator_exists() -> None:
    assert {case.name for case in CASES} | {*ONCE} == set(QUESTIONS)
    assert set(TOLD) <= set(VALIDATORS)


def drifted(make_vault: MakeVault, second: int, name: str) -> Vault:
    """Two priorities, the first by rank with 10 minutes of meetings and the second with so many."""
    files = {
        "Priorities/First.md": note(rank="1"),
        "Priorities/Second.md": note(rank="2"),
        "Meetings/A.md": note(date="2026-03-10", duration="10", about=link("First")),
        "Meetings/B.md": note(date="2026-03-10", duration=f"{second}", about=link("Second")),
    }
    known = past("git", ((path, version(date(2026, 1, 5), parse(path, text.encode()))) for path, text in files.items()))
    return runner.read_vault(make_vault(files, name), runner.TODAY, known=known)


def test_where_the_time_went_elsewhere_it_is_asked_which_priority_is_real(make_vault: MakeVault) -> None:
    question = asked(drifted(make_vault, 90, "much"))["real-priority", "Priorities/First.md"]
    said = "First is number 1, but of the last 14 days 90 % went to Second. Which one is the real priority?"
    assert say(question.said, "en") == said
    assert ("real-priority", "Priorities/First.md") not in asked(drifted(make_vault, 10, "little"))


def test_what_is_waived_or_switched_off_is_not_asked_of(make_vault: MakeVault) -> None:
    waiver = "%% vaultkit:ignore stuck-project until 2026-12-31: it rests %%\n"
    files = {"Projects/Site.md": note(status="active")}
    waived = {"Projects/Site.md": note(waiver, status="active")}
    off = {**files, "vaultkit.toml": '[validators.stuck-project]\nseverity = "off"\n'}
    key = ("next-action", "Projects/Site.md")
    assert key in asked(read(make_vault, files, "a"))
    assert key not in asked(read(make_vault, waived, "b"))
    assert key not in asked(read(make_vault, off, "c"))


def test_a_circle_of_orphans_is_asked_of_once(make_vault: MakeVault) -> None:
    files = {
        "Objectives/Grow.md": "",
        "Priorities/A.md": note(serves=link("B")),
        "Priorities/B.md": note(serves=link("A")),
    }
    found = [key for key in asked(read(make_vault, files)) if key[0] == "if-stopped"]
    assert found == [("if-stopped", "Priorities/A.md")]


def test_what_it_rests_on_does_not_change_with_the_days(make_vault: MakeVault) -> None:
    folder = make_vault({"Decisions/Move.md": note(status="proposed", date="2026-02-23")})
    today, later = (runner.read_vault(folder, date(2026, 3, day)) for day in (16, 20))
    one, other = (asked(vault)["cost-of-waiting", "Decisions/Move.md"] for vault in (today, later))
    assert one.said != other.said
    assert (one.asked_of, one.rests_on) == (other.asked_of, other.rests_on)


def test_what_it_rests_on_changes_with_the_facts(make_vault: MakeVault) -> None:
    files = {"Decisions/Move.md": note(status="proposed", date="2026-02-23")}
    more = {**files, "Projects/Rent.md": note(depends_on=link("Move"))}
    one, other = (
        asked(read(make_vault, each, name))["cost-of-waiting", "Decisions/Move.md"]
        for name, each in (("a", files), ("b", more))
    )
    assert one.asked_of == other.asked_of
    assert one.rests_on != other.rests_on


def test_the_worked_example_of_the_score(make_vault: MakeVault) -> None:
    files = {
        "Priorities/Hire.md": note(rank="1", depends_on=link("Sell")),
        "Priorities/Sell.md": note(rank="2"),
        **{f"Projects/P{n}.md": note("- [ ] go\n", serves=link("Hire"), status="active") for n in range(3)},
        "Projects/Idle.md": note(status="active"),
    }
    vault = read(make_vault, files)
    found = asked(vault)
    assert score(vault, found["late-for", "Priorities/Hire.md"]) == 6
    assert score(vault, found["next-action", "Projects/Idle.md"]) == 3
    assert score(vault, found["next-action", "Projects/Idle.md"], is_new=False) == 1.5
