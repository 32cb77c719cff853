"""What the tests of the cache share: a vault with a bit of everything, and all that a session says of a vault."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from vaultkit.disk import Cache
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pytest

    from vaultkit.model import Finding
    from vaultkit.vault import Edge, Vault

TODAY = date(2026, 3, 16)
OLD_NS = 1_700_000_000_000_000_000
"""A time long before any run: a note with such a stamp is not taken for one that was just saved."""
READ = (".md", ".canvas", ".base")
"""How the names of the files end that are read."""

FILES: Mapping[str, str | bytes] = {
    ".obsidian/app.json": "{}",
    "Objectives/Double revenue.md": "---\nowner: '[[Ann Lee]]'\nperiod: 2026\n---\n",
    "Priorities/Hire a CFO.md": (
        "---\naliases: [The CFO, Finances]\nserves: '[[Double revenue]]'\nowner: '[[Ann Lee]]'\n---\n"
        "- [ ] Write the advert #hiring [due:: 2026-02-01]\n- [x] Ask [[Board]]\n"
    ),
    "Priorities/Renew the brand.md": "---\nowner: '[[Ann Lee]]'\n---\nSee [[Hire a CFO]].\n- [ ] Ask 📅 2026-04-01\n",
    "Priorities/Été à Æbelø.md": "---\nserves: [[[Double revenue]]]\nrank: .nan\nnested: {a: [1, [2.5, null]]}\n---\n",
    "People/Ann Lee.md": "Likes [[Ann Lee|herself]], [[Finances]] and the 🎯. #Hiring #team/lead\n",
    "People/Ann Lee (old).md": b"caf\xe9 [[Ann Lee]] \xff\n",
    "Archive/Ann Lee.md": "---\nstatus: done\nserves:\n  - '[[Double revenue]]'\nodd: [unclosed\n---\n",
    "Loose end.md": "See [[Board]], [[Renew the brand#Nowhere]], [[Ann Lee]], [[pic.png]] and [[Loose end]].\n",
    "Huge number.md": "---\nnumber: 123456789012345678901234567890\ndigits:: 99999999999999999999\n---\n",
    "Empty.md": "",
    "Plan.canvas": (
        r'{"nodes": [{"id": "a", "type": "text", "text": "[[Ann Lee]] [[\ud800]] #\udfff"},'
        r' {"id": "b", "type": "file", "file": "Loose end.md"}, {"id": "c", "type": "file", "file": "\ud83d.md"}]}'
    ),
    "Broken.canvas": '{"nodes": [',
    "Tasks.base": 'filters: file.hasLink("Ann Lee")\nviews:\n  - type: table\n    name: "All \\ud800"\n',
    "Deep/er/Note.md": "# Top\n\n## Below ^id\n\n[[../../Loose end]] ![[Plan.canvas]]\n",
    "pic.png": b"\x89PNG",
}


class Said(NamedTuple):
    """Everything that a session says."""

    findings: tuple[Finding, ...]
    notes: int
    recognises: bool
    unread: tuple[str, ...]
    backlinks: dict[str, tuple[Edge, ...]]
    vault: Vault


def said(root: Path, cache: Path | None, *, today: date = TODAY, language: str = "en") -> Said:
    """What is said of a vault, of which a cache may know something; findings first, as a run asks for them."""
    session = Session(root, today=today, language=language, cache=Cache(cache, str(root)) if cache else None)
    findings = session.findings()
    paths = sorted(session.vault.paths)
    backlinks = {path: session.vault.graph.backlinks(path) for path in paths}
    everything = Said(findings, session.count, session.recognises, session.unread, backlinks, session.vault)
    session.close()
    return everything


def age(root: Path) -> None:
    """Stamp every file as if it had been saved long ago, each at a time of its own."""
    for number, path in enumerate(sorted(root.rglob("*"))):
        if path.is_file():
            os.utime(path, ns=(OLD_NS, OLD_NS + number))


def opened(monkeypatch: pytest.MonkeyPatch, run: Callable[[], object]) -> list[str]:
    """The notes, canvases and bases that are opened during a run."""
    paths: list[str] = []
    real = os.open

    def counting(path: str | Path, *rest: int, **named: int) -> int:
        paths.append(str(path))
        return real(path, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", counting)
        run()
    return [path for path in paths if path.endswith(READ)]
