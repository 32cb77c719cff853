"""Editors' ways of saving, under a watch that runs: the pages go from the old note to the new one, and nowhere else."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES
from tests.watched import run, watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import MakeVault
    from tests.watched import Watched

NOTE = "Priorities/Hire a CFO.md"
BODY = "The board has asked for it.\n" * 200
OLD = f"---\nserves: '[[Double revenue]]'\nowner: '[[Ann Lee]]'\ndue: 2099-12-31\n---\n- [ ] Write the advert\n{BODY}"
NEW = OLD.replace("Double revenue", "Halve costs")


def pause(seconds: float) -> None:
    """What an editor does between two calls; long enough, the watch looks in between."""
    threading.Event().wait(seconds)


def at_once(note: Path) -> None:
    note.write_text(NEW)


def truncate_and_write(note: Path, gap: float) -> None:
    with note.open("w") as file:
        file.flush()
        pause(gap)
        file.write(NEW)


def in_chunks(note: Path, gap: float) -> None:
    with note.open("w") as file:
        for start in range(0, len(NEW), len(NEW) // 50):
            file.write(NEW[start : start + len(NEW) // 50])
            file.flush()
            pause(gap / 50)


def by_rename(note: Path, gap: float) -> None:
    beside = note.with_name("Hire a CFO.md.tmp")
    truncate_and_write(beside, gap)
    beside.replace(note)


def with_backup(note: Path, gap: float) -> None:
    note.rename(note.with_name("Hire a CFO.md~"))
    pause(gap / 2)
    truncate_and_write(note, gap / 2)
    note.with_name("Hire a CFO.md~").unlink()


def delete_and_create(note: Path, gap: float) -> None:
    note.unlink()
    pause(gap)
    note.write_text(NEW)


@pytest.fixture
def watched(make_vault: MakeVault) -> Iterator[Watched]:
    """A vault whose pages are current, and watched."""
    folder = make_vault({**FILES, NOTE: OLD, "Objectives/Halve costs.md": "---\nowner: '[[Ann Lee]]'\n---\n"})
    with watching(folder) as begun:
        begun.until((folder / "Dashboards/Overview.md").is_file)
        begun.until_right()
        yield begun


WAYS: dict[str, Callable[[Path], None]] = {
    "at once": at_once,
    "truncate and write": partial(truncate_and_write, gap=0.5),
    "in 50 chunks": partial(in_chunks, gap=0.5),
    "by rename": partial(by_rename, gap=0.5),
    "with a backup": partial(with_backup, gap=0.5),
    "delete and create": partial(delete_and_create, gap=0.5),
}
SLOW_WAYS: dict[str, Callable[[Path], None]] = {
    "truncate and write": partial(truncate_and_write, gap=1.5),
    "in 50 chunks": partial(in_chunks, gap=1.5),
    "with a backup": partial(with_backup, gap=1.5),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_save_changes_the_pages_once(watched: Watched, way: str) -> None:
    saves_once(watched, WAYS[way])


@pytest.mark.prove
@pytest.mark.parametrize("way", SLOW_WAYS)
def test_a_slow_save_changes_the_pages_once(watched: Watched, way: str) -> None:
    saves_once(watched, SLOW_WAYS[way])


def saves_once(watched: Watched, save: Callable[[Path], None]) -> None:
    save(watched.folder / NOTE)
    watched.until_said("mended: Objectives/Halve costs.md unserved-objective")
    watched.until_right()
    assert watched.said("changed  Dashboards/Alignment.md") == 1
    assert watched.said("Hire a CFO.md") == 0  # of what was never so


def test_a_note_that_is_emptied_or_deleted_is_believed_in_the_end(watched: Watched) -> None:
    (watched.folder / NOTE).write_text("")
    watched.until_said(f"{NOTE}:1:1: error orphan-priority")
    watched.until_right()
    (watched.folder / NOTE).unlink()
    watched.until_said(f"mended: {NOTE} orphan-priority")
    watched.until_right()


def test_settings_that_are_half_saved_are_not_believed(watched: Watched) -> None:
    settings = watched.folder / "vaultkit.toml"
    settings.write_text('language = "fr"\n')
    watched.until_said("changed  Dashboards/Alignment.md")
    watched.until_right()
    with settings.open("w") as file:
        pause(0.5)
        file.write('language = "fr"\n')
    (watched.folder / "End.md").write_text("[[Nobody at all]]")
    watched.until_said("Nobody at all")
    watched.until_right()
    assert watched.said("changed  Dashboards/Alignment.md") == 1


@pytest.mark.parametrize("half", ['language = "fr"\n[[index', 'language = "fr"\n[[index]]\n'])
def test_settings_that_are_wrong_are_told_and_may_be_mended(watched: Watched, half: str) -> None:
    settings = watched.folder / "vaultkit.toml"
    settings.write_text(half)
    watched.until_said("Error: vaultkit.toml")
    settings.write_text('language = "fr"\n')
    watched.until_said("changed  Dashboards/Alignment.md")
    (watched.folder / "End.md").write_text("[[Nobody at all]]")
    watched.until_said("Nobody at all")
    watched.until_right()


def test_a_watch_says_what_the_baseline_does_not_know(make_vault: MakeVault) -> None:
    folder = make_vault({**FILES, "vaultkit.toml": 'baseline = "known.json"\n'})
    run(folder, "check", "--write-baseline")
    with watching(folder) as watched:
        assert watched.said("Renew the brand.md:1:1: error orphan-priority") == 0
        assert watched.said("were known (--all)") == 1
        (folder / "Priorities/Sell.md").write_text(FILES["Priorities/Renew the brand.md"])
        watched.until_said("Priorities/Sell.md:1:1: error orphan-priority")
        brand = folder / "Priorities/Renew the brand.md"
        brand.write_text(brand.read_text().replace("owner:", "serves: '[[Double revenue]]'\nowner:"))
        watched.until_said("mended: Priorities/Renew the brand.md orphan-priority")
        assert watched.said("Renew the brand.md:1:1: error orphan-priority") == 0
