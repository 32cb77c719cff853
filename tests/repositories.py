"""What the tests of earlier days share: a repository made of days, each with the files that were saved on it."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from typing import TYPE_CHECKING

from vaultkit.disk import find_repository, read_history, read_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from vaultkit.disk.gitlog import History

TODAY = date(2026, 3, 16)
TEXT = "---\ndue: {due}\n---\nThe same words in every version, so that a note is known again where it was moved.\n"


def git(folder: Path, *arguments: str, day: str = "2026-01-01", committed: str = "", fails: bool = False) -> str:
    """What git says, with nobody's settings and everything dated."""
    names = ("AUTHOR", "COMMITTER")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {f"GIT_{name}_NAME": "Ann" for name in names} | {
        f"GIT_{name}_EMAIL": "ann@example.org" for name in names
    }
    environment |= {
        "GIT_AUTHOR_DATE": f"{day}T23:30:00 +0900",
        "GIT_COMMITTER_DATE": f"{committed or day}T23:30:00 +0900",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) == fails, done.stderr
    return done.stdout


def save(root: Path, files: Mapping[str, str | None]) -> None:
    """Write files, or remove them."""
    for path, text in files.items():
        place = root / path
        if text is None:
            place.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")


def commit(root: Path, day: str, files: Mapping[str, str | None], committed: str = "") -> None:
    """Save files and commit all there is."""
    save(root, files)
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", day, day=day, committed=committed)


def repository(root: Path, days: Mapping[str, Mapping[str, str | None]]) -> Path:
    """A repository with a commit a day."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q")
    for day, files in days.items():
        commit(root, day, files)
    return root


def due(day: str) -> str:
    """A note that says this."""
    return TEXT.format(due=day)


def told(root: Path, excluded: Callable[[str], bool] = lambda _: False) -> History:
    """What git tells of a vault."""
    found = find_repository(root)
    assert found
    return read_history(found, TODAY, lambda path: not excluded(path))


def dues(root: Path, path: str) -> list[tuple[str, str]]:
    """The days of a note's versions, and when each said that it is due."""
    found, versions = find_repository(root), told(root).versions(path)
    assert found
    said = read_versions(found, [blob for _, blob in versions])
    return [(day.isoformat(), said[blob][0].get("due", "")) for day, blob in versions if blob in said]


def since(root: Path) -> str:
    """The first day of which anything is known."""
    return str(told(root).since)
