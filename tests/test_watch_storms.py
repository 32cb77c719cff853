"""More than anybody can hear: bursts of saves, a process that was stopped, folders that move; the end is right."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES
from tests.watched import watching

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

INDEX = "Index.md"
MANY = 10 * 60.0
"""The patience that twenty thousand notes take."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")


@pytest.fixture
def folder(make_vault: MakeVault) -> Path:
    """A vault with a list of everything in one of its folders: a note that is missed shows."""
    files = {INDEX: '%% vaultkit:index folder="Burst" %%\n', "Burst/0.md": "See [[Nobody 0]].\n"}
    return make_vault({**FILES, **files})


def create(folder: Path, count: int) -> None:
    for number in range(1, count + 1):
        (folder / f"Burst/{number}.md").write_text(f"See [[Nobody {number}]].\n")


@pytest.mark.parametrize(
    ("count", "patience"), [(1500, 60.0), pytest.param(20_000, MANY, marks=pytest.mark.prove)], ids=["1500", "20000"]
)
def test_a_burst_of_new_notes(folder: Path, count: int, patience: float) -> None:
    with watching(folder) as watched:
        watched.patience = patience
        watched.until((folder / "Dashboards/Overview.md").is_file)
        create(folder, count)
        watched.until(lambda: f"[[{count}]]" in (folder / INDEX).read_text("utf-8"))
        watched.until_right()


@pytest.mark.parametrize(
    ("count", "seconds"), [(100, 0.5), pytest.param(20_000, 5.0, marks=pytest.mark.prove)], ids=["100", "20000"]
)
def test_a_process_that_was_stopped(folder: Path, count: int, seconds: float) -> None:
    with watching(folder) as watched:
        watched.patience = MANY
        watched.until((folder / "Dashboards/Overview.md").is_file)
        watched.process.send_signal(signal.SIGSTOP)
        create(folder, count)
        threading.Event().wait(seconds)  # being stopped for that long is what is tried
        watched.process.send_signal(signal.SIGCONT)
        watched.until(lambda: f"[[{count}]]" in (folder / INDEX).read_text("utf-8"))
        watched.until_right()


def test_folders_that_are_moved_and_renamed(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / "Dashboards/Overview.md").is_file)
        (folder / "Priorities").rename(folder / "Later")
        (folder / "Priorities/Deep/Deeper").mkdir(parents=True)
        (folder / "Priorities/Deep/Deeper/Sell.md").write_text("To everyone.\n")
        watched.until_said("Priorities/Deep/Deeper/Sell.md:1:1: error orphan-priority")
        shutil.move(folder / "Priorities/Deep", folder / "Burst/Deep")
        (folder / "Later").rename(folder / "Priorities/Back")
        (folder / "Burst/Deep/Deeper/Again.md").write_text("See [[Nobody again]].\n")
        watched.until_said("Burst/Deep/Deeper/Again.md:1:5: info broken-link")
        watched.until_right()


def test_hidden_folders_are_no_part_of_it(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / "Dashboards/Overview.md").is_file)
        for place in (".git/objects", ".trash", ".obsidian/plugins"):
            (folder / place).mkdir(parents=True, exist_ok=True)
            (folder / place / "Note.md").write_text("See [[Nobody hidden]].\n")
        (folder / "End.md").write_text("See [[Nobody at the end]].\n")
        watched.until_said("End.md:1:5: info broken-link")
        watched.until_right()
        assert watched.said("hidden") == 0


def test_notes_that_are_deleted_while_they_are_read(folder: Path) -> None:
    with watching(folder) as watched:
        for turn in range(20):
            create(folder, 200)
            for number in range(1 + turn, 201):
                (folder / f"Burst/{number}.md").unlink()
        watched.until_right()
        assert watched.said("Error") == 0


@pytest.mark.parametrize("count", [300, pytest.param(5000, marks=pytest.mark.prove)])
def test_a_checkout_of_another_branch(folder: Path, count: int) -> None:
    program = shutil.which("git") or pytest.skip("there is no git here")

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main"]
        environment = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run([program, *identity, *arguments], cwd=folder, check=True, capture_output=True, env=environment)

    git("init")
    git("add", "-A")
    git("commit", "-m", "few")
    git("checkout", "-b", "many")
    create(folder, count)
    (folder / "Burst/0.md").unlink()
    git("add", "-A")
    git("commit", "-m", "many")
    git("checkout", "main")
    with watching(folder) as watched:
        watched.patience = MANY
        watched.until((folder / "Dashboards/Overview.md").is_file)
        git("checkout", "-f", "many")
        watched.until(lambda: f"[[{count}]]" in (folder / INDEX).read_text("utf-8"))
        watched.until_right()
        git("checkout", "-f", "main")
        watched.until_said(f"mended: Burst/{count}.md broken-link")
        watched.until_right()
