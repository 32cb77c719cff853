"""What a note lists below its headings, the values in its tables, and the comments that waive findings."""

from __future__ import annotations

from datetime import date

import pytest

from vaultkit.parser import parse


def points(text: str) -> list[tuple[str, str]]:
    note = parse("a.md", text.encode())
    for point in note.points:
        assert (
            text[point.span.start : point.span.end]
            .lstrip("-*+0123456789.) #")
            .startswith(("[", point.text[:3].lstrip("*")))
        )
    return [(point.topic, point.text) for point in note.points]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Considered options\n\n- One\n- Two\n", [("options", "One"), ("options", "Two")]),
        ("## Options envisagées :\n1. Un\n2. Deux\n   - une remarque\n", [("options", "Un"), ("options", "Deux")]),
        ("# Options\n## First\n- good\n## Second\n- bad\n", [("options", "First"), ("options", "Second")]),
        ("# Agenda\n- [ ] Budget\n\n# Décisions\n- Geler\n", [("agenda", "Budget"), ("decisions", "Geler")]),
        ("# **Ordre du jour**\n- Budget\n  second line\n", [("agenda", "Budget")]),
        ("# Options\n> - quoted\n", []),
        ("# Other\n- One\n", []),
        ("- One\n# Options\n", []),
        ("# Options\n- \n", []),
        ("# Options\n\n# Other\n- One\n", []),
        ("# Options\n## Rejected\n- One\n", [("rejected", "One")]),
        ("status\n", []),
        (
            "* Status: open\n* **Date** : 2026-01-02\n",
            [("record", "Status: open"), ("record", "**Date** : 2026-01-02")],
        ),
        ("# A\nStatus: open\n## B\nStatus: done\n", [("record", "Status: open")]),
        ("# A\n```\nStatus: open\n```\nStatus:: done\n", []),
        ("# A\n## Status\n- Accepted\n\nSince *May*.\n# B\nNo\n", [("status", "Accepted"), ("status", "Since *May*.")]),
    ],
)
def test_what_stands_below_a_heading_that_lists_something(text: str, found: list[tuple[str, str]]) -> None:
    assert points(text) == found
    assert points(text.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("1 234,5 €", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("99,5 %", 99.5),
        ("1'234", 1234),
        ("1\u202f234", 1234),
        ("about 3", None),
        ("", None),
        ("1.2.3,4,5", None),
    ],
)
def test_a_value_of_a_day(cell: str, value: float | None) -> None:
    text = f"| Date | Value |\n| --- | --- |\n| 2026-03-02 | {cell} |\n| [[2026-03-09]] | 1 |\n| 2026-02-30 | 1 |\n"
    found = parse("a.md", text.encode()).measurements
    assert [(each.day, each.value) for each in found] == [
        *([] if value is None else [(date(2026, 3, 2), value)]),
        (date(2026, 3, 9), 1.0),
    ]
    assert all(text[each.span.start :].startswith(each.day.isoformat()) for each in found)


def test_a_day_may_be_written_day_first() -> None:
    text = "| Date | Valeur |\n| --- | --- |\n| 02/03/2026 | 12 |\n| 9/3/2026 | 13 |\n| 31/02/2026 | 1 |\n"
    found = parse("a.md", text.encode()).measurements
    assert [(each.day, each.value) for each in found] == [(date(2026, 3, 2), 12.0), (date(2026, 3, 9), 13.0)]


def test_a_value_outside_a_table_is_none() -> None:
    assert parse("a.md", b"2026-03-02 | 12\n\n```\n| 2026-03-02 | 12 |\n```\n").measurements == ()


@pytest.mark.parametrize(
    ("said", "names", "day", "reason"),
    [
        ("no-owner until 2026-12-31: the board", ("no-owner",), "2026-12-31", "the board"),
        ("no-owner, overdue jusqu’au 2026-12-31 : le conseil", ("no-owner", "overdue"), "2026-12-31", "le conseil"),
        ("no-owner and overdue jusqu'au 31/12/2026 : le CA", ("no-owner", "overdue"), "31/12/2026", "le CA"),
        ("no-owner overdue", ("no-owner", "overdue"), "", ""),
        ("no-owner until soon: a: b", ("no-owner",), "soon", "a: b"),
        ("until 2026-12-31", (), "2026-12-31", ""),
        ("", (), "", ""),
        ("No_Owner (until 2026-12-31): a", ("no-owner",), "2026-12-31", "a"),
        ("`no-owner` until: 2026-12-31 - a", ("no-owner",), "2026-12-31", "a"),
        ("no-owner until [[2026-12-31]] — a", ("no-owner",), "[[2026-12-31]]", "a"),
        ("no-owner 2026-12-31 10:30, a", ("no-owner",), "2026-12-31 10:30", "a"),
        ("no-owner until 2026-12-31 because of b", ("no-owner",), "2026-12-31", "because of b"),
        ("no-owner jusqu’à fin mars car b", ("no-owner",), "fin mars", "car b"),
        ("no-owner till 2026-Q4 - a", ("no-owner",), "2026-Q4", "a"),
        (": no-owner until Dec 31, 2026 : a", ("no-owner",), "Dec 31, 2026", "a"),
        ("orphan-* until 2026-12-31: a", ("orphan-*",), "2026-12-31", "a"),
        ("no-owner: wait until 2026-12-31", ("no-owner",), "", "wait until 2026-12-31"),
    ],
)
@pytest.mark.parametrize(
    "opening", ["%% vaultkit:ignore", "%%Vaultkit : ignorer", "%% vaultkit-ignore", "<!-- vaultkit ignore"]
)
def test_a_comment_that_waives(opening: str, said: str, names: tuple[str, ...], day: str, reason: str) -> None:
    closing = "-->" if opening.startswith("<") else "%%"
    text = f"Words. {opening} {said} {closing}\n"
    note = parse("a.md", text.encode())
    (found,) = note.waivers
    assert (found.names, found.day, found.reason, found.said) == (names, day, reason, said.removeprefix(": "))
    assert text[found.span.start : found.span.end] == f"{opening} {said} {closing}"
    assert (note.regions, note.problems) == ((), ())


def test_a_waiver_that_does_not_end_on_its_line_is_told() -> None:
    note = parse("a.md", b"%% vaultkit:ignore no-owner\nuntil 2026-12-31 %%\n")
    assert note.waivers == ()
    (problem,) = note.problems
    assert (problem.kind, problem.span.line) == ("region", 1)


def test_a_region_between_waivers_is_one() -> None:
    text = "%% vaultkit:ignore a: b %%\n%% vaultkit:index %%\n%% vaultkit:ignore c: d %%\n"
    note = parse("a.md", text.encode())
    assert [region.name for region in note.regions] == ["index"]
    assert [waiver.names for waiver in note.waivers] == [("a",), ("c",)]
    assert note.problems == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We met.\nDecision: hire a CFO\n", [("decisions", "hire a CFO")]),
        ("Décision : recruter\n\n- **Action:** Ann calls\n", [("decisions", "recruter"), ("actions", "Ann calls")]),
        ("We talked. Decision: hire.\n", [("decisions", "hire.")]),
        ("**Decisions**\n- Hire a CFO\n\n**Actions**\n\n", [("decisions", "Hire a CFO")]),
        ("Next steps:\n\n1. Call\n", [("actions", "Call")]),
        ("**Décisions** :\nRecruter\nGeler\n", [("decisions", "Recruter")]),
        ("**Decisions**\n\n# Next\n\nText\n", []),
        ("The decision: none of us knew\nDecisions of last year\n", []),
        ("```\nDecision: x\n```\n", []),
        ("## Decisions\n- One\n\n**Decision:** two\n", [("decisions", "One")]),
    ],
)
def test_what_is_said_without_a_heading(text: str, found: list[tuple[str, str]]) -> None:
    assert points(text) == found
    assert points(text.replace("\n", "\r\n")) == found
