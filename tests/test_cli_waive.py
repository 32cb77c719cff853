"""`vaultkit waive`: one comment at the end of a note, or in the place of an earlier one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run, files_of
from vaultkit.mending.waiving import waived
from vaultkit.model import Message

if TYPE_CHECKING:
    from tests.conftest import MakeVault

BRAND = "Priorities/Renew the brand.md"
UNTIL = date(2026, 12, 31)
MARK = "%% vaultkit:ignore no-owner until 2026-12-31: the board names one %%"


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("", f"{MARK}\n"),
        ("x", f"x\n\n{MARK}\n"),
        ("---\na: 1\n---\nx\n", f"---\na: 1\n---\nx\n\n{MARK}\n"),
        ("x\r\ny\r\n", f"x\r\ny\r\n\r\n{MARK}\r\n"),
        ("a %% vaultkit:ignore no-owner until 2026-01-01: wait %%\nb", f"a {MARK}\nb"),
    ],
)
def test_a_waiver_goes_to_the_end_or_in_the_place_of_another(text: str, new: str) -> None:
    assert waived("Note.md", text, "no-owner", UNTIL, " the board\nnames one ") == new


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("Note.md", "```\ncode", "why"),
        ("Note.md", "%% open", "why"),
        ("Note.md", "x", "100 %% sure"),
        ("Note.md", "x", " "),
        ("Board.canvas", "{}", "why"),
        ("Page.md", "---\ngenerated: vaultkit\npage: overview\n---\n", "why"),
    ],
)
def test_where_nothing_would_waive_nothing_is_written(path: str, text: str, reason: str) -> None:
    assert isinstance(waived(path, text, "no-owner", UNTIL, reason), Message)


def test_a_finding_is_lived_with_and_undo_takes_it_back(run: Run) -> None:
    before = files_of(run.folder)
    ran = run("waive", "Renew the brand", "orphan-priority", "--until", "2026-12-31", "--reason", "the board decides")
    assert (ran.code, ran.err) == (0, f"Written into {BRAND}; vaultkit undo takes it back.\n")
    assert "orphan-priority" not in run("check", "-q").out
    assert "waived until 2026-12-31: the board decides" in run("check", "--waived").out
    assert run("undo").code == 0
    assert files_of(run.folder) == before


@pytest.mark.parametrize(
    ("validator", "until", "said"),
    [
        ("orphan-prioritys", "2026-12-31", "orphan-priority?"),
        ("orphan-priority", "2026-03-15", "past"),
        ("no-owner", "2026-12-31", "there is no no-owner to waive"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, validator: str, until: str, said: str) -> None:
    before = files_of(run.folder)
    ran = run("waive", "Renew the brand", validator, "--until", until, "--reason", "why")
    assert ran.code == 2
    assert said in ran.err
    assert files_of(run.folder) == before
