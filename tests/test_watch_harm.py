"""A watch in the real world: whatever becomes of the folder and of what tells of it, the pages end as a fresh run's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, files_of
from tests.watched import watching
from vaultkit.cli.watch import _interrupting
from vaultkit.disk.mounts import shared_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import MakeVault

OVERVIEW = "Dashboards/Overview.md"
ALIGNMENT = "Dashboards/Alignment.md"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux says what it watches, and has such limits")


@pytest.fixture
def folder(make_vault: MakeVault) -> Path:
    return make_vault(FILES)


def holds(page: Path, text: str) -> Callable[[], bool]:
    return lambda: page.is_file() and text in page.read_text("utf-8")


def new_priority(folder: Path, name: str) -> None:
    (folder / "Priorities").mkdir(parents=True, exist_ok=True)
    (folder / f"Priorities/{name}.md").write_text("To everyone.\n")


def test_a_folder_that_is_removed_and_put_back_is_watched_again(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / OVERVIEW).is_file)
        away = folder.with_name("away")
        folder.rename(away)
        watched.until_said("is gone")
        assert not folder.exists()
        shutil.copytree(away, folder)
        watched.until_said("is back")
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()
        assert watched.said("is gone") == 1
        assert watched.said("Error") == 0


def test_an_empty_folder_in_the_place_of_the_vault_is_not_believed(folder: Path) -> None:
    """As when a disk is unmounted: the folder that it was mounted on is there, and empty."""
    with watching(folder) as watched:
        watched.until((folder / OVERVIEW).is_file)
        away, empty = folder.with_name("away"), folder.with_name("empty")
        empty.mkdir()
        folder.rename(away)
        empty.rename(folder)
        watched.until_said("holds no note any more")
        (folder / "one.txt").touch()
        assert watched.said("mended") == 0
        (folder / "one.txt").unlink()
        assert list(folder.iterdir()) == []
        folder.rmdir()
        away.rename(folder)
        watched.until_said("is back")
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()


def test_a_vault_whose_notes_go_one_by_one_is_not_written_into(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / OVERVIEW).is_file)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        watched.until(lambda: watched.said("holds no note") + watched.said("is gone") > 0)
        assert files_of(folder) == {}


@pytest.mark.parametrize("option", [["--poll"], ["--poll", "0.5"], ["--poll=0.5"]])
def test_nothing_is_listened_to_where_that_is_asked_for(folder: Path, option: list[str]) -> None:
    with watching(folder, *option, before=limited("max_inotify_instances", 0)) as watched:
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()
        assert watched.said("does not tell") == 0


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:22 / /home rw - tmpfs tmpfs rw
24 23 0:21 / /home/ann/My\\040notes rw - {kind} server:/notes rw
"""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "virtiofs", "vboxsf"])
def test_a_disk_that_others_change_is_known(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(kind=kind))
    assert shared_kind(Path("/home/ann/My notes"), mounts) == kind
    assert shared_kind(Path("/home/ann/My notes/Work"), mounts) == kind
    assert shared_kind(Path("/home/ann"), mounts) == kind  # a part of it
    assert shared_kind(Path("/home/ann/My notes too"), mounts) == ""
    assert shared_kind(Path("/home/ann/My notes"), tmp_path / "none") == ""


def limited(limit: str, value: int) -> list[str]:
    """What runs a command under a limit of the user's own; skips the test where that cannot be had."""
    script = f'echo {value} >/proc/sys/user/{limit} && exec "$@"'
    wrapped = ["unshare", "-Ur", "sh", "-c", script, "sh"]
    tried = shutil.which("unshare") and subprocess.run([*wrapped, "true"], capture_output=True, check=False)
    if not tried or tried.returncode:
        pytest.skip("this system gives no user namespace, in which alone such a limit can be set")
    return wrapped


def test_folders_that_are_not_watched_are_looked_at(folder: Path) -> None:
    for number in range(60):
        (folder / f"Projects/{number}").mkdir(parents=True)
    with watching(folder, before=limited("max_inotify_watches", 20)) as watched:
        watched.until_said("does not tell of changes in some folders")
        for number in range(60):
            (folder / f"Projects/{number}/n.md").write_text(f"[[Missing {number}]]")
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()
        assert watched.said("fs.inotify.max_user_watches") == 1


def test_a_system_that_tells_nothing_is_looked_at(folder: Path) -> None:
    with watching(folder, before=limited("max_inotify_instances", 0)) as watched:
        watched.until_said("does not tell of changes (")
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()
        assert watched.said("fs.inotify.max_user_instances") == 1


def test_a_name_that_is_not_utf8_is_told_and_keeps_nobody_from_the_rest(folder: Path) -> None:
    with watching(folder) as watched:
        watched.until((folder / OVERVIEW).is_file)
        (folder / os.fsdecode(b"caf\xe9.md")).write_text("text")
        watched.until_said("caf\\xe9.md")
        new_priority(folder, "Sell")
        watched.until(holds(folder / ALIGNMENT, "Sell"))
        watched.until_right()
        assert watched.said("caf\\xe9.md") == 1


def test_an_interrupt_that_is_dropped_on_its_way_ends_a_watch_all_the_same() -> None:
    stop, before = threading.Event(), signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with _interrupting(stop), suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
