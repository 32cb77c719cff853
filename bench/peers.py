"""A folder comes in; vaultkit and the tools to compare with, each installed there in its own environment, go out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = {
    "obsidiantools": "obsidiantools==0.11.0",
    "headless-vault-kit": "headless-vault-kit==0.1.0",
    "mdsmith": "mdsmith==0.57.0",
    "graphmark": "graphmark==0.11.0",
    "pyromark": "pyromark==0.10.3",
    "foam-cli": "foam-cli@0.46.0",
}
"""What is installed, at which version; pyromark is no peer but the floor: pulldown-cmark, callable from Python."""
NEEDS_NPM = {"foam-cli"}
OURS = "vaultkit"
"""This checkout, installed as a newcomer would: what is compiled is compiled."""
SOURCES = ("pyproject.toml", "hatch_build.py", "tools/*.py", "vaultkit/**/*.py", "vaultkit/**/*.po", "templates/**/*.*")


@dataclass(frozen=True)
class Peers:
    """Where the peers stand, and why some of them do not."""

    folder: Path
    missing: dict[str, str]

    @property
    def ours(self) -> str:
        """The path of vaultkit's command."""
        return str(self.folder / OURS / "bin" / OURS)

    @property
    def python(self) -> str:
        """The interpreter that it runs on."""
        return str(self.folder / OURS / "bin" / "python")

    def bin(self, name: str, command: str) -> str | None:
        """The path of a peer's command; None when it is not installed."""
        if name in self.missing:
            return None
        inside = "node_modules/.bin" if name in NEEDS_NPM else "bin"
        return str(self.folder / name / inside / command)

    def environment(self) -> dict[str, str]:
        """What every command is run with: nobody's own settings, no telemetry, compiled modules kept."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FOAM", "VAULTKIT"))
        }
        return {**kept, "FOAM_TELEMETRY": "0", "FOAM_CONFIG_HOME": str(self.folder / "foam-settings"), "LANGUAGE": "en"}


def installed(folder: Path) -> Peers:
    """Install what is not there yet at its pinned version; what cannot be is named, with the reason."""
    missing = {}
    for name, pinned in PINNED.items():
        stamp = folder / name / "installed"
        if stamp.is_file() and stamp.read_text() == pinned:
            continue
        print(f"Installing {pinned}", file=sys.stderr, flush=True)
        shutil.rmtree(folder / name, ignore_errors=True)
        try:
            (_by_npm if name in NEEDS_NPM else _by_pip)(folder / name, pinned)
            stamp.write_text(pinned)
        except (OSError, subprocess.CalledProcessError) as error:
            missing[name] = _reason(error)
    _install_ours(folder / OURS)
    return Peers(folder, missing)


def _install_ours(place: Path) -> None:
    """Install this checkout, unless that was done since it last changed. Raises CalledProcessError."""
    stamp = place / "installed"
    changed = max(path.stat().st_mtime for pattern in SOURCES for path in ROOT.glob(pattern))
    if stamp.is_file() and stamp.stat().st_mtime > changed:
        return
    print("Installing vaultkit from this checkout", file=sys.stderr, flush=True)
    shutil.rmtree(place, ignore_errors=True)
    _by_pip(place, str(ROOT))
    stamp.touch()


def _by_pip(place: Path, pinned: str) -> None:
    venv.create(place, with_pip=True)
    pip = [str(place / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "install", pinned])


def _by_npm(place: Path, pinned: str) -> None:
    place.mkdir(parents=True)
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not here")
    _run([npm, "install", "--prefix", str(place), "--no-audit", "--no-fund", pinned])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def _reason(error: OSError | subprocess.CalledProcessError) -> str:
    if isinstance(error, OSError):
        return str(error)
    return str(error.stderr).strip().rpartition("\n")[2][:160] or str(error)
