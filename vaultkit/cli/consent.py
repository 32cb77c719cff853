"""What would be written, and whether its owner has agreed, go in; an agreement comes out, or a ConsentError."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultkit.cli.saying import ask, can_ask, tell
from vaultkit.errors import ConsentError
from vaultkit.language import message, say
from vaultkit.report.screen import cells, clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultkit.cli.options import Asked
    from vaultkit.model import Edit, Message
    from vaultkit.planner import Plan
    from vaultkit.report.screen import Role, Screen
    from vaultkit.session import Session


def agreed(asked: Asked, session: Session, plan: Plan, question: Message, *, write: bool) -> bool:
    """Whether a plan may be written: a vault with a `vaultkit.toml` has agreed once and for all; else we ask."""
    if write or session.vault.config.written:
        return True
    if not can_ask():
        raise ConsentError(
            message("nobody has agreed yet to pages being written into this vault"),
            hint=message("Agree with --write, once and for all with `vaultkit init`, or look first: --diff"),
        )
    for line in outline(plan.edits, screen(sys.stderr, asked.language)):
        click.echo(line, err=True, color=True)
    if ask(asked, question):
        return True
    tell(asked, message("Nothing was written."))
    return False


def outline(edits: Sequence[Edit], view: Screen) -> list[str]:
    """A line for each file: what becomes of it."""
    fates = {path: _fate([edit for edit in edits if edit.path == path]) for path in paths(edits)}
    words = {path: say(fate, view.language) for path, (fate, _) in fates.items()}
    width = max(map(cells, words.values()), default=0)
    return [
        f"{view.paint(word, fates[path][1])}{' ' * (width - cells(word))}  {clean(path)}"
        for path, word in words.items()
    ]


def paths(edits: Iterable[Edit]) -> list[str]:
    """The files that the edits touch, each once."""
    return sorted({edit.path for edit in edits})


def _fate(edits: Sequence[Edit]) -> tuple[Message, Role]:
    if edits[0].expected is None:
        return message("new"), "good"
    if any(edit.text is None for edit in edits):
        return message("removed"), "error"
    if any(edit.whole for edit in edits):
        return message("changed"), "warning"
    return message("region"), "info"
