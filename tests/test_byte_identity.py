"""What people wrote stays as they wrote it, to the byte, whatever is run on a vault; ejected, it is as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hostile_attempts import CHECKOUT, run
from tests.hostile_vault import LONG_AGO, WORDS, World, name_of, state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Corpus

ASKS = b"%% vaultkit:index %%"
STYLES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda text: text + b"\n\n" + ASKS + b"\n",
    "no line end at its end": lambda text: text + b"\n\n" + ASKS,
    "CRLF": lambda text: (text + b"\n\n" + ASKS + b"\nlast\n").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "mixed line ends": lambda text: text.replace(b"\n", b"\r\n", 3) + b"\r\n\n" + ASKS + b"\r\n\nlast\n\r\n",
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text + b"\n\n" + ASKS + b"\n",
    "NUL bytes": lambda text: text + b"\na\0b\0\n\n" + ASKS + b"\n\0\n",
    "lone carriage returns": lambda text: text + b"\rone\rtwo\n\n" + ASKS + b"\n\nthree\rfour\n",
    "not UTF-8": lambda text: text + b"\ncaf\xe9 \xff\xfe\n\n" + ASKS + b"\n",
    "other ends of lines": lambda text: text + "\u2028a\u2029b\x0bc\x0cd\x85\n\n".encode() + ASKS + b"\n",
    "two regions": lambda text: text + b"\n\n" + ASKS + b"\n\nbetween\n\n" + ASKS + b"\n\n\n\n",
    "spaces at its end": lambda text: text + b"  \t \n\n" + ASKS + b" \t\n   \n",
    "nothing else": lambda _: ASKS,
    "closed by nobody": lambda text: text + b"\n\n%% /vaultkit 00000000 %%\n" + ASKS + b"\n",
}
"""How a person's text may stand in a file, with a region in it."""


def prepared(root: Path, notes: Path, every: int) -> World:
    """A copy of a vault in which each so manieth note asks for a region, in each style in turn."""
    world = World(root, root / "vault", root / "outside", root / "outside/secret.md")
    shutil.copytree(notes, world.vault, symlinks=True)
    styles = list(STYLES.values())
    paths = sorted(path for path in world.vault.rglob("*.md") if path.is_file() and not path.is_symlink())
    for number, path in enumerate(paths[::every]):
        path.chmod((0o644, 0o600, 0o664, 0o755)[number % 4])
        path.write_bytes(styles[number % len(styles)](path.read_bytes()))
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))
    (world.vault / "vaultkit.toml").write_text('[[index]]\npath = "All notes"\nfolder = ""\n')
    return world


def assert_identical(world: World) -> None:
    """Look, build, build again, watch, eject: and hold every file against what it was."""
    before = state(world.root)
    for command in (("check", "-q"), ("status",), ("export", "json"), ("export", "obsidian"), ("build", "--diff")):
        assert run(world, *command).code in {0, 1}
        assert state(world.root) == before, command
    assert run(world, "build").code == 0
    built = state(world.root)
    _assert_regions_alone_differ(before, built)
    for again in (("build",), ("check", "-q"), ("export", "graphml")):
        assert run(world, *again).code in {0, 1}
        assert state(world.root) == built, again
    assert _watched(world) == 130
    assert state(world.root) == built
    assert run(world, "eject", "--yes").code == 0
    after = state(world.root)
    assert {path: (*what[:3], what[-1]) for path, what in after.items()} == {
        path: (*what[:3], what[-1]) for path, what in before.items()
    }
    untouched = {path for path, what in before.items() if built.get(path) == what}
    assert {path: after[path] for path in untouched} == {path: before[path] for path in untouched}


def _assert_regions_alone_differ(before: dict[str, tuple[object, ...]], built: dict[str, tuple[object, ...]]) -> None:
    other = [path for path, what in before.items() if built[path] != what]
    assert other
    assert len(built) > len(before)
    assert all(path.endswith(".md") for path in other)
    assert all(built[path][:3] == before[path][:3] for path in other)


def _watched(world: World) -> int:
    """How a watch ends that is stopped once it has read everything."""
    home = world.root.parent / "home"
    environment = {**os.environ, "HOME": str(home), "LANGUAGE": "en", "PYTHONPATH": str(CHECKOUT)}
    environment |= {name: str(home / name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME")}
    command = [sys.executable, "-m", "vaultkit", "-C", str(world.vault), "--today", "2026-03-16", "watch"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as watch:
        assert watch.stderr
        assert any(b"Watching" in line for line in watch.stderr)
        watch.send_signal(signal.SIGINT)
        watch.stderr.read()
    return watch.returncode


def test_the_help_pages_of_obsidian(tmp_path: Path, corpus: Corpus) -> None:
    assert_identical(prepared(tmp_path / "world", corpus("help-en"), every=9))


@pytest.mark.prove
def test_the_hub(tmp_path: Path, corpus: Corpus) -> None:
    assert_identical(prepared(tmp_path / "world", corpus("hub"), every=40))


def test_nasty_names(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for folder in ("Priorities", "Notes", "Notes/a  b", "Notes/%%"):
        (notes / folder).mkdir(parents=True, exist_ok=True)
        for number, words in enumerate(WORDS):
            (notes / folder / f"{name_of(words)} {number}.md").write_text(
                f"---\ntype: priority\n---\n# {number}\n", "utf-8"
            )
    assert_identical(prepared(tmp_path / "world", notes, every=1))
