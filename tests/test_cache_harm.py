"""Whatever becomes of the cache's files, nobody notices: what is said is true, and the next run has a cache again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.cache_vault import FILES, OLD_NS, age, opened, said
from tests.cli_vault import command, files_of
from vaultkit.disk import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import MakeVault

PAGE = 16384
UNKEPT = ("Plan.canvas",)
"""What no cache can keep: half a character stands in what it links to."""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes from the cache is held against a run without one here: it need not be proved on the way."""
    monkeypatch.delenv("VAULTKIT_PARANOID")


@pytest.fixture
def root(make_vault: MakeVault) -> Path:
    folder = make_vault({path: text for path, text in FILES.items() if path not in UNKEPT})
    age(folder)
    return folder


@pytest.fixture
def cache(root: Path, tmp_path: Path) -> Path:
    """The cache of a vault that has changed since: what it holds is true of one note less and another text."""
    path = tmp_path / "cache" / "kept.sqlite3"
    said(root, path)
    change(root)
    return path


def change(root: Path) -> None:
    """One note changes its links, one comes, one goes, one is only touched."""
    (root / "Priorities/Hire a CFO.md").write_text("---\nowner: '[[Ann Lee]]'\n---\n- [ ] Write to [[Bob]]\n")
    (root / "Bob.md").write_text("[[Loose end]]\n")
    (root / "People/Ann Lee (old).md").unlink()
    for path in ("Priorities/Hire a CFO.md", "Bob.md", "Empty.md"):
        os.utime(root / path, ns=(OLD_NS, OLD_NS + 1000))


def files_beside(cache: Path) -> list[Path]:
    return sorted(cache.parent.glob(f"{cache.name}*"))


def is_kept(root: Path, cache: Path) -> bool:
    """Whether anything of a vault is kept there."""
    kept = Cache(cache, str(root))
    found = kept.get("listing")
    kept.close()
    return found is not None


def damage(root: Path, cache: Path, harms: Iterator[Callable[[Path], None]]) -> None:
    """After each harm the vault reads as it does without a cache, twice, and is kept again after that."""
    whole = cache.read_bytes()
    expected = said(root, None)
    for number, harm in enumerate(harms):
        for path in files_beside(cache):
            path.unlink()
        cache.write_bytes(whole)
        harm(cache)
        assert said(root, cache) == expected, f"harm {number}"
        assert said(root, cache) == expected, f"after harm {number}"
        assert is_kept(root, cache), f"harm {number}"


def seeded(seed: int) -> Random:
    """Chance that can be had again."""
    return Random(seed)  # noqa: S311 - nothing secret


def truncated(length: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, length)


def written(data: bytes, end: str = "") -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        path.with_name(path.name + end).write_bytes(data)

    return harm


def test_truncated_anywhere(root: Path, cache: Path) -> None:
    size = cache.stat().st_size
    chance = seeded(1)
    lengths = [0, 1, 15, 16, 99, 100, 101, 4096, size - 1, *range(0, size, PAGE), *chance.sample(range(size), 40)]
    damage(root, cache, map(truncated, lengths))


def flipped(seed: int) -> Callable[[Path], None]:
    """Some bytes are others: one, a few, or a run of them."""

    def harm(path: Path) -> None:
        chance = seeded(seed)
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 1, 3, 30))):
            at = chance.randrange(len(data) if chance.random() < 0.7 else 200)
            for offset in range(at, min(len(data), at + chance.choice((1, 1, 1, 64)))):
                data[offset] ^= 1 << chance.randrange(8)
        path.write_bytes(data)

    return harm


def test_bytes_flipped_anywhere(root: Path, cache: Path) -> None:
    damage(root, cache, map(flipped, range(200)))


def test_bytes_flipped_within_what_is_kept(root: Path, cache: Path) -> None:
    """Everywhere in the entries, so that SQLite has nothing to object to."""
    with sqlite3.connect(cache) as kept:
        keys = [(key, len(value)) for key, value in kept.execute("SELECT key, value FROM kept")]
    kept.close()

    def harm(key: str, at: int) -> Callable[[Path], None]:
        def harm(path: Path) -> None:
            with sqlite3.connect(path) as kept:
                (value,) = kept.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
                value = bytearray(value)
                value[at] ^= 1
                kept.execute("UPDATE kept SET value = ? WHERE key = ?", (bytes(value), key))
            kept.close()

        return harm

    chance = seeded(2)
    damage(root, cache, (harm(key, chance.randrange(size)) for key, size in keys if size))


def statements(*texts: str) -> Callable[[Path], None]:
    def harm(path: Path) -> None:
        with sqlite3.connect(path) as kept:
            for text in texts:
                kept.execute(text)
        kept.close()

    return harm


def test_entries_that_are_others(root: Path, cache: Path) -> None:
    others = [
        "UPDATE kept SET value = NULL",
        "UPDATE kept SET value = 7",
        "UPDATE kept SET value = 'text'",
        "UPDATE kept SET value = x''",
        "UPDATE kept SET key = key || 'x'",
        "UPDATE kept SET value = (SELECT value FROM kept WHERE key = 'listing')",
        "DELETE FROM kept WHERE key LIKE 'note %'",
        "DELETE FROM kept WHERE key LIKE 'names %'",
        "DELETE FROM kept WHERE key NOT LIKE 'note %'",
        "DELETE FROM kept",
    ]
    damage(root, cache, map(statements, others))


def test_any_entry_that_is_gone(root: Path, cache: Path) -> None:
    with sqlite3.connect(cache) as kept:
        keys = [key for (key,) in kept.execute("SELECT key FROM kept")]
    kept.close()

    def gone(key: str) -> Callable[[Path], None]:
        def harm(path: Path) -> None:
            with sqlite3.connect(path) as kept:
                kept.execute("DELETE FROM kept WHERE key = ?", (key,))
            kept.close()

        return harm

    damage(root, cache, map(gone, keys))


def test_a_table_whose_name_is_no_text(root: Path, cache: Path) -> None:
    data = cache.read_bytes()
    assert data.count(b"CREATE TABLE kept") == 1
    damage(root, cache, iter([written(data.replace(b"CREATE TABLE kept", b"CREATE T\xf4BLE kept"))]))


def test_a_file_of_another_shape(root: Path, cache: Path) -> None:
    shapes = [
        ("DROP TABLE kept",),
        ("ALTER TABLE kept RENAME COLUMN value TO worth",),
        ("ALTER TABLE kept RENAME COLUMN key TO lock",),
        ("DROP TABLE kept", "CREATE VIEW kept AS SELECT 1 AS key, 2 AS value"),
        ("DROP TABLE kept", "CREATE TABLE kept (key)"),
        ("ALTER TABLE kept ADD COLUMN more",),
        ("PRAGMA user_version = 99",),
        ("PRAGMA journal_mode = DELETE",),
    ]
    damage(root, cache, (statements(*shape) for shape in shapes))


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000, b"no database\n" * 2000, b"\0" * PAGE],
)
def test_something_else_in_its_place(root: Path, cache: Path, data: bytes) -> None:
    damage(root, cache, iter([written(data)]))


def two_states(root: Path, cache: Path) -> tuple[Path, Path]:
    """The cache as it was before the last change and after it; then the vault changes once more."""
    earlier = cache.with_name("earlier")
    shutil.copy(cache, earlier)
    said(root, cache)
    later = cache.with_name("later")
    shutil.copy(cache, later)
    (root / "Loose end.md").write_text("[[Bob]] and [[Empty]]\n")
    return earlier, later


def test_pages_of_two_states_mixed(root: Path, cache: Path) -> None:
    """As after a power cut: each page is sound, and some are from before the last run."""
    states = [path.read_bytes() for path in two_states(root, cache)]
    size = max(map(len, states)) // PAGE
    chance = seeded(3)

    def mixed(path: Path) -> None:
        pages = [chance.choice(states)[n * PAGE : (n + 1) * PAGE] for n in range(size)]
        path.write_bytes(b"".join(page or bytes(PAGE) for page in pages))

    damage(root, cache, (mixed for _ in range(30)))


def test_entries_of_two_states_mixed(root: Path, cache: Path) -> None:
    """Each entry is one that was kept, and the file is in order: only together are they nothing that ever was."""
    states = []
    for path in two_states(root, cache):
        with sqlite3.connect(path) as kept:
            states.append(dict(kept.execute("SELECT key, value FROM kept")))
        kept.close()
    chance = seeded(4)

    def mixed(path: Path) -> None:
        chosen = ((key, chance.choice(states).get(key)) for key in sorted({*states[0], *states[1]}))
        with sqlite3.connect(path) as kept:
            kept.execute("DELETE FROM kept")
            kept.executemany("INSERT INTO kept VALUES (?, ?)", [row for row in chosen if row[1] is not None])
        kept.close()

    damage(root, cache, (mixed for _ in range(60)))


def test_what_lies_beside_it(root: Path, cache: Path, tmp_path: Path) -> None:
    """A log that was left over, that is another one's, or is gone."""
    busy = tmp_path / "busy"
    shutil.copytree(cache.parent, busy)
    held = Cache(busy / cache.name, str(root))
    said(root, busy / cache.name)
    logs = {path.name: path.read_bytes() for path in files_beside(busy / cache.name)}
    held.close()
    assert len(logs) == 3

    def left(*names: str) -> Callable[[Path], None]:
        def harm(path: Path) -> None:
            for name in names:
                path.with_name(name).write_bytes(logs[name])

        return harm

    whole, wal, shm = cache.name, f"{cache.name}-wal", f"{cache.name}-shm"
    choices = [left(wal), left(shm), left(wal, shm), left(whole), left(whole, shm), left(whole, wal), left(*logs)]
    noise = [written(os.urandom(size), end) for end in ("-wal", "-shm", "-journal") for size in (0, 10, 40_000)]
    damage(root, cache, iter((*choices, *noise)))


@pytest.mark.parametrize("place", ["", "-wal", "-shm"])
def test_a_folder_in_its_place(root: Path, cache: Path, place: str) -> None:
    expected = said(root, None)
    taken = cache.with_name(cache.name + place)
    taken.unlink(missing_ok=True)
    taken.mkdir()
    (taken / "kept").touch()
    assert said(root, cache) == said(root, cache) == expected
    assert (taken / "kept").exists()
    shutil.rmtree(taken)
    assert said(root, cache) == expected
    assert is_kept(root, cache)


@pytest.mark.parametrize("blocked", ["parent", "grandparent"])
def test_a_file_where_its_folder_should_be(root: Path, tmp_path: Path, blocked: str) -> None:
    (tmp_path / "file").touch()
    cache = tmp_path / "file" / "kept.sqlite3" if blocked == "parent" else tmp_path / "file" / "folder" / "kept.sqlite3"
    assert said(root, cache) == said(root, None)
    assert (tmp_path / "file").read_bytes() == b""


def test_deleted_while_it_is_open(root: Path, cache: Path) -> None:
    expected = said(root, None)
    held = Cache(cache, str(root))
    for path in files_beside(cache):
        path.unlink()
    assert held.get("note Empty.md")
    assert said(root, cache) == expected
    held.put("listing", b"of old")
    held.commit()
    assert said(root, cache) == expected
    held.close()
    assert said(root, cache) == expected
    assert is_kept(root, cache)


def test_truncated_while_it_is_open(root: Path, cache: Path) -> None:
    held = Cache(cache, str(root))
    os.truncate(cache, PAGE)
    list(held.all("note "))
    held.put("listing", b"of old")
    held.commit()
    held.close()
    assert said(root, cache) == said(root, None)


@pytest.mark.parametrize("how", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_locked_by_another(root: Path, cache: Path, how: str) -> None:
    expected = said(root, None)
    other = sqlite3.connect(cache, isolation_level=None)
    other.execute(how)
    file = cache.stat().st_ino
    assert said(root, cache) == expected
    assert cache.stat().st_ino == file
    other.execute("ROLLBACK")
    other.close()
    assert said(root, cache) == expected
    assert is_kept(root, cache)


def test_what_another_has_kept_meanwhile_is_not_undone(root: Path, cache: Path) -> None:
    one, two = Cache(cache, str(root)), Cache(cache, str(root))
    assert one.get("listing") == two.get("listing")
    two.put("listing", b"two")
    two.commit()
    assert two.get("listing") == b"two"
    assert one.get("listing") not in {None, b"two"}  # it goes on with what it has begun with
    one.put("listing", b"one")
    one.commit()
    assert not one.is_open
    assert two.get("listing") == b"two"
    two.close()


def test_what_was_not_committed_is_not_there(root: Path, cache: Path) -> None:
    kept = Cache(cache, str(root))
    before = kept.get("listing")
    kept.put("listing", b"other")
    kept.drop("note Empty.md")
    kept.close()
    again = Cache(cache, str(root))
    assert again.get("listing") == before
    assert again.get("note Empty.md")
    again.close()


def test_without_a_place_nothing_is_kept() -> None:
    kept = Cache(None)
    kept.put("a", b"b")
    kept.drop("c")
    kept.commit()
    assert (kept.get("a"), list(kept.all("")), kept.is_open) == (None, [], False)
    kept.remove()
    kept.close()


AS_NOBODY = """
import os, sys
from datetime import date
from pathlib import Path
from vaultkit.disk import Cache
from vaultkit.session import Session
root, cache = sys.argv[1:]
Session(Path(root), cache=Cache(Path(root + ".kept"), root)).findings()  # it can import nothing later on
os.setgid(65534), os.setuid(65534)
session = Session(Path(root), today=date(2026, 3, 16), cache=Cache(Path(cache), root))
print(len(session.findings()))
session.close()
"""


@pytest.mark.parametrize("what", ["file", "folder", "both", "unreadable"])
def test_where_nothing_may_be_written(root: Path, cache: Path, what: str) -> None:
    """As a user who may read the vault and not write the cache: for who may do anything there is no such place."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only root can become another user")
    expected = len(said(root, None).findings)
    for folder in root.parents:
        if folder.stat().st_uid == 0 and folder != Path("/") and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    cache.parent.chmod(0o555 if what in {"folder", "both"} else 0o777)
    cache.chmod({"file": 0o444, "both": 0o444, "unreadable": 0o000}.get(what, 0o666))
    before = files_of(cache.parent)
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(root), str(cache)], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == (f"{expected}\n", "")
    assert files_of(cache.parent) == before


def test_on_a_full_disk(root: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(small)],  # noqa: S607 - where the system has it
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no disk can be made here")
    try:
        expected = said(root, None)
        for free in (0, 8, 40, 80, 120):
            for path in small.iterdir():
                path.unlink()
            filled = small / "filled"
            filled.write_bytes(bytes(max(0, 128 - free) * 1024))
            for _ in range(3):
                assert said(root, small / "kept.sqlite3") == expected
            filled.unlink()
            (root / "Bob.md").write_text(f"[[{free}]]\n")
            expected = said(root, None)
            assert said(root, small / "kept.sqlite3") == expected
    finally:
        subprocess.run(["umount", "--lazy", str(small)], check=True, capture_output=True)  # noqa: S607


WRITER = """
import sys
from pathlib import Path
from vaultkit.disk import Cache
from vaultkit.session import Session
root, cache = Path(sys.argv[1]), Path(sys.argv[2])
print("begun", flush=True)
for number in range(1000):
    (root / "Bob.md").write_text(f"[[{number}]] " * (number % 50 + 1))
    session = Session(root, cache=Cache(cache, str(root)))
    session.findings()
    session.close()
"""


@pytest.mark.parametrize("seed", range(12))
def test_killed_while_it_writes(root: Path, cache: Path, seed: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(root), str(cache)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    wal = cache.with_name(f"{cache.name}-wal")
    looks = seeded(seed).randrange(1, 400)
    while looks and process.poll() is None:  # at some moment or other, while there is a log
        looks -= wal.exists()
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    process.wait()
    process.stdout.close()
    assert said(root, cache) == said(root, None)
    assert said(root, cache) == said(root, None)
    assert is_kept(root, cache)


def test_two_at_once_while_notes_are_saved(root: Path, cache: Path) -> None:
    """Whatever each of them sees meanwhile, neither fails, and once all is still what is kept is true."""
    environment = os.environ | {"VAULTKIT_CACHE_DIR": str(cache.parent)}
    ended = threading.Event()

    def save() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            (root / f"{number % 5}.md").write_text(f"[[{(number + 1) % 7}]] [[Ann Lee]]\n")
            (root / f"{(number + 2) % 5}.md").unlink(missing_ok=True)

    saving = threading.Thread(target=save)
    saving.start()
    try:
        for _ in range(4):
            arguments = command("-C", str(root), "--today", "2026-03-16", "check", "--format", "json")
            both = [subprocess.Popen(arguments, stdout=-1, stderr=-1, env=environment) for _ in range(2)]
            for process in both:
                _, trouble = process.communicate()
                assert (process.returncode, trouble) == (1, b"")
    finally:
        ended.set()
        saving.join()
    (kept,) = [path for path in cache.parent.glob("*.sqlite3") if path != cache]
    assert said(root, kept) == said(root, None)
    assert said(root, kept) == said(root, None)
    assert is_kept(root, kept)


def test_a_note_that_was_lost_is_kept_again(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(root, cache)
    statements("UPDATE kept SET value = x'00' WHERE key = 'note Loose end.md'")(cache)
    said(root, cache)
    assert opened(monkeypatch, lambda: said(root, cache)) == []
