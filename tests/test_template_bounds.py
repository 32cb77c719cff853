"""Whatever a vault's own template does, it ends: what it does is counted, and the count is the same on any machine."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.nasty_templates import ENDLESS, FAULTY, FINE

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEBIBYTES = "240", "800"
"""For all of them together, each a hundredth of it: one that is not bounded takes hours, or gigabytes."""


@cache
def told(_run: int = 0) -> dict[str, Any]:
    """What came of each; a death belongs to the last that was announced."""
    command = [sys.executable, "-m", "tests.nasty_templates", SECONDS, MEBIBYTES]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 0, f"{lines[-1:]} {ended.returncode} {ended.stderr[-600:]}"
    return dict(zip(lines[::2], lines[1::2], strict=True))


@pytest.mark.parametrize("name", ENDLESS)
def test_what_has_no_end_is_stopped_at_its_line(name: str) -> None:
    line = 1 if "includes itself" in name else 2  # the first of what is included, the one that loops or grows
    assert told()[name] == {"path": "t", "line": line, "said": "this has no end, or is too long"}


@pytest.mark.parametrize("name", FAULTY)
def test_what_may_not_be_is_refused(name: str) -> None:
    assert FAULTY[name][1] in told()[name]["said"]


@pytest.mark.parametrize("name", FINE)
def test_what_people_write_is_written(name: str) -> None:
    assert told()[name] == {"text": FINE[name][1]}


def test_the_same_is_said_each_time() -> None:
    assert told() == told(1)
