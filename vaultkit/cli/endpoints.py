"""What was typed as OLD and NEW goes in; the two paths of a move come out, or an error that says what to type."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from vaultkit import disk, moving
from vaultkit.cli.opening import find_note, vault_path
from vaultkit.errors import ConflictError, VaultkitError
from vaultkit.insights.placing import file_name, standing_at
from vaultkit.language import message
from vaultkit.vault.resolver import Resolver

if TYPE_CHECKING:
    from vaultkit.model import Message
    from vaultkit.session import Session

_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}")
_MARKS = '# ^ | : \\ * ? " < > %% [[ ]]'


def paths_of(session: Session, old: str, new: str, noted: disk.Unfinished | None) -> tuple[str, str]:
    """Where the file stands and where it is to stand; raises VaultkitError when it may not."""
    if noted and Resolver((noted.old,)).resolve(_bare(old), "") and _goal(session, noted.old, new) == noted.new:
        return noted.old, noted.new
    if noted:
        again = f"vaultkit mv {shlex.quote(noted.old)} {shlex.quote(f'/{noted.new}')}"
        raise ConflictError(
            message("an earlier move was interrupted, and some links do not follow the file yet"),
            path=noted.new,
            hint=message("Finish it first: `{command}`", command=again),
        )
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
    if (session.root / name.strip("/")).is_dir():
        raise VaultkitError(message("this is a folder: only one file is moved at a time"), path=name)
    return find_note(session, name).path


def _goal(session: Session, old: str, new: str) -> str:
    """The path that NEW means: a folder keeps the file's name, a name alone keeps its folder."""
    inside = _inside(session, new)
    if not inside or new.endswith("/") or (session.root / inside).is_dir():
        return f"{inside}/{_last(old)}".removeprefix("/")
    return _with_extension(inside if "/" in new else _beside(old, inside), old)


def _inside(session: Session, given: str) -> str:
    """A path as it was given, from the vault's root: in Obsidian's form of Unicode, without `./` or a final `/`."""
    given = normalize("NFC", given).replace("\u00a0", " ").replace("\u202f", " ")
    from_here = given in {".", ".."} or given.startswith(("./", "../"))
    within = Path(given).is_absolute() and Path(given).resolve().is_relative_to(session.root.resolve())
    if from_here and not Path(given).resolve().is_relative_to(session.root.resolve()):
        raise VaultkitError(message("this leads out of the vault"), path=given)
    path = vault_path(session.root, given) if from_here or within else given
    return "/".join(filter(None, path.split("/")))


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
