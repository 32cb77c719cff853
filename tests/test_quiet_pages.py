"""What an edit writes: nothing where no page shows it, and the pages that show it where some do."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest

from vaultkit import resources
from vaultkit.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 3, 16)
DUE = re.compile(r"^(due|échéance): .*$", re.MULTILINE)
WITHOUT_AGENDA = "Réunions/2026-03-17 Point marketing.md"
"""Pages say that this meeting has no agenda: whatever its note says is one."""


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The sample vault, all of its pages as they should be; not read anew after each of 400 edits."""
    monkeypatch.delenv("VAULTKIT_PARANOID", raising=False)
    opened = Session(shutil.copytree(resources.sample_vault(), tmp_path / "sample_vault"), today=TODAY)
    assert opened.plan().edits == ()
    yield opened
    opened.close()


def written(session: Session, path: str, text: str) -> dict[str, str]:
    """What a build would write once a note reads otherwise: path -> text."""
    (session.root / path).write_text(text, encoding="utf-8", newline="")
    session.refresh([path])
    return {edit.path: edit.text or "" for edit in session.plan().edits}


def read(session: Session, path: str) -> str:
    return (session.root / path).read_bytes().decode("utf-8")


def test_a_word_in_any_note_writes_nothing(session: Session) -> None:
    notes = [note.path for note in session.vault.notes.values() if note.generated is None]
    assert len(notes) > 150
    for path in notes:
        before = read(session, path)
        told = written(session, path, f"{before}\nAnother word.\n")
        assert not told or path == WITHOUT_AGENDA, (path, list(told))
        assert written(session, path, before) == {}


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("Portail client", {"Project portfolio", "Portefeuille", "Équipe commerciale – page d'équipe"}),
        ("Refaire la grille tarifaire", {"Plan commercial", "Équipe commerciale – page d'équipe"}),
    ],
)
def test_another_due_date_writes_the_pages_that_show_it_and_no_other(
    session: Session, name: str, pages: set[str]
) -> None:
    (path,) = (path for path, note in session.vault.notes.items() if note.name == name)
    before = read(session, path)
    told = written(session, path, DUE.sub(r"\1: 2026-09-17", before, count=1))
    assert {PurePath(page).stem for page in told} == pages
    assert all(any(name in line and "2026-09-17" in line for line in text.split("\n")) for text in told.values())
    assert written(session, path, before) == {}
