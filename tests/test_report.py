"""Findings as text, JSON, SARIF and annotations; and what a terminal is spared."""

from __future__ import annotations

import io
import json as standard_json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vaultkit.language import message
from vaultkit.model import Evidence, Finding, Fix, Span
from vaultkit.report import github, json, sarif, statistics, table, text
from vaultkit.report.explained import explained
from vaultkit.report.said import Said, Waived
from vaultkit.report.screen import Screen, cells, clean, clipped, glued, harmless_json, screen
from vaultkit.validators import VALIDATORS

if TYPE_CHECKING:
    from vaultkit.model import Severity

NOTE = "Priorités/Recruter un CFO.md"
TEXT = "ab\nçé [[x]]\r\nfin\r\n"


def finding(
    said: str = "It serves nothing", *, severity: Severity = "error", path: str = NOTE, start: int = 6, end: int = 11
) -> Finding:
    return Finding(
        "orphan-priority",
        severity,
        path,
        Span(start, end, 2, 4),
        message("{said}", said=said),
        message("link it"),
        (
            Evidence(message("it stands here"), path, 2),
            Evidence(message("nothing serves it"), "Objectifs/A.md", 7),
        ),
        "no-link",
    )


def test_a_finding_is_a_place_a_sentence_its_evidence_and_a_way_out() -> None:
    assert list(text.lines([finding()], Screen())) == [
        f"{NOTE}:2:4: error orphan-priority  It serves nothing",
        "    - it stands here",
        "    - nothing serves it  Objectifs/A.md:7",
        "    next: link it",
        "",
    ]


def test_a_narrow_terminal_gives_the_sentence_a_line_of_its_own() -> None:
    lines = "\n".join(text.lines([finding("It serves nothing that anybody has ever heard of")], Screen(width=56)))
    assert lines.split("\n") == [
        f"{NOTE}:2:4: error orphan-priority",
        "    It serves nothing that anybody has ever heard of",
        "    - it stands here",
        "    - nothing serves it  Objectifs/A.md:7",
        "    next: link it",
        "",
    ]


def test_paint_says_nothing_more() -> None:
    plain = list(text.lines([finding()], Screen()))
    painted = list(text.lines([finding()], Screen(colour=True)))
    assert painted != plain
    assert [clean(line) for line in painted] != plain
    assert [cells(line) for line in painted] == [cells(line) for line in plain]


@pytest.mark.parametrize(
    ("severities", "counted", "command"),
    [
        (["error", "error", "warning"], "2 errors and 1 warning in 7 notes.", "vaultkit explain orphan-priority"),
        (["info", "warning"], "1 warning in 7 notes.", "vaultkit explain orphan-priority"),
        (["info"], "Nothing to mend in 7 notes.", "vaultkit build"),
        ([], "Nothing to mend in 7 notes.", "vaultkit build"),
    ],
)
def test_the_summary_counts_and_leads_on(severities: list[Severity], counted: str, command: str) -> None:
    findings = [finding(severity=severity) for severity in severities]
    assert list(text.summary(Said(tuple(findings)), 7, Screen())) == [counted, f"Next: {command}"]


def test_news_are_what_went_and_what_came() -> None:
    moved = finding(start=30, end=35)
    assert list(text.news([finding()], [moved], Screen())) == []
    other = finding("It has no owner")
    lines = list(text.news([finding(), finding()], [finding(), other], Screen()))
    assert lines[0] == f"mended: {NOTE} orphan-priority"
    assert lines[1] == f"{NOTE}:2:4: error orphan-priority  It has no owner"
    assert len([line for line in lines if line.startswith(NOTE)]) == 1


def test_who_is_late_by_a_day_more_is_no_news() -> None:
    before, after = (finding(f"It was due on {day}") for day in ("2026-03-01", "2026-03-02"))
    assert list(text.news([before], [after], Screen())) == []


def test_what_was_known_is_no_news_but_that_it_is_mended() -> None:
    known, new = finding("It is known"), finding("It is new")
    said = list(text.news([], [known, new], Screen(), [known]))
    assert [line for line in said if line.startswith(NOTE)] == [f"{NOTE}:2:4: error orphan-priority  It is new"]
    assert list(text.news([known], [], Screen())) == [f"mended: {NOTE} orphan-priority"]


def test_json_has_stable_keys_and_counts_code_points() -> None:
    said = standard_json.loads(json.encode(Said((finding(),)), "en", notes=3, today="2026-03-16", texts={NOTE: TEXT}))
    assert said == {
        "notes": 3,
        "today": "2026-03-16",
        "counts": {"error": 1, "warning": 0, "info": 0},
        "findings": [
            {
                "validator": "orphan-priority",
                "severity": "error",
                "reason": "no-link",
                "path": NOTE,
                "line": 2,
                "column": 4,
                "end_line": 2,
                "end_column": 9,
                "start_offset": 6,
                "end_offset": 11,
                "message": "It serves nothing",
                "evidence": [
                    {"message": "it stands here", "path": NOTE, "line": 2},
                    {"message": "nothing serves it", "path": "Objectifs/A.md", "line": 7},
                ],
                "next": "link it",
                "fix": None,
            }
        ],
        "waived": [],
        "baseline": None,
    }


def lived_with() -> Said:
    """One that counts, one that was known, one that is waived."""
    waived = Waived(replace(finding(severity="info"), waived="the board decides"), date(2026, 12, 31))
    return Said((finding(),), (waived,), (finding("It was known"),), "vaultkit-baseline.json", 2)


def test_json_says_apart_what_does_not_count() -> None:
    said = standard_json.loads(json.encode(lived_with(), "en", notes=3, today="2026-03-16", texts={}))
    assert said["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert [each["message"] for each in said["findings"]] == ["It serves nothing"]
    assert [each["waived"] for each in said["waived"]] == [{"reason": "the board decides", "until": "2026-12-31"}]
    assert [each["message"] for each in said["baseline"]["known"]] == ["It was known"]
    assert (said["baseline"]["file"], said["baseline"]["gone"]) == ("vaultkit-baseline.json", 2)


def test_json_says_whether_a_finding_can_be_mended() -> None:
    fixed = replace(finding(), fix=Fix(message("link it to {name}", name="Grow"), safe=True))
    assert json.entry(fixed, "en", {})["fix"] == {"message": "link it to Grow", "safe": True}


def test_sarif_suppresses_what_does_not_count() -> None:
    (run,) = standard_json.loads(sarif.encode(lived_with(), "en", texts={}, validators=[]))["runs"]
    new, known, waived = run["results"]
    assert (new["baselineState"], "suppressions" in new) == ("new", False)
    assert (known["baselineState"], known["suppressions"][0]["kind"]) == ("unchanged", "external")
    (suppressed,) = waived["suppressions"]
    assert suppressed == {
        "kind": "inSource",
        "status": "accepted",
        "justification": "the board decides (2026-12-31)",
    }
    (run,) = standard_json.loads(sarif.encode(Said((finding(),)), "en", texts={}, validators=[]))["runs"]
    assert "baselineState" not in run["results"][0]


def test_a_person_sees_why_and_until_when_something_is_waived() -> None:
    lines = list(text.waived(lived_with().waived, Screen()))
    assert lines[1:] == ["    waived until 2026-12-31: the board decides", ""]
    (undated,) = (Waived(replace(each.finding, waived=""), None) for each in lived_with().waived)
    assert list(text.waived((undated,), Screen()))[1] == "    waived: no reason is given"


def test_the_summary_says_what_does_not_count() -> None:
    counted, _ = text.summary(lived_with(), 7, Screen())
    assert counted == "1 error in 7 notes. 1 is waived (--waived). 1 was known (--all)."


def test_statistics_have_the_gravest_first_then_the_commonest() -> None:
    mendable = replace(finding(severity="warning"), fix=Fix(message("link it"), safe=True))
    rows = statistics.counted([finding(severity="info"), mendable, finding(severity="warning"), finding()])
    assert [(row.severity, row.found, row.fixable) for row in rows] == [
        ("error", 1, 0),
        ("warning", 2, 1),
        ("info", 1, 0),
    ]
    assert list(statistics.lines(rows, Screen()))[1] == "warning            2  orphan-priority  1 with `check --fix`"


def test_a_span_over_several_lines_ends_on_the_last() -> None:
    said = json.entry(finding(start=6, end=14), "en", {NOTE: TEXT})
    assert (said["end_line"], said["end_column"]) == (3, 2)
    unknown = json.entry(finding(start=6, end=14), "en", {})
    assert (unknown["end_line"], unknown["end_column"]) == (2, 4)


def test_github_is_given_one_command_and_no_more() -> None:
    sly = finding("100 % wrong\n::set-env name=x::y\x1b[2J", path="a,b:c.md")
    (line,) = github.lines([sly], "en", texts={}, folder="notes")
    assert line.startswith("::error title=vaultkit (orphan-priority),file=notes/a%2Cb%3Ac.md,line=2,col=4,")
    assert line.endswith(
        "::100 %25 wrong%0A::set-env name=x::y[2J%0Ait stands here%0Anothing serves it%0Anext: link it"
    )
    levels = [
        line.split()[0]
        for s in ("error", "warning", "info")
        for line in github.lines([finding(severity=s)], "en", texts={})
    ]
    assert levels == ["::error", "::warning", "::notice"]


def test_github_is_given_the_spaces_of_french() -> None:
    (line,) = github.lines([finding("Lequel\u202f? A\u00a0: B\u2028C")], "fr", texts={})
    assert "::Lequel\u202f? A\u00a0: BC%0A" in line


def test_sarif_is_relative_to_the_vault() -> None:
    described = explained("orphan-priority", VALIDATORS["orphan-priority"], "en")
    log = standard_json.loads(sarif.encode(Said((finding(),)), "en", texts={NOTE: TEXT}, validators=[described]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][0]["id"] == "orphan-priority"
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "Priorit%C3%A9s/Recruter%20un%20CFO.md",
        "uriBaseId": "%SRCROOT%",
    }
    assert place["region"] == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 9}
    assert result["relatedLocations"][1]["physicalLocation"]["region"] == {"startLine": 7}
    assert (result["ruleIndex"], result["level"]) == (0, "error")


def test_sarif_takes_a_finding_of_no_validator() -> None:
    log = standard_json.loads(sarif.encode(Said((finding(),)), "en", texts={}, validators=[]))
    assert "ruleIndex" not in log["runs"][0]["results"][0]


@pytest.mark.parametrize("form", ["tsv", "csv", "json"])
def test_a_table_keeps_its_rows_and_columns(form: table.Format) -> None:
    rows: list[dict[str, table.Cell]] = [{"a": "x\ty\nz", "b": 2, "c": None}, {"a": "=1", "b": True, "c": ["p", "q"]}]
    said = table.encode(rows, form, ("a", "c"))
    if form == "json":
        assert standard_json.loads(said) == rows
    else:
        between = "\t" if form == "tsv" else ","
        last = "p, q" if form == "tsv" else '"p, q"'
        assert said.split("\n") == [f"x y z{between}", f"=1{between}{last}"]


@given(st.text())
def test_no_text_of_a_note_moves_a_cursor(said: str) -> None:
    shown = clean(said)
    assert shown.isprintable() or not set(shown) & set("\x00\x07\x08\x0a\x0d\x1b\x7f\x85\x9b\u2028\u202e\u2066\ufeff")
    shown.encode()
    assert "\n" not in shown


@given(st.recursive(st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner)))
def test_harmless_json_says_the_same(value: object) -> None:
    said = harmless_json(standard_json.dumps(value, ensure_ascii=False, indent=1))
    assert standard_json.loads(said) == value
    assert not set(said) & set("\x1b\x7f\x9b\u202e\u2028")


@pytest.mark.parametrize(
    ("shown", "width"), [("abc", 3), ("été", 3), ("e\u0301", 1), ("日本", 4), ("\x1b[1;31merror\x1b[0m", 5), ("", 0)]
)
def test_cells(shown: str, width: int) -> None:
    assert cells(shown) == width


@given(st.lists(st.text("abé日 ", min_size=1, max_size=12)), st.integers(20, 60))
def test_a_folded_text_fits_and_loses_nothing(words: list[str], width: int) -> None:
    said = " ".join(words)
    folded = Screen(width=width).fold(said, "    ")
    assert all(cells(line) <= width or " " not in line.strip() for line in folded.split("\n"))
    assert folded.split() == said.split()


def test_what_is_glued_stays_on_one_line() -> None:
    folded = Screen(width=20).fold(f"see here: {glued('A long path/with spaces.md:12')} at once", "  ")
    assert folded.split("\n") == ["see here:", "  A long path/with spaces.md:12", "  at once"]


def test_some_words_as_they_fit() -> None:
    assert Screen(width=30).some(["one", "two", "three"], 10, 3) == "one, two, three"
    assert Screen(width=22).some(["one", "two", "three"], 10, 3) == "one, two …"
    assert Screen().some(["one", "two", "three"], 10, 2) == "one, two …"
    assert Screen(width=22).some(["a word too long", "two"], 10, 3) == "a word too…"
    assert clipped("abc", 3) == "abc"


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_who_is_heard_about_colour(environment: dict[str, str], *, on_terminal: bool, in_pipe: bool) -> None:
    assert screen(Terminal(), environment=environment).colour is on_terminal
    assert screen(io.StringIO(), environment=environment).colour is in_pipe
    assert screen(io.StringIO(), environment=environment).width is None
