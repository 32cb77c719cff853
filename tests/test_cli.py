"""The way in: help, languages, options on either side of a command's name, what stops a run and how that is said."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run, command
from vaultkit import __version__
from vaultkit.cli import environment, main
from vaultkit.cli.commands import commands
from vaultkit.cli.root import Commands
from vaultkit.cli.trouble import tell_trouble
from vaultkit.errors import ConfigError
from vaultkit.language import LANGUAGES, LOCALE, catalogue, message

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")  # each run settles it anew
    return Run(capsys, make_vault(FILES))


def said(*arguments: str, **variables: str) -> str:
    done = subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, env=os.environ | variables, encoding="utf-8"
    )
    return re.sub("[ \n]+", " ", done.stdout + done.stderr)


def test_help_lists_every_command_under_its_heading(run: Run) -> None:
    out = run("--help").out
    for heading, entries in commands().items():
        assert f"\n{heading}:\n" in out
        for name, text in entries.items():
            assert f"  {name} " in out
            assert text in out


def test_every_command_of_the_table_is_there_and_bears_its_name(run: Run) -> None:
    group = Commands("vaultkit")
    for name in group.list_commands(group.make_context("vaultkit", ["--help"], resilient_parsing=True)):
        ran = run(name, "--help")
        assert ran.code == 0
        assert ran.out.startswith(f"Usage: vaultkit {name} ")


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (["--language", "fr", "--help"], {}),
        (["--help", "--language=fr"], {}),
        (["--help"], {"VAULTKIT_LANGUAGE": "fr"}),
        (["--help"], {"LANGUAGE": "", "LC_ALL": "fr_FR.UTF-8"}),
    ],
)
def test_help_is_in_french_for_who_asks_for_it(arguments: list[str], variables: dict[str, str]) -> None:
    words = catalogue("fr")
    text = said(*arguments, **{"LANGUAGE": "en", **variables})
    assert text.startswith(words.gettext("Usage:"))
    assert text.startswith("Utilisation")
    assert words.gettext("What a note links to") in text
    assert words.gettext("Show the version and exit.") in text


def test_a_commands_help_and_errors_are_in_french_too() -> None:
    words = catalogue("fr")
    assert words.gettext("Print only how many there are.") in said("orphans", "--help", "--language", "fr")
    wrong = said("chek", "--language", "fr")
    assert words.gettext("Did you mean {name!r}?").format(name="check") in wrong
    assert "Erreur" in wrong


def test_what_is_typed_wins_over_the_environment() -> None:
    wanted = environment.wanted_language
    assert wanted(["--language", "en"], {"VAULTKIT_LANGUAGE": "fr", "LANG": "fr"}) == "en"
    assert wanted(["--language", "de"], {"VAULTKIT_LANGUAGE": "fr_FR", "LANG": "en"}) == "fr"
    assert wanted(["new", "priority", "--", "--language=fr"], {}) == "en"
    assert wanted([], {"VAULTKIT_LANGUAGE": "de", "LANG": "fr_CA.UTF-8"}) == "fr"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANGUAGE": "de:fr:en", "LC_ALL": "en_US"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"),
        ({"LC_MESSAGES": "fr_BE", "LANG": "en_GB"}, "fr"),
        ({}, "en"),
    ],
)
def test_the_locale_decides_as_gettext_has_it(variables: dict[str, str], language: str) -> None:
    assert environment.from_environment(variables) == language


def test_the_door_and_the_house_speak_the_same_languages() -> None:
    assert environment.LANGUAGES == LANGUAGES
    assert environment.LOCALE.samefile(LOCALE)


@pytest.mark.parametrize(("word", "meant"), [("chek", "check"), ("backlink", "backlinks"), ("unresolve", "unresolved")])
def test_a_command_that_is_not_there_is_guessed(run: Run, word: str, meant: str) -> None:
    ran = run(word)
    assert ran.code == 2
    assert f"'{word}'" in ran.err
    assert f"'{meant}'" in ran.err


def test_an_option_that_is_not_there_is_guessed(run: Run) -> None:
    ran = run("check", "--fromat", "json")
    assert ran.code == 2
    assert "--format" in ran.err


def test_a_folder_in_place_of_a_command_is_understood(run: Run, tmp_path: Path) -> None:
    assert f"vaultkit -C {tmp_path}" in run(str(tmp_path)).err


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"vaultkit {__version__}\n", "")


def test_common_options_stand_on_either_side_of_the_name(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(run.folder)
    capsys.readouterr()
    assert main(["-C", folder, "--today", "2026-03-16", "status", "--format", "json"]) == 0
    before = capsys.readouterr().out
    assert main(["status", "--format", "json", "--today", "2026-03-16", "-C", folder]) == 0
    assert capsys.readouterr().out == before
    assert '"today": "2026-03-16"' in before


def test_a_day_that_is_none_is_a_usage_error(run: Run) -> None:
    ran = run("--today", "2026-02-30", "status")
    assert ran.code == 2
    assert "2026-02-30" in ran.err


def test_the_vault_is_found_upwards(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(run.folder / "Priorities")
    assert main(["links", "Renew the brand.md"]) == 0  # a path from here
    assert capsys.readouterr().out.splitlines() == ["People/Ann Lee.md", "Priorities/Hire a CFO.md"]


def test_without_a_vault_the_way_to_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    err = capsys.readouterr().err
    assert "vaultkit -C FOLDER" in err
    assert "vaultkit demo" in err


def test_a_mistake_in_the_settings_is_told_with_its_line(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text('language = "en"\nexclud = []\n')
    ran = run("check")
    assert ran.code == 2
    assert ran.out == ""
    assert "vaultkit.toml:2: " in ran.err
    assert "exclude" in ran.err


def test_alone_it_shows_status(run: Run) -> None:
    assert run().out == run("status").out


def test_a_bug_says_what_to_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_trouble(ZeroDivisionError("by\x1b[31mzero"), "en", verbose=False) == 2
    err = capsys.readouterr().err
    assert "ZeroDivisionError: by\\x1b[31mzero" in err
    assert "-v" in err
    assert "Traceback" not in err


def test_with_v_a_bug_shows_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        "nothing".index("something")
    except ValueError as error:
        tell_trouble(error, "en", verbose=True)
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "test_cli.py" in err


def test_trouble_of_ours_has_its_place_its_hint_and_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    error = ConfigError(message("wrong"), path="vaultkit.toml", line=3, hint=message("try this"))
    assert tell_trouble(error, "en", verbose=False) == 2
    assert capsys.readouterr().err == "Error: vaultkit.toml:3: wrong\n  try this\n"


def test_a_closed_pipe_is_no_news(run: Run) -> None:
    with subprocess.Popen(
        command("-C", str(run.folder), "export", "json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_ctrl_c_ends_a_watch_with_130(run: Run) -> None:
    with subprocess.Popen(
        command("-C", str(run.folder), "watch", "--no-build"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        while "Ctrl-C" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert "Traceback" not in process.stderr.read()


INTERRUPTED_WHILE_TIDYING_UP = """
import os, signal, sys
from vaultkit.cli import script
from vaultkit.session import Session
class Litter:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):
            pass
def findings(self):
    Litter()
    while True:
        pass
Session.findings = findings
script()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_ctrl_c_is_not_lost_while_python_tidies_up(run: Run) -> None:
    arguments = [sys.executable, "-c", INTERRUPTED_WHILE_TIDYING_UP, "-C", str(run.folder), "check"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


def test_completion_reads_the_table_and_not_the_commands() -> None:
    program = (
        "import sys; from vaultkit.cli import main\n"
        "try: main([])\n"
        "finally: print(sorted(name for name in sys.modules if name.startswith('vaultkit.')), file=sys.stderr)"
    )
    variables = {"_VAULTKIT_COMPLETE": "zsh_complete", "COMP_WORDS": "vaultkit unr", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=os.environ | variables
    )
    assert done.stdout.splitlines() == ["plain", "unresolved", "Links that lead nowhere yet"]
    assert "vaultkit.cli.unresolved" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.code == 0
    assert f"_VAULTKIT_COMPLETE={shell}_complete" in ran.out
    assert shell in ran.err


def test_a_folder_of_notes_is_a_vault_whatever_the_editor(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make_vault({"Notes/One.md": "See [[Two]]."}))
    assert main(["status"]) == 0
    assert "1 note" in capsys.readouterr().out
    monkeypatch.chdir(make_vault({"Photos/one.png": b"", "Photos/2026/notes.md": "deep"}, "no notes"))
    assert main(["status"]) == 2
    assert "this is no folder of notes" in capsys.readouterr().err
