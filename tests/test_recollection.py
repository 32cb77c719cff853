"""Earlier days in a session: what git tells of each commit, days that were written down, in a watch; or unknown."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.repositories import commit, due, git, repository, save
from vaultkit import disk
from vaultkit.cli import main
from vaultkit.disk.places import find_state_folder
from vaultkit.insights import history
from vaultkit.parser import parse
from vaultkit.parser.skim import skim
from vaultkit.session import Session
from vaultkit.vault.past import said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

FIRST = date(2026, 3, 1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git was asked, each time that it was."""
    found: list[str] = []
    running = disk.gitrun.Git.running

    def told(self: Any, *arguments: str, **named: Any) -> Any:
        found.append(arguments[0])
        return running(self, *arguments, **named)

    monkeypatch.setattr(disk.gitrun.Git, "running", told)
    return found


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    on(monkeypatch, FIRST)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Set the clock."""
    monkeypatch.setattr(disk.clock, "today", lambda: day)
    monkeypatch.setattr(disk, "today", lambda: day)


def session(root: Path, today: date | None = None, *, cache: bool = True) -> Session:
    kept = disk.Cache(root.parent / f"{root.name}.sqlite3", str(root)) if cache else None
    return Session(root, today=today, cache=kept)


def dues(opened: Session, path: str = "Projects/A.md") -> list[tuple[str, str]] | None:
    found = history.values(opened.vault, opened.vault.notes[path], "due")
    return None if found is None else [(value.day.isoformat()[5:], value.text) for value in found]


def run(root: Path, *files: dict[str, str | None], today: date | None = None, cache: bool = True) -> list[Any] | None:
    """Save files, and check; what is known of the days on which A was due."""
    for each in files:
        save(root, each)
    opened = session(root, today, cache=cache)
    opened.findings()
    found = dues(opened)
    opened.close()
    return found


@needs_git
def test_git_is_asked_once_a_commit_and_of_new_texts_alone(tmp_path: Path, asked: list[str]) -> None:
    root = repository(
        tmp_path / "v", {"2026-02-01": {"Projects/A.md": due("1")}, "2026-02-10": {"Projects/A.md": due("2")}}
    )
    assert run(root) == [("02-01", "1"), ("02-10", "2")]
    assert asked == ["rev-list", "log", "cat-file"]
    asked.clear()
    assert run(root) == [("02-01", "1"), ("02-10", "2")]
    assert run(root, {"Projects/A.md": due("3")}) == [("02-01", "1"), ("02-10", "2"), ("03-01", "3")]
    assert asked == []
    commit(root, "2026-02-20", {})
    assert run(root) == [("02-01", "1"), ("02-10", "2"), ("02-20", "3")]
    assert asked == ["rev-list", "log", "cat-file"]
    asked.clear()
    commit(root, "2026-02-21", {"Projects/A.md": due("1")})
    assert run(root) == [("02-01", "1"), ("02-10", "2"), ("02-20", "3"), ("02-21", "1")]
    assert asked == ["rev-list", "log"]
    assert not (tmp_path / "state").exists()


@needs_git
def test_a_check_of_which_nothing_has_changed_reads_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VAULTKIT_PARANOID")
    root = repository(tmp_path / "v", {"2026-02-01": {"Projects/A.md": due("1")}})
    run(root)
    opened = session(root)
    opened.findings()
    assert not opened._current.recollection.is_found
    opened.close()
    before = opened._current.fingerprint
    commit(root, "2026-02-02", {"x.txt": ""})
    assert session(root)._current.fingerprint != before


@needs_git
def test_a_watch_notices_a_commit_when_it_looks_at_everything(tmp_path: Path) -> None:
    root = repository(tmp_path / "v", {"2026-02-01": {"Projects/A.md": due("1")}, "2026-02-02": {"B.md": "x"}})
    opened = session(root)
    opened.findings()
    opened.settle(disk.Doubts())
    commit(root, "2026-02-10", {"Projects/A.md": due("2")})
    assert opened.refresh(("Projects/A.md",))
    assert dues(opened) == [("02-01", "1"), ("03-01", "2")]
    assert opened.refresh()
    assert dues(opened) == [("02-01", "1"), ("02-10", "2")]
    opened.findings()
    assert not opened.refresh()


@needs_git
def test_of_a_note_that_nobody_thought_of_git_is_asked_when_somebody_does(tmp_path: Path, asked: list[str]) -> None:
    root = repository(tmp_path / "v", {"2026-02-01": {"Projects/A.md": due("1"), "B.md": due("7") + "B"}})
    opened = session(root)
    assert dues(opened) == [("02-01", "1")]
    assert dues(opened, "B.md") == [("02-01", "7")]
    assert asked == ["rev-list", "log", "cat-file", "cat-file"]
    shutil.rmtree(root / ".git")
    opened.close()
    assert dues(opened, "B.md") == [("02-01", "7")]


@needs_git
def test_settings_that_take_notes_in_have_their_past_read(tmp_path: Path) -> None:
    days = {"2026-02-01": {"Projects/A.md": due("1"), "vaultkit.toml": 'exclude = ["Projects/"]\n', "B.md": ""}}
    root = repository(tmp_path / "v", days)
    opened = session(root)
    opened.findings()
    opened.close()
    (root / "vaultkit.toml").unlink()
    assert run(root) == [("02-01", "1")]


@needs_git
@pytest.mark.parametrize("harm", ["broken", "ignored", "unborn"])
def test_where_git_tells_nothing_days_are_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    root = repository(tmp_path / "v", {})
    if harm != "unborn":
        commit(root, "2026-02-01", {"Elsewhere/x.md": ""} if harm == "ignored" else {"Projects/A.md": due("1")})
    if harm == "broken":
        shutil.rmtree(root / ".git/objects")
    inside = root / "Notes"
    assert run(inside, {"Projects/A.md": due("1")}) is None
    on(monkeypatch, FIRST + timedelta(days=1))
    assert run(inside) == [("03-01", "1")]
    opened = session(inside)
    opened._current.recollection.value  # noqa: B018 -- asked for
    assert (opened.trouble is not None) == (harm == "broken")


def test_days_are_written_down_once_each(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Projects/A.md": due("1"), "No kind.md": due("9")})
    assert run(root) is None
    assert run(root, {"Projects/A.md": due("2")}) is None
    on(monkeypatch, FIRST + timedelta(days=1))
    assert run(root) == [("03-01", "2")]
    assert run(root, {"Projects/A.md": due("3")}) == [("03-01", "2"), ("03-02", "3")]
    assert run(root, {"Projects/A.md": due("2")}) == [("03-01", "2")]
    on(monkeypatch, FIRST + timedelta(days=5))
    assert run(root, {"Projects/A.md": due("4")}) == [("03-01", "2"), ("03-06", "4")]
    on(monkeypatch, FIRST + timedelta(days=6))
    assert run(root) == [("03-01", "2"), ("03-06", "4")]
    assert [day.day.day for day in disk.read_days(root)] == [1, 6]
    assert {path for day in disk.read_days(root) for path in day.told().said} == {"Projects/A.md"}


def test_eject_removes_the_days(make_vault: MakeVault) -> None:
    root = make_vault({"Projects/A.md": due("1")})
    run(root)
    assert disk.read_days(root)
    assert main(["-C", str(root), "eject", "--yes"]) == 0
    assert not disk.read_days(root)


def test_nothing_is_written_down_of_another_day_nor_without_a_cache(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault({"Projects/A.md": due("1")})
    run(root, today=FIRST)
    run(root, cache=False)
    assert not (tmp_path / "state").exists()


def test_a_watch_writes_down_the_day_that_ends(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Projects/A.md": due("1")})
    opened = session(root)
    opened.findings()
    opened.settle(disk.Doubts())
    save(root, {"Projects/A.md": due("2")})
    opened.refresh(("Projects/A.md",))
    opened.findings()
    on(monkeypatch, FIRST + timedelta(days=1))
    assert opened.tomorrow()
    assert dues(opened) == [("03-01", "2")]
    save(root, {"Projects/A.md": due("3")})
    opened.refresh()
    opened.findings()
    opened.close()
    on(monkeypatch, FIRST + timedelta(days=2))
    assert run(root) == [("03-01", "2"), ("03-02", "3")]


def test_a_note_that_was_moved_keeps_its_days(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Projects/B.md": due("1"), "Projects/C.md": due("7"), "Projects/D.md": due("7")})
    session_ = session(root)
    session_.findings()
    session_.close()
    on(monkeypatch, FIRST + timedelta(days=1))
    save(root, {"Projects/B.md": None, "Projects/C.md": None, "Projects/D.md": None})
    assert run(root, {"Projects/A.md": due("1"), "Projects/E.md": due("7"), "Projects/F.md": due("7")}) == [
        ("03-02", "1")
    ]
    on(monkeypatch, FIRST + timedelta(days=2))
    assert run(root) == [("03-01", "1")]
    assert dues(session(root), "Projects/E.md") == [("03-02", "7")]


def test_what_was_written_down_may_be_lost_or_damaged(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Projects/A.md": due("1")})
    for day, harm in enumerate((b"", b"\xff" * 9, b"[]", None), start=1):
        on(monkeypatch, FIRST + timedelta(days=10 * day))
        assert run(root, {"Projects/A.md": due(str(day))}) is None
        on(monkeypatch, FIRST + timedelta(days=10 * day + 1))
        assert run(root) == [(f"{FIRST + timedelta(days=10 * day):%m-%d}", str(day))]
        if harm is not None:
            (find_state_folder(root) / "days").write_bytes(harm)
        else:
            disk.forget(root)
    assert run(root) is None


def test_a_clock_that_was_set_back_takes_nothing_away(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Projects/A.md": due("1")})
    run(root)
    on(monkeypatch, date(1970, 1, 1))
    run(root, {"Projects/A.md": due("2")})
    on(monkeypatch, FIRST + timedelta(days=1))
    assert run(root, {"Projects/A.md": due("3")}) == [("03-01", "1"), ("03-02", "3")]


def test_days_are_kept_for_so_long_and_the_rest_is_the_first(tmp_path: Path) -> None:
    for number in range(12):
        texts = {"A.md": ({"due": str(number)}, 1), "B.md": ({"due": "b"}, 2)}
        disk.keep_day(tmp_path, FIRST + timedelta(days=50 * number), texts if number < 9 else {"A.md": texts["A.md"]})
    today = FIRST + timedelta(days=550)
    kept = disk.read_days(tmp_path)
    assert [(today - day.day).days for day in kept] == [400, 350, 300, 250, 200, 150, 100, 50, 0]
    past = disk.past_of(kept, today)
    assert past
    assert [version.properties["due"] for version in past.versions["A.md"]] == [str(number) for number in range(3, 11)]
    assert "B.md" not in past.versions


PIECES = (
    *("---\n", "a: b\n", "due: 2026-01-01\n", "%% vaultkit:index %%\n", "x\n", "%% /vaultkit 0 %%\n", "```\n"),
    *("generated: vaultkit\n", "page: overview\n", "\ufeff", "é\r\n", "a: [b\n"),
)


@given(st.lists(st.sampled_from(PIECES)))
def test_what_is_kept_of_a_version_is_what_a_note_says(lines: list[str]) -> None:
    data = "".join(lines).encode()
    assert said(skim(data)) == said(parse("A.md", data))


@given(st.lists(st.sampled_from(PIECES)))
def test_what_is_kept_of_a_version_is_the_same_however_it_was_checked_out(lines: list[str]) -> None:
    data = "".join(lines).replace("\r", "").encode()
    assert said(parse("A.md", data)) == said(parse("A.md", data.replace(b"\n", b"\r\n")))


@needs_git
def test_paranoid_holds_what_is_said_against_the_same_past(tmp_path: Path) -> None:
    root = repository(tmp_path / "v", {"2026-02-01": {"Projects/A.md": due("1")}})
    opened = Session(root, cache=disk.Cache(tmp_path / "c", str(root)), paranoid=True)
    opened.findings()
    save(root, {"Projects/A.md": due("2")})
    assert opened.refresh()
    opened.findings()
    git(root, "commit", "-qam", "x", day="2026-02-03")
    assert opened.refresh()
    opened.findings()
