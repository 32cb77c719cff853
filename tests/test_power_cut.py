"""Whenever the power fails, a note is old or new, what was reported as written is there, what was begun is known."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.cli_vault import files_of
from tests.power_cut import Record, recording, states
from tests.test_faults import FILES, a_plan, an_undoing, nothing
from vaultkit import disk
from vaultkit.disk.journal import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.conftest import MakeVault


@pytest.mark.parametrize(("begin", "tell"), [(nothing, a_plan), (a_plan, an_undoing)], ids=["plan", "undone plan"])
def test_power_may_fail_at_any_time(
    make_vault: MakeVault,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[Path], None],
    tell: Callable[[Path], None],
) -> None:
    root = make_vault(FILES)
    begin(root)
    state = disk.state_folder(root)
    before, earlier = files_of(root), {path.name for path in (state / "runs").glob("*")}
    record = Record(root, state)
    with recording(monkeypatch, record):
        tell(root)
    after = files_of(root)
    assert before != after
    seen = 0
    for count in range(len(record.changes) + 1):
        for found in states(record, count):
            vault = {path.removeprefix(f"{root}/"): data for path, data in found.items() if path.startswith(f"{root}/")}
            check_each(vault, before, after)
            if vault != before:
                assert is_known(found, state, earlier), "something is under way, and nobody knows what"
            seen += 1
    assert seen > 500
    for found in states(record, len(record.changes)):
        assert {path: found.get(f"{root}/{path}") for path in before.keys() | after.keys()} == {
            path: after.get(path) for path in before.keys() | after.keys()
        }, "it was reported as written"


def check_each(vault: Mapping[str, bytes], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    for path in before.keys() | after.keys():
        assert vault.get(path) in {before.get(path), after.get(path)}, path
    assert all(".vaultkit-" in path for path in vault.keys() - before.keys() - after.keys())


def is_known(found: Mapping[str, bytes], state: Path, earlier: set[str]) -> bool:
    """Whether a run is noted, whole, that was not there before."""
    for path, data in found.items():
        folder, _, name = path.rpartition("/")
        if folder == f"{state}/runs" and name.endswith((".begun", ".done")) and name not in earlier:
            return bool(msgspec.msgpack.decode(zlib.decompress(data), type=Run).writes)
    return False
