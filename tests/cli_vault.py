"""What the tests of the command line share: a small company's vault, and a way to run commands on it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

FILES: Mapping[str, str] = {
    ".obsidian/app.json": "{}",
    "Objectives/Double revenue.md": "---\nowner: '[[Ann Lee]]'\ntarget: 12\n---\n",
    "Priorities/Hire a CFO.md": (
        "---\nserves: '[[Double revenue]]'\nowner: '[[Ann Lee]]'\ndue: 2026-06-30\n---\n"
        "- [ ] Write the advert #hiring\n- [x] Ask [[Board]]\n- [-] Ask [[Nobody]]\n"
    ),
    "Priorities/Renew the brand.md": (
        "---\nowner: '[[Ann Lee]]'\n---\nSee [[Hire a CFO]] and [[Hire a CFO|again]].\n- [ ] Ask\n"
    ),
    "People/Ann Lee.md": "Likes [[Ann Lee|herself]]. #Hiring #team/lead\n",
    "Loose end.md": "See [[Board]], [[Renew the brand]] and [[Loose end]].\n",
}


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Run:
    """Runs commands in this process, as `vaultkit ARGUMENTS` on one day."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder

    def __call__(self, *arguments: str) -> Ran:
        self.capsys.readouterr()
        code = main(["-C", str(self.folder), "--today", "2026-03-16", *arguments])
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)


def command(*arguments: str) -> list[str]:
    """The same as a process of its own."""
    return [sys.executable, "-m", "vaultkit", *arguments]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder and its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
