"""Messages go in, lines on stderr come out: what the user is told, apart from the results on stdout."""

from __future__ import annotations

import select
import sys
from typing import TYPE_CHECKING

import click

from vaultkit.language import message, say
from vaultkit.report.screen import clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.cli.options import Asked
    from vaultkit.model import Message


_BLINK = 0.2
"""Seconds between two looks at the keyboard."""


def tell(asked: Asked, *messages: Message) -> None:
    """Say something that is no result; `-q` keeps it quiet."""
    if not asked.quiet:
        view = screen(sys.stderr, asked.language)
        for said in messages:
            click.echo(view.fold(clean(say(said, asked.language)), "  "), err=True)


def next_step(asked: Asked, said: Message) -> None:
    """What to do now, said last and to a person alone: whoever reads a pipe knows."""
    if screen(sys.stdout).width is not None:
        if not asked.quiet:
            click.echo(err=True)
        tell(asked, said)


def tell_unread(asked: Asked, unread: Iterable[str]) -> None:
    """Name what the vault was read without, so that nobody takes a part for the whole."""
    for path in unread:
        tell(asked, message("Not read, for it leads elsewhere or its name is not UTF-8: {path}", path=path))


def echo(lines: Iterable[str]) -> None:
    """Results, painted already where the terminal takes paint."""
    text = "\n".join(lines)
    if text:
        click.echo(text, color=True)


def ask(asked: Asked, question: Message) -> bool:
    """A question that only a person may answer; anything but yes is no."""
    said = say(message("{question} [y/N]", question=question), asked.language)
    click.echo(f"{clean(said)} ", err=True, nl=False)
    return _line().strip().casefold() in {"y", "yes", "o", "oui"}


def _line() -> str:
    """What is typed. A Ctrl-C that strikes in the instant before a read begins would wait with it for a key."""
    if sys.platform != "win32":
        while not select.select([sys.stdin], [], [], _BLINK)[0]:
            pass
    return sys.stdin.readline()


def can_ask() -> bool:
    """Whether there is a person at both ends."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
