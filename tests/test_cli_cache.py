"""`vaultkit cache`, `--no-cache`, and what `eject` leaves behind: what is kept of a vault, where, and for how long."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cache_vault import age
from tests.cli_vault import FILES, Run, command, files_of
from vaultkit.disk import cache_file, cache_folder

if TYPE_CHECKING:
    from tests.conftest import MakeVault


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which all that is kept lies."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home/vaultkit"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], places: Path) -> Run:
    return Run(capsys, make_vault(FILES))


@pytest.fixture
def other(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], places: Path) -> Run:
    return Run(capsys, make_vault(FILES, "other"))


def test_it_says_where_it_is_and_how_big(run: Run) -> None:
    file = cache_file(run.folder)
    assert run("cache").out == f"{file}  0 bytes\n"
    assert not file.exists()
    run("check")
    ran = run("cache")
    place, size = ran.out.rstrip().split("  ")
    assert place == str(file)
    assert re.fullmatch(r"\d+\.\d kB", size)
    assert abs(float(size.removesuffix(" kB")) - file.stat().st_size / 1000) <= 0.05
    assert ran.err == "Removed by: vaultkit cache clear\n"
    assert run("cache", "show") == ran
    assert run("-q", "cache").err == ""


@pytest.mark.parametrize(
    ("size", "said"),
    [
        *((1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (1049, "1.0 kB"), (1050, "1.1 kB"), (9951, "10.0 kB")),
        *((999_949, "999.9 kB"), (999_950, "1.0 MB"), (12_680_000, "12.7 MB"), (12_950_000, "13.0 MB")),
    ],
)
def test_a_size_is_said_as_people_say_it(run: Run, size: int, said: str) -> None:
    file = cache_file(run.folder)
    file.parent.mkdir(parents=True)
    file.touch()
    os.truncate(file, size)
    assert run("cache").out == f"{file}  {said}\n"


def test_clearing_takes_the_files_of_one_vault(run: Run, other: Run, places: Path) -> None:
    run("check")
    other("check")
    kept = files_of(places)
    assert len(kept) == 2
    ran = run("cache", "clear")
    assert (ran.code, ran.out) == (0, "")
    assert re.fullmatch(r"Removed: \d+\.\d kB\.\n", ran.err)
    assert list(files_of(places)) == [cache_file(other.folder).name]
    assert run("cache", "clear").err == "Nothing was kept.\n"
    assert run("check").code == other("check").code == 1
    assert files_of(places).keys() == kept.keys()


def test_clearing_all_takes_ours_and_nothing_else(run: Run, other: Run, places: Path) -> None:
    run("check")
    other("check")
    (places / "mine.sqlite3").write_text("mine")
    (places / "0123456789abcdef.sqlite3.bak").write_text("mine")
    (places / "0123456789abcdef.sqlite3-wal").write_text("left over")
    (places / "0123456789abcdef.sqlite3-more").write_text("mine")
    (places / "fedcba9876543210.sqlite3").mkdir()
    shown = run("cache", "--all")
    assert shown.out.startswith(f"{places}  ")
    assert shown.err == "Removed by: vaultkit cache clear --all\n"
    assert run("cache", "clear", "--all").code == 0
    assert {path.name for path in places.iterdir()} == {
        "mine.sqlite3",
        "0123456789abcdef.sqlite3.bak",
        "0123456789abcdef.sqlite3-more",
        "fedcba9876543210.sqlite3",
    }
    assert run("cache", "--all").out == f"{places}  0 bytes\n"


def test_all_of_it_can_be_cleared_from_anywhere(run: Run, tmp_path: Path, places: Path) -> None:
    run("check")
    (tmp_path / "bare").mkdir()
    bare = {"cwd": tmp_path / "bare", "capture_output": True, "text": True}
    one = subprocess.run(command("cache", "clear"), check=False, **bare)  # type: ignore[call-overload]
    assert (one.returncode, "vaultkit -C FOLDER" in one.stderr) == (2, True)
    subprocess.run(command("cache", "clear", "--all"), check=True, **bare)  # type: ignore[call-overload]
    assert files_of(places) == {}


def test_what_cannot_be_removed_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check")

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    ran = run("cache", "clear")
    assert (ran.code, str(cache_file(run.folder)) in ran.err) == (2, True)


def test_another_folder_can_be_named(run: Run, tmp_path: Path, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULTKIT_CACHE_DIR", str(tmp_path / "elsewhere"))
    run("check")
    assert not places.exists()
    assert list((tmp_path / "elsewhere").iterdir()) == [cache_file(run.folder)]
    assert cache_folder() == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    "arguments", [("check",), ("status",), ("backlinks", "Ann Lee"), ("tags",), ("export", "json")]
)
def test_a_second_run_says_what_the_first_said(run: Run, arguments: tuple[str, ...]) -> None:
    age(run.folder)
    without = run("--no-cache", *arguments)
    assert [run(*arguments) for _ in range(3)] == [without] * 3


def test_without_a_cache_nothing_is_read_from_it_or_written(run: Run, places: Path) -> None:
    without = run("--no-cache", "check")
    assert not places.exists()
    assert run("check") == without
    file = cache_file(run.folder)
    file.write_bytes(b"not to be touched")
    status = file.stat()
    assert run("check", "--no-cache") == without
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (b"not to be touched", status.st_mtime_ns)


def test_nothing_of_it_lies_in_the_vault(run: Run) -> None:
    for arguments in (("check",), ("status",), ("cache",), ("cache", "clear"), ("check", "--paranoid")):
        run(*arguments)
    assert files_of(run.folder) == {path: text.encode() for path, text in FILES.items()}


@pytest.mark.parametrize("built", [True, False])
def test_eject_leaves_nothing_of_it(run: Run, other: Run, places: Path, *, built: bool) -> None:
    other("check")
    run("check")
    if built:
        assert run("build", "--write").code == 0
    assert cache_file(run.folder).exists()
    assert run("eject", "--dry-run").code == 0
    assert cache_file(run.folder).exists()
    assert run("eject", "--yes").code == 0
    assert list(files_of(places)) == [cache_file(other.folder).name]


def test_eject_without_a_yes_leaves_it(run: Run) -> None:
    assert run("build", "--write").code == 0
    assert run("eject").code == 2
    assert cache_file(run.folder).exists()
