"""Each of the writer's precautions is taken out in turn: some test must see it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.prove


class Mutation(NamedTuple):
    """A precaution, and the program without it."""

    name: str
    module: str
    text: str
    instead: str
    tests: tuple[str, ...] = ("test_writer", "test_settle")


POWER = ("test_power_cut",)
MUTATIONS = (
    Mutation("fsync of the new text", "replace", "            os.fsync(descriptor)\n", "", POWER),
    Mutation("fsync of the folder", "run", "            place.sync()\n", "            pass\n", POWER),
    Mutation("fsync of the journal", "journal", "            os.fsync(descriptor)\n", "", POWER),
    Mutation("fsync of the journal's folder", "journal", "    sync_folder(place.parent)\n", "", POWER),
    Mutation("fsync above a new state folder", "places", "        sync_folder(each.parent)\n", "", POWER),
    Mutation(
        "fsync above a new folder",
        "beneath",
        "        place.sync()\n        return _enter",
        "        return _enter",
        POWER,
    ),
    Mutation("journal first", "run", "    journal.begin(run, root)\n", "", POWER),
    Mutation("compare, the last look", "replace", "        if data != write.before:\n", "        if False:\n"),
    Mutation(
        "compare, before a removal", "replace", "    if place.read(name)[0] != write.before:\n", "    if False:\n"
    ),
    Mutation("verify what came out", "replace", "    if out != write.before:\n", "    if False:\n"),
    Mutation(
        "verify what was removed", "replace", "    if place.read(own.aside)[0] != write.before:\n", "    if False:\n"
    ),
    Mutation("linger", "run", "        pause(LINGER)\n", "        pass\n"),
    Mutation("verify after the linger", "settle", "out.data == write.before and", "True and"),
    Mutation("look whether it is open", "settle", "_is_let_go(place, own.aside)", "True"),
    Mutation("look again once it is closed", "settle", " and _look(place, own.aside) == out", ""),
    Mutation("never onto what appeared", "renaming", '_NO_REPLACE = {"renameat2": 1', '_NO_REPLACE = {"renameat2": 0'),
    Mutation("back off", "busy", "0 <= now_ns() - found.st_mtime_ns < QUIET * 10**9", "False"),
    Mutation(
        "O_NOFOLLOW, folders", "beneath", 'getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW', 'getattr(os, "O_DIRECTORY", 0)'
    ),
    Mutation(
        "O_NOFOLLOW, files",
        "beneath",
        "os.O_RDONLY | _NO_FOLLOW |",
        "os.O_RDONLY |",
        ("test_writer", "test_disk_reader"),
    ),
    Mutation("O_EXCL", "beneath", "os.O_CREAT | os.O_EXCL", "os.O_CREAT"),
    Mutation("hard links refused", "refusal", "if status.st_nlink > 1:", "if False:"),
    Mutation("symbolic links refused", "refusal", "if stat.S_ISLNK(status.st_mode):", "if False:"),
    Mutation("mode kept", "replace", "        os.fchmod(descriptor, stat.S_IMODE(wanted.st_mode))\n", ""),
    Mutation(
        "owner kept",
        "replace",
        "            os.fchown(descriptor, wanted.st_uid, wanted.st_gid)\n",
        "            pass\n",
    ),
    Mutation("attributes kept", "replace", "            _copy_attributes(source, descriptor)\n", "            pass\n"),
    Mutation(
        "whole writes",
        "replace",
        "    while rest:\n        rest = rest[os.write(descriptor, rest) :]\n",
        "    os.write(descriptor, rest)\n",
        ("test_faults",),
    ),
)


def test_the_program_as_it_is_passes(tmp_path: Path) -> None:
    names = {name for mutation in MUTATIONS for name in mutation.tests}
    assert _tested(_copied(tmp_path), sorted(names)).returncode == 0


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_precaution_that_is_missing_is_seen(mutation: Mutation, tmp_path: Path) -> None:
    module = _copied(tmp_path) / "vaultkit" / "disk" / f"{mutation.module}.py"
    text = module.read_text("utf-8")
    assert mutation.text in text, "the precaution is no longer written like that"
    module.write_text(text.replace(mutation.text, mutation.instead), "utf-8")
    ran = _tested(tmp_path, mutation.tests)
    assert ran.returncode == 1, f"no test sees that it is missing:\n{ran.stdout[-2000:]}{ran.stderr[-1000:]}"


def _copied(folder: Path) -> Path:
    """The program and its tests, to do to it what one likes."""
    for name in ("vaultkit", "tests", "templates", "sample_vault"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _tested(folder: Path, names: Sequence[str]) -> subprocess.CompletedProcess[str]:
    tests = [str(folder / "tests" / f"{name}.py") for name in names]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    variables = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
