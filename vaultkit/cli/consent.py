"""What would be written, and whether its owner has agreed, go in; an agreement comes out, or a ConsentError."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal, TypeAlias

import click

from vaultkit import disk, planner
from vaultkit.cli.saying import ask, can_ask, tell
from vaultkit.errors import ConsentError
from vaultkit.language import message, say
from vaultkit.report.screen import cells, clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vaultkit.cli.options import Asked
    from vaultkit.model import Edit, Message
    from vaultkit.planner import Plan
    from vaultkit.report.screen import Role, Screen
    from vaultkit.session import Session


Fate: TypeAlias = Literal["new", "changed", "region", "removed", "moved"]
_FATES: Mapping[Fate, tuple[Message, Role]] = {
    "new": (message("new"), "good"),
    "changed": (message("changed"), "warning"),
    "region": (message("region"), "info"),
    "removed": (message("removed"), "error"),
    "moved": (message("moved"), "good"),
}


def agreed(asked: Asked, session: Session, plan: Plan, question: Message, *, write: bool) -> bool:
    """Whether a plan may be written: a vault with a `vaultkit.toml` has agreed once and for all; else we ask."""
    if write or session.vault.config.written:
        return True
    if not can_ask():
        raise ConsentError(
            message("nobody has agreed yet to pages being written into this vault"),
            hint=message("Agree with --write, once and for all with `vaultkit init`, or look first: --diff"),
        )
    view = screen(sys.stderr, asked.language)
    for line in _preview(session, plan, view):
        click.echo(line, err=True, color=True)
    if ask(asked, question):
        return True
    tell(asked, message("Nothing was written."))
    return False


def _preview(session: Session, plan: Plan, view: Screen) -> Iterator[str]:
    """What becomes of the notes that are there, line by line; of files that are not there yet, their names.

    Dozens of new pages would hide the one note that is changed, and the question below them.
    """
    there = planner.Plan(tuple(edit for edit in plan.edits if edit.expected is not None))
    if there.edits:
        yield from diff_lines(session, there, view)
        yield ""
    yield from outline(plan.edits, view)
    if len(there.edits) < len(plan.edits):
        told = message("What the new ones say: {command}", command="vaultkit build --diff")
        yield view.fold(view.paint(say(told, view.language), "faint"))


def diff_lines(session: Session, plan: Plan, view: Screen) -> Iterator[str]:
    """What a plan would change, as a diff that `git apply` takes where no terminal paints it."""
    texts = disk.read_texts(session.root, paths(plan.edits))
    roles: dict[str, Role] = {"+": "good", "-": "error", "@": "name"}
    for line in planner.diff(plan.edits, texts).removesuffix("\n").split("\n"):
        shown = line if view.width is None else clean(line)  # what goes into a file is for `git apply`
        role = "strong" if line.startswith(("+++", "---")) else roles.get(line[:1])
        yield view.paint(shown, role) if role else shown


def outline(edits: Sequence[Edit], view: Screen) -> list[str]:
    """A line for each file: what becomes of it."""
    return fate_lines({path: _fate([edit for edit in edits if edit.path == path]) for path in paths(edits)}, view)


def fate_lines(fates: Mapping[str, Fate], view: Screen) -> list[str]:
    """The same of fates that are known."""
    words = {path: say(_FATES[fate][0], view.language) for path, fate in fates.items()}
    width = max(map(cells, words.values()), default=0)
    return [
        f"{view.paint(word, _FATES[fates[path]][1])}{' ' * (width - cells(word))}  {clean(path)}"
        for path, word in words.items()
    ]


def paths(edits: Iterable[Edit]) -> list[str]:
    """The files that the edits touch, each once."""
    return sorted({edit.path for edit in edits})


def _fate(edits: Sequence[Edit]) -> Fate:
    if edits[0].expected is None:
        return "new"
    if any(edit.text is None for edit in edits):
        return "removed"
    return "changed" if any(edit.whole for edit in edits) else "region"
