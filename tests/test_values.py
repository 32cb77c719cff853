"""What property values mean, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from vaultkit.vault.values import choice_of, date_of, minutes_of, number_of, period_of, text_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-Q1", (1, 1), (3, 31)),
        ("Q1 2026", (1, 1), (3, 31)),
        ("T1 2026", (1, 1), (3, 31)),
        ("2026-T4", (10, 1), (12, 31)),
        ("S1 2026", (1, 1), (6, 30)),
        ("2026-H2", (7, 1), (12, 31)),
        ("2026", (1, 1), (12, 31)),
        (2026, (1, 1), (12, 31)),
        ("2026-02", (2, 1), (2, 28)),
        ("2026-01-05..2026-02-10", (1, 5), (2, 10)),
        ("05/01/2026 - 10/02/2026", (1, 5), (2, 10)),
        ("2026-01-05 to 2026-02-10", (1, 5), (2, 10)),
        ("du 5 janvier 2026 au 10 février 2026", (1, 5), (2, 10)),
        ("Q4/2026", (10, 1), (12, 31)),
        ("4e trimestre 2026", (10, 1), (12, 31)),
        ("décembre 2026", (12, 1), (12, 31)),
        ("2026-12-31", (12, 31), (12, 31)),
        (("2026-Q1", "2026-Q2"), (1, 1), (6, 30)),
    ],
)
def test_periods(value: str | int | tuple[str, ...], first: tuple[int, int], last: tuple[int, int]) -> None:
    assert period_of(value) == (date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "value",
    [
        "",
        None,
        "soon",
        "Q5 2026",
        "S3 2026",
        "Q1",
        True,
        "2026-13",
        "a..b",
        "0000",
        "0000-Q1",
        "0000-01",
        ("2026", "x"),
        (),
    ],
)
def test_what_is_no_period(value: str | bool | tuple[str, ...] | None) -> None:
    assert period_of(value) is None


@pytest.mark.parametrize(
    "value",
    [
        *("2026-03-01", "2026-03-01T10:30:00", "2026/03/01", "01/03/2026", "1.3.2026", "01-03-2026"),
        *("1er mars 2026", "1 March 2026", "[[2026-03-01]]", "[[x|2026-03-01]]"),
    ],
)
def test_dates(value: str) -> None:
    assert date_of(value) == date(2026, 3, 1)


@pytest.mark.parametrize("value", ["2026-02-30", "tomorrow", 20260301, None, "2026-3-1"])
def test_what_is_no_date(value: str | int | None) -> None:
    assert date_of(value) is None


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3), ("1 200", 1200), ("12,5 %", 12.5), ("-4", -4), ("x", None), (True, None)]
)
def test_numbers(value: str | int | bool, number: float | None) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize("value", ["done", "Terminé", "✅ Terminé", "Terminé ✅", "5 - Done", "#done", "[[Done]]"])
def test_a_word_is_known_whatever_dresses_it_up(value: str) -> None:
    assert choice_of(value, {"done": "done", "termine": "done"}) == "done"


def test_no_text_is_too_long_to_be_told_from_a_period_or_a_word() -> None:
    for text in ("a" + " " * 60_000, "!" * 60_000 + "a", " - " * 20_000):
        assert period_of(text) is None
        assert choice_of(text, {"done": "done"}) is None


def test_text_of_a_list_and_of_links() -> None:
    assert text_of(("[[a]]", "[[b|c]]", "[[d#e]]")) == "a, c, d"


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        (90, 90),
        ("90", 90),
        ("90 min", 90),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1,5 h", 90),
        ("2 heures", 120),
        ("1 hour and 15 minutes", 75),
        ("long", None),
        ("", None),
        (None, None),
    ],
)
def test_a_length_of_time(written: str | int | None, minutes: float | None) -> None:
    assert minutes_of(written) == minutes
