"""What people save while `vaultkit watch` runs stays, and the pages are in the end as if they were built anew."""

from __future__ import annotations

import faulthandler
import signal
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.cli_vault import FILES
from tests.conftest import ROOT
from tests.soak import Asked, Soak
from tests.soak_checks import built_anew, changed_meanwhile
from tests.soak_model import Model, bodies, is_page, written_by_people
from tests.soak_saving import EDITORS, LONG_AGO, synced
from tests.soak_vault import DECOY, files, mark
from vaultkit import planner, regions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import MakeVault

MARK = mark("People")
BODY = "\n- [[Ann]]\n\n"
FILLED = f"Mine.\n{MARK}\n{BODY}{regions.closing(BODY)}\nMine as well.\n".encode()
BY_HAND = FILLED.replace(b"[[Ann]]", b"[[Ann]], of course")


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_what_vaultkit_wrote_into_a_note_is_told_from_the_rest(ends: bytes) -> None:
    bare = f"Mine.\n{MARK}\nMine as well.\n".encode().replace(b"\n", ends)
    assert written_by_people(FILLED.replace(b"\n", ends)) == bare
    assert written_by_people(bare) == bare


def test_a_body_that_a_person_changed_is_the_persons() -> None:
    assert [body.untouched for body in bodies(FILLED + BY_HAND)] == [True, False]
    assert written_by_people(BY_HAND) == BY_HAND


def test_an_example_is_not_to_be_filled() -> None:
    filled = DECOY.encode().replace(b"%%\n```", f"%%\n{BODY}{regions.closing(BODY)}\n```".encode())
    assert written_by_people(filled) == filled


def test_a_page_is_told_from_one_that_a_person_changed() -> None:
    page = planner.sealed("---\ngenerated: vaultkit\npage: overview\n---\n# Overview").encode()
    assert is_page(page)
    assert written_by_people(page + b"\n") == b""
    assert not any(is_page(other) for other in (page + b"\nMine.\n", page.replace(b"# O", b"# My o"), FILLED, b""))


@pytest.mark.parametrize(
    ("path", "data", "wrong"),
    [
        ("n.md", FILLED.replace(b"as well", b"no more"), {"n.md": "damaged"}),
        ("n.md", FILLED.replace(BODY.encode(), b"\n- [[Eve]]\n\n"), {"n.md": "damaged"}),
        ("other.md", b"text", {"other.md": "appeared"}),
        ("n.md", written_by_people(FILLED), {}),
        ("page.md", planner.sealed("---\ngenerated: vaultkit\n---").encode(), {}),
        ("n (vaultkit 2026-03-16).md", b"text", {}),
    ],
)
def test_what_people_lost_is_seen(make_vault: MakeVault, path: str, data: bytes, wrong: dict[str, str]) -> None:
    root = make_vault({"n.md": FILLED})
    model = Model(root, {"n.md": FILLED})
    (root / path).write_bytes(data)
    assert model.compare().lost == wrong
    model.accept(wrong)
    assert model.compare().lost == {}


def test_a_note_that_is_gone_is_seen(make_vault: MakeVault) -> None:
    assert Model(make_vault({}), {"n.md": b"text"}).compare().lost == {"n.md": "gone"}


def test_nobody_works_on_what_another_is_at_work_on(tmp_path: Path) -> None:
    model = Model(tmp_path, {})
    with model.claimed("a/b") as first, model.claimed("a/b/n.md") as inside, model.claimed("a/bc.md") as beside:
        assert (first, inside, beside) == (True, False, True)
        with model.claimed("a") as around:
            assert not around
    with model.claimed("a") as later:
        assert later


def test_a_folder_is_moved_with_what_is_in_it(tmp_path: Path) -> None:
    model = Model(tmp_path, {"a/n.md": b"1", "a/b/m.md": b"2", "ab.md": b"3"})
    model.move("a", "c")
    assert model.files == {"c/n.md": b"1", "c/b/m.md": b"2", "ab.md": b"3"}
    assert {model.draw(Random(number)) for number in range(30)} == set(model.files)  # noqa: S311


@pytest.mark.parametrize("way", [*EDITORS, synced])
@pytest.mark.parametrize("there", [True, False])
def test_each_way_of_saving_leaves_the_note_alone_in_its_folder(
    make_vault: MakeVault, way: Callable[[Path, bytes, Random], None], there: bool
) -> None:
    root = make_vault({"n.md": "before"} if there else {})
    way(root / "n.md", b"after", Random(1))  # noqa: S311
    assert {path.name: path.read_bytes() for path in root.iterdir()} == {"n.md": b"after"}
    assert way is not synced or (root / "n.md").stat().st_mtime < LONG_AGO * 1.1


PAGES = (
    "Alignment",
    "Daily brief",
    "Friction radar",
    "Glossary",
    "Orphan priorities",
    "Overview",
    "People and load",
    "Sparring",
    "Vault health",
    "Weekly review",
)


def test_a_page_that_is_not_current_is_seen(make_vault: MakeVault, tmp_path: Path) -> None:
    root = make_vault({**FILES, "vaultkit.toml": ""})
    found, said = built_anew(root, tmp_path / "copy")
    assert not said
    assert found.keys() == {f"Dashboards/{name}.md" for name in PAGES}
    assert all(here == b"" and is_page(there) for here, there in found.values())


def test_whatever_is_written_while_all_rest_is_seen(make_vault: MakeVault) -> None:
    root = make_vault({"n.md": "text", "m.md": "text"})
    assert changed_meanwhile(root, lambda: None) == []
    assert changed_meanwhile(root, lambda: (root / "n.md").write_text("text")) == ["n.md"]


def test_the_vault_is_the_same_each_time_and_has_regions() -> None:
    made = files(200)
    assert made == files(200)
    assert sum(b"%% vaultkit:index" in data for data in made.values()) >= 10


def test_a_short_soak_ends_well(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    asked = Asked(300, 5, 80, 1, out, tmp_path, every=150, calm=3, patience=60, last=3)
    report = Soak(asked).run()
    assert report.well, (report.faults, report.complaints, report.checkpoints)
    assert report.made >= asked.changes
    assert report.checkpoints[-1].writes
    assert msgspec.json.decode(out.read_bytes())["summary"] == report.summary()
    assert not list(tmp_path.glob("soak-*"))


def test_a_soak_that_is_interrupted_tidies_up(tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    asked = ["--changes", "100000", "--notes", "40", "--every", "50", "--out", str(out), "--disk", str(tmp_path)]
    with subprocess.Popen([sys.executable, "-m", "tests.soak", *asked], cwd=ROOT, stderr=subprocess.PIPE) as soak:
        assert soak.stderr
        assert b" 0 changes" in soak.stderr.readline()
        soak.send_signal(signal.SIGINT)
        assert b"Traceback" not in soak.stderr.read()
    report = msgspec.json.decode(out.read_bytes())
    assert (soak.returncode, report["interrupted"], report["exit_code"]) == (0, True, 130)
    assert not list(tmp_path.glob("soak-*"))


@pytest.mark.prove
def test_a_long_soak_ends_well(tmp_path: Path) -> None:
    faulthandler.cancel_dump_traceback_later()  # it takes an hour
    report = Soak(Asked(100_000, 3600, 2000, 1, tmp_path / "report.json", tmp_path)).run()
    summary = report.summary()
    assert summary["well"], summary
    assert summary["descriptors"]["growth"] == summary["threads"]["growth"] == 0
    assert summary["rss"]["growth"] < 0.1
