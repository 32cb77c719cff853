"""`why`: every score of a note, held to the numbers that its formula gives by hand; what is unknown is told as that."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.divergence import divergences, percentiles
from vaultkit.insights.urgency import pressing, urgencies
from vaultkit.insights.why.questions import why
from vaultkit.language import say
from vaultkit.model import Message
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from tests.conftest import MakeVault
    from vaultkit.insights.scores import Score, Term
    from vaultkit.vault import Vault


def note(text: str = "", **properties: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in properties.items())
    return f"---\n{lines}---\n{text}"


def read(make_vault: MakeVault, files: dict[str, str]) -> Vault:
    return runner.read_vault(make_vault(files), runner.TODAY)


def score(vault: Vault, path: str, key: str) -> Score:
    return next(each for each in why(vault, vault.notes[path]) if each.key == key)


def keys(vault: Vault, path: str) -> list[str]:
    return [each.key for each in why(vault, vault.notes[path])]


def said(what: Score | Term) -> str:
    words = what.said or ""
    return say(words, "en") if isinstance(words, Message) else words


def rows(found: Score) -> list[tuple[str, float | None, str]]:
    return [(term.key, None if term.value is None else round(term.value, 2), said(term)) for term in found.terms]


def row(found: Score, key: str) -> tuple[float | None, str]:
    return next((value, told) for name, value, told in rows(found) if name == key)


COMPANY = {
    "Objectives/Grow.md": note(period="2026-Q1", owner='"[[Ann]]"'),
    "Key results/KR1.md": note(serves='"[[Grow]]"', start_value="200", current="50", target="0", unit="complaints"),
    "Key results/KR2.md": note(serves='"[[Grow]]"', start_value="0", current="3", target="10", weight="2"),
    "Key results/KR3.md": note(serves='"[[Grow]]"', target="10"),
    "Priorities/Sell.md": note(serves='"[[Grow]]"', rank="1", owner='"[[Ann]]"', status="active"),
    "Projects/Fair.md": note(
        "- [ ] one\n- [x] two\n", serves='"[[Sell]]"', owner='"[[Ann]]"', start="2026-01-01", due="2026-04-01"
    ),
    "Tasks/Book.md": note(type="task", serves='"[[Fair]]"', effort="6", status="done"),
    "People/Ann.md": note(capacity="20"),
    "Risks/Heavy.md": note(probability="4", impact="4", affects='"[[Grow]]"'),
    "Risks/Vague.md": note(probability="7", affects='"[[Fair]]"'),
}


def test_progress_is_told_part_by_part_and_what_is_unknown_is_no_zero(make_vault: MakeVault) -> None:
    vault = read(make_vault, COMPANY)
    grow = score(vault, "Objectives/Grow.md", "progress")
    assert grow.total == pytest.approx((0.75 + 2 * 0.3) / 3)
    assert rows(grow) == [
        ("key_result", 0.75, "KR1: 50, from 200 to 0 complaints"),
        ("key_result", 0.3, "KR2: 3, from 0 to 10 "),
        ("key_result", None, "KR3: unknown, no current value"),
        ("coverage", 0.67, "2 of 3 have data"),
    ]
    parts = [term for term in grow.terms if term.weight is not None]
    total = sum(term.points or 0 for term in parts) / sum(term.weight or 0 for term in parts)
    assert total == pytest.approx(grow.total)
    unknown = score(vault, "Key results/KR3.md", "progress")
    assert (unknown.total, said(unknown)) == (None, "Nobody can tell yet how far it has come.")
    assert rows(unknown) == [("target", 10, ""), ("unknown", None, "no current value")]
    fair = score(vault, "Projects/Fair.md", "progress")
    assert (fair.total, rows(fair)) == (0.875, [("checkboxes", 0.5, "1 of 2 done"), ("task", 1, "Book")])
    assert sum(term.points or 0 for term in fair.terms) / sum(term.weight or 0 for term in fair.terms) == 0.875


def test_checkboxes_beside_a_result_are_shown_and_not_counted(make_vault: MakeVault) -> None:
    text = note("- [x] one\n- [ ] two\n", type="key result", current="1", target="10", start_value="0")
    keep = note(type="metric", current="98", target="99", sens="au moins")
    vault = read(make_vault, {"KR.md": text, "Keep.md": keep})
    found = score(vault, "KR.md", "progress")
    assert (found.total, row(found, "checklist")) == (0.1, (0.5, "1 of 2 done, beside the progress"))
    assert row(score(vault, "Keep.md", "progress"), "target") == (99, "to stay above it")


def test_pace_has_both_labels_and_the_forecast(make_vault: MakeVault) -> None:
    vault = read(make_vault, COMPANY)
    found = score(vault, "Key results/KR1.md", "pace")
    expected = 74 / 89
    assert found.total == pytest.approx(100 * (expected - 0.75))
    assert row(found, "expected") == (0.83, "")
    assert row(found, "gap")[1].startswith("on track: ")
    assert row(found, "ratio") == (0.9, "behind")
    assert row(found, "forecast") == (round(50 - 150 / 74 * 15, 2), "at this rate, on the last day: short of 0")
    unknown = score(vault, "Key results/KR3.md", "pace")
    assert (unknown.total, said(unknown)) == (None, "Nobody can tell: its progress is unknown.")
    assert row(unknown, "gone") == (0.83, "")


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ({"due": "2026-04-01"}, "Nobody can tell: nothing says when it began."),
        ({"start": "2026-04-02", "due": "2026-04-01"}, "Nobody can tell: its last day comes before its first."),
        ({"start": "2026-04-02"}, "Nobody can tell: nothing says until when it runs."),
    ],
)
def test_what_is_missing_for_a_pace_is_named(make_vault: MakeVault, properties: dict[str, str], told: str) -> None:
    vault = read(make_vault, {"P.md": note("- [x] one\n", type="project", **properties)})
    assert said(score(vault, "P.md", "pace")) == told


def updates(*confidences: str) -> dict[str, str]:
    days = ("2026-02-20", "2026-02-27", "2026-03-06")[-len(confidences) :]
    return {
        f"Updates/{day} P.md": note(date=day, about='"[[P]]"', confidence=confidence)
        for day, confidence in zip(days, confidences, strict=True)
    }


@pytest.mark.parametrize(
    ("properties", "told", "by"),
    [
        ({"outcome": "missed", "health": "green", "status": "paused"}, "missed", "its outcome"),
        ({"health": "green", "status": "paused"}, "paused", "it is paused"),
        ({"health": "green"}, "on track", "its declared health"),
        (
            {"health": "green", "cadence": "2"},
            "on track? (outdated)",
            "its last update is too old for its health to be believed",
        ),
    ],
)
def test_what_decided_a_status_is_named(make_vault: MakeVault, properties: dict[str, str], told: str, by: str) -> None:
    vault = read(make_vault, {"P.md": note(type="priority", owner="Ann", **properties), **updates("80")})
    found = score(vault, "P.md", "health")
    assert (said(found), row(found, "decided_by")) == (f"It stands as: {told}.", (None, by))


def test_nobody_has_said_how_it_stands(make_vault: MakeVault) -> None:
    vault = read(make_vault, {"P.md": note(type="project", owner="Ann"), "Q.md": note(type="project", status="idea")})
    assert said(score(vault, "P.md", "health")) == "Pending: nobody has said how it stands."
    assert "health" not in keys(vault, "Q.md")


def test_the_trend_of_confidence(make_vault: MakeVault) -> None:
    files = {"P.md": note(type="project", owner="Ann"), **updates("80 %", "0.7", "55")}
    found = score(read(make_vault, files), "P.md", "health")
    assert row(found, "confidence") == (55, "80 %, 70 %, 55 %")
    assert row(found, "trend") == (-12.5, "points an update: it fell by 25 points, ask why")


def test_an_update_is_of_the_day_in_its_name_where_it_says_no_other(make_vault: MakeVault) -> None:
    files = {
        "P.md": note(type="project", owner="Ann"),
        "Updates/2026-03-13 P.md": note(about='"[[P]]"', health="green"),
    }
    assert row(score(read(make_vault, files), "P.md", "health"), "updated") == (3, "days; outdated after 10")


def test_one_confidence_makes_no_trend(make_vault: MakeVault) -> None:
    found = score(read(make_vault, {"P.md": note(type="project", owner="Ann"), **updates("80")}), "P.md", "health")
    assert row(found, "confidence") == (80, "%")
    assert row(found, "trend") == (None, "unknown: it takes two updates that say a confidence")


def test_staleness_names_the_last_touch_or_says_that_nobody_knows(make_vault: MakeVault) -> None:
    files = {"P.md": note("- [x] done ✅ 2026-03-02\n", type="project"), "Q.md": note(type="project")}
    root = make_vault(files)
    vault = runner.read_vault(root, runner.TODAY)
    found = score(vault, "P.md", "staleness")
    assert (found.total, row(found, "touch")) == (0.75, (None, "2026-03-02: a task was done"))
    unknown = score(vault, "Q.md", "staleness")
    assert (unknown.total, unknown.terms) == (None, ())
    assert said(unknown).startswith("Nobody knows when it was last touched")
    known = past("git", [("Q.md", version(date(2026, 3, 9), parse("Q.md", files["Q.md"].encode())))], date(2026, 1, 1))
    found = score(runner.read_vault(root, runner.TODAY, known=known), "Q.md", "staleness")
    assert (found.total, row(found, "touch")) == (0.5, (None, "2026-03-09: the note was changed"))


def test_the_critical_path_of_an_objective_and_of_its_work(make_vault: MakeVault) -> None:
    files = {
        "O.md": note(type="objective", due="2026-04-05"),
        "A.md": note(type="project", serves='"[[O]]"', start="2026-03-01", due="2026-03-26"),
        "B.md": note(type="project", serves='"[[O]]"', effort="14", depends_on='"[[A]]"'),
        "C.md": note(type="project", serves='"[[O]]"'),
    }
    vault = read(make_vault, files)
    found = score(vault, "O.md", "critical_path")
    assert found.total == pytest.approx(7.2)
    assert [(value, told) for key, value, told in rows(found) if key == "chain"] == [(10, "A"), (2.8, "B")]
    assert row(found, "next") == (1, "A")
    assert score(vault, "A.md", "critical_path").total == 0
    assert row(score(vault, "A.md", "critical_path"), "float") == (0, "O: the next domino, it can be begun now")
    slack = score(vault, "C.md", "critical_path")
    assert (slack.total, row(slack, "duration")) == (7.8, (5, "assumed: nobody says how long it takes"))


def test_what_nobody_will_live_to_see_has_no_day(make_vault: MakeVault) -> None:
    files = {"O.md": note(type="objective"), "A.md": note(type="project", serves='"[[O]]"', effort="1000000000000")}
    found = score(read(make_vault, files), "O.md", "critical_path")
    assert (found.total, said(found)) == (None, "Its slack is unknown: it has no last day.")
    assert row(found, "finish") == (2e11, "")


def test_of_a_yes_or_no_nothing_is_forecast(make_vault: MakeVault) -> None:
    numbers = {"start_value": "0", "current": "0", "target": "1", "period": "2026-Q1"}
    vault = read(make_vault, {"KR.md": note(type="key result", direction="binary", **numbers)})
    assert not any(term.key == "forecast" for term in score(vault, "KR.md", "pace").terms)


def test_exposure_is_told_risk_by_risk(make_vault: MakeVault) -> None:
    vault = read(make_vault, COMPANY)
    found = score(vault, "Objectives/Grow.md", "exposure")
    assert (found.total, rows(found)) == (
        16,
        [("risk", 16, "Heavy: nobody acts on it"), ("risk", None, "Vague: unknown weight")],
    )
    heavy = score(vault, "Risks/Heavy.md", "risk")
    assert (heavy.total, said(heavy).startswith("Probability × impact. Red")) == (16, True)
    vague = score(vault, "Risks/Vague.md", "risk")
    assert (vague.total, rows(vague)[:2]) == (
        None,
        [("probability", None, "7: none of 1 to 5"), ("impact", None, "unknown: the note does not say")],
    )


def test_an_exposure_of_unknown_risks_is_unknown(make_vault: MakeVault) -> None:
    files = {"O.md": note(type="objective"), "R.md": note(type="risk", affects='"[[O]]"')}
    assert score(read(make_vault, files), "O.md", "exposure").total is None


def test_how_a_decision_stands(make_vault: MakeVault) -> None:
    options = "## Considered options\n\n- Paris\n- Lyon: rejected, too dear\n"
    files = {
        "Decisions/Open.md": note(options, date="2026-03-02", status="proposed", reversibility="one_way"),
        "Decisions/Taken.md": note(date="2026-03-02", status="accepted", review="2026-03-10"),
        "Decisions/Mute.md": "",
        "P.md": note(type="project", depends_on='["[[Open]]", "[[Taken]]"]'),
    }
    vault = read(make_vault, files)
    found = score(vault, "Decisions/Open.md", "decision")
    assert said(found) == "It is still to be taken."
    assert row(found, "pending") == (14, "since 2026-03-02")
    assert row(found, "options") == (2, "1 of them was rejected")
    assert row(found, "waiting") == (1, "P")
    taken = score(vault, "Decisions/Taken.md", "decision")
    assert row(taken, "review") == (None, "2026-03-10: 6 days ago")
    assert row(taken, "resting") == (1, "P")
    assert said(score(vault, "Decisions/Mute.md", "decision")).startswith("Nobody can tell how it stands")
    assert keys(vault, "Decisions/Taken.md") == ["decision"]


def test_the_follow_through_of_a_meeting_and_its_series(make_vault: MakeVault) -> None:
    files = {
        "Meetings/2026-03-02 Board.md": note("- [x] a 📅 2026-03-05 ✅ 2026-03-05\n- [ ] b 📅 2026-03-06\n"),
        "Meetings/2026-03-09 Board.md": note("- [x] c 📅 2026-03-10 ✅ 2026-03-10\n- [x] d 📅 2026-03-10\n"),
        "Meetings/2026-03-09 Sales.md": note("- [ ] e 📅 2026-04-10\n"),
        "Meetings/2026-03-10 Sales point.md": note("Text\n"),
    }
    vault = read(make_vault, files)
    found = score(vault, "Meetings/2026-03-09 Board.md", "follow_through")
    assert found.total == pytest.approx(2 / 3)
    assert [(key, value) for key, value, _ in rows(found)] == [("in_time", 2), ("due", 3), ("undated", 1), ("own", 1)]
    unknown = score(vault, "Meetings/2026-03-09 Sales.md", "follow_through")
    assert (unknown.total, said(unknown).startswith("Nobody can tell")) == (None, True)
    assert keys(vault, "Meetings/2026-03-10 Sales point.md") == []


def test_contact_against_what_is_wanted_and_what_is_usual(make_vault: MakeVault) -> None:
    days = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-03-20")
    meetings = {f"Meetings/{day} Bank.md": note(attendees='["[[Bank]]"]') for day in days}
    files = {
        "Stakeholders/Bank.md": note(cadence="monthly"),
        "Stakeholders/Mute.md": note(cadence="monthly"),
        "Stakeholders/Far.md": note(power="2"),
        **meetings,
    }
    vault = read(make_vault, files)
    found = score(vault, "Stakeholders/Bank.md", "contact")
    assert said(found) == "Overdue by 19 days."
    assert row(found, "last") == (49, "2026-01-26 Bank")
    assert row(found, "rhythm") == (7, "days, the median of 4 contacts")
    assert row(found, "drifting") == (21, "days of silence, until 97")
    assert row(found, "planned") == (None, "2026-03-20: in 4 days (2026-03-20 Bank)")
    mute = score(vault, "Stakeholders/Mute.md", "contact")
    assert row(mute, "last") == (None, "unknown: nothing tells of any contact")
    assert keys(vault, "Stakeholders/Far.md") == []


def test_the_work_in_one_hand_is_told_by_the_piece_and_never_summed_to_a_score(make_vault: MakeVault) -> None:
    files = {**COMPANY, "Projects/Fair.md": COMPANY["Projects/Fair.md"] + "- [ ] three 📅 2026-06-01\n"}
    found = score(read(make_vault, files), "People/Ann.md", "workload")
    assert found.total is None
    assert [(value, told) for key, value, told in rows(found) if key == "piece"] == [
        (8, "Sell"),
        (6, "Fair, due 2026-04-01"),
        (1, "Fair"),
    ]
    assert row(found, "hours") == (15, "")
    assert row(found, "capacity") == (40, "")
    assert row(found, "later") == (1, "resting, or not due by then")
    assert [told for key, _, told in rows(found) if key == "at_risk"] == ["Grow", "Sell", "Fair"]


def parts(vault: Vault, path: str) -> dict[str, float]:
    return {part.name: round(part.points, 3) for part in vault.ask(urgencies)[path].parts}


def test_a_decision_that_was_taken_and_a_meeting_that_was_held_block_nothing(make_vault: MakeVault) -> None:
    files = {
        "Decisions/Taken.md": note(date="2026-03-02", status="accepted"),
        "Decisions/Open.md": note(date="2026-03-02", status="proposed"),
        "Meetings/2026-03-09 Board.md": note(attendees="Ann"),
        "A.md": note(type="task", depends_on='["[[Taken]]", "[[2026-03-09 Board]]"]'),
        "B.md": note(type="task", depends_on='"[[Open]]"'),
        "C.md": note(type="task", status="blocked"),
        "D.md": note(type="task", status="blocked", depends_on='"[[Taken]]"'),
    }
    vault = read(make_vault, files)
    assert {path: parts(vault, path).get("blocked") for path in ("A.md", "B.md", "C.md", "D.md")} == {
        "A.md": None,
        "B.md": -5,
        "C.md": -5,
        "D.md": None,
    }


def test_the_day_that_a_note_is_due_counts_before_the_end_of_its_period(make_vault: MakeVault) -> None:
    vault = read(make_vault, {"A.md": note(type="priority", period="2026-Q2", due="2026-03-16")})
    assert parts(vault, "A.md")["due"] == 8.8


def test_what_nobody_is_to_work_on_now_has_no_place_and_gets_no_hint(make_vault: MakeVault) -> None:
    files = {
        "Delegated.md": note(type="task", waiting_on='"[[Bob]]"', due="2026-03-01"),
        "Later.md": note(type="task", scheduled="2026-04-01", due="2026-03-01"),
        "Someday.md": note(type="task", tags="someday", due="2026-03-01"),
        "Un jour.md": note(type="projet", étiquettes="x", statut="un jour", due="2026-03-01"),
        "Draft.md": note(type="decision", status="draft", due="2026-03-01"),
        "Pending.md": note(type="decision", status="pending", due="2026-03-01"),
        "Now.md": note(type="task", start="2026-03-16"),
        "People/Bob.md": "",
    }
    vault = read(make_vault, files)
    assert vault.ask(pressing) == ("Pending.md", "Now.md")
    assert parts(vault, "Delegated.md")["waiting"] == -3
    assert "waiting" not in parts(vault, "Pending.md")
    assert parts(vault, "Now.md")["active"] == 4
    assert [term.key for term in score(vault, "Delegated.md", "urgency").terms][-1] != "field"
    assert [term.key for term in score(vault, "Now.md", "urgency").terms][-1] == "field"


def test_a_list_on_the_other_side_says_as_well_what_a_note_serves(make_vault: MakeVault) -> None:
    files = {"P.md": note(type="priority", projects='["[[A]]"]'), "A.md": note(type="project")}
    vault = read(make_vault, {**files, "B.md": note(type="project", serves='"[[Nowhere]]"')})
    assert parts(vault, "A.md")["project"] == 1
    assert "project" not in parts(vault, "B.md")


def ranked(*dues: str) -> dict[str, str]:
    return {f"P{place}.md": note(type="priority", rank=str(place), due=due) for place, due in enumerate(dues, start=1)}


def test_rank_and_urgency_part_as_in_the_worked_example(make_vault: MakeVault) -> None:
    days = ("2026-12-01", "2026-03-13", "2026-03-12", "2026-03-11", "2026-03-10")
    vault = read(make_vault, ranked(*days))
    found = vault.ask(divergences)["P1.md"]
    assert (found.by_rank, found.by_urgency, found.among, found.is_apart) == (0.9, 0.1, 5, True)
    assert not vault.ask(divergences)["P3.md"].is_apart
    first, last = score(vault, "P1.md", "urgency"), score(vault, "P5.md", "urgency")
    assert row(first, "percentile_by_rank") == (0.9, "percentile among 5 priorities")
    assert "rank it lower" in row(first, "percentile_by_urgency")[1]
    assert "rank it higher" in row(last, "percentile_by_urgency")[1]
    assert not any("percentile" in term.key for term in score(vault, "P3.md", "urgency").terms)


def test_two_priorities_are_never_apart_nor_is_what_rests_compared(make_vault: MakeVault) -> None:
    files = {**ranked("2026-12-01", "2026-03-10"), "P3.md": note(type="priority", rank="3", status="paused")}
    vault = read(make_vault, {**files, "P4.md": note(type="priority", due="2026-03-01")})
    assert {path: found.is_apart for path, found in vault.ask(divergences).items()} == {"P1.md": False, "P2.md": False}


def test_equals_share_a_percentile() -> None:
    assert percentiles({"a": 1.0, "b": 1.0, "c": 2.0}) == {"a": 1 / 3, "b": 1 / 3, "c": 5 / 6}
    assert percentiles({}) == {}


def test_of_what_serves_nothing_by_its_nature_nothing_is_said_of_serving(make_vault: MakeVault) -> None:
    files = {"Risks/R.md": "", "Decisions/D.md": note(status="accepted"), "Stakeholders/S.md": ""}
    vault = read(make_vault, {**files, "Objectives/Grow.md": ""})
    assert not any("alignment" in keys(vault, path) for path in files)
