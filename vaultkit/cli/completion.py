"""`vaultkit completion SHELL`: a shell's name comes in, the script that lets it complete our commands goes out."""

from __future__ import annotations

from gettext import gettext as _

import click
from click.shell_completion import get_completion_class

from vaultkit.cli.lists import print_text
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import tell
from vaultkit.language import message

_PLACES = {
    "bash": "~/.local/share/bash-completion/completions/vaultkit",
    "zsh": "~/.zfunc/_vaultkit",
    "fish": "~/.config/fish/completions/vaultkit.fish",
}
"""Where each shell looks for such scripts."""


@door("completion", _("Print the script that lets your shell complete commands and options."))
@click.argument("shell", type=click.Choice(tuple(_PLACES)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print it, and say where it goes."""
    made_for = get_completion_class(shell)
    if made_for is not None:
        root = context.find_root()
        print_text(made_for(root.command, {}, "vaultkit", "_VAULTKIT_COMPLETE").source())
    asked: Asked = context.obj
    tell(asked, message("Keep it with: vaultkit completion {shell} > {place}", shell=shell, place=_PLACES[shell]))
