"""A watch that is not alone: another one, here or on another machine, and programs that write the same pages."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, files_of
from tests.watched import run, watching
from vaultkit.cli.braking import TIMES, Brake
from vaultkit.model import Edit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

ALIGNMENT = "Dashboards/Alignment.md"


@pytest.fixture
def folder(make_vault: MakeVault) -> Path:
    return make_vault(FILES)


def elsewhere(folder: Path) -> dict[str, str]:
    """What makes a process one of another machine, which knows of no other's state."""
    return {"XDG_STATE_HOME": str(folder.with_name("state")), "XDG_CACHE_HOME": str(folder.with_name("cache"))}


def fought_over(folder: Path) -> list[Path]:
    """The pages, each of which reads otherwise in another language."""
    return list((folder / ALIGNMENT).parent.glob("*.md"))


def test_a_second_watch_says_who_holds_the_vault(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until_right()
        second = run(folder, "watch", "--write")
        assert second.returncode == 2
        assert f"process {watched.process.pid}" in second.stderr
        assert "--no-build" in second.stderr
        with watching(folder, "--no-build") as reader:
            (folder / "Priorities/Sell.md").write_text("To everyone.\n")
            reader.until_said("Priorities/Sell.md:1:1: error orphan-priority")


def test_watches_on_two_machines_end_with_the_same_pages(folder: Path) -> None:
    with watching(folder) as one, watching(folder, environment=elsewhere(folder)) as two:
        for number in range(10):
            (folder / f"Priorities/Sell {number}.md").write_text("To everyone.\n")
            both = (one, two)
            one.until(lambda name=f"Sell {number}": name in (folder / ALIGNMENT).read_text("utf-8"))  # type: ignore[misc]
        one.until_right()
        for each in both:
            each.until_said("Priorities/Sell 9.md:1:1: error orphan-priority")
            assert each.said("Error") == 0
            assert each.said(f"  {ALIGNMENT}") <= 11


def test_watches_in_two_languages_give_up_rather_than_go_on_for_ever(folder: Path) -> None:
    with (
        watching(folder, "--language", "en") as one,
        watching(folder, "--language", "fr", environment=elsewhere(folder)) as two,
    ):
        one.until((folder / ALIGNMENT).is_file)
        one.until(lambda: one.said("is left alone") + two.said("n’y touche plus") >= len(fought_over(folder)))
        (folder / "Priorities/Sell.md").write_text("To everyone.\n")
        one.until(lambda: "Sell" in (folder / ALIGNMENT).read_text("utf-8"))
        assert one.said(f"  {ALIGNMENT}") <= 2 * TIMES
        assert two.said(f"  {ALIGNMENT}") <= 2 * TIMES


def test_a_conflict_copy_is_told_and_no_note(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / ALIGNMENT).is_file)
        copy = folder / "Priorities/Hire a CFO.sync-conflict-20260101-120000-ABCDEF1.md"
        copy.write_text("Serves nothing. [[Nowhere]]\n")
        watched.until_said("Priorities/Hire a CFO.md:1:1: warning conflict-copy")
        watched.until_right()
        assert "sync-conflict" not in (folder / ALIGNMENT).read_text("utf-8")
        copy.unlink()
        watched.until_said("mended: Priorities/Hire a CFO.md conflict-copy")
        watched.until_right()
        assert watched.said("Nowhere") == 0


def test_a_list_waits_until_the_one_who_types_around_it_is_done_and_nothing_else_does(folder: Path) -> None:
    mine, done = folder / "Mine.md", threading.Event()

    def type_on() -> None:
        lines = 0
        while not done.wait(0.3):
            lines += 1
            mine.write_text('%% vaultkit:index folder="Priorities" %%\n' + "More.\n" * lines)

    typing = threading.Thread(target=type_on)
    with watching(folder) as watched:
        watched.until((folder / ALIGNMENT).is_file)
        typing.start()
        try:
            (folder / "Priorities/Sell.md").write_text("To everyone.\n")
            watched.until_said("Priorities/Sell.md:1:1: error orphan-priority")
            watched.until(lambda: "Sell" in (folder / ALIGNMENT).read_text("utf-8"))
        finally:
            done.set()
            typing.join()
        typed = mine.read_text("utf-8")
        watched.until(lambda: "[[Hire a CFO]]" in mine.read_text("utf-8"))
        watched.until_right()
        assert typed.splitlines()[1:] == mine.read_text("utf-8").splitlines()[-typed.count("More.") :]
        assert watched.said("Error") == 0


def test_what_others_change_back_is_written_three_times_and_again_when_it_says_something_else() -> None:
    brake = Brake()
    same = [Edit("Page.md", "theirs", "ours"), Edit("Other.md", "a", "b")]
    for _ in range(TIMES):
        assert brake.free(same) == tuple(same)
        brake.wrote(same[:1])
    assert brake.free(same) == (same[1],)
    assert brake.held == {"Page.md"}
    other = [Edit("Page.md", "theirs", "ours, of today")]
    assert brake.free(other) == tuple(other)
    assert brake.held == frozenset()
    brake.saw(frozenset({"Page.md"}))  # changed back once more
    assert brake.free(same) == (same[1],)
    brake.saw(frozenset({"Page.md", "Note.md"}))  # this is no circle: something else has changed
    assert brake.free(same) == tuple(same)


def test_a_formatter_that_changes_every_page_back_is_left_to_it(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until_right()
        page = folder / ALIGNMENT
        stale = page.read_bytes()
        (folder / "Priorities/Sell.md").write_text("To everyone.\n")
        for written in range(1, TIMES + 1):
            watched.until_said(f"changed  {ALIGNMENT}", written)
            watched.until(lambda: page.read_bytes() != stale)
            page.write_bytes(stale)
        watched.until_said(f"{ALIGNMENT} was written {TIMES} times")
        (folder / "Priorities/Sell.md").unlink()
        (folder / "Priorities/Buy.md").write_text("From everyone.\n")
        watched.until(lambda: b"Buy" in page.read_bytes())
        watched.until_right()
        assert files_of(folder)[ALIGNMENT] != stale
