"""`check --since`: only what is found in notes that have changed, as git tells, which starts nothing of anybody's."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

BRAND = "Priorities/Renew the brand.md"
THESE = ("--select", "orphan-priority,weak-alignment,links")
"""What the tests are about, whatever else is found in the same notes."""


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


GIT = str(shutil.which("git"))
WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str, day: str = "2026-03-01") -> None:
    dated = {"GIT_COMMITTER_DATE": f"{day}T12:00:00", "GIT_AUTHOR_DATE": f"{day}T12:00:00"}
    subprocess.run([GIT, *WHO, *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | dated)


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x", day=day)


def test_only_notes_that_changed_since_a_commit_or_a_day(run: Run) -> None:
    git(run.folder, "init", "-q")
    commit(run.folder, "2026-03-01")
    assert run("check", "-q", "--since", "HEAD").code == 0
    (run.folder / "Priorities/Café.md").write_text("---\nowner: '[[Ann Lee]]'\n---\n[[Hire a CFO]]\n- [ ] a\n", "utf-8")
    ran = run("check", "-q", "--since", "HEAD")
    assert [line.split(":")[0] for line in ran.out.splitlines() if "orphan" in line] == ["Priorities/Café.md"]
    commit(run.folder, "2026-03-10")
    assert run("check", "-q", "--since", "HEAD").code == 0
    assert "Café" in run("check", "-q", "--since", "HEAD~1").out
    assert "Café" in run("check", "-q", "--since", "2026-03-05").out
    assert "Renew" not in run("check", "-q", "--since", "2026-03-05").out
    assert "Renew" in run("check", "-q", "--since", "2026-01-01").out


TRAPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "its own settings": (
        ("filter.trap.clean", "TRAP"),
        ("filter.trap.process", "TRAP"),
        ("core.fsmonitor", "TRAP"),
        ("diff.external", "TRAP"),
    ),
    "a file that these include": (
        ("--file", ".git/more", "filter.trap.clean", "TRAP"),
        ("include.path", "more"),
    ),
    "those of a worktree": (
        ("extensions.worktreeConfig", "true"),
        ("--worktree", "filter.trap.clean", "TRAP"),
    ),
}


@pytest.mark.parametrize("where", TRAPS)
def test_a_repository_starts_no_program_of_its_own(run: Run, tmp_path: Path, where: str) -> None:
    git(run.folder, "init", "-q")
    commit(run.folder, "2026-03-01")
    trap = tmp_path / "sprung"
    for setting in TRAPS[where]:
        git(run.folder, "config", *(word.replace("TRAP", f"touch '{trap}'; cat") for word in setting))
    (run.folder / ".git/info/attributes").write_text("* filter=trap\n", "utf-8")
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    ran = run("check", "-q", "--since", "HEAD", *THESE)
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [BRAND]
    assert not trap.exists()


def test_a_program_that_cannot_be_switched_off_is_not_started(run: Run, tmp_path: Path) -> None:
    git(run.folder, "init", "-q")
    commit(run.folder, "2026-03-01")
    trap = tmp_path / "sprung"
    git(run.folder, "config", "--file", ".git/config", "filter.a=b.clean", f"touch '{trap}'; cat")
    (run.folder / ".git/info/attributes").write_text("* filter=a=b\n", "utf-8")
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    ran = run("check", "-q", "--since", "HEAD", *THESE)
    assert (ran.code, ran.out) == (2, "")
    assert "would start a program" in ran.err
    assert not trap.exists()


def found(run: Run, *arguments: str) -> list[str]:
    """The notes of which something is said."""
    ran = run("check", "-q", *arguments, *THESE)
    return sorted({line.split(":")[0] for line in ran.out.splitlines()})


def test_since_a_branch_is_since_this_one_left_it(run: Run) -> None:
    other = run.folder / "Priorities/Sell.md"
    other.write_text(FILES[BRAND], "utf-8")
    git(run.folder, "init", "-q", "-b", "main")
    commit(run.folder, "2026-03-01")
    git(run.folder, "checkout", "-qb", "mine")
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    commit(run.folder, "2026-03-02")
    git(run.folder, "checkout", "-q", "main")
    other.write_text(FILES[BRAND] + "More.\n", "utf-8")
    commit(run.folder, "2026-03-03")
    git(run.folder, "checkout", "-q", "mine")
    assert found(run, "--since", "main") == [BRAND]


def test_a_clone_that_does_not_go_back_so_far_says_so(run: Run, tmp_path: Path) -> None:
    git(run.folder, "init", "-q", "-b", "main")
    commit(run.folder, "2026-03-01")
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    commit(run.folder, "2026-03-10")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{run.folder}", "shallow")
    clone = Run(run.capsys, tmp_path / "shallow")
    for since in ("2026-03-05", "main~1"):
        ran = clone("check", "--since", since)
        assert (ran.code, ran.out) == (2, "")
        assert "git fetch --unshallow" in ran.err
    assert found(clone, "--since", "2026-03-11") == []
    assert found(clone, "--since", "main") == []


def test_a_repository_without_a_commit_has_nothing_but_news(run: Run) -> None:
    git(run.folder, "init", "-q")
    assert found(run, "--since", "2026-03-01") == found(run)
    git(run.folder, "add", "-A")
    assert found(run, "--since", "2026-03-01") == found(run)
    assert run("check", "--since", "HEAD").code == 2


def test_a_worktree_is_asked_as_well(run: Run, tmp_path: Path) -> None:
    git(run.folder, "init", "-q")
    commit(run.folder, "2026-03-01")
    git(run.folder, "worktree", "add", "-q", str(tmp_path / "tree"))
    tree = Run(run.capsys, tmp_path / "tree")
    assert found(tree, "--since", "HEAD") == []
    (tree.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    assert found(tree, "--since", "HEAD") == [BRAND]


def test_a_vault_may_lie_within_a_repository(run: Run) -> None:
    git(run.folder.parent, "init", "-q")
    commit(run.folder.parent, "2026-03-01")
    assert found(run, "--since", "HEAD") == []
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    assert found(run, "--since", "HEAD") == [BRAND]


def test_without_git_nobody_can_tell(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    git(run.folder, "init", "-q")
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("check", "--since", "HEAD")
    assert (ran.code, ran.out) == (2, "")
    assert "git is not installed" in ran.err
    assert "--new-only" in ran.err


def test_a_repository_within_is_asked_itself(run: Run) -> None:
    inner = run.folder / "Priorities"
    git(inner, "init", "-q")
    git(run.folder, "init", "-q")
    git(run.folder, "add", ":!Priorities")
    git(run.folder, "commit", "-qm", "x")
    assert BRAND in found(run, "--since", "HEAD")
    commit(inner, "2026-03-01")
    git(run.folder, "-c", "advice.addEmbeddedRepo=false", "add", "Priorities")
    git(run.folder, "commit", "-qm", "y")
    assert found(run, "--since", "HEAD") == []
    (run.folder / BRAND).write_text(FILES[BRAND] + "More.\n", "utf-8")
    assert found(run, "--since", "HEAD") == [BRAND]
    commit(inner, "2026-03-02")
    assert found(run, "--since", "HEAD") == [BRAND]
    assert BRAND in found(run, "--since", "HEAD~1")


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "-p", "HEAD; true"])
def test_what_is_no_commit_is_an_error(run: Run, ref: str) -> None:
    git(run.folder, "init", "-q")
    commit(run.folder, "2026-03-01")
    ran = run("check", f"--since={ref}")
    assert ran.code == 2
    assert "neither a commit nor a day" in ran.err


def test_outside_a_repository_there_is_another_way(run: Run) -> None:
    ran = run("check", "--since", "HEAD")
    assert ran.code == 2
    assert "--new-only" in ran.err
