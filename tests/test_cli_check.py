"""`check` and `explain`: what is said, in which format, of which notes, and with which exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run
from vaultkit.cli.check import verdict
from vaultkit.language import message
from vaultkit.model import TOP, Finding
from vaultkit.validators import INTERNAL_ERROR, VALIDATORS
from vaultkit.validators.docs import HEADINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault
    from vaultkit.model import Severity


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


def named(severity: Severity, validator: str = "no-owner") -> Finding:
    return Finding(validator, severity, "Note.md", TOP, message("wrong"), message("mend it"))


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([], 0),
        ([named("info")], 0),
        ([named("warning")], 1),
        ([named("info"), named("error")], 1),
        ([named("error"), named("error", INTERNAL_ERROR)], 2),
    ],
)
def test_the_verdict(findings: list[Finding], code: int) -> None:
    assert verdict(findings) == code


def test_what_is_wrong_its_evidence_and_what_to_do(run: Run) -> None:
    ran = run("check")
    assert ran.code == 1
    assert ran.err == ""
    lines = ran.out.splitlines()
    head = next(place for place, line in enumerate(lines) if "orphan-priority" in line)
    assert lines[head].startswith("Priorities/Renew the brand.md:1:1: error orphan-priority  ")
    assert lines[head + 1].startswith("    - ")
    assert any(line.startswith("    next: ") for line in lines[head:])
    assert lines[-2] == "1 error in 5 notes."
    assert lines[-1] == "Next: vaultkit explain orphan-priority"


def test_information_is_counted_and_shown_when_asked_for(run: Run) -> None:
    assert "For information: 3 broken-link; vaultkit check -v shows them" in run("check").out
    assert run("check", "-v").out.count("info broken-link") == 3


def test_quiet_is_a_line_a_finding(run: Run) -> None:
    lines = run("check", "-q").out.splitlines()
    assert [line.split()[3:5] for line in lines] == [["error", "orphan-priority"]]


def test_a_clean_vault_is_told_so(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    files = {path: text for path, text in FILES.items() if "brand" not in path and "Loose" not in path}
    files["Diary.md"] = "[[Hire a CFO]]"
    ran = Run(capsys, make_vault(files))("check")
    assert ran.code == 0
    assert ran.out.endswith("Nothing to mend in 4 notes.\nNext: vaultkit build\n")


def test_a_vault_without_our_kinds_hears_one_line(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Run(capsys, make_vault({"Tea.md": "green"}))("check")
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "vaultkit init" in ran.err


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], True),
        (["Priorities"], True),
        (["Priorities/"], True),
        (["Priorities/Renew the brand.md"], True),
        (["Renew the brand"], True),
        (["Priorities/Hire a CFO.md", "People"], False),
    ],
)
def test_only_what_is_said_of_some_notes(run: Run, paths: list[str], *, found: bool) -> None:
    ran = run("check", "-q", *paths)
    assert ("orphan-priority" in ran.out) is found
    assert ran.code == int(found)


def test_a_path_that_leads_nowhere_is_an_error(run: Run) -> None:
    assert run("check", "Priorites").code == 2


def test_a_path_is_enough_to_find_the_vault(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    from vaultkit.cli import main

    assert main(["check", "-q", "--today", "2026-03-16", str(run.folder / "Priorities")]) == 1
    assert "orphan-priority" in capsys.readouterr().out


def test_json(run: Run) -> None:
    ran = run("check", "--format", "json")
    assert ran.code == 1
    said = json.loads(ran.out)
    assert said["counts"] == {"error": 1, "warning": 0, "info": 3}
    assert said["today"] == "2026-03-16"
    assert {finding["validator"] for finding in said["findings"]} == {"orphan-priority", "broken-link"}
    link = next(finding for finding in said["findings"] if finding["path"] == "Loose end.md")
    assert (link["line"], link["column"], link["end_line"], link["end_column"]) == (1, 5, 1, 14)


def test_sarif(run: Run) -> None:
    said = json.loads(run("check", "--format", "sarif").out)
    (log,) = said["runs"]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(VALIDATORS)
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    assert {result["level"] for result in log["results"]} == {"error", "note"}


def test_github_names_files_as_the_checkout_does(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(run.folder.parent)
    lines = run("check", "--format", "github", "Renew the brand").out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(
        "::error title=vaultkit (orphan-priority),file=vault/Priorities/Renew the brand.md,line=1,"
    )


def test_a_report_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    ran = run("check", "--format", "json", "-o", str(tmp_path / "report.json"))
    assert (ran.code, ran.out) == (1, "")
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["counts"]["error"] == 1
    assert run("check", "-o", str(tmp_path / "missing" / "report.txt")).code == 2


def test_severity_is_the_owners(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text('[validators.orphan-priority]\nseverity = "info"\n')
    assert run("check").code == 0


@pytest.mark.parametrize("name", VALIDATORS)
def test_every_validator_is_explained(run: Run, name: str) -> None:
    out = run("explain", name).out
    assert out.startswith(f"{name}  {VALIDATORS[name].SEVERITY}\n")
    assert all(f"\n{heading}\n" in out for heading in HEADINGS)
    assert f"[validators.{name}]" in out


def test_explaining_all_of_them(run: Run) -> None:
    assert [each["name"] for each in json.loads(run("explain", "--all", "--format", "json").out)] == list(VALIDATORS)
    assert [
        line[2:] for line in run("explain", "--all", "--format", "md").out.splitlines() if line[:2] == "# "
    ] == list(VALIDATORS)
    assert [line.split()[1] for line in run("explain").out.splitlines()[: len(VALIDATORS)]] == list(VALIDATORS)


@pytest.mark.parametrize(("word", "meant"), [("orphn-priority", "orphan-priority"), ("orphn", "orphan-priority")])
def test_a_validator_that_is_not_there_is_guessed(run: Run, word: str, meant: str) -> None:
    ran = run("explain", word)
    assert ran.code == 2
    assert f"{meant}?" in ran.err


def test_what_is_not_read_is_named(run: Run) -> None:
    (run.folder / "Elsewhere").symlink_to(run.folder.parent, target_is_directory=True)
    assert "Not read, for it leads elsewhere or its name is not UTF-8: Elsewhere" in run("check").err
    assert "Elsewhere" in run("status").err
    assert "Elsewhere" not in run("check", "-q").err
