"""`vaultkit new KIND TITLE`: a kind and a title come in, a new note goes out, where such notes lie."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.opening import open_session, vault_path
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import tell
from vaultkit.config import suggestion
from vaultkit.errors import ConflictError, VaultkitError
from vaultkit.insights.placing import file_name, home, standing_at
from vaultkit.language import message
from vaultkit.model import Edit
from vaultkit.pages.skeleton import skeleton
from vaultkit.planner import Plan
from vaultkit.report.screen import clean
from vaultkit.text import fold

if TYPE_CHECKING:
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Kind


@door(
    "new",
    _(
        "Make a note of a kind, in the folder where most such notes lie. KIND in English or in French: priority, "
        "projet ... Nothing is ever written over."
    ),
)
@click.argument("kind", metavar=_("KIND"))
@click.argument("title", nargs=-1, required=True, metavar=_("TITLE"))
@click.option("--dry-run", "-n", is_flag=True, help=_("Show the note, and write nothing."))
@click.pass_obj
def command(asked: Asked, kind: str, title: tuple[str, ...], *, dry_run: bool) -> None:
    """Print the path of the new note."""
    session = open_session(asked, writes=not dry_run)
    vault, words = session.vault, " ".join(" ".join(title).split())
    known = _kind(vault, kind)
    path, name = _path(vault, home(vault, known, vault_path(session.root, ".")), words)
    text = skeleton(known, words, name=name, today=vault.today, language=vault.language)
    if dry_run:
        click.echo(f"{clean(path)}\n\n{text}", nl=False)
        return
    session.apply(Plan((Edit(path, None, text),)), command="new")
    click.echo(clean(path))
    if len(vault.resolver.namesakes(path)) > 0:
        tell(asked, message("Another file is called {name} as well: link to this one by its path.", name=name))
    tell(asked, message("Next: fill it in, then {command}", command="vaultkit check"))


def _kind(vault: Vault, word: str) -> Kind:
    found = vault.kinds.named(word)
    if found:
        return found
    words = {label: None for kind in vault.kinds.all.values() for label in (kind.name, *kind.labels.values())}
    raise VaultkitError(
        message("there is no kind of note called {kind}", kind=word), hint=suggestion(fold(word), words)
    )


def _path(vault: Vault, folder: str, title: str) -> tuple[str, str]:
    """The path of a new note, and its name; raises VaultkitError when there is no name, or when it is taken."""
    name = file_name(title)
    if not name:
        raise VaultkitError(message("no file can be called {title}", title=title))
    path = f"{folder}/{name}.md" if folder else f"{name}.md"
    taken = standing_at(vault, path)
    if taken:
        raise ConflictError(message("this note is there already, and is left as it is"), path=taken)
    return path, name
