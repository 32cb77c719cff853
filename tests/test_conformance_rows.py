"""Every habit of Obsidian's that is known (tests/scenarios/obsidian.md) is held by a scenario that says something."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.test_scenarios import HOME, SCENARIOS

_LIST = (HOME / "obsidian.md").read_text(encoding="utf-8")
KNOWN = [int(number) for number in re.findall(r"^(\d+)\. \S", _LIST, re.MULTILINE)]
CLAIMS = Counter(row for scenario in SCENARIOS for row in scenario.rows)


def test_the_habits_are_numbered() -> None:
    assert list(range(1, 111)) == KNOWN


@pytest.mark.parametrize("row", KNOWN)
def test_a_scenario_holds_us_to_it(row: int) -> None:
    assert CLAIMS[row]


def test_no_claim_is_empty() -> None:
    """What a scenario expects is something that is said, and of a habit that there is."""
    claiming = [scenario for scenario in SCENARIOS if scenario.rows]
    assert [scenario.title for scenario in claiming if not any(block.text for block in scenario.expected)] == []
    assert set(CLAIMS) <= set(KNOWN)
