"""`vaultkit check [PATHS]`: a vault comes in; findings and a verdict go out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.opening import find_note, open_session, vault_path
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import tell, tell_unread
from vaultkit.errors import WriteError
from vaultkit.language import message
from vaultkit.model import INTERNAL_ERROR
from vaultkit.report.screen import Screen, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.model import Finding
    from vaultkit.session import Session

FORMATS = ("text", "json", "github", "sarif")


@door(
    "check",
    _(
        "Say what is wrong in the notes, the evidence for it, and what to do next. Writes nothing.\n\n"
        "PATHS: only what is said of these notes and folders."
    ),
)
@click.argument("paths", nargs=-1, metavar=_("[PATHS]..."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help=_("How to say it.")
)
@click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write it there and not to the terminal."),
)
@click.pass_obj
def command(asked: Asked, paths: tuple[str, ...], form: str, output_file: Path | None) -> int:
    """Exit with 1 for errors and warnings, with 0 when there is nothing but information."""
    session = open_session(asked, near=paths)
    findings = _within(session.findings(), tuple(_wanted(session, paths)))
    view = screen(sys.stdout, asked.language) if output_file is None else Screen(language=asked.language)
    text = "\n".join(_said(session, findings, form, asked, view))
    if output_file is not None:
        _write(output_file, text)
    elif form == "text":
        click.echo(text, color=True, nl=bool(text))
    elif text:
        click.echo(text.encode())
    tell_unread(asked, session.unread)
    if not session.recognises:
        tell(
            asked,
            message(
                "No objective, priority or project was recognised here; {command} says how they are.",
                command="vaultkit init",
            ),
        )
    return verdict(findings)


def verdict(findings: Iterable[Finding]) -> int:
    """The exit code: 2 for a fault of our own, 1 for errors and warnings, else 0."""
    found = [finding for finding in findings if finding.severity != "info"]
    return 2 if any(finding.validator == INTERNAL_ERROR for finding in found) else int(bool(found))


def text_lines(session: Session, findings: Sequence[Finding], asked: Asked, view: Screen) -> Iterator[str]:
    """The findings for a person; what is only for information in one line, unless it is asked for."""
    from vaultkit.report import text

    grave = [finding for finding in findings if asked.verbose or finding.severity != "info"]
    yield from text.lines(grave, view, brief=asked.quiet)
    if not asked.quiet and not asked.verbose:
        yield from text.unsaid([finding for finding in findings if finding.severity == "info"], view)
    if not asked.quiet:
        yield from text.summary(findings, session.count, view)


def _said(session: Session, findings: Sequence[Finding], form: str, asked: Asked, view: Screen) -> Iterator[str]:
    if form == "text":
        yield from text_lines(session, findings, asked, view)
        return
    from vaultkit.report import github, json, sarif

    texts = disk.read_texts(session.root, sorted({finding.path for finding in findings}))
    language = asked.language
    if form == "github":
        yield from github.lines(findings, language, texts=texts, folder=_folder(session.root))
    elif form == "json":
        today = session.today.isoformat()
        yield json.encode(findings, language, notes=session.count, today=today, texts=texts)
    else:
        from vaultkit.report.explained import explained
        from vaultkit.validators import VALIDATORS

        validators = [explained(name, validator, language) for name, validator in VALIDATORS.items()]
        yield sarif.encode(findings, language, texts=texts, validators=validators)


def _wanted(session: Session, paths: Iterable[str]) -> Iterator[str]:
    """Each path as it stands in the vault; a note's name will do."""
    for path in paths:
        given = path.rstrip("/")
        if Path(given).exists():
            yield vault_path(session.root, given)
        elif (session.root / given).exists():
            yield given
        else:
            yield find_note(session, given).path


def _within(findings: Sequence[Finding], paths: tuple[str, ...]) -> Sequence[Finding]:
    if not paths or "" in paths:
        return findings
    return [f for f in findings if any(f.path == path or f.path.startswith(f"{path}/") for path in paths)]


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
