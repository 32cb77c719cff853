"""What a repository tells of earlier days: versions, moves, merges, what is not whole; and no setting of its own."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.repositories import commit, due, dues, git, repository, save, since, told
from vaultkit.disk import find_repository, gitdir, gitlog

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def test_of_several_versions_on_one_day_the_last_counts(tmp_path: Path) -> None:
    days = {"2026-01-10": {"A.md": due("1")}, "2026-01-20": {"A.md": due("2")}, "2026-02-01": {"B.md": due("9")}}
    root = repository(tmp_path, days)
    commit(root, "2026-01-20", {"A.md": due("3")}, "2026-02-02")
    commit(root, "2026-02-03", {"A.md": due("3") + "\n"})
    assert dues(root, "A.md") == [("2026-01-10", "1"), ("2026-01-20", "3"), ("2026-02-03", "3")]
    assert dues(root, "B.md") == [("2026-02-01", "9")]
    assert since(root) == "2026-01-10"


def test_the_day_is_that_of_the_author_and_never_after_the_next_version(tmp_path: Path) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": due("1")}, "2026-02-10": {"A.md": due("2")}})
    commit(root, "2026-02-01", {"A.md": due("3")}, "2026-02-20")
    commit(root, "2038-01-01", {"B.md": due("4")}, "2026-02-25")
    assert dues(root, "A.md") == [("2026-01-10", "1"), ("2026-02-01", "3")]
    assert dues(root, "B.md") == [("2026-02-26", "4")]


@pytest.mark.parametrize("edit", ["", "One more line.\n"])
def test_a_moved_note_keeps_its_past(tmp_path: Path, edit: str) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": due("1"), "Other.md": "Nothing alike."}})
    commit(root, "2026-01-20", {"A.md": None, "Projects/B.md": due("1") + edit})
    commit(root, "2026-01-30", {"A.md": "Another note of the old name."})
    commit(root, "2026-02-10", {"Projects/B.md": due("2") + edit})
    expected = [("2026-01-10", "1"), *([("2026-01-20", "1")] if edit else []), ("2026-02-10", "2")]
    assert dues(root, "Projects/B.md") == expected
    assert dues(root, "A.md") == [("2026-01-30", "")]


def test_what_is_gone_is_left_out_and_what_came_back_is_not(tmp_path: Path) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": due("1"), "B.md": due("2") + "B"}})
    commit(root, "2026-01-20", {"A.md": None, "B.md": None})
    commit(root, "2026-01-30", {"B.md": due("3") + "B"})
    assert dues(root, "A.md") == []
    assert dues(root, "B.md") == [("2026-01-10", "2"), ("2026-01-30", "3")]


def test_a_merge_tells_what_it_made_another_of(tmp_path: Path) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": due("1"), "B.md": due("1") + "B"}})
    git(root, "checkout", "-q", "-b", "phone")
    commit(root, "2026-01-20", {"A.md": due("phone"), "B.md": due("phone") + "B"})
    git(root, "checkout", "-q", "main")
    commit(root, "2026-01-22", {"A.md": due("desk")})
    git(root, "merge", "-q", "--no-commit", "phone", fails=True)
    commit(root, "2026-01-25", {"A.md": due("both")})
    assert dues(root, "A.md")[-2:] == [("2026-01-22", "desk"), ("2026-01-25", "both")]
    assert dues(root, "B.md") == [("2026-01-10", "1"), ("2026-01-20", "phone")]


def test_notes_alone_are_read_and_none_that_is_left_out(tmp_path: Path) -> None:
    files = {
        "A.md": due("1"),
        "image.png": "x",
        ".obsidian/B.md": due("2"),
        "Templates/C.md": due("3"),
        "é à.md": due("4"),
    }
    root = repository(tmp_path, {"2026-01-10": files})
    (root / "link.md").symlink_to("A.md")
    (root / "A.md").chmod(0o755)
    commit(root, "2026-01-11", {})
    found = told(root, lambda path: path.startswith("Templates/"))
    assert sorted(found.blobs) == ["A.md", "é à.md"]
    assert [day.isoformat() for day, _ in found.versions("A.md")] == ["2026-01-10"]


def test_what_was_written_before_the_first_day_is_known_from_that_day(tmp_path: Path) -> None:
    root = repository(
        tmp_path, {"2023-01-10": {"A.md": due("1"), "B.md": due("1") + "B"}, "2023-05-01": {"A.md": due("2")}}
    )
    commit(root, "2026-02-01", {"B.md": None, "C.md": due("1") + "B"})
    assert since(root) == "2025-02-09"
    assert dues(root, "A.md") == [("2025-02-09", "2")]
    assert dues(root, "C.md") == [("2025-02-09", "1")]


@pytest.mark.parametrize("limit", ["COMMITS", "VERSIONS"])
def test_the_latest_of_very_many_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    days = {f"2026-01-{day:02}": {"A.md": due(str(day))} for day in range(2, 12)}
    root = repository(tmp_path, {"2026-01-01": {"B.md": "Never changed."}, **days})
    monkeypatch.setattr(gitlog, limit, 3)
    assert dues(root, "A.md") == [("2026-01-09", "9"), ("2026-01-10", "10"), ("2026-01-11", "11")]
    assert dues(root, "B.md") == [("2026-01-09", "")]
    assert since(root) == "2026-01-09"


def test_a_version_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(
        tmp_path, {"2026-01-10": {"A.md": due("1"), "B.md": due("2") * 9}, "2026-01-20": {"A.md": due("3")}}
    )
    monkeypatch.setattr(gitlog, "_LONGEST", 2 * len(due("1")))
    assert dues(root, "A.md") == [("2026-01-10", "1"), ("2026-01-20", "3")]
    assert dues(root, "B.md") == []


def test_a_vault_may_be_a_folder_a_worktree_a_submodule(tmp_path: Path) -> None:
    days = {"2026-01-10": {"Notes/A.md": due("1"), "x.md": "x"}, "2026-01-20": {"Notes/A.md": due("2")}}
    root = repository(tmp_path / "all", days)
    expected = [("2026-01-10", "1"), ("2026-01-20", "2")]
    assert dues(root / "Notes", "A.md") == expected
    git(root, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    assert dues(tmp_path / "tree/Notes", "A.md") == expected
    parent = repository(tmp_path / "parent", {"2026-02-01": {"y.md": "y"}})
    git(parent, "submodule", "add", "-q", str(root), "vault")
    assert dues(parent / "vault", "Notes/A.md") == expected
    git(tmp_path, "clone", "-q", f"--separate-git-dir={tmp_path / 'apart'}", str(root), "separate")
    assert dues(tmp_path / "separate", "Notes/A.md") == expected


def test_a_shallow_clone_says_since_when(tmp_path: Path) -> None:
    days = {f"2026-01-{day}": {"A.md": due(str(day))} for day in range(10, 15)} | {"2026-01-20": {"B.md": due("B")}}
    repository(tmp_path / "whole", days)
    git(tmp_path, "clone", "-q", "--depth=3", f"file://{tmp_path / 'whole'}", "part")
    assert since(tmp_path / "part") == "2026-01-13"
    assert dues(tmp_path / "part", "A.md") == [("2026-01-13", "13"), ("2026-01-14", "14")]
    before = find_repository(tmp_path / "part")
    git(tmp_path / "part", "fetch", "-q", "--unshallow")
    after = find_repository(tmp_path / "part")
    assert before
    assert after
    assert before.mark != after.mark
    assert since(tmp_path / "part") == "2026-01-10"


def marks(root: Path) -> str:
    found = find_repository(root)
    return found.mark if found else ""


def test_the_mark_is_that_of_the_last_commit_however_it_is_kept(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {})
    assert find_repository(root) is None
    seen = {marks(root)}
    for day in ("2026-01-10", "2026-01-11"):
        commit(root, day, {"A.md": day})
        assert marks(root).split()[0] == git(root, "rev-parse", "HEAD").strip()
        seen.add(marks(root))
    loose = marks(root)
    git(root, "pack-refs", "--all")
    assert marks(root) == loose
    git(root, "checkout", "-q", "--detach", "HEAD~1")
    assert marks(root) in seen - {loose}
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("HEAD", ""),
        ("HEAD", "ref: refs/heads/../../../../outside\n"),
        ("HEAD", "ref: refs/heads/nowhere\n"),
        ("HEAD", "ref: HEAD\n"),
        ("HEAD", "x" * 100_000),
        ("refs/heads/main", "ref: refs/heads/main\n"),
        ("refs/heads/main", "no commit\n"),
    ],
)
def test_a_repository_that_is_broken_is_none(tmp_path: Path, path: str, text: str) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": "x"}})
    (root / ".git" / path).write_text(text)
    assert find_repository(root) is None


def test_a_pipe_in_the_place_of_a_file_holds_nobody(tmp_path: Path) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": "x"}})
    for name in ("HEAD", "commondir", "shallow"):
        (root / ".git" / name).unlink(missing_ok=True)
        os.mkfifo(root / ".git" / name)
    assert find_repository(root) is None
    assert gitdir._read(root / ".git/HEAD") == ""


def test_branches_in_tables_have_a_mark_too(tmp_path: Path) -> None:
    root = repository(tmp_path, {"2026-01-10": {"A.md": "x"}})
    save(root, {".git/HEAD": "ref: refs/heads/.invalid\n", ".git/reftable/tables.list": "0x01-0x02-a.ref\n"})
    first = marks(root)
    save(root, {".git/reftable/tables.list": "0x01-0x03-b.ref\n"})
    assert first
    assert marks(root) != first
