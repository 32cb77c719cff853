"""`vaultkit watch`: saved notes come in; new findings and what was mended go out, and the pages stay current."""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import suppress
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.check import text_lines
from vaultkit.cli.consent import agreed, outline
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.cli.trouble import tell_trouble
from vaultkit.errors import VaultkitError
from vaultkit.language import message
from vaultkit.report import text
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from vaultkit.session import Session


@door("watch", _("Check the vault, and build its pages, whenever a note is saved; until Ctrl-C."))
@click.option("--no-build", is_flag=True, help=_("Check only."))
@click.option("--write", is_flag=True, help=_("Agree to writing, in a vault without a vaultkit.toml."))
@click.pass_obj
def command(asked: Asked, *, no_build: bool, write: bool) -> int:
    """Exit with 130, by Ctrl-C, or with 1 when the owner does not agree to the pages."""
    session = open_session(asked)
    question = message("Write these pages, and keep them current for as long as this runs?")
    if not no_build and not agreed(asked, session, session.plan(), question, write=write):
        return 1
    by_file = session.vault.config.written  # then the file is the consent, for as long as it stands there
    view = screen(sys.stdout, asked.language)
    echo(text_lines(session, session.findings(), asked, view))
    tell(asked, message("Watching; Ctrl-C ends it."))
    said = session.findings()
    session.settle()
    gc.collect()
    gc.freeze()  # what has been read so far stays: only what comes later is looked through
    ahead = partial(_ahead, session, build=not no_build)
    for hints in disk.watch(session.root, stop=threading.Event(), meanwhile=ahead):
        try:
            session.refresh(hints)
            session.tomorrow()
            if not no_build and (session.vault.config.written or not by_file):
                _build(asked, session)
            said, before = session.findings(), said
            echo(text.news(before, said, view))
            if said is not before:
                gc.collect()  # here nobody waits for it; in the middle of a save it would be 10 ms more
        except VaultkitError as error:  # a note saved meanwhile, a vaultkit.toml half typed: the next save may mend it
            tell_trouble(error, asked.language, verbose=asked.verbose)
            gc.collect()
    return 0


def _ahead(session: Session, hints: frozenset[str], *, build: bool) -> None:
    """Find out what a save changes while it is waited for more: nothing of it is told or written before it is sure."""
    with suppress(VaultkitError):  # if it still stands when the wait is over, it is told then
        session.refresh(hints)
        if build:
            session.pages()
        else:
            session.findings()


def _build(asked: Asked, session: Session) -> None:
    """Write what has changed; a page that a person edited is one of the findings, and needs no word at every save."""
    plan = session.plan()
    session.apply(plan)
    echo(outline(plan.edits, screen(sys.stdout, asked.language)))
