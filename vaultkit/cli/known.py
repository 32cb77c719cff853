"""The baseline of a vault: a file is read and held against what is said, or written with all that is said today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkit import baseline, disk
from vaultkit.cli.saying import tell
from vaultkit.config import FILE_NAME
from vaultkit.errors import ConfigError, ConflictError, WriteError
from vaultkit.language import message, plural
from vaultkit.model import Edit
from vaultkit.settled import is_within

if TYPE_CHECKING:
    from vaultkit.cli.options import Asked
    from vaultkit.session import Session


def known(session: Session, given: str | None) -> tuple[str, baseline.Delta]:
    """The baseline's file, and what is said, held against it. Raises ConfigError when it cannot be read."""
    name = given or session.config.baseline or baseline.FILE_NAME
    text = _read(session, name)
    if text is None:
        command = " ".join(("vaultkit check --write-baseline", *((f"--baseline {given}",) if given else ())))
        hint = message("write it with all that is found today: {command}", command=command)
        raise ConfigError(message("there is no baseline here"), path=name, hint=hint)
    return name, baseline.delta(session.findings(), baseline.read(text, name), session.vault.paths)


def write(asked: Asked, session: Session, given: str | None) -> None:
    """Know from now on all that is said today."""
    name = given or session.config.baseline or baseline.FILE_NAME
    found = session.findings()
    text, before = baseline.written(found), _read(session, name)
    if before is not None and not baseline.is_one(before):
        raise ConflictError(message("what stands there is no baseline, and is left as it is"), path=name)
    if before != text:
        _put(session, name, before, text)
    count = len(found)
    told = plural("{count} finding is known now: {file}", "{count} findings are known now: {file}", count, file=name)
    tell(asked, told)
    if session.config.baseline is None and given is None:
        setting = f'baseline = "{name}"'
        tell(asked, message("To hear only what is new: {command}", command="vaultkit check --new-only"))
        tell(asked, message("To hear no more than that ever: `{setting}` in {file}", setting=setting, file=FILE_NAME))


def in_vault(session: Session) -> Edit | None:
    """What removes the vault's baseline; None when it has none."""
    name, text = _own(session)
    return Edit(name, text, None, whole=True) if text else None


def following(session: Session, old: str, new: str) -> Edit | None:
    """What has the vault's baseline know a note under its new path; None where there is nothing to write."""
    name, text = _own(session)
    after = baseline.moved(text, old, new) if text else ""
    return Edit(name, text, after, whole=True) if after != text else None


def _own(session: Session) -> tuple[str, str]:
    """The vault's baseline and what it holds: nothing, when it has none."""
    for name in dict.fromkeys((session.config.baseline or baseline.FILE_NAME, baseline.FILE_NAME)):
        text = disk.read_texts(session.root, [name]).get(name) if is_within(name) else None
        if text is not None and baseline.is_one(text):
            return name, text
    return "", ""


def _read(session: Session, name: str) -> str | None:
    if is_within(name):
        return disk.read_texts(session.root, [name]).get(name)
    try:
        return Path(name).read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(message("it cannot be read: {error}", error=str(error)), path=name) from None


def _put(session: Session, name: str, before: str | None, text: str) -> None:
    """In the vault, as everything that can be taken back is written; elsewhere, as a person's own file."""
    from vaultkit.planner import Plan  # with what it needs 10 ms, which a check need not pay

    if is_within(name):
        session.apply(Plan((Edit(name, before, text, whole=before is not None),)), command="check --write-baseline")
        return
    try:
        Path(name).write_text(text, "utf-8")
    except OSError as error:
        said = message("it cannot be written: {error}", error=error.strerror or str(error))
        raise WriteError(said, path=name) from None
