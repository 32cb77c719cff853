"""`vaultkit demo`: the sample vault comes in; a copy of it, built and checked, and what to open go out."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import date
from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING

import click

from vaultkit import disk, resources
from vaultkit.cli.build import build, front_page
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.config import FILE_NAME
from vaultkit.language import message
from vaultkit.model import Edit
from vaultkit.planner import Plan
from vaultkit.report import text
from vaultkit.report.said import Said
from vaultkit.report.screen import screen
from vaultkit.report.statistics import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Finding
    from vaultkit.session import Session

_LANGUAGE = re.compile(r'^language = "(\w+)"', re.MULTILINE)
DAY = date(2026, 3, 16)
"""The day on which the sample vault was written: on another, its dates would tell another story."""
SHOWN = 3
"""So many findings give an idea; all of them fill several screens."""


@door(
    "demo",
    _("Copy the sample vault into a temporary folder, build its dashboards, check it, and say which page to open."),
)
@click.pass_obj
def command(asked: Asked) -> None:
    """The copy stays, to play with."""
    folder = disk.copy_to_temporary(resources.sample_vault(), "vaultkit-demo-")
    asked = asked._replace(vault=folder, today=asked.today or DAY, no_cache=True)
    session = open_session(asked)
    session.apply(session.eject())  # the sample comes with its pages: without them there is something to see
    session.apply(_in_language(session, asked.language))
    build(asked, session, session.plan(), session.plan)
    click.echo()
    said, view = Said(session.findings()), screen(sys.stdout, asked.language)
    echo((*text.lines(list(_first(said)), view), *islice(text.summary(said, session.count, view), 1)))
    first = front_page(session)
    day = f"--today {asked.today}"
    tell(
        asked,
        message("This copy is yours to play with: {folder}", folder=str(folder)),
        message("Open it in Obsidian, or just this page: {path}", path=str(folder / first) if first else str(folder)),
        message("It is of one day, and its dates with it: give {option} to whatever you try.", option=day),
        message("Next: {command}", command=f"cd {shlex.quote(str(folder))} && vaultkit {day} brief"),
    )


def _first(said: Said) -> Iterator[Finding]:
    """One finding of each of the validators that have most to say, the gravest first."""
    for row in counted(said.findings)[:SHOWN]:
        yield next(each for each in said.findings if (each.validator, each.severity) == (row.validator, row.severity))


def _in_language(session: Session, language: str) -> Plan:
    """The company is French; whoever reads the demo may not be."""
    text = disk.read_texts(session.root, (FILE_NAME,)).get(FILE_NAME, "")
    theirs = _LANGUAGE.search(text)
    if theirs is None or theirs[1] == language:
        return Plan()
    return Plan((Edit(FILE_NAME, theirs[0], f'language = "{language}"', theirs.start()),))
