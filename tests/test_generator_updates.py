"""The decision log and the updates for others: short whatever the vault, and remade when what they show changes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.pages import TODAY, links, one, read
from vaultkit import generators
from vaultkit.insights.asked import asked
from vaultkit.insights.compared import compared
from vaultkit.insights.going import accounts
from vaultkit.insights.lately import begun, closed, closed_on, set_aside, told
from vaultkit.insights.minutes import minutes
from vaultkit.model import Change
from vaultkit.parser import parse

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

NAMES = ("decision-log", "board-update", "investor-update", "team-update")
ON = {"vaultkit.toml": '[pages]\non = ["board-update", "investor-update", "team-update"]\n'}
WORDS = re.compile(r"[^\s|]*\w[^\s|]*")


def page_of(*said: str, body: str = "") -> str:
    return "---\n" + "".join(f"{line}\n" for line in said) + f"---\n{body}"


def large() -> dict[str, str]:
    """A company in which everything is written down, and much of it goes badly."""
    files = {"People/Ann Lee of the northern branch.md": ""}
    long = "because the supplier of the supplier had to wait for a part that nobody had ordered in time " * 4
    for i in range(60):
        aim, work = (
            f"Objectives/O{i:02} a long name of an objective.md",
            f"Projects/P{i:02} a long name of a project.md",
        )
        owner = "owner: '[[Ann Lee of the northern branch]]'"
        files[aim] = page_of("period: 2026", owner, f"health: {('red', 'amber', 'green')[i % 3]}")
        files[work] = page_of(
            f"serves: '[[O{i:02} a long name of an objective]]'", owner, "status: active", "health: red"
        )
        files[f"KR/KR{i}.md"] = page_of(
            f"serves: '[[O{i:02} a long name of an objective]]'", "start: 0", f"current: {i}", "target: 100"
        )
        files[f"Updates/2026-03-{i % 14 + 1:02} U{i}.md"] = page_of(
            f"date: 2026-03-{i % 14 + 1:02}",
            f"about: ['[[P{i:02} a long name of a project]]', '[[O{i:02} a long name of an objective]]']",
            "health: red",
            f"why: {long}",
            "audience: [board, investors, team]",
            body=f"\n## Asks\n- {long}\n",
        )
        files[f"Risks/R{i}.md"] = page_of(
            "probability: 5", "impact: 5", f"affects: '[[O{i:02} a long name of an objective]]'"
        )
        files[f"Decisions/D-{i:03} a decision about something.md"] = page_of(
            "status: accepted", "date: 2026-03-10", "decider: '[[Ann Lee of the northern branch]]'"
        )
        files[f"Ideas/Dropped {i}.md"] = page_of("type: project", "status: paused", f"why: {long}")
    return files


@pytest.mark.parametrize("name", NAMES[1:])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_update_can_be_read_in_one_sitting_whatever_the_company(
    make_vault: MakeVault, name: str, language: str
) -> None:
    vault = read(make_vault({**large(), **ON}), language)
    text = one(vault, name).text
    assert len(WORDS.findall(text)) < 1500
    assert all(row.count(" | ") <= 5 for row in text.splitlines() if row.startswith("| "))
    assert None not in links(vault, one(vault, name))
    assert not re.search(r"^\s*[-*] \[.\]", text, re.MULTILINE)


def test_the_log_is_bounded_and_says_how_much_more_there_is(make_vault: MakeVault) -> None:
    text = one(read(make_vault(large())), "decision-log").text
    assert "And 20 more." in text
    chained = {
        f"Decisions/D-{i:03}.md": page_of(
            "status: accepted", f"date: 2026-01-{i % 28 + 1:02}", *([f"supersedes: '[[D-{i - 1:03}]]'"] if i else [])
        )
        for i in range(300)
    }
    text = one(read(make_vault(chained, "chained")), "decision-log").text
    diagram = text.partition("```mermaid\n")[2].partition("```")[0]
    assert diagram.count("-->") == text.count(" replaced [[") == 30
    assert len(diagram) < 20_000


def changes(root: Path, path: str, text: str) -> tuple[set[str], Vault]:
    """The pages that read otherwise once a note does; the step is held against the whole."""
    vault = read(root)
    before = vault.ask(generators.render)
    step = vault.stepped([Change(path, parse(path, text.encode()))])
    after = generators.rerender(before, step)
    assert after == generators.render(step.after)
    return {new.name for new, old in zip(after, before, strict=True) if new.text != old.text}, step.after


MEETING = "Meetings/2026-03-09 CODIR.md"
UPDATE = "Updates/2026-03-12 P.md"
SMALL = {
    **ON,
    "Objectives/O.md": page_of("period: 2026", "health: red"),
    "Projects/P.md": page_of("serves: '[[O]]'", "status: active", "health: red"),
    "Decisions/D.md": page_of("status: proposed", "date: 2026-03-01"),
    "Diary.md": "A day.\n",
    MEETING: page_of("date: 2026-03-09", body="## Decisions\n- Paint it blue\n"),
    UPDATE: page_of("date: 2026-03-12", "about: '[[P]]'", "audience: board", body="## Asks\n- Money\n"),
}


def test_a_page_follows_what_meetings_and_updates_say_in_their_text(make_vault: MakeVault) -> None:
    root = make_vault(SMALL)
    assert changes(root, MEETING, SMALL[MEETING].replace("blue", "red"))[0] == {"decision-log"}
    assert changes(root, UPDATE, SMALL[UPDATE].replace("Money", "Time"))[0] == {"board-update"}
    assert changes(root, "Diary.md", "Another day.\n")[0] == set()
    assert "decision-log" in changes(root, "Decisions/D.md", SMALL["Decisions/D.md"].replace("proposed", "accepted"))[0]


def test_asks_are_told_by_those_for_whom_they_are(make_vault: MakeVault) -> None:
    files = {
        "Updates/2026-03-13 A.md": page_of(
            "date: 2026-03-13", "audience: board", body="## Asks\n- one\n- two\n- none\n"
        ),
        "Updates/2026-03-06 B.md": page_of("date: 2026-03-06", "asks: three"),
        "Updates/2026-04-06 C.md": page_of("date: 2026-04-06", "asks: tomorrow's"),
    }
    found = asked(read(make_vault(files)))
    assert [(ask.text, ask.day, "board" in ask.readers) for ask in found] == [
        ("one", date(2026, 3, 13), True),
        ("two", date(2026, 3, 13), True),
        ("three", date(2026, 3, 6), False),
    ]


def test_a_number_is_held_against_its_plan_and_against_four_weeks_ago(make_vault: MakeVault) -> None:
    table = "| Date | Value |\n|---|---|\n| 2026-02-01 | 20 |\n| 2026-03-01 | 40 |\n| 2026-03-16 | 60 |\n"
    said = ("start: 0", "target: 100", "period: 2026-01-01..2026-03-31")
    files = {
        "KR/KR1.md": page_of(*said, body=table),
        "KR/KR2.md": page_of(*said, "current: 60", "metric: '[[M]]'", "unit: k€"),
        "Metrics/M.md": page_of("unit: '%'", body=table),
        "Metrics/N.md": page_of("unit: days", "direction: stay_below", "target: 5", "current: 6"),
        "Metrics/Empty.md": page_of("unit: days"),
    }
    first, second, bound = compared(read(make_vault(files)))
    assert (first.now, first.plan, first.prior, first.prior_day) == (60, 83, 20, date(2026, 2, 1))
    assert (second.now, second.prior) == (60, None)
    assert (bound.path, bound.plan, bound.standing) == ("Metrics/N.md", 5, "broken")


def test_how_work_goes(make_vault: MakeVault) -> None:
    span = ("start: 2026-01-01", "due: 2026-03-31", "progress: 40")
    files = {
        "Projects/Says well.md": page_of("status: active", "health: green", *span),
        "Projects/Forgotten.md": page_of("status: active", "health: green"),
        "Projects/Well.md": page_of("status: active", "health: green"),
        "Projects/Paused.md": page_of("status: paused", "health: red"),
        "Updates/2026-02-02 F.md": page_of("date: 2026-02-02", "about: '[[Forgotten]]'"),
    }
    found = {each.path: each.way for each in accounts(read(make_vault(files)))}
    assert found == {"Projects/Says well.md": "badly", "Projects/Well.md": "well", "Projects/Forgotten.md": "unknown"}


def test_what_a_meeting_decided(make_vault: MakeVault) -> None:
    files = {
        "Decisions/D-009.md": page_of("decided_in: '[[2026-01-12 CODIR]]'"),
        "Decisions/D-012.md": "",
        "Decisions/D-013.md": "",
        "Meetings/2026-01-12 CODIR.md": page_of("decisions: ['[[D-013]]']"),
        "Meetings/2026-01-27 Board.md": "## Decided\n- [[D-012]]\n- A yearly plan\n- none\n",
        "Meetings/2026-02-01 Talk.md": "## Decisions\n- None.\n",
    }
    board, codir = minutes(read(make_vault(files)))
    assert (board.day, board.decisions, board.lines) == (date(2026, 1, 27), ("Decisions/D-012.md",), ("A yearly plan",))
    assert codir.decisions == ("Decisions/D-009.md", "Decisions/D-013.md")


def test_what_became_of_work_lately(make_vault: MakeVault) -> None:
    files = {
        "Projects/Done.md": page_of("status: done"),
        "Projects/Long done.md": page_of("status: done"),
        "Projects/Dropped.md": page_of("status: dropped"),
        "Projects/Paused.md": page_of("status: paused"),
        "Projects/Going.md": page_of("status: active"),
        "Archive/Old.md": page_of("type: project", "status: dropped"),
        "Updates/2026-03-12 D.md": page_of("date: 2026-03-12", "about: ['[[Done]]', '[[Going]]']", "health: red"),
        "Updates/2026-02-12 D.md": page_of(
            "date: 2026-02-12", "about: ['[[Long done]]', '[[Going]]']", "health: green"
        ),
    }
    vault, first = read(make_vault(files)), date(2026, 3, 2)
    assert [note.name for note in closed(vault, first)] == ["Done"]
    assert closed_on(vault, vault.notes["Projects/Going.md"]) is None
    assert [note.name for note in set_aside(vault, first)] == ["Dropped", "Paused"]
    assert begun(vault, first) == ()
    going = next(each for each in told(vault, first) if each[0].name == "Going")
    assert (going[1].health, going[2] and going[2].health) == ("off_track", "on_track")
    assert vault.today == TODAY
