"""An exception comes in; what happened and what to do about it goes to stderr, and an exit code comes out."""

from __future__ import annotations

import sys
import traceback

import click

from vaultkit.errors import VaultkitError
from vaultkit.language import message, say
from vaultkit.report.screen import clean, screen


def tell_trouble(error: Exception, language: str, *, verbose: bool) -> int:
    """What stops us, said once: a sentence of our own with its place and its hint, or what to report of a bug."""
    if verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    view = screen(sys.stderr, language)
    lines = _expected(error, language) if isinstance(error, VaultkitError) else _bug(error, language)
    first, *others = map(clean, lines)
    label = view.paint(say(message("Error: {message}", message=""), language).rstrip(), "error")
    click.echo(view.fold(f"{label} {first}", "  "), err=True)
    for line in others:
        click.echo(view.fold(f"  {line}", "  "), err=True)
    for other in error.others if isinstance(error, VaultkitError) else ():
        tell_trouble(other, language, verbose=verbose)
    return error.exit_code if isinstance(error, VaultkitError) else VaultkitError.exit_code


def _expected(error: VaultkitError, language: str) -> list[str]:
    place = f"{error.path}:{error.line}: " if error.line else f"{error.path}: " if error.path else ""
    lines = [place + say(error.message, language)]
    return [*lines, say(error.hint, language)] if error.hint else lines


def _bug(error: Exception, language: str) -> list[str]:
    said = message("vaultkit has met a bug of its own: {what}", what=f"{type(error).__name__}: {error}")
    advice = message("Please report the command, and what it says with {option}.", option="-v")
    return [say(said, language), say(advice, language)]
