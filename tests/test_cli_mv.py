"""`vaultkit mv`: what it understands, asks, refuses and leaves; and that nothing is lost wherever it is interrupted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Ran, Run, files_of
from tests.failing_disk import at_change, failing_disk, interrupt
from vaultkit import moving
from vaultkit.disk import is_unfinished, read_texts, renaming, replace, state_folder
from vaultkit.disk import parsing as disk_parsing
from vaultkit.disk import reader as disk_reader
from vaultkit.errors import ConflictError, WriteError
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.conftest import MakeVault

CFO = "Priorities/Hire a CFO.md"
BRAND = "Priorities/Renew the brand.md"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


def text(run: Run, path: str) -> str:
    return (run.folder / path).read_text("utf-8")


def test_a_note_is_renamed_and_its_links_follow(run: Run) -> None:
    before = files_of(run.folder)
    ran = run("mv", "Hire a CFO", "Hire a CFO & COO", "--yes")
    assert ran.code == 0
    assert ran.out.splitlines() == [f"moved    {CFO} -> Priorities/Hire a CFO & COO.md", f"2 links  {BRAND}"]
    assert ran.err == "Done: 2 links written anew, in 1 note.\n"
    assert "See [[Hire a CFO & COO]] and [[Hire a CFO & COO|again]].\n" in text(run, BRAND)
    after = files_of(run.folder)
    assert after.pop("Priorities/Hire a CFO & COO.md") == before.pop(CFO)
    assert after | {BRAND: b""} == before | {BRAND: b""}


@pytest.mark.parametrize(
    ("new", "path"),
    [
        ("Better", "Priorities/Better.md"),
        ("Better.md", "Priorities/Better.md"),
        ("v1.2", "Priorities/v1.2.md"),
        ("Archive/", "Archive/Hire a CFO.md"),
        ("Archive/2026/", "Archive/2026/Hire a CFO.md"),
        ("People", "People/Hire a CFO.md"),
        ("/", "Hire a CFO.md"),
        ("/Better", "Better.md"),
        ("New/Better.MD", "New/Better.md"),
        ("New//Better", "New/Better.md"),
        ("Re\u0301sume\u0301", "Priorities/Résumé.md"),
        ("hire a cfo", "Priorities/hire a cfo.md"),
    ],
)
def test_what_new_may_be(run: Run, new: str, path: str) -> None:
    assert run("mv", CFO, new, "--yes").code == 0
    names = {found.relative_to(run.folder).as_posix() for found in run.folder.rglob("*.md")}
    assert path in names
    assert CFO not in names


@pytest.mark.parametrize(
    ("new", "path"),
    [
        ("archivé/", "Archive\u0301/Hire a CFO.md"),
        ("Archivé", "Archive\u0301/Hire a CFO.md"),
        ("ARCHIVÉ/a b/New/", "Archive\u0301/a\u00a0b/New/Hire a CFO.md"),
        ("/archivé/a b/Better", "Archive\u0301/a\u00a0b/Better.md"),
        ("Tiroir/", "Tiroir/Hire a CFO.md"),
        ("tiroir/", "tiroir/Hire a CFO.md"),  # both stand there
    ],
)
def test_a_folder_that_stands_there_is_meant_however_it_is_written(run: Run, new: str, path: str) -> None:
    for folder in ("Archive\u0301/a\u00a0b", "Tiroir", "tiroir"):
        (run.folder / folder).mkdir(parents=True, exist_ok=True)
        (run.folder / folder / "Note.md").write_text("")
    assert run("mv", CFO, new, "--yes").code == 0
    assert path in files_of(run.folder)


def test_a_path_of_the_disk_that_leads_out_of_the_vault(run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ran = run("mv", CFO, str(elsewhere / "CFO.md"), "--yes")
    assert ran.code == 2
    assert "out of the vault" in ran.err
    assert (run.folder / CFO).exists()
    assert run("mv", CFO, str(run.folder / "CFO.md"), "--yes").code == 0
    assert (run.folder / "CFO.md").exists()


def test_paths_from_here(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(run.folder / "Priorities")
    assert run("mv", "./Hire a CFO.md", "./Sub/", "--yes").code == 0
    assert run("mv", "Renew the brand.md", "../Brand", "--yes").code == 0
    assert {"Priorities/Sub/Hire a CFO.md", "Brand.md"} <= files_of(run.folder).keys()
    assert run("mv", "Brand", "../../Out.md", "--yes").code == 2


def test_an_attachment_follows_and_keeps_its_extension(run: Run) -> None:
    (run.folder / "Loose end.md").write_text("![[pic.png]] ![p](pic.png)")
    (run.folder / "pic.png").write_bytes(b"\x89PNG")
    assert run("mv", "pic.png", "Pictures/a picture", "--yes").code == 0
    assert text(run, "Loose end.md") == "![[a picture.png]] ![p](a%20picture.png)"
    assert (run.folder / "Pictures/a picture.png").read_bytes() == b"\x89PNG"
    refused = run("mv", "a picture.png", "photo.jpg", "--yes")
    assert refused.code == 2
    assert "Pictures/photo.png" in refused.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Hire a CFO", "Renew the brand", "this is free: Priorities/Renew the brand 1.md"),
        ("Hire a CFO", "renew THE brand", "this is free: Priorities/renew THE brand 1.md"),
        ("Hire a CFO", "C# and F#", "C and F.md"),
        ("Hire a CFO", ".hidden", "dot"),
        ("Hire a CFO", "Q1: hire", "Q1 - hire.md"),
        ("Hire a CFO", "con", "_con.md"),
        ("Hire a CFO", "é" * 200, f": {'é' * 98}"),
        ("x" * 300, "y", "there is no note"),
        ("Hire a CFO", "Hire ", "at either end: Hire"),
        ("Hire a CFO", "../Out", "out of the vault"),
        ("Hire a CFO", "x/../y", "dot"),
        ("Hire a CFO", CFO, "stands there already"),
        ("Hire a CFO", "Notes.txt", "Priorities/Notes.md"),
        ("Hire a CFOO", "x", "did you mean Hire a CFO?"),
        ("Priorities", "x", "one file"),
        ("Priorities/", "x", "one file"),
    ],
)
def test_what_is_refused_and_what_to_do_instead(
    run: Run, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    monkeypatch.chdir(run.folder)
    before = files_of(run.folder)
    ran = run("mv", old, new, "--yes")
    assert ran.code == 2
    assert said in ran.err
    assert files_of(run.folder) == before
    assert not (run.folder / "x").exists()


def test_a_name_that_several_files_have_is_not_guessed(run: Run) -> None:
    (run.folder / "People/Hire a CFO.md").write_text("")
    ran = run("mv", "Hire a CFO", "x", "--yes")
    assert ran.code == 2
    assert CFO in ran.err
    assert "People/Hire a CFO.md" in ran.err


def test_nobody_said_yes(run: Run) -> None:
    before = files_of(run.folder)
    ran = run("mv", CFO, "x")
    assert ran.code == 2
    assert "--yes" in ran.err
    assert BRAND in ran.out
    assert files_of(run.folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of another kind")
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1)])
def test_it_asks_on_a_terminal(run: Run, answer: str, code: int) -> None:
    from tests.test_cli_terminal import PATIENCE, terminal

    with terminal("-C", str(run.folder), "mv", CFO, "Better") as opened:
        opened.until("Move it, and write 2 links anew, in 1 note? [y/N] ")
        opened.answer(answer)
        opened.rest()
        assert opened.process.wait(PATIENCE) == code
    assert (run.folder / CFO).exists() is bool(code)


def test_looking_changes_nothing(run: Run) -> None:
    before = files_of(run.folder)
    assert run("mv", CFO, "x", "--dry-run").code == 0
    assert run("mv", CFO, "x", "--diff").code == 0
    assert files_of(run.folder) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_diff_is_one_for_git(run: Run) -> None:
    (run.folder / CFO).write_text("---\nowner: '[[Ann Lee]]'\n---\nTo [[Hire a CFO#Why]].\n")
    (run.folder / "Loose end.md").write_bytes(b"one\r\n[[Hire a CFO]]\r\n")
    (run.folder / "patch").write_text(run("mv", CFO, "Données/Un été", "--diff").out, "utf-8", newline="")
    expected = files_of(run.folder)
    subprocess.run(["git", "apply", "patch"], cwd=run.folder, check=True, capture_output=True)  # noqa: S607
    applied = files_of(run.folder)
    for path in applied:
        (run.folder / path).unlink()
    for path, data in expected.items():
        (run.folder / path).parent.mkdir(exist_ok=True)
        (run.folder / path).write_bytes(data)
    assert run("mv", CFO, "Données/Un été", "--yes").code == 0
    assert files_of(run.folder) == applied


def test_what_stays_broken_until_the_next_build_is_said(run: Run) -> None:
    assert run("build", "--write").code == 0
    ran = run("mv", CFO, "Better", "--yes")
    assert "that vaultkit wrote" in ran.err
    assert run("build", "--write").code == 0
    assert run("unresolved").out.splitlines() == ["Board", "Nobody"]
    assert "next build makes it again" in run("mv", "Dashboards/Overview.md", "Mine/", "-n").err


def test_a_link_that_cannot_follow_stops_the_move(run: Run) -> None:
    (run.folder / "Latin.md").write_bytes(b"caf\xe9\n[[Hire a CFO]]")
    ran = run("mv", CFO, "Better", "--yes")
    assert ran.code == 2
    assert "Latin.md:2" in ran.err
    assert (run.folder / CFO).exists()
    forced = run("mv", CFO, "Better", "--yes", "--force")
    assert forced.code == 0
    assert "This link cannot follow: Latin.md:2" in forced.err
    assert (run.folder / "Latin.md").read_bytes() == b"caf\xe9\n[[Hire a CFO]]"
    assert "[[Better]]" in text(run, BRAND)


def test_a_note_that_may_not_be_written_stops_the_move(run: Run) -> None:
    (run.folder / BRAND).chmod(0o444)
    ran = run("mv", CFO, "Better", "--yes")
    assert ran.code == 2
    assert f"{BRAND}: it is read-only" in ran.err
    assert (run.folder / CFO).exists()


def test_a_note_that_may_not_be_read_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is played: whoever runs the tests may be allowed to read everything."""
    read = disk_reader.read_files

    def refused(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, bytes | OSError]]:
        return ((path, PermissionError(13, "no") if path == BRAND else data) for path, data in read(root, paths))

    for module in (disk_parsing, disk_reader):
        monkeypatch.setattr(module, "read_files", refused)
    ran = run("mv", CFO, "Better", "--dry-run", "--no-cache")
    assert f"so not followed, whatever it links to: {BRAND}" in ran.err


def test_state_that_cannot_be_written_stops_the_move(run: Run) -> None:
    (state_folder(run.folder) / "lock").mkdir()
    assert_refused(run("mv", CFO, "Better", "--yes"), run)
    (state_folder(run.folder) / "lock").rmdir()
    (state_folder(run.folder) / "runs").rmdir()
    (state_folder(run.folder) / "runs").touch()
    assert_refused(run("mv", CFO, "Better", "--yes"), run)


def assert_refused(ran: Ran, run: Run) -> None:
    assert ran.code == 2
    assert "a bug" not in ran.err
    assert (run.folder / CFO).exists()


def test_a_link_that_will_find_the_file_is_said(run: Run) -> None:
    ran = run("mv", CFO, "Board", "--yes")
    assert "2 links that lead nowhere will lead to it." in ran.err


def test_a_file_that_was_moved_by_other_means(run: Run) -> None:
    assert run("mv", "Gone", "Better", "--yes").code == 2
    (run.folder / CFO).rename(run.folder / "Better.md")
    assert run("mv", CFO, "Better", "--yes").code == 2
    ran = run("mv", CFO, "Better", "--after", "--yes")
    assert (ran.code, ran.out) == (0, f"2 links  {BRAND}\n")
    assert "[[Better]] and [[Better|again]]" in text(run, BRAND)
    again = run("mv", CFO, "Better", "--after")
    assert (again.code, again.out) == (0, "")
    assert again.err == "Nothing to do: the links follow it already.\n"
    assert run("mv", BRAND, "Better", "--after", "--yes").code == 2


def test_a_symbolic_link_is_not_moved_nor_followed(run: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (run.folder / "Door").symlink_to(outside)
    (run.folder / "Link.md").symlink_to(run.folder / CFO)
    assert run("mv", CFO, "Door/", "--yes").code == 2
    assert run("mv", "Link.md", "Other", "--yes").code == 2
    assert list(outside.iterdir()) == []
    assert (run.folder / CFO).exists()
    assert (run.folder / "Link.md").is_symlink()


# What stands on the disk at its new path is never written over, whatever the disk can do.


def planned(root: Path, old: str, new: str) -> moving.Move:
    session = Session(root)
    texts = read_texts(root, moving.concerned(session.vault, old, new))
    return moving.plan(session.vault, texts, old, new)


def no_system_call() -> tuple[str, None]:
    return "", None


@pytest.mark.parametrize("capable", [True, False])
def test_nothing_that_appeared_meanwhile_is_written_over(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, *, capable: bool
) -> None:
    root = make_vault({"Old.md": "old", "Note.md": "[[Old]]"})
    if not capable:
        monkeypatch.setattr(renaming, "_system_call", no_system_call)
    move = planned(root, "Old.md", "deep/er/New.md")
    (root / "deep/er").mkdir(parents=True)
    (root / "deep/er/New.md").write_text("mine")
    with pytest.raises(ConflictError):
        Session(root).move(move)
    assert files_of(root) == {"Old.md": b"old", "Note.md": b"[[Old]]", "deep/er/New.md": b"mine"}
    (root / "Old.md").unlink()
    assert not is_unfinished(root)  # it was refused, which is no interruption
    (root / "Old.md").write_text("old")
    (root / "deep/er/New.md").unlink()
    (root / "deep/er").rmdir()
    (root / "deep").rmdir()
    assert Session(root).move(move) == ("Note.md",)
    assert files_of(root) == {"deep/er/New.md": b"old", "Note.md": b"[[New]]"}


def test_folders_made_for_nothing_are_taken_away(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_vault({"Old.md": "old"})
    monkeypatch.setattr(renaming, "_system_call", no_system_call)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(WriteError) as caught:
        Session(root).move(planned(root, "Old.md", "deep/er/New.md"))
    assert caught.value.hint
    assert [path.name for path in root.iterdir()] == ["Old.md"]


def test_a_note_saved_meanwhile_is_finished_by_the_same_command(run: Run) -> None:
    move = planned(run.folder, CFO, "Better.md")

    def save_then_perform(*given: object) -> None:
        (run.folder / BRAND).write_text("New words about [[Hire a CFO]].\n")
        replace.perform(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vaultkit.disk.run.perform", save_then_perform)
        with pytest.raises(ConflictError) as caught:
            Session(run.folder).move(move)
    assert caught.value.hint
    assert "same command" in caught.value.hint.template
    assert "[[Hire a CFO]]" in text(run, BRAND)
    ran = run("mv", "Hire a CFO", "/Better", "--yes")
    assert (ran.code, ran.out) == (0, f"1 link  {BRAND}\n")
    assert text(run, BRAND) == "New words about [[Better]].\n"
    assert run("mv", "Loose end", "x", "--yes").code == 0


HARD = {
    "a/Old.md": "[[Twin]] [up](../Note.md) [[Old#x]]",
    "a/Twin.md": "",
    "b/Twin.md": "",
    "x/b/New.md": "",
    "Note.md": "[[Old]] [[New]]",
    "Other.md": "[[a/Old|Old]] [[b/New]]",
}
"""Links that, once written anew, would mean another file if they were read as before the move."""


@pytest.mark.parametrize(("capable", "style"), [(True, "shortest"), (False, "relative")])
def test_wherever_it_is_interrupted_the_same_command_finishes_it(
    make_vault: MakeVault, capsys: pytest.CaptureFixture[str], *, capable: bool, style: str
) -> None:
    """Ctrl-C at each call that changes the disk, one after the other."""
    files = {**HARD, ".obsidian/app.json": f'{{"newLinkFormat": "{style}"}}'}
    whole = Run(capsys, make_vault(files, "whole"))
    assert whole("mv", "a/Old.md", "b/New", "--yes").code == 0
    expected = files_of(whole.folder)
    assert expected["b/New.md"].startswith(b"[[a/Twin]]" if style == "shortest" else b"[[../a/Twin]]")
    interruptions = 0
    for number in range(1, 200):
        cut = Run(capsys, make_vault(files, f"cut{number}"))
        with pytest.MonkeyPatch.context() as patch:
            if not capable:
                patch.setattr(renaming, "_system_call", no_system_call)
            with failing_disk(patch, at_change(number, interrupt)):
                code = cut("mv", "a/Old.md", "b/New", "--yes").code
        if code == 0:
            break
        interruptions += 1
        assert code == 130
        texts = [data for path, data in files_of(cut.folder).items() if "/." not in f"/{path}"]
        assert sum(b"[up]" in data for data in texts) in {1, 2}  # a second name for a moment, never none
        again = cut("mv", "a/Old.md", "b/New", "--yes")
        if again.code == 2:  # all was done but for the note of it
            assert "there is no note" in again.err
        left = {path: data for path, data in files_of(cut.folder).items() if "/.vaultkit" not in f"/{path}"}
        assert left == expected
    assert interruptions > 10


def test_row_108_an_empty_property_has_nothing_after_its_colon(run: Run) -> None:
    for kind in ("priority", "project", "objective", "decision", "risk", "person"):
        shown = run("new", kind, "Some title", "--dry-run").out
        head = shown.split("---\n")[1]
        assert ":\n" in head
        assert not any(line.partition(":")[2].strip() in {"null", "~", '""', "''"} for line in head.splitlines())
        assert not any(line.endswith(" ") for line in head.splitlines())


def test_row_107_new_never_takes_a_name_that_differs_by_case_alone(run: Run) -> None:
    ran = run("new", "priority", "HIRE a cfo")
    assert ran.code == 2
    assert CFO in ran.err
