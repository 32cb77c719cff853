"""A vault's repository goes in, what its notes said on earlier days comes out, as the log of it tells.

A note that was moved, and edited in the same breath, is followed as git does it. Of several versions on one day the
last counts; the day is that of the author, where they were. Before the first day that was read nothing is known.
"""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from vaultkit.disk.gitrun import Git
from vaultkit.disk.listing import is_hidden, is_note
from vaultkit.parser.skim import skim
from vaultkit.vault.past import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from vaultkit.disk.gitdir import Repository

DAYS = 400
"""How far back anybody asks: a year, and what it is compared with."""
COMMITS = 20_000
VERSIONS = 100_000
"""How many are read at the most, from the latest; before them nothing is known."""
_LONGEST = 1 << 20
"""Bytes of a version that is read: a longer one counts as not there."""
_LINE = 300
_ASKED = (
    *("-z", "--raw", "-c", "-M", "-l400", f"-O{os.devnull}", "--no-abbrev", "--ignore-submodules=all"),
    *("--no-ext-diff", "--no-textconv", "--no-color", "--no-decorate", "--no-notes", "--no-show-signature"),
    *(f"--max-count={COMMITS}", "--date=short", "--format=%x01%H%x00%P%x00%ad%x00%cd"),
)
"""Each commit's files before and after, its day and what came before it; of a merge, what it made another of."""
_ENTRY = re.compile(r"\n?(:+)((?:[0-7]{6} )+)([0-9a-f ]+) ([A-Z]+)[0-9]*")
_FILES = ("100644", "100755")
_NOTHING = "000000"


class History(Struct, frozen=True, array_like=True):
    """The versions of the notes that lie in a vault's repository."""

    since: date | None = None
    """The first day of which anything is known."""
    blobs: dict[str, bytes] = {}
    """Path, as it is today -> the days of its versions, the oldest first, and what git calls the text of each; packed,
    since few are asked about."""

    def versions(self, path: str) -> tuple[tuple[date, str], ...]:
        """Those of one note."""
        data = self.blobs.get(path)
        return _DECODER.decode(data) if data else ()


class Told(Struct, frozen=True, array_like=True):
    """What git told of a vault, as long as `mark` stays the same."""

    mark: str
    history: History
    said: dict[str, Said]
    """What the texts say that were read, by what git calls them."""


_DECODER = msgspec.msgpack.Decoder(tuple[tuple[date, str], ...])


class _Commit(NamedTuple):
    """A commit, and what became of each file that it touched."""

    name: str
    is_first: bool
    """Whether it has no commit before it, or none that this clone has."""
    day: date
    entries: list[_Entry]


class _Entry(NamedTuple):
    """A file that a commit touched: its paths before and after, and what git calls its text."""

    paths: list[str]
    blob: str
    """Empty for what is no file, or is one no more."""
    is_gone: bool
    is_moved: bool


class _Names:
    """What a path of an earlier day is called today; it is told of what happened from the latest commit on."""

    def __init__(self, prefix: str, wanted: Callable[[str], bool]) -> None:
        self._prefix, self._wanted = prefix, wanted
        self._later: dict[str, str] = {}
        """A path then -> its path today; empty for another note, that had this path before."""
        self._seen: set[str] = set()

    def today(self, path: str) -> str:
        """Its path in the vault today; empty when it is none of the notes."""
        if path not in self._later:
            inside = path.removeprefix(self._prefix) if path.startswith(self._prefix) else ""
            wanted = is_note(inside) and not is_hidden(inside) and self._wanted(inside)
            self._later[path] = inside if wanted else ""
        return self._later[path]

    def saw(self, entry: _Entry) -> str:
        """What the note is called today that was touched; empty for one that is gone."""
        now = self.today(entry.paths[-1])
        if entry.is_gone and now not in self._seen:
            self._later[entry.paths[-1]] = now = ""
        if entry.is_moved:
            self._later[entry.paths[-1]], self._later[entry.paths[0]] = "", now
        self._seen.add(now)
        return now


class _Log:
    """What the log says, read from the latest commit on."""

    def __init__(self, repository: Repository, wanted: Callable[[str], bool]) -> None:
        self.names = _Names(repository.prefix, wanted)
        self.blobs: dict[str, list[tuple[date, str]]] = {}
        """Path today -> its versions, the latest first."""
        self.since: date | None = None
        self.last = ""
        """The commit at which reading stopped, since there were too many; empty when all was read."""
        self._is_shallow = repository.is_shallow

    def read(self, commits: Iterator[_Commit]) -> None:
        """Read as many as are read at the most."""
        days: list[date] = []
        firsts: list[date] = []
        versions = 0
        for commit in commits:
            days.append(commit.day)
            firsts += [commit.day] * commit.is_first
            versions += sum(self._takes(commit, entry) for entry in commit.entries)
            if versions >= VERSIONS or len(days) >= COMMITS:
                self.last, self.since = commit.name, commit.day
                return
        self.since = max(firsts) if firsts and self._is_shallow else min(days, default=None)

    def begin(self, since: date, tree: bytes, prefix: str) -> None:
        """Take in how the notes read on the first day that is asked about."""
        self.since = since
        for line in filter(None, tree.split(b"\0")):
            what, _, path = line.decode("utf-8", "surrogateescape").partition("\t")
            mode, _, blob = what.split(" ")
            now = self.names.today(prefix + path)
            if now and mode in _FILES:
                self.blobs.setdefault(now, []).append((since, blob))

    def by_day(self, path: str) -> tuple[tuple[date, str], ...]:
        """The versions of a note, the oldest first, of two on one day the last.

        Who amends or moves commits keeps the day on which they were written: a version was there before the next one.
        """
        found: dict[date, str] = {}
        latest = None
        for written, blob in self.blobs[path]:
            latest = written if latest is None else min(latest, written)
            found.setdefault(max(latest, self.since or latest), blob)
        ordered = sorted(found.items())
        return tuple(each for place, each in enumerate(ordered) if not place or ordered[place - 1][1] != each[1])

    def _takes(self, commit: _Commit, entry: _Entry) -> bool:
        now = self.names.saw(entry)
        if now and entry.blob:
            self.blobs.setdefault(now, []).append((commit.day, entry.blob))
        return bool(now and entry.blob)


def read_history(repository: Repository, today: date, wanted: Callable[[str], bool]) -> History:
    """What the log says of the notes whose path is `wanted`. Raises GitError when git cannot tell."""
    git = Git(repository.top / repository.prefix)
    within = ("--", ".") if repository.prefix else ("--",)
    horizon = today - timedelta(days=DAYS)
    before = git.ask("rev-list", "-1", f"--before={horizon.isoformat()}T00:00:00Z", "HEAD", *within)
    base = before.decode().strip()
    log = _Log(repository, wanted)
    log.read(_commits(git.ask("log", *_ASKED, "HEAD", *([f"^{base}"] if base else []), *within)))
    if log.last or base:
        since = log.since if log.last and log.since else horizon
        log.begin(since, git.ask("ls-tree", "-r", "-z", log.last or base), repository.prefix)
    return History(log.since, {path: msgspec.msgpack.encode(log.by_day(path)) for path in sorted(log.blobs)})


def read_versions(repository: Repository, names: Sequence[str]) -> dict[str, Said]:
    """What each of these texts says; one that is missing or too long is left out. Raises GitError."""
    if not names:
        return {}
    found: dict[str, Said] = {}
    given = "".join(f"{name}\n" for name in names).encode()
    with Git(repository.top / repository.prefix).running("cat-file", "--batch", given=given) as answer:
        while line := answer.readline(_LINE):
            name, kind, *size = line.decode("ascii", "replace").split()
            if kind == "missing" or not size:
                continue
            if kind == "blob" and int(size[0]) <= _LONGEST:
                found[name] = said(skim(answer.read(int(size[0]))))
            else:
                _pass_over(answer, int(size[0]))
            answer.read(1)
    return found


def _commits(answer: bytes) -> Iterator[_Commit]:
    """The commits of a log, each with its files."""
    words = iter(answer.decode("utf-8", "surrogateescape").split("\0"))
    commit: _Commit | None = None
    for word in words:
        found = _ENTRY.fullmatch(word)
        if word.startswith("\x01"):
            if commit:
                yield commit
            commit = _Commit(word[1:], not next(words), _day(next(words), next(words)), [])
        elif found and commit:
            commit.entries.append(_entry(found, words))
    if commit:
        yield commit


def _entry(found: re.Match[str], words: Iterator[str]) -> _Entry:
    """A file of a commit, or of a merge that made it another than all that were merged."""
    mode, blob = found[2].split()[-1], found[3].split()[-1]
    moved = len(found[1]) == 1 and found[4] == "R"
    paths = [next(words) for _ in range(2 if moved else 1)]
    return _Entry(paths, blob if mode in _FILES else "", mode == _NOTHING, moved)


def _day(written: str, committed: str) -> date:
    """The day on which somebody wrote it, where they were; one that lies after the commit is an error."""
    return min(date.fromisoformat(written), date.fromisoformat(committed) + timedelta(days=1))


def _pass_over(answer: BinaryIO, size: int) -> None:
    while size > 0 and (data := answer.read(min(size, _LONGEST))):
        size -= len(data)
