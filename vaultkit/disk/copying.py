"""A folder goes in, a copy of it that is its reader's to play with comes out."""

from __future__ import annotations

import tempfile
from pathlib import Path


def copy_to_temporary(source: Path, prefix: str) -> Path:
    """A new temporary folder with the same files; their content alone, for what is installed may be read-only."""
    target = Path(tempfile.mkdtemp(prefix=prefix))
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target
