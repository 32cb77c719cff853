"""The data that vaultkit comes with: nothing comes in, the folder where it stands goes out.

In a wheel the folders stand inside the package; in a checkout, an editable install or an unpacked source archive they
stand beside it.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """The kinds of note (`kinds/*.md`) and the skeletons of the pages (`pages/*.md.j2`)."""
    return _folder("templates")


def sample_vault() -> Path:
    """The notes of an invented company, to try vaultkit on; copy them before writing."""
    return _folder("sample_vault")


def _folder(name: str) -> Path:
    for home in (PACKAGE, PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    text = f"vaultkit is installed without its folder {name!r}: install it again"
    raise FileNotFoundError(text)
