"""What an exchange displaced may still be written to: whoever saves into it has it back in its place, or beside."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli_vault import files_of
from vaultkit.disk import apply, is_unfinished, replace, run, settle
from vaultkit.disk.beneath import opened
from vaultkit.disk.leases import is_open_for_writing
from vaultkit.disk.renaming import exchange
from vaultkit.disk.write import Own
from vaultkit.errors import BusyError, ConflictError
from vaultkit.model import Edit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.disk.beneath import Folder


@pytest.fixture
def while_it_lingers(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something done in the moment between the exchange and the last look."""

    def have(done: Callable[[], object]) -> None:
        monkeypatch.setattr(run, "pause", lambda _: done())

    return have


@pytest.fixture
def open_at_the_exchange(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[int]]:
    """Have an editor open a file right before it changes places."""

    def have(path: Path) -> list[int]:
        descriptors: list[int] = []

        def open_then_exchange(place: Folder, first: str, second: str) -> bool:
            descriptors.append(os.open(path, os.O_WRONLY | os.O_TRUNC))
            os.write(descriptors[0], b"old")  # so far it saves what was there
            return exchange(place, first, second)

        monkeypatch.setattr(replace, "exchange", open_then_exchange)
        return descriptors

    return have


def save(descriptors: list[int], text: bytes) -> None:
    os.pwrite(descriptors[0], text, 0)
    os.close(descriptors[0])


def test_a_save_into_what_was_displaced_gets_its_place_back(
    make_vault: MakeVault,
    while_it_lingers: Callable[[Callable[[], object]], None],
    open_at_the_exchange: Callable[[Path], list[int]],
) -> None:
    root = make_vault({"Note.md": "old"})
    editor = open_at_the_exchange(root / "Note.md")
    while_it_lingers(lambda: save(editor, b"a person's"))
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert files_of(root) == {"Note.md": b"a person's"}
    assert not is_unfinished(root)


def test_a_save_before_the_exchange_is_back_at_once(
    make_vault: MakeVault,
    while_it_lingers: Callable[[Callable[[], object]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = make_vault({"Note.md": "old"})
    seen: list[bytes] = []

    def save_then_exchange(place: Folder, first: str, second: str) -> bool:
        (root / "Note.md").write_text("a person's")
        return exchange(place, first, second)

    monkeypatch.setattr(replace, "exchange", save_then_exchange)
    while_it_lingers(lambda: seen.append((root / "Note.md").read_bytes()))
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert seen == [b"a person's"]


def test_a_save_before_a_removal_is_back_at_once(
    make_vault: MakeVault, while_it_lingers: Callable[[Callable[[], object]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"Page.md": "page"})
    seen: list[bytes] = []
    move = os.replace

    def save_then_move(source: str, target: str, **folders: Any) -> None:
        if source == "Page.md":
            (root / "Page.md").write_text("a person's")
        move(source, target, **folders)

    monkeypatch.setattr(os, "replace", save_then_move)
    while_it_lingers(lambda: seen.append((root / "Page.md").read_bytes()))
    with pytest.raises(ConflictError):
        apply([Edit("Page.md", "page", None, whole=True)], root)
    assert seen == [b"a person's"]


def test_a_save_at_the_very_last_is_seen(
    make_vault: MakeVault, open_at_the_exchange: Callable[[Path], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"Note.md": "old"})
    editor = open_at_the_exchange(root / "Note.md")

    def closed_just_now(*_: object) -> bool:
        save(editor, b"a person's")
        return False

    monkeypatch.setattr(settle, "is_open_for_writing", closed_just_now)
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert files_of(root) == {"Note.md": b"a person's"}


def test_who_takes_long_to_save_gets_the_file_back(
    make_vault: MakeVault, open_at_the_exchange: Callable[[Path], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "_PATIENCE", 0.0)
    root = make_vault({"Note.md": "old"})
    editor = open_at_the_exchange(root / "Note.md")
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert files_of(root) == {"Note.md": b"old"}
    save(editor, b"a person's")  # as long after as they like: it is the note again
    assert files_of(root) == {"Note.md": b"a person's"}


def test_a_save_that_a_later_one_has_replaced_is_put_beside_it(
    make_vault: MakeVault,
    while_it_lingers: Callable[[Callable[[], object]], None],
    open_at_the_exchange: Callable[[Path], list[int]],
) -> None:
    root = make_vault({"a/Note.md": "old"})
    editor = open_at_the_exchange(root / "a/Note.md")

    def save_twice() -> None:
        save(editor, b"the earlier one")
        (root / "a/new").write_text("the later one")
        (root / "a/new").rename(root / "a/Note.md")

    while_it_lingers(save_twice)
    with pytest.raises(ConflictError) as caught:
        apply([Edit("a/Note.md", "old", "ours")], root)
    found = files_of(root)
    assert found.pop("a/Note.md") == b"the later one"
    ((beside, text),) = found.items()
    assert beside.startswith("a/Note (vaultkit 2")
    assert beside.endswith(").md")
    assert text == b"the earlier one"
    assert beside.removeprefix("a/") in str(caught.value.message.values)


def test_texts_put_beside_never_take_each_others_name(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"n.md": "", "x": "1", "y": "2", "z": "3"})
    monkeypatch.setattr(settle, "moment", lambda: "2026-03-16 09:30:00")
    with opened(root, "") as place:
        for name in "xyz":
            settle.put_beside(place, "n.md", Own("", name), "")
    assert files_of(root) == {
        "n.md": b"",
        "n (vaultkit 2026-03-16 09.30.00).md": b"1",
        "n (vaultkit 2026-03-16 09.30.00 2).md": b"2",
        "n (vaultkit 2026-03-16 09.30.00 3).md": b"3",
    }


def test_a_save_into_a_page_that_is_removed_is_kept(
    make_vault: MakeVault, while_it_lingers: Callable[[Callable[[], object]], None]
) -> None:
    root = make_vault({"Page.md": "page"})
    editor = [os.open(root / "Page.md", os.O_WRONLY)]
    while_it_lingers(lambda: save(editor, b"a person's"))
    with pytest.raises(ConflictError):
        apply([Edit("Page.md", "page", None, whole=True)], root)
    assert files_of(root) == {"Page.md": b"a person's"}


@pytest.mark.parametrize("text", [b"old", b"a person's"])
def test_a_folder_that_is_moved_meanwhile_keeps_nothing_of_ours(
    make_vault: MakeVault, while_it_lingers: Callable[[Callable[[], object]], None], text: bytes
) -> None:
    root = make_vault({"a/Note.md": "old"})

    def move_folder() -> None:
        (hidden,) = (root / "a").glob(".vaultkit-*")
        hidden.write_bytes(text)
        (root / "b").mkdir()
        (root / "a").rename(root / "b/c")

    while_it_lingers(move_folder)
    with pytest.raises(ConflictError):
        apply([Edit("a/Note.md", "old", "ours")], root)
    found = files_of(root)
    assert found.pop("b/c/Note.md") == b"ours"
    assert list(found.values()) == ([] if text == b"old" else [text])
    assert not any(".vaultkit-" in path for path in found)


def test_without_an_exchange_a_save_in_place_is_kept_as_well(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, while_it_lingers: Callable[[Callable[[], object]], None]
) -> None:
    for module in (replace, settle):
        monkeypatch.setattr(module, "exchange", lambda *_: False)
    root = make_vault({"Note.md": "old"})
    editor = [os.open(root / "Note.md", os.O_WRONLY)]
    while_it_lingers(lambda: save(editor, b"a person's"))
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert files_of(root) == {"Note.md": b"a person's"}


def test_whether_a_file_is_open_for_writing(make_vault: MakeVault) -> None:
    fcntl = pytest.importorskip("fcntl")
    if not hasattr(fcntl, "F_SETLEASE"):
        pytest.skip("no such question in this system")
    root = make_vault({"Note.md": "text"})
    with opened(root, "") as place:
        assert not is_open_for_writing(place, "Note.md")
        with (root / "Note.md").open("rb"):
            assert not is_open_for_writing(place, "Note.md")
        with (root / "Note.md").open("ab"):
            assert is_open_for_writing(place, "Note.md")
        assert not is_open_for_writing(place, "Note.md")
        assert not is_open_for_writing(place, "Gone.md")


def test_a_note_saved_a_moment_ago_is_left_in_peace(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "old", "Page.md": "page", "Still.md": "still"})
    for name in ("Note.md", "Page.md"):
        (root / name).touch()
    edits = [
        Edit("Note.md", "old", "ours"),
        Edit("Page.md", "page", "new page", whole=True),  # nobody is at work on a page of ours
        Edit("Still.md", "still", "moved"),
    ]
    with pytest.raises(BusyError) as caught:
        apply(edits, root, patience=0.0)
    assert caught.value.path == "Note.md"
    assert caught.value.seconds > 0
    assert caught.value.written == ("Page.md", "Still.md")
    assert (root / "Note.md").read_text() == "old"
    apply([edits[0]], root)  # with patience it is written, once it has been quiet
    assert (root / "Note.md").read_text() == "ours"
    apply([Edit("Note.md", "ours", "ours again")], root, patience=0.0)  # what we wrote ourselves is nobody's work


def test_a_note_saved_in_the_future_is_not_waited_for(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "old"})
    os.utime(root / "Note.md", (4e9, 4e9))
    apply([Edit("Note.md", "old", "ours")], root, patience=0.0)
    assert (root / "Note.md").read_text() == "ours"
