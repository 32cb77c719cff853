"""A size, or somebody's vault, comes in; the folder of a vault that the bench may write into goes out."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE_BY = ("synthetic.py", "shelf.py", "phrases.py", "words.py")


@dataclass(frozen=True)
class Vault:
    """A vault that is measured."""

    name: str
    folder: Path
    synthetic: bool

    @cached_property
    def notes(self) -> list[Path]:
        """Its notes, sorted."""
        inside = (path for path in self.folder.rglob("*.md") if path.is_file())
        return sorted(path for path in inside if not any(part.startswith(".") for part in self.parts(path)))

    def parts(self, path: Path) -> tuple[str, ...]:
        """The folders and the name of a file, below the vault."""
        return path.relative_to(self.folder).parts

    @property
    def chosen(self) -> Path:
        """The note that is edited and asked about."""
        return self.notes[len(self.notes) // 2]

    def read(self) -> None:
        """Read every note, so that the system has them in its memory for the first command as for the last."""
        for note in self.notes:
            note.read_bytes()

    def said(self) -> str:
        """The size of the vault, for people."""
        size = sum(path.stat().st_size for path in self.notes)
        return f"{self.name}: {len(self.notes):,} notes, {size / 1e6:.1f} MB"


def synthetic(place: Path, notes: int, links: int) -> Vault:
    """The synthetic vault of that size, written unless it stands there already."""
    name = f"synthetic-{notes}-{links}"
    stamp = place / f"{name}.made"
    sources = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in MADE_BY)).hexdigest()
    if not stamp.is_file() or stamp.read_text() != sources:
        print(f"Writing {notes} notes with {links} links each", file=sys.stderr, flush=True)
        shutil.rmtree(place / name, ignore_errors=True)
        # In a process of its own, for the memory of this one would count in those that it starts.
        command = [sys.executable, "-m", "bench.synthetic", str(place / name), str(notes), str(links)]
        subprocess.run(command, cwd=HERE.parent, check=True)
        stamp.write_text(sources)
    return Vault(name, place / name, synthetic=True)


def copied(place: Path, folder: Path) -> Vault:
    """A copy of somebody's vault: the bench edits notes, and never those of others."""
    name = folder.resolve().name
    target = place / f"copy-{name}"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target, symlinks=True, ignore=shutil.ignore_patterns(".git", ".trash", "node_modules"))
    return Vault(name, target, synthetic=False)
