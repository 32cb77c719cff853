"""What somebody saves while vaultkit writes is never lost, however it is saved; a naive writer loses much of it."""

from __future__ import annotations

import faulthandler
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.race import Race, race
from tests.race_editor import How
from tests.race_notes import ASIDE, filled, number_of, saved

MEMORY = Path("/dev/shm")  # noqa: S108 -- the disk in memory that every Linux has
HOWS = get_args(How)


def test_a_note_tells_which_save_it_is() -> None:
    note = saved(7)
    written = filled(note, "said")
    assert written is not None
    assert (number_of(note), number_of(written)) == (7, 7)
    assert filled(filled(note, "before") or b"", "said") == written


@pytest.mark.parametrize(
    "torn",
    [b"", saved(7)[:-9], saved(7).replace(b"Line 5 of save 7.", b"Line 5 of save 6."), saved(8)[:99] + saved(7)[99:]],
)
def test_a_torn_note_is_no_save(torn: bytes) -> None:
    assert number_of(torn) is None


def test_a_region_of_which_a_part_is_gone_is_not_filled() -> None:
    written = filled(saved(7), "said") or b""
    assert filled(written.replace(b"said", b""), "more") is None
    assert number_of(written.replace(b"said", b"")) is None


def test_names_of_what_was_put_aside() -> None:
    assert ASIDE.fullmatch("Note 001 (vaultkit 2026-03-16).md")
    assert not ASIDE.fullmatch("Note 001.md")


@pytest.mark.parametrize("how", HOWS)
def test_no_save_is_lost(tmp_path: Path, how: How) -> None:
    assert_none_lost(race(Race(tmp_path, how)))


@pytest.mark.parametrize("how", HOWS)
def test_the_same_race_sees_a_naive_writer_lose(tmp_path: Path, how: How) -> None:
    report = race(Race(tmp_path, how, "naive", saves=1000, writers=1))
    assert report["lost"] * 10 > report["racing"]


@pytest.mark.prove
@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("disk", ["disk", "memory"])
def test_no_save_of_very_many_is_lost(tmp_path: Path, how: How, disk: str) -> None:
    if disk == "memory" and not MEMORY.is_dir():
        pytest.skip("this system has no /dev/shm")
    faulthandler.cancel_dump_traceback_later()  # it takes longer than other tests may
    assert_none_lost(race(Race(MEMORY if disk == "memory" else tmp_path, how, saves=200_000)))


def assert_none_lost(report: dict[str, Any]) -> None:
    assert {key: report[key] for key in ("lost", "torn", "trouble", "litter")} == {
        "lost": 0,
        "torn": 0,
        "trouble": {},
        "litter": [],
    }
    assert report["racing"], report
    assert report["writes"], report
