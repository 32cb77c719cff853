"""Killed, refused, cut short, interrupted at any call that touches files: a file is old or new, and all ends well."""

from __future__ import annotations

import os
import signal
import warnings
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.cli_vault import files_of
from tests.failing_disk import ERRORS, at, failing_disk, fails, from_then_on, interrupt, kill, never
from vaultkit import disk
from vaultkit.disk import journal
from vaultkit.errors import ConflictError, VaultkitError
from vaultkit.language import message
from vaultkit.model import Edit
from vaultkit.moving import Move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.conftest import MakeVault
    from tests.failing_disk import Call

FILES: Mapping[str, str | bytes] = {
    "Note.md": b"\xef\xbb\xbfmine\r\nBODY\r\nmine, without an end",
    "a/Page.md": "old page\n",
    "a/Gone.md": "to be removed\n",
    "a/b/Linking.md": "see [[Gone]] there\n",
    "Other.md": "nobody's business\n",
}


class Story(NamedTuple):
    """Something that is written, and what the files read before and after it."""

    begin: Callable[[Path], None]
    """What has been done before."""
    tell: Callable[[Path], object]


def nothing(_: Path) -> None:
    """A vault that nobody has written into."""


def a_plan(root: Path) -> None:
    edits = [
        Edit("Note.md", "BODY", "new\nbody", 6),
        Edit("a/Page.md", "old page\n", "new page\n", whole=True),
        Edit("a/Gone.md", "to be removed\n", None, whole=True),
        Edit("New/deep/Made.md", None, "made\n"),
    ]
    with disk.locked(root):
        disk.apply(edits, root, command="build")


def a_move(root: Path) -> None:
    edits = (Edit("a/b/Linking.md", "[[Gone]]", "[[Come]]", 4),)
    with disk.locked(root):
        disk.move(Move("a/Gone.md", "New/Come.md", edits), root)


def an_undoing(root: Path) -> None:
    with disk.locked(root):
        past = next(disk.history(root)).run
        wanted = disk.undoing(past, root)
        disk.undo(wanted, past, root)
    if wanted.left:
        raise ConflictError(message("left"))


STORIES = {
    "plan": Story(nothing, a_plan),
    "move": Story(nothing, a_move),
    "undone plan": Story(a_plan, an_undoing),
    "undone move": Story(a_move, an_undoing),
}


class Stage:
    """A story in a vault of its own, time and again."""

    def __init__(self, story: Story, make_vault: MakeVault) -> None:
        self.story = story
        self._make_vault = make_vault
        self._count = 0
        root = self.root()
        self.old = files_of(root)
        story.tell(root)
        self.new = files_of(root)
        assert self.old != self.new

    def root(self) -> Path:
        self._count += 1
        root = self._make_vault(FILES, f"vault{self._count}")
        self.story.begin(root)
        return root

    def check_each(self, root: Path) -> None:
        """Every file is as before or as after; of the program's own there may be some besides."""
        found = files_of(root)
        for path in self.old.keys() | self.new.keys():
            assert found.pop(path, None) in {self.old.get(path), self.new.get(path)}, path
        assert all(".vaultkit-" in path for path in found)

    def check_finished(self, root: Path) -> None:
        """The next run leaves all of it as after, or all as before where nothing had begun."""
        disk.finish(root)
        assert files_of(root) in (self.old, self.new)
        assert not journal.begun(root)


@pytest.fixture(params=STORIES)
def stage(request: pytest.FixtureRequest, make_vault: MakeVault) -> Stage:
    return Stage(STORIES[request.param], make_vault)


def calls_of(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    root = stage.root()
    with failing_disk(monkeypatch, never) as counted:
        stage.story.tell(root)
    return counted.calls


def changing(calls: list[Call]) -> Iterator[int]:
    return (number for number, call in enumerate(calls) if call.changes)


def test_killed_at_any_call(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(stage, monkeypatch)
    assert sum(1 for _ in changing(calls)) > 15
    for number in changing(calls):
        root = stage.root()
        with failing_disk(monkeypatch, at(number, kill)):
            assert ends(lambda root=root: stage.story.tell(root)) == -signal.SIGKILL  # type: ignore[misc]
        stage.check_each(root)
        stage.check_finished(root)


def ends(what: Callable[[], object]) -> int:
    """How a process of its own ends that does this: its exit code, or the signal, negative."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child only writes, and ends
        child = os.fork()
    if child == 0:
        code = 1
        try:
            what()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize(
    "error", [error if error == "ENOSPC" else pytest.param(error, marks=pytest.mark.prove) for error in ERRORS]
)
@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
def test_refused_at_any_call(stage: Stage, monkeypatch: pytest.MonkeyPatch, error: str, *, lasts: bool) -> None:
    calls = calls_of(stage, monkeypatch)
    refused = 0
    for number in range(len(calls)):
        root = stage.root()
        happens = (from_then_on if lasts else at)(number, fails(ERRORS[error]))
        with failing_disk(monkeypatch, happens):
            try:
                stage.story.tell(root)
                done = True
            except VaultkitError:
                done = False
        refused += not done
        stage.check_each(root)
        if done:
            assert files_of(root) == stage.new
        disk.finish(root)
        stage.check_each(root)
        assert not any(".vaultkit-" in path for path in files_of(root))
        assert not journal.begun(root)
    assert refused > len(calls) // 3


def test_interrupted_at_any_call(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(stage, monkeypatch)
    for number in changing(calls):
        root = stage.root()
        with failing_disk(monkeypatch, at(number, interrupt)), pytest.raises(KeyboardInterrupt):
            stage.story.tell(root)
        stage.check_each(root)
        stage.check_finished(root)


@pytest.mark.parametrize("most", [1, 7])
def test_what_the_disk_takes_in_small_pieces_is_written_whole(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    root = stage.root()
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:most]))
    stage.story.tell(root)
    assert files_of(root) == stage.new


def test_killed_twice(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    """What finishes a run may be killed as well."""
    stage = Stage(STORIES["plan"], make_vault)
    numbers = list(changing(calls_of(stage, monkeypatch)))
    for first in numbers[10::5]:
        for second in range(0, 40, 3):
            root = stage.root()
            with failing_disk(monkeypatch, at(first, kill)):
                ends(lambda root=root: stage.story.tell(root))  # type: ignore[misc]
            with failing_disk(monkeypatch, at(second, kill)):
                ends(lambda root=root: disk.finish(root))  # type: ignore[misc]
            stage.check_each(root)
            stage.check_finished(root)
