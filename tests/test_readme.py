"""What the first page for readers shows of a terminal is what a newcomer's terminal shows."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import files_of
from vaultkit import resources
from vaultkit.session import Session

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from tests.test_cli_terminal import PATIENCE, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Corpus

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = [("README.md", "en"), ("LISEZMOI.md", "fr")]
DAY = "2026-03-16"
LEFT_OUT = "…"
ANSWER = re.compile(r"\? \[\w/N\] (\w)$", re.MULTILINE)
IN_ENGLISH = """sed -i 's/"fr"/"en"/' vaultkit.toml"""


def transcripts(page: str) -> list[list[tuple[str, str]]]:
    """Of each transcript, what is typed and what is shown then."""
    blocks = re.findall(r"^```console\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    each = [re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:] for block in blocks]
    return [list(zip(said[::2], said[1::2], strict=True)) for said in each]


def folded(text: str) -> str:
    return " ".join(text.split())


def stretches(shown: str) -> Iterator[str]:
    """What is shown between two gaps; where a line breaks depends on the terminal."""
    pieces = re.split(rf"^{LEFT_OUT}\n", shown, flags=re.MULTILINE)
    return filter(None, map(folded, pieces))


def typed(command: str, shown: str, folder: Path, language: str) -> str:
    """What the terminal shows in the end."""
    words = ("-C", str(folder), "--today", DAY, *command.partition("#")[0].split()[1:])
    with terminal(*words, LANGUAGE=language, NO_COLOR="1") as opened:
        answer = ANSWER.search(shown)
        if answer:
            opened.until("/N] ")
            opened.answer(answer[1])
        said = opened.rest()
        assert opened.process.wait(PATIENCE) in {0, 1}
    return said


def assert_true(transcript: list[tuple[str, str]], folder: Path, language: str) -> None:
    for command, shown in transcript:
        if command.startswith(IN_ENGLISH):
            settings = folder / "vaultkit.toml"
            settings.write_text(settings.read_text("utf-8").replace('"fr"', '"en"'), "utf-8")
            continue
        said, place = folded(typed(command, shown, folder, language)), 0
        for stretch in stretches(shown):
            assert stretch in said[place:], command
            place = said.index(stretch, place) + len(stretch)


def without_pages(folder: Path) -> None:
    session = Session(folder)
    session.apply(session.eject())
    session.close()
    (folder / "vaultkit.toml").unlink()
    for note in (folder / "Tableaux de bord").iterdir():
        note.unlink()  # the one that somebody has edited, which stays otherwise


@pytest.mark.parametrize(("page", "language"), LANGUAGES)
def test_five_minutes_on_the_sample_vault(page: str, language: str, tmp_path: Path) -> None:
    folder = shutil.copytree(resources.sample_vault(), tmp_path / "company")
    without_pages(folder)
    before = files_of(folder)
    assert_true(transcripts(page)[0], folder, language)
    typed("vaultkit eject --yes", "", folder, language)
    (folder / "vaultkit.toml").unlink()
    assert files_of(folder) == before


@pytest.mark.parametrize(("page", "language"), LANGUAGES)
def test_five_minutes_where_nothing_speaks_of_a_company(
    page: str, language: str, tmp_path: Path, corpus: Corpus
) -> None:
    folder = shutil.copytree(corpus("help-en"), tmp_path / "help")
    before = files_of(folder)
    assert_true(transcripts(page)[1], folder, language)
    typed("vaultkit eject --yes", "", folder, language)
    (folder / "vaultkit.toml").unlink()
    assert files_of(folder) == before


@pytest.mark.parametrize("page", ["README.md", "LISEZMOI.md"])
def test_the_four_commands_are_there_in_both(page: str) -> None:
    for transcript in transcripts(page):
        ours = [command for command, _ in transcript if command.startswith("vaultkit")]
        assert ours == ["vaultkit init", "vaultkit check", "vaultkit build", "vaultkit brief"]
