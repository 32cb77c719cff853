"""What tests share: a user's own directories, a vault on disk from a mapping, the corpora, hypothesis's profiles."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
_LONG_AGO = 1_767_225_600  # the first of January 2026

# `make test` must say the same thing twice; `make prove` looks where nobody has looked yet.
settings.register_profile("test", max_examples=50, deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "prove", max_examples=5000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("test")


class MakeVault(Protocol):
    """Writes a vault and says where."""

    def __call__(self, files: Mapping[str, str | bytes], name: str = "vault") -> Path: ...


class Corpus(Protocol):
    """Finds a corpus of real notes and says where, or skips the test."""

    def __call__(self, name: str) -> Path: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make accept`: the scenarios write what they got in place of what they expected, to be read in the diff."""
    parser.addoption("--accept", action="store_true", help="rewrite what the scenarios expect")


@pytest.fixture(scope="session", autouse=True)
def _own_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home, a cache, a language and a terminal that are nobody's: no test reads or writes a person's own."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("LANGUAGE", "en")
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("VAULTKIT_PARANOID", "1")
        patch.delenv("VAULTKIT_CACHE_DIR", raising=False)
        patch.setattr("vaultkit.disk.run.LINGER", 0.0)  # nobody else saves into a test's vault, but in processes
        for name in ("CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "PAGER"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def make_vault(tmp_path: Path) -> MakeVault:
    """`make_vault({"Priorities/Hire.md": "text"})` writes these bytes, line ends included, and returns the folder."""

    def make(files: Mapping[str, str | bytes], name: str = "vault") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
            os.utime(target, (_LONG_AGO, _LONG_AGO))  # what was saved just now, vaultkit gives time
        return folder

    return make


@pytest.fixture(scope="session")
def corpus(request: pytest.FixtureRequest) -> Corpus:
    """`corpus("help-en")` is a folder of real notes, unpacked once into pytest's cache; read only."""
    unpacked = request.config.cache.mkdir("corpora")

    def find(name: str) -> Path:
        if (CORPORA / name).is_dir():
            return CORPORA / name
        archive = CORPORA / f"{name}.tar.xz"
        if not archive.is_file():
            pytest.skip(f"the corpus {name} is not beside this checkout (../shared/corpora)")
        target = unpacked / f"{name}-{archive.stat().st_size}"
        with FileLock(unpacked / f"{name}.lock"):
            if not target.is_dir():
                _unpack(archive, target)
        return target

    return find


def _unpack(archive: Path, target: Path) -> None:
    """Under another name first: what a killed run leaves behind is never taken for the whole."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    with tarfile.open(archive) as notes:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.4 and later; 3.12 warns when it is not named
            notes.extractall(unfinished, filter="data")
        else:
            notes.extractall(unfinished)  # noqa: S202 - our own archive
    unfinished.rename(target)
