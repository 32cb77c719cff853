"""What only a terminal sees: questions and their answers, colour, lines that fit, progress."""

from __future__ import annotations

import codecs
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, command, files_of
from vaultkit import resources
from vaultkit.report.screen import cells

if sys.platform == "win32":
    pytest.skip("terminals of another kind", allow_module_level=True)

import fcntl
import pty
import termios

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import MakeVault

WIDTH = 80
SAMPLE = resources.sample_vault()
PATIENCE = 30


class Terminal:
    """A process with a terminal of its own, and what it has shown so far."""

    def __init__(self, arguments: tuple[str, ...], variables: dict[str, str], width: int) -> None:
        self.screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        environment = os.environ | {"TERM": "xterm-256color"} | variables
        self.process = subprocess.Popen(
            command(*arguments), stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
        )
        os.close(inside)
        self.shown = ""
        self._decoded = codecs.getincrementaldecoder("utf-8")().decode  # a letter may come in two reads

    def until(self, words: str) -> str:
        """Read until the words are on the screen, or until the process has ended."""
        while words not in self.shown and self._read():
            pass
        assert words in self.shown
        return self.shown

    def rest(self) -> str:
        """Read until the process has ended."""
        while self._read():
            pass
        return self.shown

    def answer(self, words: str) -> None:
        os.write(self.screen, words.encode() + b"\n")

    def _read(self) -> bool:
        ready, _, _ = select.select([self.screen], [], [], PATIENCE)
        assert ready, f"nothing more after: {self.shown}"
        try:
            data = os.read(self.screen, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += self._decoded(data).replace("\r\n", "\n")
        return bool(data)


@contextmanager
def terminal(*arguments: str, width: int = WIDTH, **variables: str) -> Iterator[Terminal]:
    opened = Terminal(arguments, variables, width)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait()
        os.close(opened.screen)


def without_bar(shown: str) -> list[str]:
    """The lines that stay, once the line that moves on a busy machine is gone."""
    kept = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", shown).split("\n")
    return [line for line in (line.rpartition("\r")[2] for line in kept) if "Reading notes" not in line][:-1]


@pytest.fixture
def folder(make_vault: MakeVault) -> Path:
    return make_vault(FILES)


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("oui", 0), ("", 1), ("n", 1), ("what?", 1)])
def test_build_asks_before_it_writes(folder: Path, answer: str, code: int) -> None:
    with terminal("-C", str(folder), "build") as opened:
        shown = opened.until("[y/N] ")
        assert "\x1b[1;32mnew\x1b[0m  Dashboards/Overview.md" in shown
        assert "+++" not in shown  # nothing of anybody's is at stake: --diff shows what new pages say
        assert "What the new ones say: vaultkit build --diff" in shown
        assert files_of(folder).keys() == FILES.keys()
        opened.answer(answer)
        opened.rest()
        assert opened.process.wait(PATIENCE) == code
    assert (folder / "Dashboards/Overview.md").exists() is (code == 0)


def test_of_new_pages_build_shows_what_becomes_of_notes(make_vault: MakeVault) -> None:
    own = "Mine\n\n%% vaultkit:index folder=Priorities %%\n"
    teams = {f"Teams/Team {n}.md": "---\nlead: '[[Ann Lee]]'\n---\n" for n in range(20)}
    folder = make_vault({**FILES, **teams, "Mine.md": own})
    with terminal("-C", str(folder), "build", LANGUAGE="en") as opened:
        shown = opened.until("[y/N] ")
        assert "+++ b/Mine.md" in shown
        assert "+++ b/Dashboards/Overview.md" not in shown
        assert "  Dashboards/Overview.md\n" in shown
        assert "What the new ones say: vaultkit build --diff" in shown


def test_init_asks_before_it_writes(folder: Path) -> None:
    with terminal("-C", str(folder), "init") as opened:
        opened.until("[y/N] ")
        assert not (folder / "vaultkit.toml").exists()
        opened.answer("y")
        opened.rest()
        assert opened.process.wait(PATIENCE) == 0
    assert (folder / "vaultkit.toml").exists()


def test_history_is_told_in_words(folder: Path) -> None:
    state = str(folder.parent / "state")
    for words in (("init", "--write"), ("undo",)):
        with terminal("-C", str(folder), *words, LANGUAGE="en", XDG_STATE_HOME=state) as opened:
            opened.rest()
            assert opened.process.wait(PATIENCE) == 0
    with terminal("-C", str(folder), "history", LANGUAGE="en", XDG_STATE_HOME=state) as opened:
        undone, done = (line.split("  ") for line in opened.rest().splitlines())
    assert undone[2:] == ["undo", "1 file removed"]
    assert done[2:] == ["init", "1 file new (taken back)"]


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_check_asks_before_it_mends(make_vault: MakeVault, answer: str, code: int) -> None:
    note = "Priorities/Renew the brand.md"
    folder = make_vault({**FILES, note: "---\nowner: '[[Ann Lee]]'\n---\nSee [[Double revenue]].\n- [ ] Ask\n"})
    before = files_of(folder)
    with terminal("-C", str(folder), "check", "--fix", "--select", "weak-alignment") as opened:
        shown = opened.until("[y/N] ")
        assert '+serves: "[[Double revenue]]"' in shown
        assert "Mend 1 finding, in 1 note?" in shown
        assert files_of(folder) == before
        opened.answer(answer)
        opened.rest()
        assert opened.process.wait(PATIENCE) == code
    assert ("serves" in (folder / note).read_text("utf-8")) is (code == 0)


def test_eject_asks_before_it_removes(folder: Path) -> None:
    subprocess.run(command("-C", str(folder), "build", "--write"), check=True, capture_output=True)
    with terminal("-C", str(folder), "eject") as opened:
        opened.until("[y/N] ")
        opened.answer("n")
        opened.rest()
        assert opened.process.wait(PATIENCE) == 1
    assert (folder / "Dashboards/Overview.md").exists()


def test_ctrl_c_at_a_question_is_no(folder: Path) -> None:
    with terminal("-C", str(folder), "build") as opened:
        opened.until("[y/N] ")
        opened.process.send_signal(signal.SIGINT)
        shown = opened.rest()
        assert opened.process.wait(PATIENCE) == 130
    assert "Traceback" not in shown
    assert files_of(folder).keys() == FILES.keys()


def test_a_watch_keeps_pages_and_findings_current(folder: Path) -> None:
    (folder / "vaultkit.toml").write_text('language = "en"\n')
    note = folder / "Priorities/Renew the brand.md"
    with terminal("-C", str(folder), "--today", "2026-03-16", "watch", NO_COLOR="1") as opened:
        opened.until("Dashboards/Overview.md\n")
        note.with_suffix(".tmp").write_text(note.read_text().replace("---\n", "---\nserves: '[[Double revenue]]'\n", 1))
        note.with_suffix(".tmp").replace(note)
        opened.until("mended: Priorities/Renew the brand.md orphan-priority")
        overview = (folder / "Dashboards/Overview.md").read_text("utf-8")
        (folder / "Priorities/Sell.md").write_text("To everyone.\n")
        shown = opened.until("Priorities/Sell.md:1:1: error orphan-priority")
        opened.until("changed  Dashboards/Overview.md")
        opened.process.send_signal(signal.SIGINT)
        opened.rest()
        assert opened.process.wait(PATIENCE) == 130
    assert "Sell" not in overview
    assert "Sell" in (folder / "Dashboards/Overview.md").read_text("utf-8")
    assert shown.count("new  Dashboards/Overview.md") <= 1  # its own writes are no news


def test_lines_fit_and_paths_stay_whole(folder: Path) -> None:
    long = "Priorities/A priority with quite a long name that says all of what it is about.md"
    (folder / long).write_text("serves nothing")
    with terminal("-C", str(folder), "--today", "2026-03-16", "check", NO_COLOR="1") as opened:
        lines = without_bar(opened.rest())
    head = lines.index(f"{long}:1:1:")  # alone on its line, to be clicked
    assert lines[head + 1].startswith("    error ")
    assert all(len(line) <= WIDTH or line == f"{long}:1:1:" for line in lines)


@pytest.mark.parametrize("width", [60, WIDTH, 120])
@pytest.mark.parametrize(
    ("arguments", "first", "last"),
    [
        (("status",), "vault  2026-03-16", "Next: vaultkit check"),
        (("brief",), "1 meeting; nothing due today, nothing late;", "Next: vaultkit brief Board"),
        (("brief", "Board"), "Board, Monday 16 March", "  - Budget"),
        (("brief", "Ann Lee"), "Ann Lee", "  - Hire a CFO (priority)"),
        (("review",), "Week 12, from Monday 16 March", "Next: vaultkit build"),
        (("ask",), "Which objective would suffer if ", "Next: vaultkit build"),
        (("-v", "build", "--dry-run"), "Dashboards/", ("  ", "walk ")),
        (("explain", "orphan-priority"), "orphan-priority  ", "  severity = "),
    ],
)
def test_every_screen_fits_says_the_verdict_first_and_the_next_step_last(
    folder: Path, arguments: tuple[str, ...], first: str, last: str | tuple[str, ...], width: int
) -> None:
    (folder / "Meetings").mkdir()
    meeting = "---\ndate: 2026-03-16\nattendees: ['[[Ann Lee]]']\n---\n## Agenda\n\n- Budget\n"
    (folder / "Meetings/Board.md").write_text(meeting, "utf-8")
    with terminal("-C", str(folder), "--today", "2026-03-16", *arguments, width=width, NO_COLOR="1") as opened:
        lines = without_bar(opened.rest())
    assert lines[0].startswith(first[:width])
    assert any(line.startswith(last) for line in lines[-2:])
    assert all(cells(line) <= width for line in lines)
    assert not [line for line in lines if "[[" in line and "`" not in line]  # what is to be typed has its marks
    assert not [line for line in lines if "**" in line or "%%" in line or line.startswith((">", "#"))]


@pytest.mark.parametrize(("variables", "heading"), [({}, "\x1b[1mExamples:\x1b[0m"), ({"NO_COLOR": "1"}, "Examples:")])
def test_help_has_its_headings_in_bold_and_fits(variables: dict[str, str], heading: str) -> None:
    with terminal("brief", "--help", width=WIDTH, **variables) as opened:
        lines = opened.rest().split("\n")
    assert heading in lines
    assert all(cells(line) <= WIDTH for line in lines)


def test_quiet_says_no_next_step(folder: Path) -> None:
    with terminal("-C", str(folder), "--today", "2026-03-16", "-q", "review") as opened:
        assert "Next:" not in opened.rest()


def test_a_status_is_one_screen_whatever_is_wrong(tmp_path: Path) -> None:
    folder = shutil.copytree(SAMPLE, tmp_path / "sample")
    with terminal("-C", str(folder), "--today", "2026-03-16", "--language", "en", "status", NO_COLOR="1") as opened:
        lines = without_bar(opened.rest())
    assert len(lines) <= 24
    assert any(re.match(r"  and \d+ more validators? \(vaultkit check --statistics\)", line) for line in lines)


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"FORCE_COLOR": "1", "TERM": "dumb"}, True)],
)
def test_colour_on_a_terminal(folder: Path, variables: dict[str, str], *, coloured: bool) -> None:
    with terminal("-C", str(folder), "-q", "status", width=WIDTH, **variables) as opened:  # quiet: no line that moves
        assert ("\x1b[" in opened.rest()) is coloured


@pytest.mark.parametrize(("variables", "coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True)])
def test_colour_in_a_pipe(folder: Path, variables: dict[str, str], *, coloured: bool) -> None:
    done = subprocess.run(
        command("-C", str(folder), "check"), capture_output=True, check=False, env=os.environ | variables
    )
    assert (b"\x1b[" in done.stdout) is coloured
