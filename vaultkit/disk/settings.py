"""A folder goes in, the vault that it is in and what the vault's owner has settled in it come out."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from vaultkit.config import FILE_NAME, Config, parse_config
from vaultkit.disk.beneath import opened
from vaultkit.disk.listing import is_note
from vaultkit.disk.obsidian import HOME
from vaultkit.disk.reader import BYTE_ORDER_MARK, read_files
from vaultkit.errors import ConfigError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def find_vault(start: Path, home: str = HOME) -> Path | None:
    """The vault that a folder is in: the nearest folder upwards with a `vaultkit.toml` or an `.obsidian`.

    `home` is another name for the latter. The consent that a `vaultkit.toml` gives further up is not the consent of a
    vault within.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if _stands(folder / FILE_NAME, stat.S_ISREG) or _stands(folder / home, stat.S_ISDIR):
            return folder
    return None


def holds_notes(folder: Path) -> bool:
    """Whether a folder looks like one of notes, whatever the editor: one stands in it, or in a folder of its own."""
    with suppress(OSError):
        inside = [place for place in folder.iterdir() if not place.name.startswith(".")]
        if any(is_note(place.name) for place in inside):
            return True
        return any(is_note(name.name) for place in inside if _stands(place, stat.S_ISDIR) for name in place.iterdir())
    return False


def holds_folder(root: Path, name: str) -> bool:
    """Whether a folder of this one name stands in another."""
    return name not in {"", ".", ".."} and PurePath(name).name == name and _stands(root / name, stat.S_ISDIR)


def read_config(root: Path) -> Config:
    """The vault's `vaultkit.toml`; every default when there is none. Raises ConfigError."""
    (_, data), *_ = read_files(root, (FILE_NAME,))
    if isinstance(data, FileNotFoundError):
        return Config()
    if isinstance(data, OSError):
        raise ConfigError(message("it cannot be read: {error}", error=data.strerror or str(data)), path=FILE_NAME)
    try:
        return parse_config(data.removeprefix(BYTE_ORDER_MARK).decode(), FILE_NAME)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(message("this is not UTF-8 text"), path=FILE_NAME, line=line) from None


def template_paths(root: Path, home: str) -> tuple[str, ...]:
    """The templates that a vault brings itself, in `home`: `kinds/*.md` and `pages/*.md.j2`, in order."""
    found: list[str] = []
    for folder, ending in ((f"{home.strip('/')}/kinds", ".md"), (f"{home.strip('/')}/pages", ".md.j2")):
        with suppress(OSError), opened(root, folder) as place:
            names = sorted(name for name in place.names() if name.endswith(ending) and not name.startswith("."))
            found += [f"{folder}/{name}" for name in names if stat.S_ISREG(place.status(name).st_mode)]
    return tuple(found)


def _stands(path: Path, is_wanted: Callable[[int], bool]) -> bool:
    try:
        return is_wanted(path.stat().st_mode)
    except OSError:
        return False
