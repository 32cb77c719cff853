"""A vault comes in, the commands that do the same work on it go out: vaultkit's, the peers', the floors'."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.contest import Entry

if TYPE_CHECKING:
    from bench.peers import Peers
    from bench.vaults import Vault

FLOORS = str(Path(__file__).with_name("floors.py"))
CONNECT = "import sys, pathlib, obsidiantools.api as api; api.Vault(pathlib.Path(sys.argv[1])).connect()"
SAMPLE_DAY = "2026-03-16"


@dataclass(frozen=True)
class Commands:
    """The commands on one vault; what they keep between runs stands in `state`."""

    vault: Vault
    peers: Peers
    state: Path

    def ours(self, name: str, *words: str, cache: str = "kept") -> Entry:
        """A command of vaultkit's, on the synthetic vaults as if it were the day that they are about."""
        day = ["--today", SAMPLE_DAY] if self.vault.synthetic else []
        environment = {**self.peers.environment(), "VAULTKIT_CACHE_DIR": str(self.state / cache)}
        command = [self.peers.ours, "-C", str(self.vault.folder), *day, *words]
        return Entry(name, command, None, environment, accepted=(0, 1))

    def on_copy(self, name: str) -> Commands:
        """The same commands on a copy of the vault, made anew, into which they may write pages."""
        folder = self.state / name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.vault.folder, folder, symlinks=True)
        return replace(self, vault=replace(self.vault, folder=folder))

    def empty_cache(self) -> Entry:
        """The first check of a vault: the folder of the cache is new at each run."""
        entry = self.ours("vaultkit check, empty cache", "check", "-q", cache="new")
        return replace(entry, before=lambda: shutil.rmtree(self.state / "new", ignore_errors=True))

    def cold(self) -> list[Entry]:
        """The first run, nothing kept from another."""
        vault = str(self.vault.folder)
        return [
            self.empty_cache(),
            self.ours("vaultkit check --no-cache", "check", "-q", "--no-cache"),
            *self.theirs("mdsmith check", "mdsmith", "mdsmith", "check", "-q", ".", accepted=(0, 1)),
            *self.theirs("graphmark stats", "graphmark", "graphmark", "stats", "--root", vault),
            *self.theirs("hvk rebuild", "headless-vault-kit", "hvk", "rebuild", *self.hvk()),
            *self.theirs("foam list orphans", "foam-cli", "foam", "list", "orphans", "--workspace", vault),
            *self.theirs("obsidiantools connect", "obsidiantools", "python", "-c", CONNECT, vault),
            self.floor("walk"),
            self.floor("read"),
            *self.marked("events"),
            *self.marked("html"),
        ]

    def again(self) -> list[Entry]:
        """What is run again: nothing, or one note, changed since the last run."""
        return [
            self.ours("vaultkit check", "check", "-q"),
            *self.theirs("mdsmith check", "mdsmith", "mdsmith", "check", "-q", ".", accepted=(0, 1)),
            *self.theirs("hvk scan", "headless-vault-kit", "hvk", "scan", *self.hvk()),
            self.floor("walk"),
        ]

    def question(self) -> list[Entry]:
        """What links to a note, and what asking anything costs at the least."""
        note = self.vault.chosen.relative_to(self.vault.folder).as_posix()
        return [
            self.ours("vaultkit backlinks NOTE", "backlinks", note),
            *self.theirs("hvk backlinks NOTE", "headless-vault-kit", "hvk", "backlinks", note, *self.hvk()),
            self.floor("walk", "click", "sqlite3"),
        ]

    def counts(self) -> list[Entry]:
        """How many notes each peer sees, for a tool that overlooks half of them is twice as fast."""
        vault = str(self.vault.folder)
        return [
            self.ours("vaultkit", "check"),
            *self.theirs("mdsmith", "mdsmith", "mdsmith", "check", "-o", "-", ".", accepted=(0, 1)),
            *self.theirs("graphmark", "graphmark", "graphmark", "stats", "--root", vault),
            *self.theirs("hvk", "headless-vault-kit", "hvk", "rebuild", *self.hvk()),
            *self.theirs("foam", "foam-cli", "foam", "list", "notes", "--workspace", vault),
        ]

    def hvk(self) -> list[str]:
        """Where hvk finds the vault and keeps its index."""
        return ["--vault", str(self.vault.folder), "--index", str(self.state / "hvk")]

    def theirs(self, name: str, peer: str, command: str, *words: str, accepted: tuple[int, ...] = (0,)) -> list[Entry]:
        """A peer's command, if the peer is installed."""
        path = self.peers.bin(peer, command)
        if path is None:
            return []
        return [Entry(name, [path, *words], self.vault.folder, self.peers.environment(), accepted)]

    def floor(self, what: str, *modules: str) -> Entry:
        """A floor of bare Python."""
        named = f"python: import {', '.join(modules)} and {what}" if modules else f"python: {what}"
        command = [self.peers.python, FLOORS, what, str(self.vault.folder), *modules]
        return Entry(named, command, None, self.peers.environment())

    def marked(self, what: str) -> list[Entry]:
        """A floor that needs pulldown-cmark."""
        path = self.peers.bin("pyromark", "python")
        command = [str(path), FLOORS, what, str(self.vault.folder)]
        return [Entry(f"pulldown-cmark: read and {what}", command, None, self.peers.environment())] if path else []


def help_of(peers: Peers) -> list[Entry]:
    """The help, and what it costs to import click alone."""
    environment = peers.environment()
    return [
        Entry("vaultkit --help", [peers.ours, "--help"], None, environment),
        Entry("python: import click", [peers.python, "-c", "import click"], None, environment),
    ]
