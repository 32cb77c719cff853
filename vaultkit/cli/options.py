"""What every command can be asked, before its name or after it: options come in, an `Asked` goes out."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from vaultkit.cli.environment import LANGUAGES
from vaultkit.cli.helping import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Asked(NamedTuple):
    """The options that every command understands."""

    language: str = "en"
    """The language of this run, settled before click was imported."""
    vault: Path | None = None
    """The folder that `-C` names; None for the current one."""
    obsidian_dir: str | None = None
    """The folder of Obsidian's settings; None for the one that the vault's own settings name."""
    today: date | None = None
    quiet: bool = False
    verbose: bool = False
    no_cache: bool = False
    paranoid: bool = False


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4, and not before
    """A day as 2026-03-16."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day; anything else is a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(_("{value!r} is not a day: write it as 2026-03-16.").format(value=value), param, ctx)


class Command(click.Command):
    """A command that takes the common options after its name as well: nobody remembers on which side they belong."""

    context_class = Context

    def __init__(self, *arguments: Any, examples: Mapping[str, str] | None = None, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = examples or {}
        self.params += common_options(hidden=True)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show examples, and say where the hidden options stand."""
        if self.examples:
            with formatter.section(_("Examples")):
                formatter.write_dl(list(self.examples.items()))
        super().format_epilog(ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(_("Options of every command (-C, --today, -q ...): vaultkit --help"))


def common_options(*, hidden: bool) -> list[click.Parameter]:
    """The options of `Asked`, shown once, in the help of vaultkit itself."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)

    def option(*names: str, text: str, **settings: Any) -> click.Option:
        return click.Option(names, help=text, callback=_settle, expose_value=False, hidden=hidden, **settings)

    return [
        option(
            "-C",
            "--vault",
            type=folder,
            metavar=_("FOLDER"),
            text=_("The vault, or a folder in it; without this, the current folder."),
        ),
        option(
            "--obsidian-dir",
            metavar=_("NAME"),
            text=_(
                "The folder of Obsidian's settings in the vault; without this, what vaultkit.toml says, or .obsidian."
            ),
        ),
        option("--today", type=Day(), metavar=_("DATE"), text=_("Judge as if it were this day (2026-03-16).")),
        option(
            "--language",
            type=click.Choice(LANGUAGES),
            text=_("The language of what is said, and of the pages where vaultkit.toml names none."),
        ),
        option("-q", "--quiet", is_flag=True, text=_("Say results only.")),
        option("-v", "--verbose", is_flag=True, text=_("Say more, and how long it took; when it breaks, say where.")),
        option("--no-cache", is_flag=True, text=_("Read every note anew, and keep nothing for the next run.")),
        option(
            "--paranoid",
            is_flag=True,
            text=_("Hold whatever was kept against the whole vault read anew, and fail where they differ."),
        ),
    ]


def door(
    name: str, text: str, examples: Mapping[str, str] | None = None
) -> Callable[[Callable[..., int | None]], click.Command]:
    """Make a function a command; what it returns is the exit code. `examples`: what is typed, and what it shows."""
    return click.command(name, cls=Command, help=text, examples=examples)


def _settle(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Put an option that was given into the context's `Asked`; one that was not leaves what stood before the name."""
    if value and parameter.name:
        context.obj = context.obj._replace(**{parameter.name: value})
