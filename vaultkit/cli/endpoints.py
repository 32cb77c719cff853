"""What was typed as OLD and NEW goes in; the two paths of a move come out, or an error that says what to type."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultkit import disk, moving
from vaultkit.cli.opening import find_note, vault_path
from vaultkit.errors import ConflictError, VaultkitError
from vaultkit.insights.placing import file_name, standing_at, standing_folder
from vaultkit.language import message
from vaultkit.vault.resolver import Resolver

if TYPE_CHECKING:
    from vaultkit.model import Message
    from vaultkit.session import Session

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}")
_MARKS = '# ^ | : \\ * ? " < > %% [[ ]]'


def paths_of(session: Session, old: str, new: str) -> tuple[str, str]:
    """Where the file stands and where it is to stand; raises VaultkitError when it may not."""
    last = disk.last_move(session.root)
    moved = last[0] if last and last[0][0] not in session.vault.paths and last[0][1] in session.vault.paths else None
    if moved and Resolver((moved[0],)).resolve(_bare(old), "") and _goal(session, moved[0], new) == moved[1]:
        return moved
    source = _source(session, old)
    goal = _goal(session, source, new)
    _check_goal(session, source, goal)
    return source, goal


def paths_after(session: Session, old: str, new: str) -> tuple[str, str]:
    """The same where the file has been moved already: it stands at the new path, and nothing at the old one."""
    goal = _source(session, new)
    inside = _inside(session, old)
    source = _with_extension(inside if "/" in old else _beside(goal, inside), goal)
    taken = standing_at(session.vault, source)
    if taken:
        raise ConflictError(message("it stands here still: leave out {option}", option="--after"), path=taken)
    return source, goal


def _source(session: Session, name: str) -> str:
    """The file that a path or a name means; raises VaultkitError when there is none, or more than one."""
    vault = session.vault
    for path in (name.removeprefix("/"), vault_path(session.root, name)):
        if path in vault.paths:
            return path
    found = vault.resolver.candidates(_bare(name), "")
    if len(found) > 1:
        some = ", ".join(found[:5])
        raise ConflictError(
            message("several files are called {name}", name=name), hint=message("say which: {paths}", paths=some)
        )
    if found:
        return found[0]
    if os.path.isdir(session.root / name.strip("/")):  # noqa: PTH112 -- the same
        raise VaultkitError(message("this is a folder: only one file is moved at a time"), path=name)
    return find_note(session, name).path


def _goal(session: Session, old: str, new: str) -> str:
    """The path that NEW means: a folder keeps the file's name, a name alone keeps its folder."""
    inside = _inside(session, new)
    folder = standing_folder(session.vault, inside)
    if not inside or new.endswith("/") or os.path.isdir(session.root / folder):  # noqa: PTH112 -- pathlib's raises when a name is too long
        return f"{folder}/{_last(old)}".removeprefix("/")
    if "/" not in new:
        return _with_extension(_beside(old, inside), old)
    above, slash, name = inside.rpartition("/")
    return _with_extension(f"{standing_folder(session.vault, above)}{slash}{name}", old)


def _inside(session: Session, given: str) -> str:
    """A path as it was given, from the vault's root: in Obsidian's form of Unicode, without `./` or a final `/`."""
    given = normalize("NFC", given).replace("\u00a0", " ").replace("\u202f", " ")
    from_here = given in {".", ".."} or given.startswith(("./", "../"))
    absolute = Path(given).is_absolute()
    within = Path(given).resolve().is_relative_to(session.root.resolve())
    if not within and (from_here or (absolute and _is_elsewhere(session, Path(given)))):
        raise VaultkitError(message("this leads out of the vault"), path=given)
    path = vault_path(session.root, given) if within and (from_here or absolute) else given
    return "/".join(filter(None, path.split("/")))


def _is_elsewhere(session: Session, place: Path) -> bool:
    """Whether a path from `/`, the vault's root here, was meant from the disk's: its folder stands only there."""
    return len(place.parts) > 2 and place.parent.is_dir() and not (session.root / place.parts[1]).exists()


def _with_extension(path: str, like: str) -> str:
    """A path with the extension of the file that it is for; raises VaultkitError when it has another one."""
    stem, dot, ending = _last(like).rpartition(".")
    extension = f"{dot}{ending}" if stem else ""
    if not extension or path.lower().endswith(extension.lower()):
        return path[: len(path) - len(extension)] + extension
    other = Path(path).suffix
    if _EXTENSION.fullmatch(other):
        raise VaultkitError(
            message("a file that is moved keeps its extension, {extension}", extension=extension),
            path=path,
            hint=message("did you mean {word}?", word=f"{path.removesuffix(other)}{extension}, {path}{extension}"),
        )
    return path + extension


def _check_goal(session: Session, old: str, new: str) -> None:
    """Raise VaultkitError where no file can stand, or no link could say so."""
    vault = session.vault
    if old == new:
        raise VaultkitError(message("it stands there already"), path=old)
    faulty = moving.faulty_name(vault, old, new)
    if faulty is not None:
        said = message("{name} would break links, or is no name that every system takes", name=faulty or '""')
        raise VaultkitError(said, hint=_better(faulty))
    taken = standing_at(vault, new)
    if taken and taken != old:
        free = moving.free_path(vault, new)
        raise ConflictError(
            message("something stands there already"), path=taken, hint=message("this is free: {path}", path=free)
        )


def _better(name: str) -> Message:
    """What to do about a name that cannot be."""
    word = file_name(name)
    if word:
        return message("Leave out {marks}, and a dot or a space at either end: {word}", marks=_MARKS, word=word)
    return message("Leave out {marks}, and a dot or a space at either end.", marks=_MARKS)


def _bare(name: str) -> str:
    return name.removeprefix("[[").removesuffix("]]")


def _beside(path: str, name: str) -> str:
    folder = path.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def _last(path: str) -> str:
    return path.rpartition("/")[2]
