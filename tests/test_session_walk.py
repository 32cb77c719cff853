"""A session that follows any walk of changes on a real disk says what a fresh one says, settings and pages and all."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from vaultkit.errors import ConfigError, ConflictError
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault

FOLDERS = ("Priorities", "Objectives", "Projects", "People", "Areas/A", "Areas/B")
NAMES = tuple(f"N{number}" for number in range(30))
SETTINGS = (
    'language = "en"\n[pages]\ncanvas = true\nbases = true\n',
    'language = "fr"\n',
    'language = "en"\nexclude = ["Areas/**"]\n',
)
WRONG = ('language = "fr"\n[[index', 'language = "fr"\n[[index]]\n', "kinds = 1\n")
"""No TOML; what is refused once the kinds are known; a value of another type."""


class Walker:
    """Somebody who changes a vault at random, always in the same way for the same seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)  # noqa: S311 -- not a secret
        for name in NAMES:
            self._put(f"{self.random.choice(FOLDERS)}/{name}.md", self._text())

    def step(self) -> frozenset[str] | None:
        """Some changes; where they may be seen, None for everywhere."""
        ways = (self._edit, self._edit, self._edit, self._new, self._remove, self._move, self._move_folder)
        others = (self._copy, self._settle, self._spoil_page, self._spoil_region)
        hints: set[str] = set()
        everywhere = self.random.random() < 0.2
        for _ in range(self.random.choice((1, 1, 2, 8))):
            found = self.random.choice((*ways, *others))()
            everywhere = everywhere or not found
            hints |= found
        return None if everywhere else frozenset(hints)

    def _notes(self, folder: str = "") -> list[str]:
        found = (path.relative_to(self.root).as_posix() for path in (self.root / folder).rglob("*.md"))
        return sorted(path for path in found if folder or not path.startswith("Dashboards"))

    def _put(self, path: str, text: str) -> set[str]:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")
        return {path}

    def _name(self) -> str:
        return f"{self.random.choice(FOLDERS)}/{self.random.choice(NAMES)}.md"

    def _text(self) -> str:
        choice, name = self.random.choice, self.random.choice(NAMES)
        properties = [f'serves: "[[{name}]]"', f'owner: "[[{choice(NAMES)}]]"', "status: active", "type: priority"]
        properties += [f"aliases: [{name} x]", "due: 2026-03-20", "tags: [work]"]
        chosen = self.random.sample(properties, self.random.randint(0, 4))
        lines = [f"[[{choice(NAMES)}]]", f"[[{name}#H1]]", "- [ ] do #work", "# H1", "words", f"![[{name}]]"]
        lines += [f'%% vaultkit:index folder="{choice((*FOLDERS, "Area"))}" %%', '%% vaultkit:index tag="work" %%']
        front = "---\n" + "".join(f"{line}\n" for line in chosen) + "---\n" if chosen else ""
        return front + "\n".join(self.random.choices(lines, k=self.random.randint(0, 5))) + "\n"

    def _edit(self) -> set[str]:
        return self._put(self.random.choice(self._notes()), self._text())

    def _new(self) -> set[str]:
        return self._put(self._name(), self._text())

    def _remove(self) -> set[str]:
        notes = self._notes()
        if len(notes) < len(NAMES) // 2:
            return self._new()
        path = self.random.choice(notes)
        (self.root / path).unlink()
        return {path}

    def _move(self) -> set[str]:
        old, new = self.random.choice(self._notes()), self._name()
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        return {old, new}

    def _move_folder(self) -> set[str]:
        old, new = self.root / self.random.choice(FOLDERS), self.root / "Archive"
        if new.exists():
            for path in self._notes("Archive"):
                self._put(f"{self.random.choice(FOLDERS)}/{path.rpartition('/')[2]}", "back\n")
            shutil.rmtree(new)
        elif old.exists():
            old.rename(new)
        return set()

    def _copy(self) -> set[str]:
        path = self.random.choice(self._notes()).removesuffix(".md")
        return self._put(f"{path}.sync-conflict-20260101-120000-ABCDEF1.md", self._text())

    def _settle(self) -> set[str]:
        self._put("vaultkit.toml", self.random.choice((*SETTINGS, *WRONG)))
        return set()

    def mend_settings(self) -> None:
        """Write down what is right."""
        self._put("vaultkit.toml", self.random.choice(SETTINGS))

    def _spoil_page(self) -> set[str]:
        pages = self._notes("Dashboards")
        return self._put(self.random.choice(pages), "mine\n") if pages else set()

    def _spoil_region(self) -> set[str]:
        path = self.random.choice(self._notes())
        text = (self.root / path).read_text("utf-8")
        return self._put(path, text.replace("- [[", "- mine [[", 1))


def walk(make_vault: MakeVault, seed: int, steps: int) -> None:
    """Every answer is held against a vault read anew: whatever differs is a ParanoidError."""
    walker = Walker(make_vault({"vaultkit.toml": SETTINGS[0]}), seed)
    session = Session(walker.root, paranoid=True)
    asked: tuple[Callable[[], object], ...] = (session.findings, session.pages, lambda: write(session), lambda: None)
    for _ in range(steps):
        try:
            session.refresh(walker.step())
        except ConfigError:
            walker.mend_settings()
            session.refresh()
        walker.random.choice(asked)()
    assert session.findings() == Session(walker.root).findings()


def write(session: Session) -> None:
    """Write what there is to write; a note saved a moment ago is left in peace."""
    try:
        session.apply(session.plan(), patience=0.0)
    except ConflictError as error:
        session.refresh(error.written)


@pytest.mark.parametrize("seed", range(3))
def test_a_session_follows_any_walk(make_vault: MakeVault, seed: int) -> None:
    walk(make_vault, seed, 60)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_session_follows_any_long_walk(make_vault: MakeVault, seed: int) -> None:
    walk(make_vault, seed, 400)


def test_what_was_said_under_other_settings_helps_no_more(make_vault: MakeVault) -> None:
    off = '[validators.broken-link]\nseverity = "off"\n'
    files = {f"{number}.md": "words" for number in range(9)}
    root = make_vault({**files, "vaultkit.toml": off, "A.md": "[[Nowhere]]"})
    session = Session(root, paranoid=True)
    assert session.findings() == ()
    (root / "vaultkit.toml").write_text("")
    (root / "1.md").write_text("other words")
    session.refresh()
    assert [finding.path for finding in session.findings()] == ["A.md"]
