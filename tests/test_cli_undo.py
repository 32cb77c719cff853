"""What vaultkit has written can be looked at and taken back, as far as nobody has changed it since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run, files_of
from vaultkit import disk
from vaultkit.disk import journal

if TYPE_CHECKING:
    from tests.conftest import MakeVault

NOTE = "Loose end.md"
OVERVIEW = "Dashboards/Overview.md"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    files = {**FILES, NOTE: 'Mine.\r\n%% vaultkit:index folder="Priorities" %%\r\nMine.', "vaultkit.toml": ""}
    return Run(capsys, make_vault(files))


def rows(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("history", "--format", "json").out)
    return found


def test_a_build_is_taken_back_to_the_byte(run: Run) -> None:
    before = files_of(run.folder)
    run("build")
    after = files_of(run.folder)
    assert before != after
    ran = run("undo")
    assert ran.code == 0
    assert f"removed  {OVERVIEW}" in ran.out
    assert f"changed  {NOTE}" in ran.out
    assert "Undone: build" in ran.err
    assert files_of(run.folder) == before
    assert not (run.folder / "Dashboards").exists()  # it was made for the pages
    assert files_of(run.folder) == before


def test_undoing_can_be_undone(run: Run) -> None:
    run("build")
    after = files_of(run.folder)
    run("undo")
    undoing, build = rows(run)
    assert (undoing["command"], build["command"], build["undone"]) == ("undo", "build", True)
    assert run("undo", str(build["id"])).code == 2  # it is undone already
    assert run("undo", str(undoing["id"])).code == 0
    assert files_of(run.folder) == after
    assert [row["undone"] for row in rows(run)] == [False, True, False]


def test_the_last_that_is_not_undone_is_meant(run: Run) -> None:
    before = files_of(run.folder)
    run("new", "priority", "First")
    run("new", "priority", "Second")
    for left in ({"Priorities/First.md"}, set[str]()):
        assert run("undo").code == 0
        assert files_of(run.folder).keys() - before.keys() == left
    ran = run("undo")
    assert ran.code == 2
    assert "nothing here that could be taken back" in ran.err


def test_what_has_been_changed_since_stays(run: Run) -> None:
    run("build")
    page = run.folder / OVERVIEW
    page.write_text("mine now")
    (run.folder / "Dashboards/Alignment.md").unlink()
    ran = run("undo")
    assert ran.code == 1
    assert f"it has changed since: {OVERVIEW}" in ran.err
    assert "it has changed since: Dashboards/Alignment.md" in ran.err
    assert page.read_text() == "mine now"
    assert "/vaultkit" not in (run.folder / NOTE).read_text()


def test_a_move_is_taken_back_with_its_links(run: Run) -> None:
    before = files_of(run.folder)
    assert run("mv", "Hire a CFO", "Finance/Chief", "--yes").code == 0
    assert files_of(run.folder) != before
    assert "moved" in run("undo").out
    assert files_of(run.folder) == before


def test_beside_a_watch_nothing_is_ejected_and_an_undoing_says_that_it_will_not_last(run: Run) -> None:
    run("build")
    after = files_of(run.folder)
    with disk.watching(run.folder):
        ran = run("eject", "--yes")
        assert ran.code == 2
        assert "keeps the pages of this vault current: process" in ran.err
        assert files_of(run.folder) == after
        assert "writes them again" in run("undo").err
    assert run("eject", "--yes").code == 0


def test_looking_first(run: Run) -> None:
    run("build")
    after = files_of(run.folder)
    ran = run("undo", "--dry-run")
    assert (ran.code, f"removed  {OVERVIEW}" in ran.out) == (0, True)
    assert files_of(run.folder) == after
    assert len(rows(run)) == 1


def test_an_unknown_run(run: Run) -> None:
    assert "there is no run 12345678" in run("undo", "12345678").err


def test_history_says_what_was_done(run: Run) -> None:
    assert run("history").out == ""
    run("build")
    (row,) = rows(run)
    assert (row["new"], row["changed"], row["removed"]) == (len(files_of(run.folder)) - len(FILES) - 1, 1, 0)
    assert OVERVIEW in str(row["files"])
    run("eject", "--yes")
    assert rows(run) == []  # no trace


def test_the_past_is_not_kept_for_ever(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT_RUNS", 2)
    for title in ("a", "b", "c"):
        run("new", "priority", title)
    assert len(rows(run)) == 2
    monkeypatch.setattr(journal, "KEPT_BYTES", 0)
    run("new", "priority", "d")
    assert [row["command"] for row in rows(run)] == ["new"]  # the last one is always kept
    monkeypatch.setattr(journal, "KEPT_DAYS", -1)
    run("new", "priority", "e")
    assert len(rows(run)) == 1


def test_what_of_the_past_cannot_be_read_is_left_out(run: Run) -> None:
    run("build")
    (kept,) = (disk.state_folder(run.folder) / "runs").iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert rows(run) == []
    assert run("undo").code == 2
    assert run("build").code == 0


def test_what_was_interrupted_is_finished_by_the_next_that_writes(run: Run) -> None:
    before = files_of(run.folder)
    run("build")
    after = files_of(run.folder)
    run("undo")
    assert files_of(run.folder) == before
    *_, build = disk.history(run.folder)
    journal.begin(journal.new_run("build", build.run.writes), run.folder)
    assert run("check").code == 1
    assert run("build", "--dry-run").code == 0
    assert files_of(run.folder) == before  # whoever only looks writes nothing
    ran = run("build")
    assert "An earlier run was interrupted, and is finished now: build" in ran.err
    assert files_of(run.folder) == after


def test_what_a_person_has_changed_since_is_left_by_what_finishes(run: Run) -> None:
    run("build")
    run("undo")
    *_, build = disk.history(run.folder)
    journal.begin(journal.new_run("build", build.run.writes), run.folder)
    (run.folder / NOTE).write_text("mine")
    ran = run("new", "priority", "Next")
    assert ran.code == 0
    assert f"{NOTE}: it changed while" in ran.err
    assert (run.folder / NOTE).read_text() == "mine"
    assert (run.folder / OVERVIEW).exists()
