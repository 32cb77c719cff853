"""What click has to say of a command goes in; help with its headings and names in their colours comes out."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.report.screen import Role


def _painted(text: str, role: Role) -> str:
    if not (sys.stdout.isatty() or os.environ.get("FORCE_COLOR")):
        return text
    from vaultkit.report.screen import screen  # help that nobody looks at, as completion asks for it, does without

    return screen(sys.stdout).paint(text, role)


class Formatter(click.HelpFormatter):
    """Click's own, with paint where the terminal takes it."""

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_painted(f'{heading}:', 'strong')}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and what is said of each."""
        super().write_dl([(_painted(name, "name"), said) for name, said in rows], col_max, col_spacing)


class Context(click.Context):
    """What click knows while a command runs."""

    formatter_class = Formatter
