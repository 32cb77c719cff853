"""What counts as an update in a note's own text: how people date a line, and by which words it gives a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.updates import days_in, updates

if TYPE_CHECKING:
    from tests.conftest import MakeVault


def said(make_vault: MakeVault, line: str) -> list[tuple[date, str]]:
    vault = runner.read_vault(make_vault({"Projects/Site.md": f"# Site\n\n## Updates\n\n{line}\n"}), runner.TODAY)
    return [(update.day, update.why) for update in vault.ask(updates).get("Projects/Site.md", ())]


@pytest.mark.parametrize(
    "line",
    [
        "- 2026-03-02: all well",
        "- **2026-03-02** all well",
        "- [[2026-03-02]] all well",
        "- [[Journal/2026-03-02|Monday]]: all well",
        "- (02/03/2026) all well",
        "- 02.03.2026 : all well",
        "- 2 mars 2026 : all well",
        "- Le 2 mars 2026, all well",
        "### 2026-03-02",
        "### Point du 02/03/2026",
        "### Status of 2026-03-02",
        "- [x] 2026-03-02 all well",
    ],
)
def test_a_line_may_be_dated_in_many_ways(make_vault: MakeVault, line: str) -> None:
    assert said(make_vault, line) == [(date(2026, 3, 2), "")]


@pytest.mark.parametrize(
    "line",
    ["- The fair of 2026-03-02 went well", "- 2026-03-021: x", "- 2026-13-45: x", "- 2026-04-01: to come", "- a [[b]]"],
)
def test_a_line_that_only_names_a_day_is_none(make_vault: MakeVault, line: str) -> None:
    assert said(make_vault, line) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("to 2026-04-30, because nobody was free", True),
        ("to 30/04/2026, due to the supplier", True),
        ("repoussé au 30/04/2026 car le prestataire est en retard", True),
        ("repoussé, faute de bras", True),
        ("décalé suite à la panne", True),
        ("[why:: the supplier failed]", True),
        ("moved due to 2026-04-30", False),
        ("to 2026-04-30", False),
        ("a reasonable date, a carpet", False),
    ],
)
def test_a_line_gives_a_reason_in_so_many_words(make_vault: MakeVault, words: str, why: bool) -> None:
    found = said(make_vault, f"- 2026-03-02: {words}")
    assert [bool(each) for _, each in found] == [why]


def test_the_days_that_a_text_names() -> None:
    assert [*days_in("from 2026-04-01 to 30/04/2026, not 31/04/2026 nor 1 mai 2026")] == [
        date(2026, 4, 1),
        date(2026, 4, 30),
        date(2026, 5, 1),
    ]
