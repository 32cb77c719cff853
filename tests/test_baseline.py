"""What is known of a vault: written, read again, and held against what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.baseline import delta, is_one, moved, read, written
from vaultkit.errors import ConfigError
from vaultkit.language import message, plural
from vaultkit.model import INTERNAL_ERROR, TOP, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultkit.model import Message

FILE = "vaultkit-baseline.json"


def finding(path: str = "A.md", said: Message | None = None, validator: str = "overdue", reason: str = "") -> Finding:
    told = said or message("{name} was due on {date}.", name="A", date="2026-03-01")
    return Finding(validator, "error", path, TOP, told, message("mend it"), reason=reason)


def held(now: Sequence[Finding], before: Sequence[Finding], paths: Sequence[str] = ()) -> tuple[int, int, int]:
    """How many are new, known and gone."""
    everywhere = {*paths, *(each.path for each in now)}
    found = delta(now, read(written(before), FILE), everywhere)
    assert len(found.new) + len(found.known) == len(now)
    return len(found.new), len(found.known), found.gone


@pytest.mark.parametrize(
    "other",
    [
        message("{name} was due on {date}.", name="A", date="2026-04-11"),
        message("{name} should have been done by {date}.", name="A", date="2026-03-01"),
        plural("{count} day", "{count} days", 3, name="A", date="2026-03-01"),
    ],
)
def test_numbers_dates_and_better_words_say_nothing_new(other: Message) -> None:
    assert held([finding(said=other)], [finding()]) == (0, 1, 0)


@pytest.mark.parametrize(
    "other",
    [
        finding(said=message("{name} was due on {date}.", name="B", date="2026-03-01")),
        finding(validator="no-due"),
        finding(reason="cycle"),
        finding("B.md"),
    ],
)
def test_another_fact_validator_reason_or_note_is_new(other: Finding) -> None:
    assert held([other], [finding()], ["A.md"]) == (1, 0, 1)


@pytest.mark.parametrize(("old", "new"), [("ADR-0003", "ADR-0004"), ("W06", "W07"), ("Q1 plan", "Q2 plan")])
def test_a_number_that_belongs_to_a_name_is_no_other_number(old: str, new: str) -> None:
    before, now = (finding(said=message("{name} is late by {days}.", name=name, days="3 d")) for name in (old, new))
    assert held([now], [before]) == (1, 0, 1)
    assert held([before], [before]) == (0, 1, 0)


def test_how_many_there_are_counts() -> None:
    assert held([finding()] * 3, [finding()] * 2) == (1, 2, 0)
    assert held([finding()], [finding()] * 3) == (0, 1, 2)


@pytest.mark.parametrize(
    ("now", "before", "paths", "outcome"),
    [
        (["New/A.md"], ["Old/A.md"], [], (0, 1, 0)),
        (["New/A.md"], ["Old/A.md"], ["Old/A.md"], (1, 0, 1)),  # it is a copy
        (["New/A.md", "Newer/A.md"], ["Old/A.md"], [], (2, 0, 1)),
        (["New/A.md"], ["Old/A.md", "Older/A.md"], [], (1, 0, 2)),
        (["New/B.md"], ["Old/A.md"], [], (1, 0, 1)),
    ],
)
def test_a_note_that_was_moved_is_followed_where_there_is_no_doubt(
    now: list[str], before: list[str], paths: list[str], outcome: tuple[int, int, int]
) -> None:
    assert held([finding(path) for path in now], [finding(path) for path in before], paths) == outcome


def test_a_fault_of_ours_is_never_known() -> None:
    fault = finding(validator=INTERNAL_ERROR)
    assert held([fault], [fault]) == (1, 0, 0)


def test_a_note_that_was_renamed_is_known_under_its_new_name() -> None:
    def waits(path: str, name: str, other: str) -> Finding:
        return finding(path, message("{name} waits for {other}.", name=name, other=other))

    before = written([waits("x/A.md", "A", "B"), waits("B.md", "B", "A"), waits("C.md", "C", "D")])
    now = written([waits("y/Z 1.md", "Z 1", "B"), waits("B.md", "B", "Z 1"), waits("C.md", "C", "D")])
    assert moved(before, "x/A.md", "y/Z 1.md") == now


@pytest.mark.parametrize("text", ["", "{}", "[]", "no", '{"vaultkit_baseline": 2, "findings": []}', "\ud800"])
def test_what_is_no_baseline_is_said_to_be_none(text: str) -> None:
    assert not is_one(text)
    with pytest.raises(ConfigError):
        read(text, FILE)


def test_the_file_has_a_line_for_each_in_order() -> None:
    text = written([finding("B.md"), finding("A.md"), finding("A.md")])
    assert text.splitlines()[1:-1] == [
        '{"path":"A.md","validator":"overdue","facts":"date: #; name: A","count":2},',
        '{"path":"B.md","validator":"overdue","facts":"date: #; name: A"}',
    ]


def test_half_a_character_is_known_as_well() -> None:
    half = finding(said=message("{name} is late.", name="a\ud800"))
    assert held([half], [half]) == (0, 1, 0)


@given(
    st.lists(st.builds(finding, st.sampled_from(["A.md", "B/A.md", "é\n\u2028.md"]), st.none(), st.text()), max_size=9)
)
def test_what_was_written_is_known_and_nothing_is_gone(findings: list[Finding]) -> None:
    found = delta(findings, read(written(findings), FILE), {each.path for each in findings})
    assert (found.new, found.known, found.gone) == ((), tuple(findings), 0)
