"""`vaultkit watch`: saved notes come in; new findings and what was mended go out, and the pages stay current."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.consent import agreed
from vaultkit.cli.keeping import Keeper
from vaultkit.cli.narrowing import Wish, narrowed
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.reporting import text_lines
from vaultkit.cli.saying import echo, tell
from vaultkit.language import message
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from vaultkit.session import Session


@door("watch", _("Check the vault, and build its pages, whenever a note is saved; until Ctrl-C."))
@click.option("--no-build", is_flag=True, help=_("Check only."))
@click.option("--write", is_flag=True, help=_("Agree to writing, in a vault without a vaultkit.toml."))
@click.option(
    "--poll",
    type=click.FloatRange(min=0.1),
    is_flag=False,
    flag_value=2.0,
    metavar=_("SECONDS"),
    help=_("Look at everything every so often (2 s) rather than listen: for disks that tell nothing."),
)
@click.pass_obj
def command(asked: Asked, *, no_build: bool, write: bool, poll: float | None) -> int:
    """Exit with 130, by Ctrl-C, or with 1 when the owner does not agree to the pages."""
    session = open_session(asked, writes=not no_build)
    question = message("Write these pages, and keep them current for as long as this runs?")
    if not no_build and not agreed(asked, session, session.plan(), question, write=write):
        return 1
    with ExitStack() as alone:
        if not no_build:
            alone.enter_context(disk.watching(session.root))
        stop = threading.Event()
        alone.enter_context(_interrupting(stop))
        _watch(asked, session, stop, poll, build=not no_build)
    raise KeyboardInterrupt


def _watch(asked: Asked, session: Session, stop: threading.Event, poll: float | None, *, build: bool) -> None:
    """Go on until `stop` is set, or Ctrl-C raises."""
    echo(text_lines(session, narrowed(session, Wish()), asked, screen(sys.stdout, asked.language)))
    tell(asked, message("Watching; Ctrl-C ends it."))
    aloud = asked._replace(quiet=False)  # what keeps a watch from seeing everything is no chatter
    watch = disk.Watch(session.root, stop=stop, tell=partial(tell, aloud), poll=poll)
    doubts = disk.Doubts()
    keeper = Keeper(asked, session, watch, doubts, build=build)
    session.settle(doubts)
    gc.collect()
    gc.freeze()  # what has been read so far stays: only what comes later is looked through
    if asked.paranoid:
        gc.enable()  # each proof reads the whole vault, which is garbage as soon as it is made
    for hints in watch.hints(keeper.ahead):
        keeper.look(hints)


@contextmanager
def _interrupting(stop: threading.Event) -> Iterator[None]:
    """Have Ctrl-C set `stop` as well: an exception can be dropped on its way, within a callback; an event cannot."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.default_int_handler(number, frame)

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # a shell may have it ignored
    if usual:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if usual:
            signal.signal(signal.SIGINT, signal.default_int_handler)
