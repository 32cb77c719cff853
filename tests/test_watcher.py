"""Watching a vault: real saves on a real disk, in editors' several ways, lead to hints at the right notes."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import TYPE_CHECKING

import pytest

from vaultkit.disk import Watch, apply
from vaultkit.disk.hearing import Heard, Hint, Pace, gathered
from vaultkit.errors import VaultNotFoundError
from vaultkit.model import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeVault

PATIENCE = 60.0
"""Seconds until a test that hears nothing gives up; none waits that long when all is well."""


class Ear:
    """What a watch in another thread has told."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.prepared: list[frozenset[str]] = []
        self._told: Queue[frozenset[str] | None] = Queue()

    def listen(self, root: Path, quiet: float) -> None:
        watch = Watch(root, stop=self.stop, pace=Pace(quiet=quiet))
        for hints in watch.hints(self.prepared.append):
            self._told.put(hints)

    def next(self) -> frozenset[str] | None:
        return self._told.get(timeout=PATIENCE)

    def until(self, path: str) -> set[str]:
        """Every path told up to and with this one; fails if everything is asked to be looked at on the way."""
        seen: set[str] = set()
        while path not in seen:
            hints = self.next()
            assert hints is not None
            seen |= hints
        return seen

    def until_everything(self) -> None:
        while self.next() is not None:
            pass


@contextmanager
def listening(root: Path, quiet: float = 0.05) -> Iterator[Ear]:
    """A watch that has begun; it must end cleanly."""
    ear = Ear()
    thread = threading.Thread(target=ear.listen, args=(root, quiet))
    thread.start()
    try:
        assert ear.next() is None  # it watches from here on
        yield ear
    finally:
        ear.stop.set()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def in_place(note: Path) -> None:
    note.write_text("saved")


def by_rename(note: Path) -> None:
    beside = note.with_name(".n.swp")
    beside.write_text("saved")
    beside.replace(note)


def with_backup(note: Path) -> None:
    note.rename(note.with_name("n.md~"))
    note.write_text("saved")
    note.with_name("n.md~").unlink()


def delete_and_create(note: Path) -> None:
    note.unlink()
    note.write_text("saved")


def by_us(note: Path) -> None:
    apply([Edit(f"a/{note.name}", "text", "saved")], note.parent.parent)


@pytest.mark.parametrize("save", [in_place, by_rename, with_backup, delete_and_create, by_us])
def test_each_way_of_saving_hints_at_the_note(make_vault: MakeVault, save: Callable[[Path], None]) -> None:
    root = make_vault({"a/n.md": "text", "end.md": ""})
    with listening(root) as ear:
        save(root / "a/n.md")
        seen = ear.until("a/n.md")
        (root / "end.md").write_text("end")
        seen |= ear.until("end.md")
    assert seen <= {"a/n.md", "a/n.md~", "end.md"}  # never a temporary file, of ours or of an editor


def test_obsidians_settings_are_hinted_at_and_nothing_else_that_is_hidden(make_vault: MakeVault) -> None:
    root = make_vault({".obsidian/app.json": "{}", ".obsidian/workspace.json": "{}", "end.md": ""})
    with listening(root) as ear:
        (root / ".obsidian/workspace.json").write_text('{"main": 1}')
        (root / ".obsidian/app.json").write_text('{"useMarkdownLinks": true}')
        seen = ear.until(".obsidian/app.json")
        (root / "end.md").write_text("end")
        seen |= ear.until("end.md")
    assert seen == {".obsidian/app.json", "end.md"}


def test_a_new_and_a_removed_note_are_hinted_at(make_vault: MakeVault) -> None:
    root = make_vault({"old.md": "text"})
    with listening(root) as ear:
        (root / "Été ☀.md").write_text("new")
        ear.until("Été ☀.md")
        (root / "old.md").unlink()
        ear.until("old.md")


def test_reading_and_hidden_files_wake_nobody(make_vault: MakeVault) -> None:
    root = make_vault({"n.md": "text", ".obsidian/workspace.json": "{}", "end.md": ""})
    with listening(root) as ear:
        (root / "n.md").read_text()
        (root / ".obsidian/workspace.json").write_text("{ }")
        (root / ".obsidian/themes").mkdir()
        (root / ".vaultkit-0.tmp").write_text("ours")
        (root / "end.md").write_text("end")
        assert ear.until("end.md") == {"end.md"}


def new_folder(root: Path) -> None:
    (root / "b/c").mkdir(parents=True)
    (root / "b/c/n.md").write_text("text")


def moved_folder(root: Path) -> None:
    (root / "a").rename(root / "b")


def moved_out(root: Path) -> None:
    (root / "a").rename(root.parent / "elsewhere")


def removed_folder(root: Path) -> None:
    shutil.rmtree(root / "a")


@pytest.mark.parametrize("happens", [new_folder, moved_folder, moved_out, removed_folder])
def test_what_happens_to_folders_asks_for_a_walk(make_vault: MakeVault, happens: Callable[[Path], None]) -> None:
    root = make_vault({"a/n.md": "text", "a/deep/m.md": "text", "end.md": ""})
    with listening(root) as ear:
        happens(root)
        ear.until_everything()


def test_a_new_folder_is_watched_like_the_others(make_vault: MakeVault) -> None:
    root = make_vault({})
    with listening(root) as ear:
        (root / "new").mkdir()
        ear.until_everything()
        (root / "new/n.md").write_text("text")
        while True:
            hints = ear.next()
            if hints and "new/n.md" in hints:
                break


def test_a_burst_asks_for_a_walk(make_vault: MakeVault) -> None:
    root = make_vault({})
    with listening(root, quiet=0.5) as ear:
        for number in range(1200):
            (root / f"{number}.md").touch()
        ear.until_everything()


def test_a_complaint_of_the_library_asks_for_a_walk(make_vault: MakeVault) -> None:
    with listening(make_vault({})) as ear:
        logging.getLogger("watchdog.observers.inotify_c").warning("events were lost")
        ear.until_everything()
    assert logging.getLogger("watchdog").handlers == []


def test_now_and_then_everything_is_looked_at(make_vault: MakeVault) -> None:
    stop = threading.Event()
    watching = Watch(make_vault({}), stop=stop, pace=Pace(quiet=0.01, every=0.05)).hints()
    assert [next(watching) for _ in range(3)] == [None, None, None]
    stop.set()
    assert list(watching) == []


def test_what_is_to_be_looked_at_again_is_told_again(make_vault: MakeVault) -> None:
    watch = Watch(make_vault({"n.md": ""}), stop=threading.Event(), pace=Pace(quiet=0.01))
    hints = watch.hints()
    assert next(hints) is None
    watch.again(0.01, {"a.md", "b.md"})
    watch.again(PATIENCE, {"a.md"})  # it is looked at before that anyway
    seen: set[str] = set()
    while seen != {"a.md", "b.md"}:
        told = next(hints)
        seen.update(told or ())
    watch.again(0.01, ())
    assert next(hints) == frozenset()
    watch.again(0.01)
    assert next(hints) is None
    hints.close()


def test_where_nothing_is_listened_to_everything_is_looked_at(make_vault: MakeVault) -> None:
    watching = Watch(make_vault({}), stop=threading.Event(), poll=0.01, pace=Pace(quiet=0.01)).hints()
    threads = threading.active_count()
    assert [next(watching) for _ in range(3)] == [None, None, None]
    assert threading.active_count() == threads
    watching.close()


def test_a_clock_that_was_set_and_a_wait_that_was_too_long_leave_no_trust() -> None:
    heard = Heard()
    assert heard.next(0) is None
    heard._offset -= 60  # as after an hour's sleep: one clock went on, the other did not
    hint = heard.next(0)
    assert hint is not None
    assert (hint.path, heard.was_unsure(), heard.was_unsure()) == (None, True, False)
    assert heard.next(0) is None


def test_too_many_hints_at_few_paths_leave_no_trust_either() -> None:
    heard = Heard()
    for number in range(5000):
        heard.put(f"{number % 3}.md")
    assert gathered(heard, Hint("n.md", time.monotonic()), Pace(quiet=0.01, forced=PATIENCE)) is None
    assert heard.was_unsure()


def test_saves_without_end_are_told_all_the_same() -> None:
    heard = Heard()
    enough = threading.Event()

    def save_without_end() -> None:
        while not enough.wait(0.001):
            heard.put("n.md")

    saver = threading.Thread(target=save_without_end)
    saver.start()
    hints = gathered(heard, Hint("m.md", time.monotonic()), Pace(quiet=PATIENCE, forced=0.05))
    enough.set()
    saver.join(PATIENCE)
    assert hints == frozenset({"m.md", "n.md"})


def test_a_save_can_be_prepared_for_while_the_quiet_lasts(make_vault: MakeVault) -> None:
    root = make_vault({"n.md": "text"})
    with listening(root, quiet=1.0) as ear:
        (root / "n.md").write_text("saved")
        ear.until("n.md")
        assert frozenset({"n.md"}) in ear.prepared


def test_what_is_saved_again_and_again_is_prepared_for_twice() -> None:
    heard = Heard()
    prepared: list[frozenset[str]] = []

    def saved_meanwhile(hints: frozenset[str]) -> None:
        prepared.append(hints)
        heard.put(f"{len(prepared)}.md")

    hints = gathered(heard, Hint("0.md", time.monotonic()), Pace(quiet=0.8, forced=PATIENCE), saved_meanwhile)
    assert prepared == [{"0.md"}, {"0.md", "1.md"}]
    assert hints == frozenset({"0.md", "1.md", "2.md"})  # what came while one was busy counts


def test_a_checkout_is_not_prepared_for() -> None:
    heard = Heard()
    prepared: list[frozenset[str]] = []
    for number in range(30):
        heard.put(f"{number}.md")
    hints = gathered(heard, Hint("n.md", time.monotonic()), Pace(quiet=0.04, forced=PATIENCE), prepared.append)
    assert hints is not None
    assert (len(hints), prepared) == (31, [])


def test_a_quiet_that_is_over_by_now_is_not_waited_for_again() -> None:
    """What was heard while one was busy with the save before."""
    prepared: list[frozenset[str]] = []
    long_ago = time.monotonic() - PATIENCE
    hints = gathered(Heard(), Hint("n.md", long_ago), Pace(quiet=PATIENCE, forced=PATIENCE), prepared.append)
    assert hints == frozenset({"n.md"})
    assert prepared == []


def open_files() -> int:
    descriptors = Path("/proc/self/fd")
    return len(list(descriptors.iterdir())) if descriptors.is_dir() else 0


def test_threads_and_files_are_given_back(make_vault: MakeVault) -> None:
    root = make_vault({"n.md": "text"})
    with listening(root):
        pass
    threads = threading.active_count()
    files = open_files()
    for _ in range(3):
        with listening(root) as ear:
            (root / "n.md").write_text("saved")
            ear.until("n.md")
    assert threading.active_count() == threads
    assert open_files() == files


def test_a_watch_that_is_dropped_ends(make_vault: MakeVault) -> None:
    threads = threading.active_count()
    watching = Watch(make_vault({}), stop=threading.Event()).hints()
    assert next(watching) is None
    assert threading.active_count() > threads
    watching.close()
    assert threading.active_count() == threads


def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    threads = threading.active_count()
    with pytest.raises(VaultNotFoundError):
        next(Watch(tmp_path / "nowhere", stop=threading.Event()).hints())
    assert threading.active_count() == threads
