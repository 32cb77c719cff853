"""Living with findings: what `check` mends, knows already, is told to leave out, or is shown although it is waived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli_vault import FILES, Run, files_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeVault

CFO = "Priorities/Hire a CFO.md"
BRAND = "Priorities/Renew the brand.md"
BASELINE = "vaultkit-baseline.json"
THESE = ("--select", "orphan-priority,weak-alignment,links")
"""What the tests are about, whatever else is found in the same notes."""
WEAK = {BRAND: "---\nowner: '[[Ann Lee]]'  # since May\n---\r\nSee [[Double revenue]] and [[Hire a CFO]].\n- [ ] Ask\n"}
WAIVED = {BRAND: f"{FILES[BRAND]}\n%% vaultkit:ignore orphan-priority until 2026-12-31: the board decides %%\n"}


@pytest.fixture
def run(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault(FILES))


@pytest.fixture
def weak(make_vault: MakeVault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "en")
    return Run(capsys, make_vault({**FILES, **WEAK}))


def test_fix_mends_what_can_only_be_meant_in_one_way_and_undo_takes_it_back(weak: Run) -> None:
    before = files_of(weak.folder)
    assert "weak-alignment" in weak("check", "-q").out
    ran = weak("check", "-q", "--fix", "--yes", *THESE)
    assert (ran.code, ran.out) == (0, "")
    after = files_of(weak.folder)
    assert after.pop(BRAND) == before.pop(BRAND).replace(b"May\n", b'May\nserves: "[[Double revenue]]"\n')
    assert after == before
    assert "check --fix" in weak("history").out
    assert weak("undo").code == 0
    assert files_of(weak.folder)[BRAND].decode() == WEAK[BRAND]


def test_fix_says_what_it_did_and_what_is_left(weak: Run) -> None:
    ran = weak("check", "--fix", "--yes", *THESE)
    assert ran.err == "Done: 1 finding mended, in 1 note; vaultkit undo takes it back.\n"
    assert "Nothing to mend in 5 notes." in ran.out
    assert weak("check", "--fix", "--yes", *THESE).err == "There is nothing that can be mended without asking you.\n"


def test_sarif_has_the_fixes_that_fix_would_make(weak: Run) -> None:
    results = json.loads(weak("check", "--format", "sarif").out)["runs"][0]["results"]
    mended = {result["ruleId"]: result["fixes"] for result in results if "fixes" in result}
    ((fix,),) = mended.values()
    (change,) = fix["artifactChanges"]
    assert (list(mended), change["artifactLocation"]["uri"]) == (
        ["weak-alignment"],
        "Priorities/Renew%20the%20brand.md",
    )
    (replaced,) = change["replacements"]
    place, new = replaced["deletedRegion"], replaced["insertedContent"]["text"]
    lines = WEAK[BRAND].split("\n")
    before = "\n".join([*lines[: place["startLine"] - 1], lines[place["startLine"] - 1][: place["startColumn"] - 1]])
    after = "\n".join([lines[place["endLine"] - 1][place["endColumn"] - 1 :], *lines[place["endLine"] :]])
    assert weak("check", "--fix", "--yes", *THESE).code == 0
    assert (weak.folder / BRAND).read_bytes().decode() == f"{before}{new}{after}"


def test_fix_asks_first_and_nobody_is_no_yes(weak: Run) -> None:
    before = files_of(weak.folder)
    ran = weak("check", "--fix")
    assert ran.code == 2
    assert "--yes" in ran.err
    assert files_of(weak.folder) == before


def test_what_would_be_mended_is_shown_and_not_written(weak: Run) -> None:
    before = files_of(weak.folder)
    ran = weak("check", "--diff")
    assert ran.code == 1
    assert '+serves: "[[Double revenue]]"' in ran.out.splitlines()
    ran = weak("check", "--fix", "--dry-run")
    assert ran.out.startswith(f"{BRAND}:")
    assert "serves" in ran.out
    assert files_of(weak.folder) == before


def test_fix_mends_only_what_was_asked_for(weak: Run) -> None:
    before = files_of(weak.folder)
    weak("check", "--fix", "--yes", "--ignore", "weak-alignment")
    weak("check", "--fix", "--yes", CFO)
    assert files_of(weak.folder) == before


def test_what_cannot_be_edited_exactly_is_left_and_named(weak: Run) -> None:
    (weak.folder / BRAND).write_text(f"\n{WEAK[BRAND]}", "utf-8")
    ran = weak("check", "--fix", "--yes")
    assert f"Left as it is: {BRAND}:" in ran.err
    assert "meant for properties" in ran.err


def test_the_summary_and_the_statistics_count_what_can_be_mended(weak: Run) -> None:
    assert "1 can be mended by --fix." in weak("check", *THESE).out
    rows = weak("check", "-q", "--statistics", *THESE).out.splitlines()
    assert rows[0].split() == ["warning", "1", "weak-alignment", "1", "with", "`check", "--fix`"]
    said = json.loads(weak("check", "--statistics", "--format", "json", *THESE).out)
    assert said["validators"][0] == {"validator": "weak-alignment", "severity": "warning", "found": 1, "fixable": 1}
    assert weak("check", "--statistics", "--format", "sarif").code == 2


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--select", "orphan-priority"], {"orphan-priority"}),
        (["--select", "links"], {"broken-link"}),
        (["--select", "orphan-*,broken-link"], {"orphan-priority", "broken-link"}),
        (["--select", "links", "--select", "orphan-*"], {"orphan-priority", "broken-link"}),
        (["--select", "orphan-*,links", "--ignore", "links"], {"orphan-priority"}),
        (["--select", "*priority", "--ignore", "alignment"], set()),
    ],
)
def test_validators_and_families_are_chosen_by_name(run: Run, arguments: list[str], found: set[str]) -> None:
    ran = run("check", "-q", "-v", *arguments)
    assert {line.split("  ")[0].split()[-1] for line in ran.out.splitlines()} == found
    assert ran.code == int("orphan-priority" in found)


def test_a_name_that_is_none_is_an_error_with_a_hint(run: Run) -> None:
    ran = run("check", "--select", "orphan-prioritys")
    assert ran.code == 2
    assert "orphan-priority?" in ran.err


def test_what_is_known_is_not_said_again(run: Run) -> None:
    before = files_of(run.folder)
    assert run("check", "--write-baseline").code == 0
    after = files_of(run.folder)
    assert set(after) - set(before) == {BASELINE}
    assert run("check").code == 1
    ran = run("check", "--new-only")
    assert ran.code == 0
    assert "Nothing to mend in 5 notes." in ran.out
    assert "were known (--all)." in ran.out
    (run.folder / "Priorities/New.md").write_text("---\nowner: '[[Ann Lee]]'\n---\n- [ ] Go\n[[Hire a CFO]]\n", "utf-8")
    ran = run("check", "-q", "--new-only", "--select", "orphan-priority")
    assert ran.code == 1
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["Priorities/New.md"]


def test_the_settings_can_say_that_only_news_count(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text('baseline = "notes/known.json"\n', "utf-8")
    missing = run("check")
    assert missing.code == 2
    assert "--write-baseline" in missing.err
    assert run("check", "--write-baseline").code == 0
    assert (run.folder / "notes/known.json").exists()
    assert run("check").code == 0
    assert run("check", "--all").code == 1


def test_a_note_that_was_moved_takes_what_is_known_along(run: Run) -> None:
    run("check", "--write-baseline")
    (run.folder / "Priorities/Q1").mkdir()
    (run.folder / BRAND).rename(run.folder / "Priorities/Q1/Renew the brand.md")
    assert run("check", "--new-only").code == 0


@pytest.mark.parametrize("place", ["Build the brand", "Priorities/Q1/Brand 2"])
def test_a_note_that_mv_moves_takes_what_is_known_along_under_its_new_name(run: Run, place: str) -> None:
    def known() -> int:
        said = json.loads(run("check", "--new-only", "--format", "json").out)
        assert said["findings"] == []
        assert said["baseline"]["gone"] == 0
        return len(said["baseline"]["known"])

    run("check", "--write-baseline")
    count, before = known(), (run.folder / BASELINE).read_bytes()
    assert run("mv", "Renew the brand", place, "--yes").code == 0
    assert known() == count
    assert run("undo").code == 0
    assert (run.folder / BASELINE).read_bytes() == before


def test_what_is_no_longer_found_is_said_in_a_line(run: Run) -> None:
    run("check", "--write-baseline")
    (run.folder / BRAND).write_text(
        "---\nserves: '[[Double revenue]]'\nowner: '[[Ann Lee]]'\n---\n- [ ] Ask\n", "utf-8"
    )
    ran = run("check", "--new-only")
    (line,) = (line for line in ran.err.splitlines() if "no longer found" in line)
    assert "--write-baseline" in line
    run("check", "--write-baseline")
    assert "no longer found" not in run("check", "--new-only").err


def test_numbers_and_dates_do_not_make_a_finding_new(run: Run) -> None:
    note = run.folder / BRAND
    note.write_text(f"{FILES[BRAND]}\n%% vaultkit:ignore orphan-priority until 2026-02-01: wait %%\n", "utf-8")
    run("check", "--write-baseline")
    note.write_text(f"{FILES[BRAND]}\n%% vaultkit:ignore orphan-priority until 2026-03-01: wait %%\n", "utf-8")
    assert run("check", "--new-only").code == 0


def test_what_is_no_baseline_is_neither_read_nor_written_over(run: Run) -> None:
    (run.folder / BASELINE).write_text("{}", "utf-8")
    assert "no baseline" in run("check", "--new-only").err
    ran = run("check", "--write-baseline")
    assert ran.code == 2
    assert (run.folder / BASELINE).read_text("utf-8") == "{}"
    assert run("check", "--write-baseline", "--select", "links").code == 2


def test_a_baseline_can_stand_outside_the_vault(run: Run, tmp_path: Path) -> None:
    before = files_of(run.folder)
    file = tmp_path / "elsewhere.json"
    assert f"--write-baseline --baseline {file}" in run("check", "--baseline", str(file)).err
    assert run("check", "--write-baseline", "--baseline", str(file)).code == 0
    assert run("check", "--baseline", str(file)).code == 0
    assert files_of(run.folder) == before


def test_machines_are_told_what_was_known(run: Run) -> None:
    run("check", "--write-baseline")
    everything = json.loads(run("check", "--format", "json").out)["findings"]
    said = json.loads(run("check", "--new-only", "--format", "json").out)
    assert (said["findings"], said["baseline"]["known"]) == ([], everything)
    results = json.loads(run("check", "--new-only", "--format", "sarif").out)["runs"][0]["results"]
    assert {result["baselineState"] for result in results} == {"unchanged"}
    assert run("check", "--new-only", "--format", "github").out == ""


def test_status_counts_what_is_known_and_names_what_is_new(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text(f'baseline = "{BASELINE}"\n', "utf-8")
    run("check", "--write-baseline")
    known = len(json.loads((run.folder / BASELINE).read_text("utf-8"))["findings"])
    said = run("status").out
    assert "orphan-priority" not in said
    assert f"{known} were known (check --all)" in said
    (run.folder / "Priorities/New.md").write_text(FILES[BRAND], "utf-8")
    assert "orphan-priority    New\n" in run("status").out
    row = json.loads(run("status", "--format", "json").out)
    assert row["findings"]["orphan-priority"] == 1
    assert row["baseline"] == {"file": BASELINE, "known": known, "gone": 0}
    (run.folder / BASELINE).unlink()
    assert run("status").code == 2


def test_the_overview_counts_what_is_known_and_flags_what_is_new(run: Run) -> None:
    (run.folder / "vaultkit.toml").write_text(f'baseline = "{BASELINE}"\n', "utf-8")
    page = run.folder / "Dashboards/Overview.md"
    assert run("build", "--write").code == 0
    assert "serves no objective." in page.read_text("utf-8").split("## Red flags")[1]
    run("check", "--write-baseline")
    assert run("build", "--write").code == 0
    flags = page.read_text("utf-8").split("## Red flags")[1]
    assert "serves no objective." not in flags
    assert "known" in flags
    assert run("build", "--check").code == 0
    (run.folder / "Priorities/New.md").write_text(FILES[BRAND], "utf-8")
    assert run("build", "--write").code == 0
    flags = page.read_text("utf-8").split("## Red flags")[1]
    assert "[[New]] serves no objective." in flags
    assert "[[Renew the brand]] serves no objective." not in flags


def test_eject_takes_the_baseline_away_and_says_so(run: Run) -> None:
    before = files_of(run.folder)
    run("check", "--write-baseline")
    ran = run("eject", "--yes")
    assert BASELINE in ran.out
    assert files_of(run.folder) == before


def test_what_is_waived_is_counted_and_shown_when_asked_for(run: Run) -> None:
    (run.folder / BRAND).write_text(WAIVED[BRAND], "utf-8")
    ran = run("check", *THESE)
    assert ran.code == 0
    assert "Nothing to mend in 5 notes. 1 is waived (--waived)." in ran.out
    assert "the board decides" not in ran.out
    ran = run("check", "--waived", *THESE)
    assert ran.code == 0
    assert "    waived until 2026-12-31: the board decides" in ran.out.splitlines()
    (entry,) = json.loads(run("check", "--format", "json").out)["waived"]
    assert entry["waived"] == {"reason": "the board decides", "until": "2026-12-31"}


def test_a_vault_of_other_things_hears_one_line(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    files = {f"People/Ann {n}.md": f"---\ntags: [person]\n---\nKnows [[Ann {n + 1}]].\n" for n in range(4)}
    ran = Run(capsys, make_vault({**files, "People/Ann 4.md": "", "Tea.md": "[[Nowhere]]"}))("check")
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "No objective, priority or project" in ran.err
