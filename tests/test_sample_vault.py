"""The sample vault: the planted defects and nothing else, its pages as committed, and no trace left by `eject`."""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from vaultkit import resources
from vaultkit.session import Session

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 3, 16)
ROW = re.compile(r"^\| ([a-z-]+) \| ([a-z-]*) ?\| `(.+)` \| (\d+) \|$", re.MULTILINE)
GENERATED = re.compile(rb"\A---\r?\ngenerated: vaultkit\r?\n|\A# generated: vaultkit |\"vaultkit\":\{\"page\":")
REGION = re.compile(rb"(^%% vaultkit:[^\n]*%%)\n.*?^%% /vaultkit [0-9a-f]{8} %%", re.MULTILINE | re.DOTALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sample vault, to be written to."""
    return shutil.copytree(resources.sample_vault(), tmp_path / "sample_vault")


def files(root: Path) -> dict[str, bytes]:
    """Every file of a folder, dot-folders included."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """When each file was last written, and whether it is still the same file."""
    found = {str(path.relative_to(root)): path.stat() for path in root.rglob("*") if path.is_file()}
    return {name: (status.st_mtime_ns, status.st_ino) for name, status in found.items()}


def without_vaultkit(before: dict[str, bytes]) -> dict[str, bytes]:
    """The same files as if vaultkit had never been run, told by their bytes alone; a hand-edited page stays."""
    edited = "Tableaux de bord/Royaume-Uni.md"
    kept = {name: data for name, data in before.items() if name == edited or not GENERATED.search(data)}
    return {name: REGION.sub(rb"\1", data) for name, data in kept.items()}


def test_check_reports_the_planted_defects_and_nothing_else(copy: Path) -> None:
    listed = ROW.findall((copy / "Défauts plantés.md").read_text("utf-8"))
    reasons = {"orphan-priority", "no-owner"}  # the validators whose variants the list tells apart
    planted = sorted((name, reason, path, int(line)) for name, reason, path, line in listed)
    found = Session(copy, today=TODAY).findings()
    assert planted == sorted(
        (f.validator, f.reason if f.validator in reasons else "", f.path, f.span.line) for f in found
    )


def test_every_validator_has_a_planted_defect() -> None:
    from vaultkit.validators import VALIDATORS

    listed = ROW.findall((resources.sample_vault() / "Défauts plantés.md").read_text("utf-8"))
    # git keeps no unreadable text, and a clone on macOS or Windows would lose one of two paths that collide
    assert set(VALIDATORS) - {name for name, *_ in listed} == {"unreadable-note", "colliding-paths"}


def test_its_pages_are_those_committed(copy: Path) -> None:
    before, untouched = files(copy), stamps(copy)
    session = Session(copy, today=TODAY)
    assert session.apply(session.plan()) == ()
    assert files(copy) == before
    assert stamps(copy) == untouched


def test_built_from_nothing_it_is_the_same(copy: Path) -> None:
    before = files(copy)
    bare = without_vaultkit(before)
    for name in before.keys() - bare.keys():
        (copy / name).unlink()
    for name, data in bare.items():
        (copy / name).write_bytes(data)
    session = Session(copy, today=TODAY)
    assert session.apply(session.plan())
    assert files(copy) == before
    session.apply(session.eject())
    assert files(copy) == bare
    assert not Session(copy, today=TODAY).eject().edits


def test_a_hand_edited_page_is_kept(copy: Path) -> None:
    page = copy / "Tableaux de bord" / "Royaume-Uni.md"
    before = page.read_bytes()
    session = Session(copy, today=TODAY)
    plan = session.plan()
    assert plan.kept == ("Tableaux de bord/Royaume-Uni.md",)
    session.apply(plan)
    assert page.read_bytes() == before
    session.apply(session.plan(force=True))
    assert page.read_bytes() != before
    assert session.plan().kept == ()
