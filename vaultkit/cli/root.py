"""The way in: arguments and a language come in, the right command is loaded and run, an exit code goes out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import click

from vaultkit import __version__
from vaultkit.cli.commands import commands
from vaultkit.cli.helping import Context
from vaultkit.cli.options import Asked, common_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem


COULD_NOT_RUN = 2
INTERRUPTED = 130


def run(arguments: Sequence[str], language: str) -> int:
    """Run one command; every exception ends here, with a sentence for the user and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what a console cannot show shall not stop the run
            stream.reconfigure(errors="replace")
    try:
        code = _commands().main(
            list(arguments), prog_name="vaultkit", standalone_mode=False, obj=Asked(language=language)
        )
    except click.ClickException as error:
        error.show()
        return COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last stop: a bug is said, not dumped
        from vaultkit.cli.trouble import tell_trouble  # msgspec and the catalogue, and only when something went wrong

        return tell_trouble(error, language, verbose="-v" in arguments or "--verbose" in arguments)
    return code if isinstance(code, int) else 0


class Commands(click.Group):
    """The group of all commands: help and completion read the table, and a command is imported when it is run."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every name, in the order of help."""
        return list(_table())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Import the command of that name."""
        if cmd_name not in _table():
            return None
        return cast("click.Command", import_module(f"vaultkit.cli.{cmd_name}").command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant; a usage error with a suggestion when there is none."""
        if args[0] not in _table() and not ctx.resilient_parsing:
            ctx.fail(_unknown(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """The commands under their headings, what is said of them in one column."""
        width = max(map(len, _table()))
        for heading, entries in commands().items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:<{width}}", text) for name, text in entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names from the table, without importing the commands for their help."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(n, help=text) for n, text in _table().items() if n.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)


def _commands() -> Commands:
    version = click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_say_version,
        help=_("Show the version and exit."),
    )
    return Commands(
        "vaultkit",
        callback=_without_door,
        invoke_without_command=True,
        params=[*common_options(hidden=False), version],
        help=_("A chief of staff for your Markdown notes: finds what they forget, and writes dashboards into them."),
        epilog=_("Without a command: status. One command in depth: vaultkit COMMAND --help"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        context_settings={"help_option_names": ["-h", "--help"]},
    )


@click.pass_context
def _without_door(context: click.Context) -> Any:
    if context.invoked_subcommand is None:
        status = context.command.get_command(context, "status") if isinstance(context.command, Commands) else None
        return context.invoke(status) if status else None
    return None


def _say_version(context: click.Context, _parameter: click.Parameter, value: object) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"vaultkit {__version__}")
        context.exit()


def _table() -> dict[str, str]:
    return {name: text for entries in commands().values() for name, text in entries.items()}


def _unknown(word: str) -> str:
    """What to say of a command that is not there."""
    from difflib import get_close_matches  # 14 ms, and only on the way to an error
    from pathlib import Path

    said = _("No such command {name!r}.").format(name=word)
    near = get_close_matches(word, list(_table()), n=1, cutoff=0.5)
    if near:
        hint = _("Did you mean {name!r}?").format(name=near[0])
        return f"{said} {hint}"
    if Path(word).is_dir():
        hint = _("For a vault in another folder: vaultkit -C {folder}").format(folder=word)
        return f"{said} {hint}"
    return said
