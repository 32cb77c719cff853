"""What a check has to say goes in; it goes out to a terminal, a machine or a file, in the form that was asked for."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from vaultkit import disk
from vaultkit.cli.saying import tell, tell_unread
from vaultkit.errors import WriteError
from vaultkit.language import message, plural
from vaultkit.report.screen import Screen, screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.cli.options import Asked
    from vaultkit.model import Finding
    from vaultkit.report.said import Said
    from vaultkit.session import Session


class How(NamedTuple):
    """In which form, and where to."""

    form: str = "text"
    output_file: Path | None = None
    statistics: bool = False
    """Whether only counts are asked for."""
    waived: bool = False
    """Whether a person wants to see what is waived as well."""


def report(asked: Asked, session: Session, said: Said, how: How) -> None:
    """Say all of it."""
    view = screen(sys.stdout, asked.language) if how.output_file is None else Screen(language=asked.language)
    text = "\n".join(_lines(session, said, how, asked, view))
    if how.output_file is not None:
        _write(how.output_file, text)
    elif how.form == "text":
        click.echo(text, color=True, nl=bool(text))
    elif text:
        click.echo(text.encode())
    _tell_besides(asked, session, said)


def text_lines(session: Session, said: Said, asked: Asked, view: Screen, *, waived: bool = False) -> Iterator[str]:
    """The findings for a person; what is only for information in one line, unless it is asked for."""
    from vaultkit.report import text

    grave = [finding for finding in said.findings if asked.verbose or finding.severity != "info"]
    yield from text.lines(grave, view, brief=asked.quiet)
    if waived:
        yield from text.waived(said.waived, view)
    if not asked.quiet and not asked.verbose:
        yield from text.unsaid([finding for finding in said.findings if finding.severity == "info"], view)
    if not asked.quiet:
        yield from text.summary(said, session.count, view)


def _lines(session: Session, said: Said, how: How, asked: Asked, view: Screen) -> Iterator[str]:
    if how.statistics:
        yield from _statistics(session, said, how, asked, view)
    elif how.form == "text":
        yield from text_lines(session, said, asked, view, waived=how.waived)
    else:
        yield from _machine_lines(session, said, how.form, asked.language)


def _statistics(session: Session, said: Said, how: How, asked: Asked, view: Screen) -> Iterator[str]:
    from vaultkit.report import json, statistics, text

    if how.form == "json":
        yield json.statistics(said, notes=session.count, today=session.today.isoformat())
    elif how.form == "text":
        yield from statistics.lines(statistics.counted(said.findings), view)
        if not asked.quiet:
            yield from text.summary(said, session.count, view)
    else:
        raise click.UsageError(_("Statistics are said as text or as JSON."))


def _machine_lines(session: Session, said: Said, form: str, language: str) -> Iterator[str]:
    from vaultkit.report import github, json

    texts = disk.read_texts(session.root, sorted({finding.path for finding in said.everything()}))
    if form == "github":
        yield from github.lines(said.findings, language, texts=texts, folder=_folder(session.root))
    elif form == "json":
        yield json.encode(said, language, notes=session.count, today=session.today.isoformat(), texts=texts)
    else:
        yield _sarif(session, said, language, texts)


def _sarif(session: Session, said: Said, language: str, texts: Mapping[str, str]) -> str:
    from vaultkit.cli.fixing import material
    from vaultkit.report import sarif
    from vaultkit.report.explained import explained
    from vaultkit.report.mends import mends
    from vaultkit.validators import VALIDATORS

    written, lists = material(session, (*said.findings, *said.known))
    validators = [explained(name, validator, language) for name, validator in VALIDATORS.items()]

    def fixes(finding: Finding) -> list[dict[str, object]]:
        return mends(finding, language, written, lists)

    return sarif.encode(said, language, texts=texts, validators=validators, mends=fixes)


def _tell_besides(asked: Asked, session: Session, said: Said) -> None:
    """What is no finding, and what a person should know all the same."""
    tell_unread(asked, session.unread)
    if said.gone:
        told = plural(
            "{count} finding of the baseline is no longer found: {command} forgets it.",
            "{count} findings of the baseline are no longer found: {command} forgets them.",
            said.gone,
            command="`vaultkit check --write-baseline`",
        )
        tell(asked, told)
    if not session.recognises:
        told = message(
            "No objective, priority or project was recognised here; {command} says how they are.",
            command="vaultkit init",
        )
        tell(asked, told)


def _folder(root: Path) -> str:
    """The way from the current folder to the vault; empty when it leads out of it."""
    here = Path.cwd().resolve()
    inside = root.resolve().relative_to(here).as_posix() if root.resolve().is_relative_to(here) else ""
    return inside.removeprefix(".")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(f"{text}\n" if text else "", encoding="utf-8")
    except OSError as error:
        raise WriteError(
            message("it cannot be written: {error}", error=error.strerror or str(error)), path=str(file)
        ) from None
