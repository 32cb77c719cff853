"""A vault comes in, how long each stage of a check and of a build took goes out, as `vaultkit -v` says it."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bench.tables import number, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.commands import Commands
    from bench.contest import Entry

TOLD = re.compile(r"([a-z][a-z ]*) (\d+\.\d+) s(?:, |$)")


def stages(commands: Commands, runs: int) -> Iterator[str]:
    """A table of the stages, in the order in which they begin; below it, those of reading one note."""
    build = commands.on_copy("unbuilt").ours("build", "build", "--write", cache="built")
    columns = {
        "first check, s": told(commands.empty_cache(), runs),
        "nothing changed, s": told(commands.ours("again", "check"), runs),
        "first build, s": told(replace(build, before=lambda: fresh(commands)), runs),
    }
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = [(name, *(number(column[name]) if name in column else "" for column in columns.values())) for name in names]
    yield from table(("stage", *columns), rows)
    script = str(Path(__file__).with_name("parse.py"))
    command = [sys.executable, script, str(commands.vault.folder)]
    parsed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rstrip()
    yield from ("Reading and parsing, on one core, in one process:", "", "```", parsed, "```", "")


def fresh(commands: Commands) -> None:
    """No pages, and nothing kept."""
    shutil.rmtree(commands.state / "built", ignore_errors=True)
    commands.on_copy("unbuilt")


def told(entry: Entry, runs: int) -> dict[str, float]:
    """The median of the seconds of each stage that a run tells of."""
    heard: defaultdict[str, list[float]] = defaultdict(list)
    command = [*(word for word in entry.command if word != "-q"), "-v"]
    for _ in range(runs):
        entry.before()
        ended = subprocess.run(
            command, env=entry.environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        if ended.returncode not in entry.accepted:
            heard[f"failed with exit {ended.returncode}"].append(0.0)
        for stage, seconds in TOLD.findall((ended.stderr.splitlines() or [""])[-1]):
            heard[stage].append(float(seconds))
    return {stage: statistics.median(seconds) for stage, seconds in heard.items()}
