"""A vault's folder and a commit or a day go in; what has changed since, as git tells, or from which day on, comes out.

Since a branch means since this one left it: what others have done there meanwhile has not changed here.
"""

from __future__ import annotations

import os
import unicodedata
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.disk.gitrun import Git, GitError
from vaultkit.errors import ConfigError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vaultkit.model import Message

_PLAIN = (
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--ignore-submodules=all",
    "--name-only",
    "-z",
    "--relative",
)
_DAY = ("--format=%ad", "--date=short", "--no-show-signature", "--no-notes", "--no-color")
"""That of the author, as the past has it."""
_DEPTH = 8
"""How many repositories within each other are asked."""


class Changed(Struct, frozen=True):
    """What has changed: files, and whole folders of which git knows nothing; in Unicode's composed form."""

    files: frozenset[str]
    folders: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a file is among it."""
        said = unicodedata.normalize("NFC", path)
        return said in self.files or said.startswith(self.folders)


def changed_since(root: Path, since: str) -> Changed:
    """The vault's files that differ from a commit, or from the last one before a day, or are in none.

    Raises ConfigError outside a repository, for what is no commit, and where git cannot tell.
    """
    git = _repository(root)
    try:
        found = set(_changed(git, root, _base(git, since)))
    except GitError as error:
        raise ConfigError(error.why, path=root.name) from None
    return Changed(frozenset(found), tuple(sorted(path for path in found if path.endswith("/"))))


def first_day(root: Path, since: str, today: date) -> date:
    """The first day that counts: the one that is named, else the day after a commit.

    The day of the commit itself, where others followed on it or it is not over: of a day nobody keeps the hours.
    Raises ConfigError as `changed_since` does; for a day, never.
    """
    with suppress(ValueError):
        return date.fromisoformat(since)
    git = _repository(root, message("name a day, which needs no git: 2026-03-16"))
    try:
        commit = _left(git, since)
        day = date.fromisoformat(_answer(git, "show", "-s", *_DAY, commit))
        later = _answer(git, "log", *_DAY, f"{commit}..HEAD").split()
    except GitError as error:
        raise ConfigError(error.why, path=root.name) from None
    return day if day.isoformat() in later or day >= today else day + timedelta(1)


def _repository(root: Path, hint: Message | None = None) -> Git:
    hint = hint or message("`vaultkit check --new-only`, with a baseline, does without git")
    try:
        git = Git(root)
        inside = git.ask("rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitError as error:
        raise _none(root, hint, error) from None
    if not inside:
        raise _none(root, hint)
    return git


def _none(root: Path, hint: Message, error: GitError | None = None) -> ConfigError:
    if error is not None and "git says" not in error.why.template:
        return ConfigError(error.why, hint=hint)
    said = message("{folder} is not in a git repository, so that nobody knows what has changed", folder=root.name)
    return ConfigError(said, hint=hint)


def _base(git: Git, since: str) -> str:
    """The commit that is meant; nothing, when there is none before a day."""
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return _left(git, since)
    with suppress(GitError):  # a repository without a commit
        before = _answer(git, "rev-list", "-1", f"--before={day.isoformat()}T00:00:00", "HEAD")
        if before:
            return before
    if _is_shallow(git):
        said = message("this clone does not go back to {date}, so that nobody knows what has changed", date=since)
        raise ConfigError(said, hint=message("fetch all of it: {command}", command="git fetch --unshallow"))
    return _answer(git, "hash-object", "-t", "tree", os.devnull)


def _left(git: Git, since: str) -> str:
    """The commit from which this branch left the one that is named: that commit itself, when it is in this branch."""
    try:
        found = _answer(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    except GitError:
        hint = message("name a branch, a tag, a commit, or a day as 2026-03-16")
        if _is_shallow(git):
            hint = message("this clone does not hold everything: {command}", command="git fetch --unshallow")
        raise ConfigError(message("{name} is neither a commit nor a day", name=since), hint=hint) from None
    with suppress(GitError):  # two that have nothing in common, or a clone that does not go back so far
        return _answer(git, "merge-base", "HEAD", found)
    return found


def _is_shallow(git: Git) -> bool:
    return _answer(git, "rev-parse", "--is-shallow-repository") == "true"


def _changed(git: Git, root: Path, base: str, depth: int = 0) -> Iterator[str]:
    """Paths from the folder; that of a folder of which nothing is known ends with `/`."""
    yield from _paths(git.ask(*_without_filters(git), "diff", *_PLAIN, base, "--", "."))
    yield from _paths(git.ask("ls-files", "--others", "--exclude-standard", "-z", "--", "."))
    for path in _within(git):
        inner = root / path
        if not (inner / ".git").exists():
            continue
        try:
            before = _answer(git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}:./{path}")
            if depth < _DEPTH:
                yield from (f"{path}/{each}" for each in _changed(Git(inner), inner, before, depth + 1))
        except GitError:  # it is new, or nobody has what it was
            yield f"{path}/"


def _within(git: Git) -> Iterator[str]:
    """The repositories within this one that it knows of."""
    for entry in git.ask("ls-files", "--stage", "-z", "--", ".").split(b"\0"):
        if entry.startswith(b"160000 "):
            yield entry.partition(b"\t")[2].decode("utf-8", "surrogateescape")


def _paths(answer: bytes) -> Iterator[str]:
    for path in answer.decode("utf-8", "surrogateescape").split("\0"):
        if path:
            yield unicodedata.normalize("NFC", path)


def _answer(git: Git, *arguments: str) -> str:
    return git.ask(*arguments).decode("utf-8", "surrogateescape").strip()


def _without_filters(git: Git) -> tuple[str, ...]:
    """What keeps git from starting the programs through which the repository would have files read.

    They may stand in a file that its settings include, or in those of one worktree; the user's own may stay.
    """
    wanted = r"^filter\..*\.(clean|process|required)$"
    try:
        found = git.ask("config", "--show-scope", "--includes", "--name-only", "-z", "--get-regexp", wanted)
    except GitError:  # there are none
        return ()
    words = found.decode("utf-8", "surrogateescape").split("\0")
    names = [name for scope, name in zip(words[::2], words[1::2], strict=False) if scope not in {"global", "system"}]
    if any("=" in name for name in names):  # which no argument can switch off
        raise GitError(message("the settings of the repository would start a program"))
    return tuple(word for name in names for word in ("-c", f"{name}="))
