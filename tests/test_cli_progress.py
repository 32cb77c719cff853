"""While notes are read for long, a person at a terminal sees how far it is, and nobody else; -v says what took long."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import test_cli_terminal
from tests.cache_vault import age
from tests.cli_vault import FILES, Run, command
from tests.test_cli_terminal import PATIENCE, WIDTH, terminal
from vaultkit.cli import opening
from vaultkit.language import say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

IMPATIENT = """
import sys
from vaultkit.cli import main, opening
opening._PATIENCE = -1
sys.exit(main(sys.argv[1:]))
"""
"""A vaultkit for which any reading takes long: how long it takes is the machine's affair."""
CONTROL = re.compile(r"\x1b\[[0-9;?]*([A-Za-z])|[\r\n]|[^\x1b\r\n]+")


@pytest.fixture
def folder(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANGUAGE", "en")
    folder = make_vault({**FILES, **{f"More/{number}.md": "More.\n" for number in range(60)}})
    age(folder)
    return folder


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_cli_terminal, "command", lambda *given: [sys.executable, "-c", IMPATIENT, *given])


def visible(shown: str) -> list[str]:
    """The lines that a terminal shows in the end."""
    lines, row, column = [""], 0, 0
    for found in CONTROL.finditer(shown):
        text = found[0]
        if text == "\n":
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif text == "\r":
            column = 0
        elif found[1] == "K":
            lines[row] = ""
        elif found[1] == "A":
            row = max(0, row - 1)
        elif found[1] is None:
            lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
            column += len(text)
    return lines


def unpainted(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def seen(*arguments: str, code: int, **variables: str) -> str:
    """All that a terminal was sent."""
    with terminal(*arguments, width=WIDTH, **variables) as opened:
        shown = opened.rest()
        assert opened.process.wait(PATIENCE) == code
    return shown


@pytest.mark.usefixtures("_impatient")
def test_reading_for_long_is_shown_and_goes_away(folder: Path) -> None:
    arguments = ("-C", str(folder), "check")
    cold = seen(*arguments, code=1)
    assert "Reading notes" in cold
    assert re.search(r"\b\d+/65\b", unpainted(cold))
    assert cold.count("\x1b[?25l") == cold.count("\x1b[?25h") == 1  # the cursor is there again
    warm = seen(*arguments, code=1)
    assert "Reading notes" not in warm
    assert "\x1b[?25l" not in warm
    assert visible(cold) == visible(warm)
    assert any("orphan-priority" in line for line in visible(warm))


@pytest.mark.usefixtures("_impatient")
def test_one_note_that_changed_is_all_that_is_counted(folder: Path) -> None:
    seen("-C", str(folder), "check", code=1)
    (folder / "More/1.md").write_text("Changed.\n")
    shown = seen("-C", str(folder), "check", code=1)
    assert re.search(r"\b1/1\b", unpainted(shown))
    assert "/65" not in unpainted(shown)


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_speaks_the_readers_language(folder: Path, language: str) -> None:
    shown = seen("-C", str(folder), "--no-cache", "--language", language, "check", code=1)
    assert {"en": "Reading notes", "fr": "Lecture des notes"}[language] in shown


@pytest.mark.usefixtures("_impatient")
def test_who_asks_for_results_only_sees_nothing_of_it(folder: Path) -> None:
    assert "Reading notes" not in seen("-C", str(folder), "-q", "--no-cache", "check", code=1)


def test_what_is_quickly_read_is_not_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = IMPATIENT.replace("-1", "1000")
    monkeypatch.setattr(test_cli_terminal, "command", lambda *given: [sys.executable, "-c", patient, *given])
    assert "Reading notes" not in seen("-C", str(folder), "--no-cache", "check", code=1)


def test_a_pipe_is_told_nothing_of_it(folder: Path) -> None:
    arguments = [sys.executable, "-c", IMPATIENT, "-C", str(folder), "--no-cache", "check"]
    done = subprocess.run(arguments, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\x1b" not in done.stdout


@pytest.mark.usefixtures("_impatient")
def test_ctrl_c_leaves_the_terminal_as_it_was(folder: Path) -> None:
    for number in range(40):
        (folder / f"More/large {number}.md").write_text("- More of *it*\n" * 10_000)
    with terminal("-C", str(folder), "--no-cache", "check") as opened:
        opened.until("Reading notes")
        opened.process.send_signal(signal.SIGINT)
        shown = opened.rest()
        assert opened.process.wait(PATIENCE) == 130
    assert "Traceback" not in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h") == 1
    assert "Reading notes" not in "".join(visible(shown))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_verbose_says_what_took_how_long(folder: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    run = Run(capsys, folder)
    stages = {say(stage, language) for stage in opening._STAGES.values()}
    assert len(stages) == len(opening._STAGES)
    told = []
    for arguments in (["check"], ["check"], ["build", "--dry-run"]):
        ran = run("--language", language, "-v", *arguments)
        last = ran.err.splitlines()[-1]
        assert re.fullmatch(r"(.+ \d+\.\d{3} s)(, .+ \d+\.\d{3} s)*", last)
        told.append({part.rpartition(" ")[0].rpartition(" ")[0] for part in last.split(", ")})
    assert all(each <= stages for each in told)
    words = {name: say(opening._STAGES[name], language) for name in ("read", "validate", "render", "walk")}
    assert {words["read"], words["validate"]} <= told[0]
    assert told[1].isdisjoint({words["read"], words["validate"]})
    assert words["walk"] in told[1]
    assert words["render"] in told[2]
    assert "0.0" not in run("check").err


def test_verbose_says_it_of_a_process_of_its_own(folder: Path) -> None:
    done = subprocess.run(command("-C", str(folder), "-v", "check"), capture_output=True, text=True, check=False)
    assert re.search(r"read and parse \d+\.\d{3} s", done.stderr)
    assert " s, " not in done.stdout
