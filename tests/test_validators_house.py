"""What every validator owes the house: its name, its documentation, its scenarios; and how they are run."""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from msgspec import Struct

from tests import scenario_runner as runner
from vaultkit import validators
from vaultkit.config import parse_config
from vaultkit.config_checks import check_options
from vaultkit.errors import ConfigError
from vaultkit.language import message, say
from vaultkit.model import TOP, Finding, Note, Problem, Severity
from vaultkit.parser import anchors
from vaultkit.validators import VALIDATORS, docs
from vaultkit.validators.data import unreadable_note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from tests.conftest import Corpus, MakeVault
    from vaultkit.insights.changed import Reads
    from vaultkit.vault import Vault

SCENARIOS = Path(__file__).parent / "scenarios" / "validators"
UNSHOWN = {("unreadable-note", "reading")}
"""Reasons that no scenario can give: a file on disk may always be read by the one who has just written it."""

UNWAIVED = {"waiver-expired", "waiver-unused", "unreadable-note"}
"""What is said of waivers themselves, and of notes in which nothing can be read."""

every_validator = pytest.mark.parametrize("name", VALIDATORS)


def module(name: str) -> ModuleType:
    found = VALIDATORS[name]
    return importlib.import_module(str(found.__name__))  # type: ignore[attr-defined]


def scenarios(name: str) -> list[runner.Scenario]:
    return runner.read_scenarios(SCENARIOS / f"{name.replace('-', '_')}.md")


def said(name: str) -> list[str]:
    """What the scenarios of a validator expect of it, one line a finding."""
    texts = "".join(block.text for scenario in scenarios(name) for block in scenario.expected)
    return [line for line in texts.splitlines() if re.search(rf":\d+:\d+ \w+ {name}\b", line)]


def test_every_module_of_a_family_is_listed_under_its_own_name() -> None:
    families = (m for m in pkgutil.iter_modules(validators.__path__, "vaultkit.validators.") if m.ispkg)
    found = {
        each.name.rpartition(".")[2].replace("_", "-"): each.name
        for family in families
        for each in pkgutil.iter_modules(importlib.import_module(family.name).__path__, f"{family.name}.")
    }
    assert {name: module(name).__name__ for name in VALIDATORS} == found


@every_validator
def test_its_docstring_answers_the_three_questions(name: str) -> None:
    summary, sections = docs.split(module(name).__doc__ or "")
    assert summary.endswith(".")
    assert tuple(sections) == docs.HEADINGS
    assert [heading for heading, text in sections.items() if len(text) < 40] == []


@every_validator
def test_it_has_a_scenario_that_fires_and_one_that_does_not(name: str) -> None:
    assert said(name)
    assert any(not block.text for scenario in scenarios(name) for block in scenario.expected)


@every_validator
def test_its_reasons_are_documented_and_each_has_a_scenario(name: str) -> None:
    _, sections = docs.split(module(name).__doc__ or "")
    documented = set(re.findall(r"\(`([a-z-]+)`\)", sections["What it flags"]))
    shown = {found[1] for line in said(name) if (found := re.search(rf" {name} \(([a-z-]+)\): ", line))}
    assert shown == {reason for reason in documented if (name, reason) not in UNSHOWN}


@every_validator
def test_its_findings_bear_its_name_and_its_severity_and_say_what_to_do(name: str, tmp_path: Path) -> None:
    assert VALIDATORS[name].SEVERITY in get_args(Severity)
    for number, scenario in enumerate(scenarios(name)):
        folder = tmp_path / str(number)
        runner.write(scenario.files, folder)
        vault = runner.read_vault(folder, scenario.today, known=runner.past_of(scenario))
        kinds = VALIDATORS[name].KINDS
        for note in vault.of_kind(*kinds) if kinds else (*vault.notes.values(), *vault.boards.values()):
            for finding in VALIDATORS[name].check(note, vault):
                assert (finding.validator, finding.path) == (name, note.path)
                others = {getattr(module(name), each, "") for each in ("GRAVER", "MILDER")}
                assert finding.severity in {VALIDATORS[name].SEVERITY, *others}
                assert say(finding.message, "en").endswith((".", "?"))
                assert not say(finding.next, "en").endswith(".")
                assert finding.evidence or ".data." in module(name).__name__


@every_validator
def test_its_findings_can_be_waived(name: str, tmp_path: Path) -> None:
    """The first scenario that fires, and the same with a waiver in the notes of which something is said."""
    for number, scenario in enumerate(scenarios(name)):
        told = {finding.path for finding in runner.findings(runner.run(scenario, tmp_path / str(number)))}
        told = {path for path in told if path.endswith(".md") and path in scenario.files}
        if told and name not in UNWAIVED:
            break
    else:
        assert name in UNWAIVED
        return
    waiver = f"\n\n%% vaultkit:ignore {name} until 2099-12-31: we live with it %%\n".encode()
    files = {path: data + (waiver if path in told else b"") for path, data in scenario.files.items()}
    found = runner.run(scenario, tmp_path / "waived", files).vault.ask(validators.check)
    here = [finding for finding in found if finding.path in told and finding.validator == name]
    assert here
    assert {finding.waived for finding in here} == {"we live with it"}
    assert "waiver-unused" not in {finding.validator for finding in found}


def test_its_spans_lie_in_the_note(tmp_path: Path) -> None:
    """A place that an editor is sent to must exist: the slice of a link reads as a link."""
    for number, scenario in enumerate(s for name in VALIDATORS for s in scenarios(name)):
        folder = tmp_path / str(number)
        runner.write(scenario.files, folder)
        vault = runner.read_vault(folder, scenario.today, known=runner.past_of(scenario))
        for finding in vault.ask(validators.check):
            text = scenario.files[finding.path].decode("utf-8", "replace")
            span = finding.span
            assert 0 <= span.start <= span.end <= len(text)
            assert text.count("\n", 0, span.start) + 1 == span.line
            if finding.validator in {"broken-link", "ambiguous-link", "broken-anchor", "weak-alignment"}:
                written = r"!?\[.*[\])]" if finding.path.endswith(".md") else r'[^"]+'
                assert re.fullmatch(written, text[span.start : span.end])


def test_a_name_is_said_composed_whatever_the_disk_keeps(make_vault: MakeVault) -> None:
    folder = make_vault({unicodedata.normalize("NFD", "Été.md"): "[[nowhere]]\n"})
    (found,) = validators.check(runner.read_vault(folder, runner.TODAY))
    assert say(found.message, "en") == "Été links to nowhere, which does not exist."


def test_findings_are_in_the_order_of_places(make_vault: MakeVault) -> None:
    folder = make_vault({"B.md": "[[x]]\n[[x]] [[x]]\n", "A.md": "[[x]]\n---\n", "C.md": "---\na: b: c\n---\n[[x]]\n"})
    found = validators.check(runner.read_vault(folder, runner.TODAY))
    places = [(f.path, f.span.line, f.span.column) for f in found]
    assert places == [("A.md", 1, 1), ("B.md", 1, 1), ("B.md", 2, 1), ("B.md", 2, 7), ("C.md", 2, 5), ("C.md", 4, 1)]


def test_a_severity_is_the_users_to_choose(make_vault: MakeVault) -> None:
    config = '[validators.broken-link]\nseverity = "error"\n[validators.invalid-frontmatter]\nseverity = "off"\n'
    folder = make_vault({"vaultkit.toml": config, "A.md": "---\na: b: c\n---\n[[x]]\n"})
    found = validators.check(runner.read_vault(folder, runner.TODAY))
    assert [(f.validator, f.severity) for f in found] == [("broken-link", "error")]


def test_options_are_held_against_the_validators_own() -> None:
    known = validators.options()
    assert set(known) == set(VALIDATORS)
    assert all(issubclass(options, Struct) for options in known.values())
    fine = '[validators.broken-link]\nignore = ["x/*"]\nseverity = "warning"\n'
    check_options(parse_config(fine), known, fine)
    wrong = {
        "[validators.no-owner]\nignore = []\n": (2, "unknown key ignore"),
        "[validators.broken-link]\nignore = 3\n": (2, "Expected `array`, got `int` in ignore"),
        "\n[validators.broken-links]\n": (2, "there is no validator named broken-links"),
    }
    for text, expected in wrong.items():
        with pytest.raises(ConfigError) as caught:
            check_options(parse_config(text), known, text)
        assert (caught.value.line, say(caught.value.message, "en")) == expected


class Crashing:
    """A validator with a bug: it says something of one note, and fails on those whose path has an x in it."""

    SEVERITY: Severity = "warning"
    KINDS: tuple[str, ...] = ()
    READS: tuple[Reads, ...] = ()

    def __init__(self) -> None:
        self.asked = 0

    def check(self, note: Note, vault: Vault) -> Iterator[Finding]:
        self.asked += 1
        if "x" in note.path:
            raise ZeroDivisionError(len(vault.notes))
        yield Finding("crashing", "warning", note.path, TOP, message("It is here."), message("go on"))


def test_a_bug_in_a_validator_is_reported_once_and_hides_nothing(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(VALIDATORS, "crashing", Crashing())
    folder = make_vault({"A.md": "[[nowhere]]\n", "Bx.md": "", "Cx.md": "", "D.md": ""})
    found = validators.check(runner.read_vault(folder, runner.TODAY))
    names = [(f.path, f.severity, f.validator, f.reason) for f in found]
    assert names == [
        ("A.md", "info", "broken-link", ""),
        ("A.md", "warning", "crashing", ""),
        ("Bx.md", "error", "internal-error", "crashing"),
        ("D.md", "warning", "crashing", ""),
    ]
    fault = found[2]
    text = "The validator crashing failed on 2 notes, this one first: ZeroDivisionError: 4."
    assert say(fault.message, "en") == text
    assert [say(step.message, "en").partition(", line")[0] for step in fault.evidence] == [f"it failed in {__name__}"]


def test_a_validator_that_always_fails_is_not_asked_for_ever(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = Crashing()
    monkeypatch.setitem(VALIDATORS, "crashing", crashing)
    folder = make_vault({f"x{number}.md": "" for number in range(3 * validators.CRASHES)})
    found = validators.check(runner.read_vault(folder, runner.TODAY))
    assert [f.reason for f in found] == ["crashing"]
    assert crashing.asked == validators.CRASHES


def test_a_canvas_in_a_chain_stops_it(make_vault: MakeVault) -> None:
    """It is no note: it has no kind, and nothing in it can be pointed elsewhere."""
    files = {
        "Board.canvas": '{"nodes": []}',
        "Objectives/Grow.md": "---\nperiod: 2026\n---\n",
        "Objectives/Old.md": '---\nstatus: done\npriorities: "[[Board.canvas]]"\n---\n',
        "Priorities/Hire.md": '---\nserves: "[[Board.canvas]]"\n---\n',
        "Priorities/Turn.md": '---\nserves: "[[Round.canvas]]"\nprojects: "[[Round.canvas]]"\n---\n',
        "Round.canvas": '{"nodes": []}',
    }
    found = validators.check(runner.read_vault(make_vault(files), runner.TODAY))
    assert [(f.path, f.reason) for f in found if f.validator == "orphan-priority"] == [
        ("Priorities/Hire.md", "dead-end"),
        ("Priorities/Turn.md", "cycle"),
    ]
    assert not [f for f in found if f.validator == validators.INTERNAL_ERROR]


def test_a_note_of_no_kind_in_a_list_is_called_so(make_vault: MakeVault) -> None:
    files = {"Objectives/Grow.md": '---\nperiod: 2026\npriorities: "[[Plain]]"\n---\n', "Plain.md": ""}
    (found,) = (
        f
        for f in validators.check(runner.read_vault(make_vault(files), runner.TODAY))
        if f.validator == "unserved-objective"
    )
    steps = [say(step.message, "en") for step in found.evidence]
    assert steps == ["Grow runs until 2026-12-31", "Plain is of no kind that vaultkit knows"]


def test_work_is_found_through_a_note_with_tasks_of_its_own(make_vault: MakeVault) -> None:
    """A closed priority with a task left over passes on that a project serves it, as one without does."""
    files = {
        "Priorities/Above.md": "",
        "Priorities/Between.md": '---\nstatus: done\nserves: "[[Above]]"\n---\n- [ ] left over\n',
        "Projects/Below.md": '---\nserves: "[[Between]]"\n---\n',
    }
    found = validators.check(runner.read_vault(make_vault(files), runner.TODAY))
    assert not [f for f in found if f.validator == "no-action"]


def test_a_note_that_may_not_be_read_is_reported(make_vault: MakeVault) -> None:
    vault = runner.read_vault(make_vault({}), date(2026, 3, 16))
    note = Note("A.md", "", problems=(Problem("reading", message("It is locked."), TOP),))
    assert [(f.reason, f.span) for f in unreadable_note.check(note, vault)] == [("reading", TOP)]


def test_no_anchor_of_obsidians_own_help_is_called_broken(corpus: Corpus) -> None:
    vault = runner.read_vault(corpus("help-en"), runner.TODAY)
    found = [f for f in vault.ask(validators.check) if f.severity != "info"]
    assert {f.validator for f in found} <= {"ambiguous-link"}
    aimed = [e for e in vault.graph.edges() if e.link.anchor and e.target in vault.notes]
    assert len(aimed) >= 420
    assert all(anchors.find(vault.notes[e.target or ""], e.link.anchor) for e in aimed)
