"""What `vaultkit --help` costs: click, the table of commands and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = frozenset(
    {
        "asyncio",
        "filelock",
        "frontmatter",
        "importlib.metadata",
        "jinja2",
        "logging",
        "markdown_it",
        "msgspec",
        "networkx",
        "pathspec",
        "platformdirs",
        "rich",
        "sqlite3",
        "tomllib",
        "watchdog",
        "yaml",
    }
)
FURTHER = 30
"""How many modules more than click's own may be loaded: our six, and what of the standard library they need."""


def modules(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines[1:]}


def of_vaultkit(*arguments: str) -> set[str]:
    return modules(f"from vaultkit.cli import main; main({list(arguments)!r})")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("--language", "fr", "-h"), ("chek",)])
def test_help_loads_click_and_no_other_library(arguments: tuple[str, ...]) -> None:
    assert of_vaultkit(*arguments) & HEAVY == set()


def test_help_loads_our_door_and_no_room_behind_it() -> None:
    ours = {name for name in of_vaultkit("--help") if name.partition(".")[0] == "vaultkit"}
    assert ours == {
        "vaultkit",
        "vaultkit.cli",
        "vaultkit.cli.commands",
        "vaultkit.cli.environment",
        "vaultkit.cli.helping",
        "vaultkit.cli.options",
        "vaultkit.cli.root",
    }


def test_help_loads_few_modules() -> None:
    assert len(of_vaultkit("--help")) <= len(modules("import click")) + FURTHER


def test_explaining_and_checking_leave_networkx_alone() -> None:
    assert "networkx" not in of_vaultkit("explain", "orphan-priority")
    assert not {"networkx", "watchdog", "rich"} & of_vaultkit("explain", "--all")
