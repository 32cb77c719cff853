"""Writing into a vault: a file holds its old text or its new one, and what cannot be written safely is refused."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.disk import apply, remove_empty_parents, renaming, replace, settle
from vaultkit.disk.beneath import opened
from vaultkit.disk.renaming import exchange
from vaultkit.errors import ConflictError, WriteError
from vaultkit.model import Edit
from vaultkit.splice import spliced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.disk.beneath import Folder
    from vaultkit.disk.write import Own, Write

DAMAGE = (OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), OSError(errno.EACCES, "no"))


def no_system_call() -> tuple[str, None]:
    return "", None


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_replaces_a_span_and_leaves_the_rest(make_vault: MakeVault) -> None:
    root = make_vault({"a/Note.md": "one two three\n"})
    assert apply([Edit("a/Note.md", "two", "2", 4)], root) == ("a/Note.md",)
    assert contents(root) == {"a/Note.md": b"one 2 three\n"}


def test_several_edits_of_one_file_count_from_the_text_that_was_read(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "aa bb cc"})
    apply([Edit("Note.md", "cc", "C", 6), Edit("Note.md", "aa", "AAAA", 0), Edit("Note.md", "", "!", 8)], root)
    assert (root / "Note.md").read_text() == "AAAA bb C!"


def test_overlapping_edits_are_refused(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "abcd"})
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "abc", "x", 0), Edit("Note.md", "cd", "y", 2)], root)
    assert contents(root) == {"Note.md": b"abcd"}


def test_a_conflict_in_one_file_leaves_all_of_them(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "a", "b.md": "changed since"})
    with pytest.raises(ConflictError) as caught:
        apply([Edit("a.md", "a", "A"), Edit("b.md", "b", "B"), Edit("new.md", None, "new")], root)
    assert caught.value.path == "b.md"
    assert contents(root) == {"a.md": b"a", "b.md": b"changed since"}


@pytest.mark.parametrize("edit", [Edit("Note.md", "text", "new", whole=True), Edit("Note.md", "text", None)])
def test_an_edit_of_the_whole_file_expects_all_of_it(make_vault: MakeVault, edit: Edit) -> None:
    root = make_vault({"Note.md": "text and more"})
    with pytest.raises(ConflictError):
        apply([edit], root)
    assert contents(root) == {"Note.md": b"text and more"}


def test_a_file_that_is_gone_is_a_conflict(make_vault: MakeVault) -> None:
    with pytest.raises(ConflictError):
        apply([Edit("Gone.md", "a", "b")], make_vault({}))


def test_line_ends_and_order_mark_are_kept(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": b"\xef\xbb\xbfone\r\ntwo\r\nthree"})
    apply([Edit("Note.md", "two", "2\nzwei", 5)], root)
    assert (root / "Note.md").read_bytes() == b"\xef\xbb\xbfone\r\n2\r\nzwei\r\nthree"


def test_line_feeds_stay_line_feeds(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "one\ntwo\r\nthree\n"})
    apply([Edit("Note.md", "one", "1\n1", 0)], root)
    assert (root / "Note.md").read_bytes() == b"1\n1\ntwo\r\nthree\n"


def test_what_is_not_utf8_is_never_rewritten(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": b"caf\xe9 one"})
    with pytest.raises(WriteError):
        apply([Edit("Note.md", "one", "two", 5)], root)
    assert contents(root) == {"Note.md": b"caf\xe9 one"}


def test_nothing_is_touched_when_nothing_changes(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "same\r\n"})
    before = (root / "Note.md").stat()
    assert apply([Edit("Note.md", "same\r\n", "same\n", whole=True)], root) == ()
    after = (root / "Note.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_mode_and_owner_are_kept(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "a"})
    (root / "Note.md").chmod(0o640)
    if os.geteuid() == 0:
        os.chown(root / "Note.md", 1234, 2345)
    before = (root / "Note.md").stat()
    apply([Edit("Note.md", "a", "b")], root)
    after = (root / "Note.md").stat()
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert after.st_ino != before.st_ino  # it was replaced, not rewritten in place


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes in this Python")
def test_extended_attributes_are_kept(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "a"})
    try:
        os.setxattr(root / "Note.md", "user.tag", b"red")
    except OSError:
        pytest.skip("this disk keeps no extended attributes")
    apply([Edit("Note.md", "a", "b")], root)
    assert os.getxattr(root / "Note.md", "user.tag") == b"red"


def test_a_read_only_file_is_left(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "a"})
    (root / "Note.md").chmod(0o444)
    with pytest.raises(WriteError):
        apply([Edit("Note.md", "a", "b")], root)
    assert contents(root) == {"Note.md": b"a"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_said(make_vault: MakeVault) -> None:
    root = make_vault({"a/Note.md": "a"})
    (root / "a").chmod(0o555)
    try:
        with pytest.raises(WriteError):
            apply([Edit("a/Note.md", "a", "b")], root)
    finally:
        (root / "a").chmod(0o755)
    assert contents(root) == {"a/Note.md": b"a"}


def test_a_hard_link_is_refused(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "a"})
    (root / "Twin.md").hardlink_to(root / "Note.md")
    with pytest.raises(WriteError):
        apply([Edit("Note.md", "a", "b")], root)
    assert (root / "Twin.md").samefile(root / "Note.md")


def test_a_symbolic_link_is_refused(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault({})
    outside = tmp_path / "outside.md"
    outside.write_text("a")
    (root / "Note.md").symlink_to(outside)
    for edit in (Edit("Note.md", "a", "b"), Edit("Note.md", "a", None)):
        with pytest.raises(WriteError) as caught:
            apply([edit], root)
        assert "symbolic link" in caught.value.message.template
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", None, "b")], root)
    assert outside.read_text() == "a"
    assert (root / "Note.md").is_symlink()


def test_nothing_is_written_through_a_linked_folder(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault({})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "Note.md").write_text("a")
    (root / "folder").symlink_to(outside)
    for edit in (
        Edit("folder/Note.md", "a", "b"),
        Edit("folder/Note.md", "a", None),
        Edit("folder/New.md", None, "new"),
        Edit("folder/deep/New.md", None, "new"),
    ):
        with pytest.raises(WriteError):
            apply([edit], root)
    assert contents(outside) == {"Note.md": b"a"}


def test_a_folder_swapped_for_a_link_between_look_and_write_leads_nowhere(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"folder/Note.md": "a"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "Note.md").write_text("a")
    perform = replace.perform

    def swap_then_perform(write: Write, root: Path, own: Own) -> None:
        (root / "folder").rename(root / "moved")
        (root / "folder").symlink_to(outside)
        perform(write, root, own)

    monkeypatch.setattr("vaultkit.disk.run.perform", swap_then_perform)
    with pytest.raises(WriteError):
        apply([Edit("folder/Note.md", "a", "b")], root)
    assert contents(outside) == {"Note.md": b"a"}


@pytest.mark.parametrize(
    "path",
    ["../out.md", "/etc/out.md", "a/../../out.md", "", "a//b.md", "a/", ".obsidian/app.json", "a/.git/x.md", ".n.md"],
)
def test_paths_outside_and_hidden_are_refused(make_vault: MakeVault, tmp_path: Path, path: str) -> None:
    root = make_vault({".obsidian/app.json": "{}"})
    before = contents(tmp_path)
    for edit in (Edit(path, None, "x"), Edit(path, "{}", "x"), Edit(path, "{}", None)):
        with pytest.raises(WriteError):
            apply([edit], root)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "name",
    [
        "a:b.md",
        "what?.md",
        'a"b.md',
        "a|b.md",
        "a\\b.md",
        "CON.md",
        "com1.md",
        "nul",
        "a.md ",
        "a.",
        "a\nb.md",
        "x" * 201,
    ],
)
def test_names_that_some_system_refuses_are_not_made(make_vault: MakeVault, name: str) -> None:
    root = make_vault({})
    for path in (name, f"{name}/Note.md"):
        with pytest.raises(WriteError):
            apply([Edit(path, None, "x")], root)
    assert contents(root) == {}


def test_a_folder_that_a_person_named_so_is_written_into(make_vault: MakeVault) -> None:
    root = make_vault({"Q1: plans/Note.md": "a"})
    apply([Edit("Q1: plans/New.md", None, "new"), Edit("Q1: plans/Note.md", "a", "b")], root)
    assert contents(root) == {"Q1: plans/Note.md": b"b", "Q1: plans/New.md": b"new"}


def test_makes_a_file_and_its_folders(make_vault: MakeVault) -> None:
    root = make_vault({})
    assert apply([Edit("Tableaux de bord/é/Vue.md", None, "texte\n")], root) == ("Tableaux de bord/é/Vue.md",)
    assert contents(root) == {"Tableaux de bord/é/Vue.md": b"texte\n"}
    made = (root / "Tableaux de bord/é/Vue.md").stat()
    assert made.st_nlink == 1
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(made.st_mode) == 0o666 & ~umask


def test_a_new_file_never_overwrites(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "a person's"})
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", None, "new")], root)
    assert contents(root) == {"Note.md": b"a person's"}


def test_a_new_file_does_not_overwrite_one_that_appears_meanwhile(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({})
    perform = replace.perform

    def appear_then_perform(write: Write, root: Path, own: Own) -> None:
        (root / write.path).write_text("a person's")
        perform(write, root, own)

    monkeypatch.setattr("vaultkit.disk.run.perform", appear_then_perform)
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", None, "new")], root)
    assert contents(root) == {"Note.md": b"a person's"}


def test_makes_files_where_the_disk_has_no_links(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({})

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(renaming, "_system_call", no_system_call)
    apply([Edit("New.md", None, "new")], root)
    assert contents(root) == {"New.md": b"new"}
    with pytest.raises(ConflictError):
        apply([Edit("New.md", None, "newer")], root)


@pytest.mark.parametrize("interruption", [*DAMAGE, KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("edit", [Edit("Note.md", "old", "new"), Edit("New.md", None, "new")])
@pytest.mark.parametrize("links", [True, False])
def test_an_interrupted_write_leaves_no_litter(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, interruption: BaseException, edit: Edit, *, links: bool
) -> None:
    root = make_vault({"Note.md": "old"})
    calls: list[int] = []
    sync = os.fsync

    def interrupted(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == (1 if links or edit.path == "Note.md" else 2):
            raise interruption
        sync(descriptor)

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "fsync", interrupted)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
        monkeypatch.setattr(renaming, "_system_call", no_system_call)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        apply([edit], root)
    assert contents(root) == {"Note.md": b"old"}


def test_removes_a_file_that_reads_as_expected(make_vault: MakeVault) -> None:
    root = make_vault({"a/Page.md": "page\r\n", "a/Note.md": "note"})
    assert apply([Edit("a/Page.md", "page\r\n", None, whole=True)], root) == ("a/Page.md",)
    assert contents(root) == {"a/Note.md": b"note"}


def test_removes_only_the_folders_that_are_empty(make_vault: MakeVault) -> None:
    root = make_vault({"a/b/Page.md": "page", "a/Note.md": "note", "c/d/e/Page.md": "page", "Page.md": "page"})
    paths = ("a/b/Page.md", "c/d/e/Page.md", "Page.md")
    apply([Edit(path, "page", None) for path in paths], root)
    assert remove_empty_parents(paths, root) == ("a/b", "c", "c/d", "c/d/e")
    assert contents(root) == {"a/Note.md": b"note"}


def save(path: Path, text: str) -> None:
    path.write_text(text)


def save_by_rename(path: Path, text: str) -> None:
    beside = path.with_name("editor.tmp")
    beside.write_text(text)
    beside.replace(path)


@pytest.mark.parametrize("editor", [save, save_by_rename])
def test_a_save_just_before_the_exchange_is_not_lost(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, editor: Callable[[Path, str], None]
) -> None:
    root = make_vault({"Note.md": "old"})

    def save_then_exchange(place: Folder, first: str, second: str) -> bool:
        monkeypatch.setattr(replace, "exchange", exchange)
        editor(root / "Note.md", "a person's")
        return exchange(place, first, second)

    monkeypatch.setattr(replace, "exchange", save_then_exchange)
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert contents(root) == {"Note.md": b"a person's"}


@pytest.mark.parametrize("saves", range(1, 6))
def test_the_last_of_many_saves_wins(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, saves: int) -> None:
    root = make_vault({"Note.md": "old"})
    texts = [f"save {number}" for number in range(saves)]
    last = texts[-1]

    def save_then_exchange(place: Folder, first: str, second: str) -> bool:
        if texts:
            save_by_rename(root / "Note.md", texts.pop(0))
        return exchange(place, first, second)

    for module in (replace, settle):
        monkeypatch.setattr(module, "exchange", save_then_exchange)
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert contents(root) == {"Note.md": last.encode()}


def test_a_save_while_the_copy_is_written_is_not_lost(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Note.md": "old"})
    fill = replace._fill

    def fill_then_save(place: Folder, name: str, data: bytes, mode: int, *, like: str = "") -> None:
        fill(place, name, data, mode, like=like)
        save(root / "Note.md", "a person's")

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(replace, "_fill", fill_then_save)
    monkeypatch.setattr(replace, "exchange", lambda *_: False)  # a disk without all that: the last look has to do
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(ConflictError):
        apply([Edit("Note.md", "old", "ours")], root)
    assert contents(root) == {"Note.md": b"a person's"}


def test_replaces_where_the_system_cannot_exchange(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Note.md": "old"})
    monkeypatch.setattr(replace, "exchange", lambda *_: False)
    apply([Edit("Note.md", "old", "new")], root)
    assert contents(root) == {"Note.md": b"new"}


def test_a_page_that_changed_is_not_even_moved(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Page.md": "page"})
    perform, moved = replace.perform, os.replace
    names: list[str] = []

    def save_then_perform(write: Write, root: Path, own: Own) -> None:
        (root / "Page.md").write_text("a person's")
        perform(write, root, own)

    def move(source: str, target: str, **folders: int) -> None:
        names.append(str(source))
        moved(source, target, **folders)

    monkeypatch.setattr("vaultkit.disk.run.perform", save_then_perform)
    monkeypatch.setattr(os, "replace", move)
    with pytest.raises(ConflictError):
        apply([Edit("Page.md", "page", None)], root)
    assert "Page.md" not in names


def test_our_own_files_never_take_the_place_of_others(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault({"there": "theirs"})
    (tmp_path / "outside").write_text("theirs")
    (root / "link").symlink_to(tmp_path / "outside")
    with opened(root, "") as place:
        for name in ("there", "link"):
            with pytest.raises(FileExistsError):
                place.create(name, 0o600)
    assert (root / "there").read_text() == (tmp_path / "outside").read_text() == "theirs"


def test_a_save_just_before_a_removal_is_not_lost(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Page.md": "page"})
    move = os.replace

    def save_then_move(source: str, target: str, **folders: int) -> None:
        if source == "Page.md":
            save(root / "Page.md", "a person's")
        move(source, target, **folders)

    monkeypatch.setattr(os, "replace", save_then_move)
    with pytest.raises(ConflictError):
        apply([Edit("Page.md", "page", None)], root)
    assert contents(root) == {"Page.md": b"a person's"}


words = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=12)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[list[str], list[str | None]]:
    """Pieces of a text, every second of them with what is to replace it."""
    pieces = draw(st.lists(words, min_size=1, max_size=9))
    return pieces, [draw(words) if number % 2 else None for number in range(len(pieces))]


@given(edited_texts(), st.sampled_from(["\n", "\r\n"]))
def test_what_stands_outside_the_edits_never_changes(
    given_text: tuple[list[str], list[str | None]], line_end: str
) -> None:
    pieces, replacements = given_text
    pieces = [piece.replace("\n", line_end) for piece in pieces]
    text = "".join(pieces)
    edits, wanted, start = [], "", 0
    for piece, new in zip(pieces, replacements, strict=True):
        if new is not None:
            edits.append(Edit("n.md", piece, new, start))
        crlf = text.count("\r\n") * 2 > text.count("\n")
        wanted += piece if new is None else new.replace("\n", "\r\n" if crlf else "\n")
        start += len(piece)
    assert spliced(text, edits) == wanted


@given(text=words, expected=words.filter(bool), start=st.integers(0, 12))
def test_an_edit_is_made_only_where_the_text_reads_so(text: str, expected: str, start: int) -> None:
    edit = Edit("n.md", expected, "new", start)
    if text[start : start + len(expected)] == expected:
        assert spliced(text, [edit]) == text[:start] + "new" + text[start + len(expected) :]
    else:
        with pytest.raises(ConflictError):
            spliced(text, [edit])
