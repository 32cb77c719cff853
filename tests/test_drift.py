"""What has drifted, and what has changed since a day: formulas held to worked examples, and to what nobody knows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests import scenario_runner as runner
from vaultkit.insights.attributed import attributed
from vaultkit.insights.changes import Changed, changes
from vaultkit.insights.drift import centroid, drift, stated_shares
from vaultkit.parser import parse
from vaultkit.vault.past import past, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import MakeVault
    from vaultkit.vault import Vault

LONG_AGO = date(2026, 1, 5)


def vault_of(
    make_vault: MakeVault, files: Mapping[str, str], before: Mapping[str, str] | None = None, name: str = "known"
) -> Vault:
    """A vault whose notes have read as they do for long, but for those that read otherwise `before`."""
    then = {**files, **(before or {})}
    known = past("git", ((path, version(LONG_AGO, parse(path, text.encode()))) for path, text in then.items() if text))
    return runner.read_vault(make_vault(files, name), runner.TODAY, known=known)


def note(**properties: str) -> str:
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in properties.items()) + "---\n"


def priority(rank: str, **more: str) -> str:
    return note(rank=rank, **more) if rank else note(status="active", **more)


def meeting(minutes: int, about: str, day: str = "2026-03-10", people: str = "['[[Ann]]']") -> str:
    return note(date=day, duration=str(minutes), about=f"'[[{about}]]'" if about else "", attendees=people)


THREE = {f"Priorities/{name}.md": priority(rank) for name, rank in (("First", "1"), ("Second", "2"), ("Third", "3"))}
WEEKS = {
    "Projects/Work.md": note(serves="'[[Second]]'"),
    "Meetings/A.md": meeting(20, "First"),
    "Meetings/B.md": meeting(25, "Work", people="['[[Ann]]', Bea]"),
    "Meetings/C.md": meeting(10, "Third"),
    "Meetings/D.md": meeting(20, ""),
    "Meetings/E.md": meeting(900, "First", "2026-02-20"),
    "Meetings/F.md": meeting(900, "First", "2026-03-20"),
}


def test_the_worked_example_of_drift(make_vault: MakeVault) -> None:
    found = vault_of(make_vault, {**THREE, **WEEKS}).ask(drift)
    assert found
    assert [(f.path, round(f.stated, 3), round(f.actual, 3)) for f in found.focus] == [
        ("Priorities/First.md", 0.611, 0.2),
        ("Priorities/Second.md", 0.278, 0.5),
        ("Priorities/Third.md", 0.111, 0.1),
    ]
    assert round(found.elsewhere, 3) == 0.2
    assert round(found.distance, 3) == 0.422
    assert round(found.agenda, 3) == 0.8
    assert [focus.path for focus in found.starved] == ["Priorities/First.md"]
    assert found.sources == ("met",)
    assert found.first == date(2026, 3, 3)


def test_each_source_counts_alike(make_vault: MakeVault) -> None:
    files = {
        **THREE,
        **WEEKS,
        "Priorities/Third.md": priority("3") + "x" * 40,
        "Tasks/T.md": note(serves="'[[Work]]'", status="done", effort="3"),
        "Diary.md": "- [x] Call [[Third]] ✅ 2026-03-12\n- [x] Long ago [[Third]] ✅ 2026-02-01\n- [x] Ask [[Third]]\n",
    }
    before = {"Priorities/Third.md": priority("3"), "Tasks/T.md": note(serves="'[[Work]]'", status="open", effort="3")}
    found = vault_of(make_vault, files, before).ask(drift)
    assert found
    assert found.sources == ("written", "met", "completed")
    actual = {focus.path: focus.actual for focus in found.focus}
    assert actual["Priorities/First.md"] == pytest.approx((0 + 0.2 + 0) / 3)
    assert actual["Priorities/Second.md"] == pytest.approx((0 + 0.5 + 3 / 4) / 3)
    assert actual["Priorities/Third.md"] == pytest.approx((1 + 0.1 + 1 / 4) / 3)


def test_a_task_note_that_says_when_it_was_done_counts_by_its_hours(make_vault: MakeVault) -> None:
    """TaskNotes write the day, and how long it takes in minutes."""
    done = {"status": "done", "completedDate": "2026-03-12"}
    files = {
        **THREE,
        "Tasks/T.md": note(**done, serves="'[[First]]'", timeEstimate="180"),
        "Tasks/U.md": note(**done, serves="'[[Second]]'"),
        "Tasks/V.md": note(status="done", completedDate="2026-02-12", serves="'[[Third]]'"),
    }
    found = vault_of(make_vault, files, dict(files)).ask(drift)
    assert found
    assert found.sources == ("completed",)
    assert [round(focus.actual, 3) for focus in found.focus] == [0.75, 0.25, 0]
    assert not found.starved
    assert not found.is_far


def test_a_meeting_says_in_words_how_long_it_took(make_vault: MakeVault) -> None:
    said = meeting(0, "First").replace("duration: 0", "duration: 1h30")
    found = vault_of(make_vault, {**THREE, "Meetings/A.md": said, "Meetings/B.md": meeting(30, "Second")}).ask(drift)
    assert found
    assert [round(focus.actual, 3) for focus in found.focus] == [0.75, 0.25, 0]


def test_drift_is_unknown_without_history_or_order_or_work(make_vault: MakeVault) -> None:
    root = make_vault({**THREE, **WEEKS})
    assert runner.read_vault(root, runner.TODAY).ask(drift) is None
    late = past("git", [], date(2026, 3, 5))
    assert runner.read_vault(root, runner.TODAY, known=late).ask(drift) is None
    unranked = {f"Priorities/{name}.md": priority("") for name in "AB"}
    for number, files in enumerate((THREE, {**unranked, **WEEKS})):
        assert vault_of(make_vault, files, name=str(number)).ask(drift) is None


@pytest.mark.parametrize(
    ("ranks", "weights", "expected"),
    [
        (("1", "2", "3"), ("", "", ""), (11 / 18, 5 / 18, 2 / 18)),
        (("1", "1", "3"), ("", "", ""), (8 / 18, 8 / 18, 2 / 18)),
        (("2", "", ""), ("", "", ""), (11 / 18, 3.5 / 18, 3.5 / 18)),
        (("1", "2", "3"), ("1", "1", "2"), (0.25, 0.25, 0.5)),
        (("1", "2", "3"), ("1", "1", ""), (11 / 18, 5 / 18, 2 / 18)),
        (("", "", ""), ("30", "30", "40"), (0.3, 0.3, 0.4)),
    ],
)
def test_what_was_stated(
    make_vault: MakeVault, ranks: tuple[str, ...], weights: tuple[str, ...], expected: tuple[float, ...]
) -> None:
    said = zip("ABC", ranks, weights, strict=True)
    files = {f"Priorities/{name}.md": priority(rank, **({"weight": w} if w else {})) for name, rank, w in said}
    found = runner.read_vault(make_vault({**files, "Priorities/Z.md": note(rank="1", status="done")}), runner.TODAY)
    shares = found.ask(stated_shares)
    assert [shares[f"Priorities/{name}.md"] for name in "ABC"] == pytest.approx(expected)
    assert sum(centroid(place, 7) for place in range(1, 8)) == pytest.approx(1)


def test_work_is_for_the_priorities_that_it_reaches_first(make_vault: MakeVault) -> None:
    files = {
        "Objectives/O.md": "",
        "Priorities/P.md": note(serves="'[[O]]'"),
        "Priorities/Q.md": note(serves="'[[P]]'"),
        "Projects/Both.md": note(serves="['[[Q]]', '[[P]]', '[[O]]']"),
        "Projects/Above.md": note(serves="'[[O]]'"),
        "Projects/Ring.md": note(serves="'[[Ring too]]'"),
        "Projects/Ring too.md": note(serves="['[[Ring]]', '[[Both]]']"),
        "Decisions/D.md": note(about="'[[Both]]'"),
        "Risks/R.md": note(affects="'[[Ring]]'"),
        "Updates/U.md": note(about="'[[D]]'"),
    }
    found = runner.read_vault(make_vault(files), runner.TODAY).ask(attributed)
    both = ("Priorities/P.md", "Priorities/Q.md")
    assert found == {
        "Objectives/O.md": (),
        "Priorities/P.md": ("Priorities/P.md",),
        "Priorities/Q.md": ("Priorities/Q.md",),
        **dict.fromkeys(("Projects/Both.md", "Projects/Ring.md", "Projects/Ring too.md"), both),
        "Projects/Above.md": (),
        **dict.fromkeys(("Decisions/D.md", "Risks/R.md", "Updates/U.md"), both),
    }


def test_what_has_changed_since_a_day(make_vault: MakeVault) -> None:
    now = {
        "Projects/A.md": note(due="2026-04-15", santé="orange", owner="'[[Bea]]'", status="active"),
        "Projects/B.md": note(status="terminé", due="01/04/2026", health="on track", owner="'[[People/Ann|Ann]]'"),
        "Projects/C.md": note(statut="en cours", due="2026-03-01"),
        "Projects/D.md": note(status="active"),
        "Objectives/E.md": note(outcome="missed"),
        "Decisions/F.md": note(status="accepted"),
        "Decisions/G.md": note(status="accepted"),
        "Archive/Projects/H.md": note(type="project"),
    }
    before = {
        "Projects/A.md": note(due="2026-04-01", health="on track", owner="'[[Ann]]'", status="active"),
        "Projects/B.md": note(status="active", due="2026-04-01", owner="Ann"),
        "Projects/C.md": note(status="done", due="2026-03-11"),
        "Projects/D.md": "",
        "Objectives/E.md": note(health="at risk"),
        "Decisions/F.md": note(status="proposed"),
        "Decisions/G.md": "",
    }
    vault = vault_of(make_vault, now, before)
    assert changes(vault, date(2026, 1, 31)) == (
        Changed("decided", "Decisions/F.md", "idea", "active"),
        Changed("new", "Decisions/G.md"),
        Changed("decided", "Decisions/G.md"),
        Changed("closed", "Objectives/E.md", "", "missed"),
        Changed("health", "Projects/A.md", "on_track", "at_risk"),
        Changed("due", "Projects/A.md", "2026-04-01", "2026-04-15", 14),
        Changed("owner", "Projects/A.md", "Ann", "Bea"),
        Changed("closed", "Projects/B.md", "active", "done"),
        Changed("reopened", "Projects/C.md", "done", "active"),
        Changed("due", "Projects/C.md", "2026-03-11", "2026-03-01", -10),
        Changed("new", "Projects/D.md"),
    )
    assert changes(vault, runner.TODAY) == ()
    assert changes(vault, date(2026, 1, 4)) is None


def test_a_date_may_be_the_end_of_a_quarter(make_vault: MakeVault) -> None:
    files = {"Projects/A.md": note(due="2026-Q2"), "Projects/B.md": note(due="2026-Q1")}
    before = {"Projects/A.md": note(due="2026-Q1"), "Projects/B.md": note(due="2026-03-31")}
    known = past("git", ((path, version(LONG_AGO, parse(path, text.encode()))) for path, text in before.items()))
    vault = runner.read_vault(make_vault(files), runner.TODAY, known=known)
    assert changes(vault, date(2026, 3, 10)) == (Changed("due", "Projects/A.md", "2026-03-31", "2026-06-30", 91),)
