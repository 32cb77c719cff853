"""What a user installs: the source archive is built, a wheel is built from it, and the program in it finds its data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from hatch_build import PURE, can_compile
from tests.nasty import INPUTS, text_of

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, folder: Path = ROOT, pure: bool = True) -> str:
    environment = {**os.environ, PURE: "1" if pure else ""}
    ran = [sys.executable, *command]
    done = subprocess.run(ran, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: str) -> set[str]:
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert found, f"{folder} is empty"
    return found


@pytest.fixture(scope="module")
def source_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder))
    (archive,) = folder.glob("*.tar.gz")
    return archive


def wheel_of(source_archive: Path, folder: Path, *, pure: bool) -> Path:
    """The wheel that pip makes of the source archive; without build isolation, so that it needs no network."""
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder))
    run("-m", "pip", "--disable-pip-version-check", "wheel", *options, str(source_archive), folder=folder, pure=pure)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(source_archive: Path) -> Path:
    """One without anything compiled, as where there is no compiler."""
    return wheel_of(source_archive, source_archive.parent, pure=True)


def test_the_source_archive_holds_what_a_build_and_a_reader_need(source_archive: Path) -> None:
    with tarfile.open(source_archive) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "hatch_build.py", "vaultkit/locale/fr/LC_MESSAGES/vaultkit.po", "vaultkit/py.typed"}
    assert wanted | files_below("sample_vault") | files_below("templates") <= names
    assert not [name for name in names if name.startswith((".venv/", ".git/")) or name.endswith((".pyc", ".mo"))]


def test_the_wheel_holds_the_data_beside_the_code(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {f"vaultkit/{path}" for path in files_below("sample_vault") | files_below("templates")}
    catalogue = "vaultkit/locale/fr/LC_MESSAGES/vaultkit.mo"
    assert data | {catalogue, "vaultkit/py.typed"} <= names
    assert any(name.startswith("vaultkit/sample_vault/.obsidian/") for name in names)
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"vaultkit"}


def test_the_program_in_the_wheel_finds_its_data_and_its_french(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)  # noqa: S202 - our own archive
    # -I leaves out the current folder and PYTHONPATH; an editable install of this checkout comes after our insertion.
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from vaultkit import language, resources
print(resources.templates())
print(resources.sample_vault())
print(language.catalogue("fr").gettext("Commands"))
"""
    templates, sample, commands = run("-I", "-c", program, folder=tmp_path).splitlines()
    assert Path(templates) == tmp_path / "vaultkit" / "templates"
    assert Path(sample) == tmp_path / "vaultkit" / "sample_vault"
    assert commands.strip() == "Commandes"  # with the no-break space that French puts before a colon


def test_the_checkout_finds_its_data_beside_the_package() -> None:
    program = "from vaultkit import resources; print(resources.templates()); print(resources.sample_vault())"
    assert run("-c", program).splitlines() == [str(ROOT / "templates"), str(ROOT / "sample_vault")]


READING = """
import json, sys
sys.path.insert(0, sys.argv[1])
from vaultkit.parser import note, parse
texts = json.load(open(sys.argv[2], encoding="utf-8"))
print(json.dumps([note.__file__, *(repr(parse("Note.md", text.encode("latin-1"))) for text in texts)]))
"""


@pytest.mark.skipif(not can_compile(), reason="no C compiler here: everything is run from its source")
def test_what_is_compiled_reads_as_its_source_does(source_archive: Path, tmp_path: Path) -> None:
    with ZipFile(wheel_of(source_archive, tmp_path, pure=False)) as archive:
        archive.extractall(tmp_path / "compiled")  # noqa: S202 - our own archive
    notes = [
        path.read_bytes() for folder in ("docs", "sample_vault", "tests") for path in (ROOT / folder).rglob("*.md")
    ]
    texts = [*notes, *(note.replace(b"\n", b"\r\n") for note in notes), *(text_of(name, 8000) for name in INPUTS)]
    handed = tmp_path / "texts.json"
    handed.write_text(json.dumps([text.decode("latin-1") for text in texts]), encoding="utf-8")
    places = (str(tmp_path / "compiled"), str(ROOT))
    compiled, plain = (json.loads(run("-I", "-c", READING, place, str(handed))) for place in places)
    assert not compiled[0].endswith(".py")
    assert plain[0].endswith(".py")
    assert [text for text, one, other in zip(texts, compiled[1:], plain[1:], strict=True) if one != other] == []
