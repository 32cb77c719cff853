"""`vaultkit changes`: what has changed since Monday of last week, a day or a commit, on a terminal and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import Run
from tests.test_cli_since import commit, git

if TYPE_CHECKING:
    from tests.conftest import MakeVault

LEASE = "---\nserves: '[[Grow]]'\nowner: '[[{}]]'\ndue: {}\nhealth: {}\n---\n"
FILES = {"vaultkit.toml": "", "Objectives/Grow.md": "---\nperiod: 2026\n---\n"}
LAST_WEEK = "> [!info] Since 2026-03-09: 1 change of owner\n> As of 2026-03-16.\n"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Three commits: a date that slipped in February, a health that turned in March, another owner last week."""
    monkeypatch.setenv("LANGUAGE", "en")
    folder = make_vault(FILES)
    git(folder, "init", "-q")
    for day, words in (
        ("2026-01-12", ("Ann", "2026-04-01", "on_track")),
        ("2026-02-10", ("Ann", "2026-05-01", "on_track")),
        ("2026-03-03", ("Ann", "2026-05-01", "at_risk")),
        ("2026-03-10", ("Bea", "2026-05-01", "at_risk")),
    ):
        (folder / "Projects").mkdir(exist_ok=True)
        (folder / "Projects/Lease.md").write_text(LEASE.format(*words), "utf-8")
        commit(folder, day)
    return Run(capsys, folder)


def first(run: Run, *arguments: str) -> str:
    ran = run("changes", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.split("\n", 1)[0].removeprefix("> [!info] ")


def test_since_last_week_a_day_or_a_commit(run: Run) -> None:
    assert run("changes").out.startswith(LAST_WEEK)
    assert first(run, "--since", "2026-03-01") == "Since 2026-03-01: 1 change of health, 1 change of owner"
    assert first(run, "--since", "HEAD~1") == "Since 2026-03-04: 1 change of owner"
    assert first(run, "--since", "HEAD~2") == "Since 2026-02-11: 1 change of health, 1 change of owner"
    assert first(run, "--since", "HEAD~3").startswith("Since 2026-01-13: 1 date slipped, 1 change of health")
    assert "2026-04-01 → 2026-05-01, 30 days later" in run("changes", "--since", "2026-01-13").out
    assert not (run.folder / "Dashboards").exists()


def test_a_day_on_which_others_followed_counts_whole(run: Run) -> None:
    lease = run.folder / "Projects/Lease.md"
    lease.write_text(LEASE.format("Cid", "2026-05-01", "at_risk"), "utf-8")
    commit(run.folder, "2026-03-10")
    assert first(run, "--since", "HEAD~1") == "Since 2026-03-10: 1 change of owner"
    assert first(run, "--since", "HEAD") == "Since 2026-03-11: nothing has changed"
    lease.write_text(LEASE.format("Cid", "2026-05-01", "off_track"), "utf-8")
    assert first(run, "--since", "HEAD") == "Since 2026-03-11: 1 change of health"


def test_a_commit_of_today_counts_as_today(run: Run) -> None:
    (run.folder / "Projects/Lease.md").write_text(LEASE.format("Cid", "2026-05-01", "at_risk"), "utf-8")
    commit(run.folder, "2026-03-16")
    assert first(run, "--since", "HEAD") == "Since 2026-03-16: 1 change of owner"


@pytest.mark.parametrize("since", ["2026-03-01", "HEAD~2"])
def test_the_page_has_it_from_the_settings(run: Run, since: str) -> None:
    (run.folder / "vaultkit.toml").write_text(f'[page.changes]\nsince = "{since}"\n', "utf-8")
    assert run("build", "changes").code == 0
    page = (run.folder / "Dashboards/Changes.md").read_text("utf-8")
    assert ": 1 change of health, 1 change of owner\n" in page
    assert run("build", "changes", "--check").code == 0
    assert first(run, "--since", "2026-03-04") == "Since 2026-03-04: 1 change of owner"


def test_what_is_neither_a_day_nor_a_commit_is_told(run: Run) -> None:
    ran = run("changes", "--since", "nowhere")
    assert ran.code == 2
    assert "nowhere is neither a commit nor a day" in ran.err


def test_without_git_a_day_will_do(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, make_vault(FILES))
    assert run("changes", "--since", "2026-03-01").out.startswith("> [!info] Since 2026-03-01: unknown\n")
    ran = run("changes", "--since", "HEAD")
    assert ran.code == 2
    assert "name a day, which needs no git: 2026-03-16" in ran.err


def test_no_other_page_has_such_a_day(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Run(capsys, make_vault({"vaultkit.toml": '[page.risks]\nsince = "2026-03-01"\n'}))("check")
    assert ran.code == 2
    assert "vaultkit.toml:2" in ran.err
    assert "unknown key since" in ran.err
