"""No note hangs, kills or empties the reader: each nasty input is read in another process, under limits.

What is linear stays far within them; what is not, and whatever ends the process, is a failed test that names its input.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.nasty import INPUTS
from tests.nasty_inputs import LIMITED, NONE
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import MakeVault

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {
    8_000: ("3", "800"),
    48_000: ("5", "800"),
    1_000_000: ("120", "2500"),
    4_000_000: ("480", "6000"),
}
"""Size -> the seconds and the mebibytes within which it must be read."""


def run(size: int, names: list[str]) -> dict[str, Any]:
    """What was read of each; a death belongs to the last that was announced."""
    told: dict[str, Any] = {}
    while names:
        command = [sys.executable, "-m", "tests.nasty", str(size), *LIMITS[size], *names]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        said = [json.loads(line) for line in ended.stdout.splitlines()]
        begun = [line for line in said if isinstance(line, str)]
        told |= dict(zip(begun, [line for line in said if isinstance(line, dict)], strict=False))
        if ended.returncode:
            assert begun, ended.stderr
            told[begun[-1]] = {"death": f"{ended.returncode} {ended.stderr[-600:]}"}
        names = names[len(begun) :]
    return told


def wrong_with(name: str, told: dict[str, Any], also: frozenset[str] = NONE) -> str:
    """What must be true of any of them, and is not; `also` are problems that a note of its size may have."""
    nasty = INPUTS[name]
    if "death" in told or told["uncovered"]:
        return str(told.get("death") or f"in no section: {told['uncovered']}")
    if not told["whole"]:
        return "" if "limit" in told["problems"] else "more than is read, and nothing says so"
    if told["after"] is not nasty.follows:
        return f"the link below it is {'' if told['after'] else 'not '}found"
    as_expected = nasty.problems is None or set(told["problems"]) - also == nasty.problems - also
    return "" if as_expected else f"its problems: {told['problems']} {told['said']}"


@pytest.mark.parametrize("first", range(10))
def test_nasty_notes_are_read_whole(first: int) -> None:
    names = list(INPUTS)[first::10]
    wrong = {name: said for name, told in run(8000, names).items() if (said := wrong_with(name, told))}
    assert not wrong


@pytest.mark.parametrize("first", range(4))
def test_a_mark_repeated_without_end_is_read_in_linear_time(first: int) -> None:
    names = [name for name, nasty in INPUTS.items() if nasty.swift][first::4]
    wrong = {name: said for name, told in run(48_000, names).items() if (said := wrong_with(name, told))}
    assert not wrong


@pytest.mark.prove
@pytest.mark.parametrize("size", [1_000_000, 4_000_000])
@pytest.mark.parametrize("name", INPUTS)
def test_a_nasty_note_of_any_size_is_read_whole(name: str, size: int) -> None:
    """Of megabytes of quotes, those at the end may be read in parts, and that is said."""
    assert wrong_with(name, run(size, [name])[name], LIMITED) == ""


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_what_is_no_utf8_is_named_and_never_rewritten(make_vault: MakeVault, encoding: str) -> None:
    region = '# Été\n\nSee [[Grow]].\n\n%% vaultkit:index folder="Projects" %%\n'
    page = "---\ngenerated: vaultkit\npage: overview\n---\n\n# Été\n\n%% /vaultkit 00000000 %%\n"
    strange = {"Été.md": region.encode(encoding), "Dashboards/Overview.md": page.encode(encoding)}
    root = make_vault({"Grow.md": "---\ntype: objective\n---\n", "Projects/Été.md": region, **strange})
    session = Session(root, today=date(2026, 3, 16))
    said = {(finding.path, finding.reason) for finding in session.findings() if finding.validator == "unreadable-note"}
    assert said == {(path, "encoding") for path in strange}
    plan = session.plan(force=True)
    assert not {edit.path for edit in plan.edits} & set(strange)
    session.apply(plan)
    assert "Projects/Été.md" in {edit.path for edit in session.eject().edits}
    session.apply(session.eject())
    assert {path: (root / path).read_bytes() for path in strange} == strange
    assert (root / "Projects/Été.md").read_text("utf-8") == region
