"""Reading a vault: what counts as a note, what is left out, what cannot be read, and what has changed since."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkit.config import Config, Obsidian
from vaultkit.disk import (
    Look,
    Wanted,
    apply,
    changes,
    changes_at,
    copy_to_temporary,
    exclusion,
    find_vault,
    locked,
    parse_all,
    read_config,
    read_files,
    read_notes,
    read_obsidian,
    read_texts,
    scan,
    state_folder,
    template_paths,
    today,
    watching,
)
from vaultkit.errors import ConfigError, LockedError, VaultNotFoundError, WriteError
from vaultkit.language import say
from vaultkit.model import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.disk import Listing
    from vaultkit.disk.parsing import Parsed

NOTHING = exclusion(Config(), Obsidian())


def test_finds_the_vault_upwards(tmp_path: Path) -> None:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    (tmp_path / "vault/a/b").mkdir(parents=True)
    (tmp_path / "vault/a/.obsidian").touch()
    assert find_vault(tmp_path / "vault/a/b") == (tmp_path / "vault").resolve()
    assert find_vault(tmp_path) is None
    (tmp_path / "vault/a/vaultkit.toml").touch()
    assert find_vault(tmp_path / "vault/a/b") == (tmp_path / "vault/a").resolve()


def test_the_nearest_vault_counts_whichever_file_tells_it(tmp_path: Path) -> None:
    (tmp_path / "vault/.obsidian").mkdir(parents=True)
    (tmp_path / "vault/ours/deep").mkdir(parents=True)
    (tmp_path / "vault/ours/vaultkit.toml").touch()
    (tmp_path / "vaultkit.toml").touch()
    assert find_vault(tmp_path / "vault") == (tmp_path / "vault").resolve()
    assert find_vault(tmp_path / "vault/ours/deep") == (tmp_path / "vault/ours").resolve()


def test_lists_notes_in_order_and_other_files(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            "b.md": "b",
            "a/z.md": "z",
            "a.md": "a",
            "Été/é.md": "é",
            "a/plan.canvas": "{}",
            "pic.PNG": "p",
            ".obsidian/app.json": "{}",
            ".hidden.md": "h",
            "a/.trash/gone.md": "g",
        }
    )
    listing = scan(root, NOTHING)
    assert list(listing.notes) == ["a.md", "a/plan.canvas", "a/z.md", "b.md", "Été/é.md"]
    assert listing.files == {"pic.PNG"}
    assert listing.unreadable == ()
    assert listing.notes["a.md"].size == 1


def test_a_vault_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(VaultNotFoundError):
        scan(tmp_path / "nowhere", NOTHING)


@pytest.mark.parametrize(
    ("config", "obsidian", "excluded"),
    [
        (Config(), Obsidian(ignore_filters=("Archive/",)), {"Archive/old.md", "Archive/deep/old.md"}),
        (Config(), Obsidian(ignore_filters=("README.md",)), {"README.md"}),
        (Config(), Obsidian(ignore_filters=(r"/old\.md$/",)), {"Archive/old.md", "Archive/deep/old.md"}),
        (Config(), Obsidian(ignore_filters=("/(?<name>README)/", "/[/", "")), {"README.md"}),
        (Config(), Obsidian(templates_folder="Templates"), {"Templates/day.md"}),
        (Config(templates="Templates/"), Obsidian(), {"Templates/day.md"}),
        (
            Config(exclude=("old.md", "/Temp*/", "!Archive/old.md")),
            Obsidian(),
            {"Archive/deep/old.md", "Templates/day.md"},
        ),
        (Config(exclude=("Archive/**",)), Obsidian(), {"Archive/old.md", "Archive/deep/old.md"}),
    ],
)
def test_excluded_notes_stay_link_targets(
    make_vault: MakeVault, config: Config, obsidian: Obsidian, excluded: set[str]
) -> None:
    paths = {"README.md", "Note.md", "Archive/old.md", "Archive/deep/old.md", "Templates/day.md", "Template.md"}
    listing = scan(make_vault(dict.fromkeys(paths, "text")), exclusion(config, obsidian))
    assert listing.files == excluded
    assert set(listing.notes) == paths - excluded


@pytest.mark.parametrize("glob", ["!", "a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/a"])
def test_a_glob_that_is_none_or_might_not_end_is_a_config_error(glob: str) -> None:
    with pytest.raises(ConfigError):
        exclusion(Config(exclude=(glob,)), Obsidian())


def test_a_filter_that_might_not_end_excludes_nothing() -> None:
    excluded = exclusion(Config(), Obsidian(ignore_filters=("/(a+)+$/", "/a.*b/")))
    assert not excluded(f"{'a' * 60}!")
    assert excluded("ab.md")


def test_symbolic_links_are_not_followed(make_vault: MakeVault, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    root = make_vault({"a/Note.md": "note"})
    (root / "linked").symlink_to(outside)
    (root / "secret.md").symlink_to(outside / "secret.md")
    (root / "dangling.md").symlink_to(outside / "nothing.md")
    (root / "a/up").symlink_to(root)
    (root / "ring").symlink_to(root / "ring")
    listing = scan(root, NOTHING)
    assert list(listing.notes) == ["a/Note.md"]
    assert listing.files == {"secret.md"}
    assert set(listing.unreadable) >= {"a/up", "linked"}
    paths = (
        "secret.md",
        "linked/secret.md",
        "../outside/secret.md",
        str(outside / "secret.md"),
        "a/../../outside/secret.md",
    )
    assert [data for _, data in read_files(root, paths) if isinstance(data, bytes)] == []


@pytest.mark.skipif(os.name != "posix", reason="names are text on this system")
def test_names_that_are_not_utf8_are_told_and_passed_over(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "note"})
    try:
        (root / os.fsdecode(b"caf\xe9.md")).write_text("latin")
        (root / os.fsdecode(b"dossier\xe9")).mkdir()
    except OSError:
        pytest.skip("this disk takes only names in UTF-8")
    (root / os.fsdecode(b"dossier\xe9") / "Inside.md").write_text("inside")
    listing = scan(root, NOTHING)
    assert list(listing.notes) == ["Note.md"]
    assert listing.unreadable == ("caf\\xe9.md", "dossier\\xe9")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this disk")
def test_a_pipe_named_like_a_note_holds_nobody(make_vault: MakeVault) -> None:
    root = make_vault({"Note.md": "note"})
    os.mkfifo(root / "pipe.md")
    assert list(scan(root, NOTHING).notes) == ["Note.md"]
    assert isinstance(dict(read_files(root, ["pipe.md"]))["pipe.md"], OSError)


def test_reads_notes(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "# A", "b/c.md": "[[a]]", "d.md": b"caf\xe9"})
    notes = list(read_notes(root, ["a.md", "b/c.md", "d.md"]))
    assert [note.path for note in notes] == ["a.md", "b/c.md", "d.md"]
    assert [link.target for link in notes[1].links] == ["a"]
    assert [problem.kind for problem in notes[2].problems] == ["encoding"]


def test_a_note_that_vanishes_or_may_not_be_read_does_not_stop_the_rest(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"a.md": "a", "locked.md": "l", "z.md": "z"})
    real = os.open

    def refuse(path: str, *rest: int, **named: int) -> int:
        if path == "locked.md":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    notes = list(read_notes(root, ["a.md", "gone.md", "locked.md", "no/where.md", "z.md"]))
    assert [note.path for note in notes] == ["a.md", "locked.md", "z.md"]
    assert [problem.kind for problem in notes[1].problems] == ["reading"]


def test_texts_are_read_as_offsets_count_them(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": b"\xef\xbb\xbfone\r\ntwo", "b.md": b"caf\xe9"})
    assert read_texts(root, ["a.md", "b.md", "c.md"]) == {"a.md": "one\r\ntwo"}


def test_reads_obsidians_settings(make_vault: MakeVault) -> None:
    root = make_vault(
        {
            ".obsidian/app.json": """{"userIgnoreFilters": ["Archive/", 3], "newLinkFormat": "relative",
                "useMarkdownLinks": true}""",
            ".obsidian/templates.json": b'\xef\xbb\xbf{"folder": "Mod\xc3\xa8les/"}',
            ".obsidian/daily-notes.json": '{"folder": "Journal", "format": "YYYY-MM-DD"}',
        }
    )
    assert read_obsidian(root) == Obsidian(
        ignore_filters=("Archive/",),
        templates_folder="Modèles",
        daily_folder="Journal",
        new_link_format="relative",
        use_markdown_links=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        b"\xff\xfe",
        '{"userIgnoreFilters": null, "newLinkFormat": 3, "folder": []}',
        "[" * 100_000,
    ],
)
def test_broken_settings_are_obsidians_defaults(make_vault: MakeVault, text: str | bytes) -> None:
    names = ("app", "templates", "daily-notes")
    assert read_obsidian(make_vault({f".obsidian/{name}.json": text for name in names})) == Obsidian()
    assert read_obsidian(make_vault({}, "bare")) == Obsidian()


def test_reads_our_own_settings(make_vault: MakeVault) -> None:
    assert read_config(make_vault({}, "bare")) == Config()
    config = read_config(make_vault({"vaultkit.toml": b'\xef\xbb\xbfexclude = ["Archive/"]\n'}, "full"))
    assert (config.exclude, config.written) == (("Archive/",), True)
    with pytest.raises(ConfigError) as caught:
        read_config(make_vault({"vaultkit.toml": b"# one\n# caf\xe9\n"}, "bad"))
    assert (caught.value.path, caught.value.line) == ("vaultkit.toml", 2)


def test_finds_a_vaults_own_templates(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault(
        {
            "T/kinds/b.md": "",
            "T/kinds/a.md": "",
            "T/kinds/x.txt": "",
            "T/pages/o.md.j2": "",
            "T/pages/.x.md.j2": "",
            "T/n.md": "",
        }
    )
    (tmp_path / "secret.md").write_text("secret")
    (root / "T/kinds/secret.md").symlink_to(tmp_path / "secret.md")
    assert template_paths(root, "T/") == ("T/kinds/a.md", "T/kinds/b.md", "T/pages/o.md.j2")
    assert template_paths(root, "nowhere") == template_paths(root, "../vault/T") == ()


def afresh(root: Path) -> Callable[[Sequence[tuple[str, int]]], Iterator[Parsed]]:
    """Everything is read, whatever is known of it."""
    return lambda files: parse_all(root, [Wanted(*file) for file in files])


def both(root: Path, before: Listing, hints: set[str]) -> list[tuple[str, str, bool]]:
    """The changes, the same by the walk and by the hints: (path, digest, removed)."""
    walked, by_walk = changes(before, Look(root, NOTHING, afresh(root)))
    looked, by_hint = changes_at(before, hints, Look(root, NOTHING, afresh(root)))
    assert (walked.notes, walked.files) == (looked.notes, looked.files)
    told = [(change.path, change.note.digest if change.note else "", change.removed) for change in by_hint]
    assert {change.path for change in by_hint} <= {change.path for change in by_walk}
    return told


def test_what_was_saved_added_and_removed_is_told(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "a", "b.md": "b", "c.md": "c", "pic.png": "p"})
    before = scan(root, NOTHING)
    (root / "a.md").write_text("a longer a")
    (root / "b.md").unlink()
    (root / "new").mkdir()
    (root / "new/d.md").write_text("d")
    (root / "pic.png").rename(root / "pic2.png")
    told = both(root, before, {"a.md", "b.md", "new/d.md", "pic.png", "pic2.png", "nothing.md", ".x.md", ""})
    assert [(path, bool(digest), removed) for path, digest, removed in told] == [
        ("a.md", True, False),
        ("b.md", False, True),
        ("new/d.md", True, False),
        ("pic.png", False, True),
        ("pic2.png", False, False),
    ]


def test_a_rewrite_of_the_same_size_within_the_same_tick_is_seen(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "one", "old.md": "old"})
    (root / "a.md").touch()
    before = scan(root, NOTHING)
    status = (root / "a.md").stat()
    (root / "a.md").write_text("two")
    os.utime(root / "a.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    after, told = changes(before, Look(root, NOTHING, afresh(root)))
    assert after.notes == before.notes
    assert [change.path for change in told] == ["a.md"]


def test_nothing_is_read_again_when_nothing_changed(make_vault: MakeVault) -> None:
    root = make_vault({"a.md": "one", "b/c.md": "c", "p.png": "p"})
    for path in ("a.md", "b/c.md"):
        os.utime(root / path, (1, 1))
    before = scan(root, NOTHING)
    after, told = changes(before, Look(root, NOTHING, afresh(root)))
    assert told == ()
    assert (after.notes, after.files) == (before.notes, before.files)


def moved_folder(root: Path) -> set[str]:
    (root / "a").rename(root / "b")
    return {"a", "b"}


def removed_folder(root: Path) -> set[str]:
    shutil.rmtree(root / "a")
    return {"a"}


def note_turned_folder(root: Path) -> set[str]:
    (root / "x.md").unlink()
    (root / "x.md").mkdir()
    (root / "x.md/y.md").write_text("y")
    return {"x.md"}


@pytest.mark.parametrize("happens", [moved_folder, removed_folder, note_turned_folder])
def test_a_hint_at_a_folder_is_answered_by_a_walk(make_vault: MakeVault, happens: Callable[[Path], set[str]]) -> None:
    root = make_vault({"a/one.md": "1", "a/deep/two.md": "2", "a/p.png": "p", "x.md": "x"})
    before = scan(root, NOTHING)
    hints = happens(root)
    both(root, before, hints)
    after, _ = changes_at(before, hints, Look(root, NOTHING, afresh(root)))
    assert after.notes == scan(root, NOTHING).notes


def test_a_note_that_is_replaced_by_a_link_leaves_the_vault(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    root = make_vault({"a.md": "a"})
    before = scan(root, NOTHING)
    (root / "a.md").unlink()
    (root / "a.md").symlink_to(tmp_path / "secret.md")
    after, told = changes_at(before, {"a.md"}, Look(root, NOTHING, afresh(root)))
    assert (after.notes, set(after.files)) == ({}, {"a.md"})
    assert [(change.path, change.note, change.removed) for change in told] == [("a.md", None, False)]


names = st.sampled_from(["a.md", "b.md", "d/a.md", "d/e/c.md", "p.png", "d/q.canvas"])
steps = st.lists(st.tuples(names, st.sampled_from(["write", "remove"]), st.text("ab", max_size=2)), max_size=6)


@given(first=steps, then=steps)
def test_changes_lead_from_any_listing_to_the_next(
    tmp_path_factory: pytest.TempPathFactory, first: list[tuple[str, str, str]], then: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("vault")
    do(root, first)
    before = scan(root, NOTHING)
    texts = {note.path: note.digest for note in read_notes(root, before.notes)}
    do(root, then)
    hinted = {path for path, _, _ in then}
    walked = changes(before, Look(root, NOTHING, afresh(root)))
    for after, told in (walked, changes_at(before, hinted, Look(root, NOTHING, afresh(root)))):
        stepped = dict(texts)
        for change in told:
            stepped.pop(change.path, None)
            if change.note:
                stepped[change.path] = change.note.digest
        assert stepped == {note.path: note.digest for note in read_notes(root, after.notes)}
        fresh = scan(root, NOTHING)
        assert (after.notes, after.files) == (fresh.notes, fresh.files)


def do(root: Path, what: list[tuple[str, str, str]]) -> None:
    for path, step, text in what:
        if step == "remove":
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)


def test_state_stands_outside_the_vault_one_folder_for_each(make_vault: MakeVault, tmp_path: Path) -> None:
    one, two = make_vault({}, "one"), make_vault({}, "two")
    (tmp_path / "linked").symlink_to(one)
    assert state_folder(one) == state_folder(tmp_path / "linked") != state_folder(two)
    assert state_folder(one).is_dir()
    assert not state_folder(one).is_relative_to(tmp_path)


def test_only_one_writes_at_a_time(make_vault: MakeVault) -> None:
    one, two = make_vault({}, "one"), make_vault({}, "two")
    with locked(one), locked(two, wait=0), pytest.raises(LockedError) as caught, locked(one, wait=0):
        pass
    assert f"process {os.getpid()}, since 2" in say(caught.value.message, "en")
    with locked(one, wait=0):
        pass
    assert list(one.iterdir()) == []


def test_only_one_keeps_pages_current_and_others_may_write(make_vault: MakeVault) -> None:
    root = make_vault({})
    with watching(root), locked(root, wait=0), pytest.raises(LockedError), watching(root):
        pass
    with watching(root):
        pass


def test_a_state_folder_that_cannot_be_made_is_said(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(WriteError):
        state_folder(make_vault({}))


def test_a_copy_to_play_with_is_writable(
    make_vault: MakeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_vault({"a/Note.md": "note\r\n", ".obsidian/app.json": "{}"})
    (root / "a/Note.md").chmod(0o444)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copy = copy_to_temporary(root, "demo-")
    assert copy.parent == tmp_path
    apply([Edit("a/Note.md", "note\r\n", "changed\n", whole=True)], copy)
    assert (root / "a/Note.md").read_bytes() == b"note\r\n"
    assert (copy / ".obsidian/app.json").read_text() == "{}"


def test_today_is_a_day_of_this_machine() -> None:
    before, told, after = today(), today(), today()
    assert before <= told <= after
