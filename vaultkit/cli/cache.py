"""`vaultkit cache`: a vault comes in; where what is kept of it lies goes out, or nothing is kept of it any more."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.opening import vault_folder
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.errors import WriteError
from vaultkit.language import message, plural, say
from vaultkit.report.screen import clean

if TYPE_CHECKING:
    from pathlib import Path

    from vaultkit.model import Message

ACTIONS = ("show", "clear")


@door(
    "cache",
    _(
        "Say where what was read and judged is kept for the next run, and how much it is; `clear` removes it. It can "
        "be worked out again at any time, and never lies in the vault."
    ),
)
@click.argument("action", type=click.Choice(ACTIONS), default="show", metavar=f"[{'|'.join(ACTIONS)}]")
@click.option("--all", "everything", is_flag=True, help=_("What is kept of every vault, and not of this one alone."))
@click.pass_obj
def command(asked: Asked, action: str, *, everything: bool) -> None:
    """Of this vault, or of all of them."""
    place = disk.cache_folder() if everything else disk.cache_file(vault_folder(asked))
    files = disk.all_kept_files(place) if everything else disk.kept_files(place)
    size = disk.total_size(files)
    if action == "show":
        echo([f"{clean(str(place))}  {say(_amount(size), asked.language)}"])
        if files:
            tell(asked, message("Removed by: {command}", command=f"vaultkit cache clear{' --all' * everything}"))
        return
    left = disk.remove_files(files)
    if left:
        raise _refused(left[0])
    said = message("Removed: {amount}.", amount=_amount(size)) if files else message("Nothing was kept.")
    tell(asked, said)


def _refused(file: Path) -> WriteError:
    return WriteError(message("this file cannot be removed"), path=str(file))


def _amount(size: int) -> Message:
    """So many bytes as people say it."""
    if size < 1000:
        return plural("{count} byte", "{count} bytes", size)
    if size < 999_950:
        return message("{whole}.{tenth} kB", whole=(size + 50) // 1000, tenth=(size + 50) // 100 % 10)
    return message("{whole}.{tenth} MB", whole=(size + 50_000) // 1_000_000, tenth=(size + 50_000) // 100_000 % 10)
