"""Findings with safe fixes come in; what these would change is shown, agreed to and written, and can be taken back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultkit import disk
from vaultkit.cli.consent import diff_lines, paths
from vaultkit.cli.saying import ask, can_ask, echo, tell
from vaultkit.errors import ConsentError
from vaultkit.language import message, plural, say
from vaultkit.mending import Mending, concerned, mend
from vaultkit.planner import Plan
from vaultkit.report.screen import clean, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaultkit.cli.options import Asked
    from vaultkit.model import Finding
    from vaultkit.report.screen import Screen
    from vaultkit.session import Session

_LISTS = {"multitext", "tags", "aliases"}
"""What Obsidian's settings call a property that is a list."""


def mended(session: Session, findings: Sequence[Finding]) -> Mending:
    """What the safe fixes of these findings come to, over the notes that still read as they did."""
    return mend(findings, *material(session, findings))


def material(session: Session, findings: Iterable[Finding]) -> tuple[dict[str, str], frozenset[str]]:
    """What `mend` needs for these findings: texts, and what Obsidian's settings say of properties."""
    from vaultkit.parser import digest  # 50 ms of imports, and only where something is to be mended

    wanted, texts = sorted(concerned(findings)), {}
    for path, data in disk.read_files(session.root, wanted):
        note = session.vault.everything.get(path)
        if isinstance(data, bytes) and note is not None and note.digest == digest(data):
            texts[path] = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    types = session.vault.setting.obsidian.property_types
    return texts, frozenset(name for name, type_ in types.items() if type_ in _LISTS)


def show(asked: Asked, session: Session, mending: Mending, *, diff: bool) -> None:
    """What would be written, on stdout."""
    view = screen(sys.stdout, asked.language)
    echo(diff_lines(session, Plan(mending.edits), view) if diff and mending.edits else _outline(mending, view))
    tell_left(asked, mending)


def write(asked: Asked, session: Session, mending: Mending, *, yes: bool) -> bool:
    """Write it once its owner agrees; False when the answer is no."""
    tell_left(asked, mending)
    if not mending.edits:
        tell(asked, message("There is nothing that can be mended without asking you."))
        return True
    if not yes and not _agreed(asked, session, mending):
        return False
    written = session.apply(Plan(mending.edits), command="check --fix")
    tell(
        asked,
        plural(
            "Done: {count} finding mended, in {notes}; {command} takes it back.",
            "Done: {count} findings mended, in {notes}; {command} takes it back.",
            len(mending.made),
            notes=plural("{count} note", "{count} notes", len(written)),
            command="vaultkit undo",
        ),
    )
    return True


def tell_left(asked: Asked, mending: Mending) -> None:
    """What was not mended, and why."""
    for finding, why in mending.left:
        place = f"{finding.path}:{finding.span.line} {finding.validator}"
        tell(asked, message("Left as it is: {place}: {why}", place=place, why=why))


def _agreed(asked: Asked, session: Session, mending: Mending) -> bool:
    if not can_ask():
        raise ConsentError(
            message("nobody is here to say yes"), hint=message("Agree with --yes, or look first: --diff")
        )
    view = screen(sys.stderr, asked.language)
    for line in (*diff_lines(session, Plan(mending.edits), view), "", *_outline(mending, view)):
        click.echo(line, err=True, color=True)
    notes = plural("{count} note", "{count} notes", len(paths(mending.edits)))
    question = plural(
        "Mend {count} finding, in {notes}?", "Mend {count} findings, in {notes}?", len(mending.made), notes=notes
    )
    if ask(asked, question):
        return True
    tell(asked, message("Nothing was written."))
    return False


def _outline(mending: Mending, view: Screen) -> Iterator[str]:
    """A line for each fix."""
    for finding in mending.made:
        if finding.fix is not None:
            place = view.paint(f"{clean(finding.path)}:{finding.span.line}:", "strong")
            yield view.fold(f"{place} {clean(say(finding.fix.message, view.language))}", "    ")
