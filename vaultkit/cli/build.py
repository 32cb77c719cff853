"""`vaultkit build [PAGE...]`: the vault comes in; its dashboards and index pages go out, onto disk or as a diff."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.consent import agreed, diff_lines, outline, paths
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo, tell
from vaultkit.config import suggestion
from vaultkit.errors import BusyError, ConflictError, VaultkitError
from vaultkit.language import message, plural
from vaultkit.report.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultkit.insights.withheld import Reason
    from vaultkit.model import Message
    from vaultkit.planner import Plan
    from vaultkit.session import Session

_BRIEF = "brief"
_TRIES = 3
"""How often a plan is made and written before we give up, for notes are saved all the while."""
_LEFT_OUT: Mapping[Reason, Message] = {
    "marked": message("it says who may read it"),
    "named": message("its name or its place names one of them"),
    "about": message("it is about such notes alone"),
}
"""Why a note is left out of a page."""


@door(
    "build",
    _(
        "Write the dashboards and index pages, and fill the regions that notes ask for. What a person edited in them "
        "is left alone.\n\nPAGE: only these pages, by name (overview) or by path."
    ),
)
@click.argument("pages", nargs=-1, metavar=_("[PAGE]..."))
@click.option("--diff", is_flag=True, help=_("Show what would change, as a diff, and write nothing."))
@click.option("--dry-run", "-n", is_flag=True, help=_("Say which files would change, and write nothing."))
@click.option("--check", is_flag=True, help=_("The same; exit with 1 when anything would change."))
@click.option("--force", "-f", is_flag=True, help=_("Write over pages and regions that were edited by hand as well."))
@click.option("--write", is_flag=True, help=_("Agree to writing, in a vault without a vaultkit.toml."))
@click.pass_obj
def command(
    asked: Asked, pages: tuple[str, ...], *, diff: bool, dry_run: bool, check: bool, force: bool, write: bool
) -> int:
    """Exit with 1 when `--check` finds something to write, or when the owner says no."""
    looks = diff or dry_run or check
    session = open_session(asked, writes=not looks)
    _check_names(session, pages)
    plan = session.plan(pages, force=force)
    say_kept(asked, plan)
    if asked.verbose:
        _say_left_out(asked, session)
    if diff:
        echo(diff_lines(session, plan, screen(sys.stdout, asked.language)))
    elif dry_run or check:
        echo(outline(plan.edits, screen(sys.stdout, asked.language)))
    if looks:
        return int(check and bool(plan.edits))
    question = plural("Write this {count} file?", "Write these {count} files?", len(paths(plan.edits)))
    if plan.edits and not agreed(asked, session, plan, question, write=write):
        return 1
    build(asked, session, plan, lambda: session.plan(pages, force=force))
    first = front_page(session)
    if first and plan.edits:
        tell(asked, message("Open {path} in Obsidian.", path=first))
    if any(edit.path == first and edit.expected is None for edit in plan.edits):  # the first time
        tell(asked, message("{command} takes all of this back.", command="vaultkit undo"))
    return 0


def build(asked: Asked, session: Session, plan: Plan, again: Callable[[], Plan]) -> None:
    """Write a plan and say what was written; `again` makes it anew when notes were saved meanwhile."""
    view = screen(sys.stdout, asked.language)
    for left in reversed(range(_TRIES)):
        try:
            session.apply(plan, command="build")
            break
        except VaultkitError as error:
            echo(outline([edit for edit in plan.edits if edit.path in error.written], view))
            if not left or isinstance(error, BusyError) or not isinstance(error, ConflictError):
                raise
        session.refresh()
        plan = again()
    echo(outline(plan.edits, view))
    made = {page.path for page in session.pages()}
    current = len(made - set(paths(plan.edits)))
    if not plan.edits:
        tell(
            asked,
            plural(
                "Nothing to write: {count} page is up to date.",
                "Nothing to write: {count} pages are up to date.",
                current,
            ),
        )


def front_page(session: Session) -> str | None:
    """The page to open first."""
    return next((page.path for page in session.pages() if page.name == "overview"), None)


def say_kept(asked: Asked, plan: Plan) -> None:
    """Name the places that are left as a person made them."""
    for place in plan.kept:
        tell(asked, message("Left as it is: {place} ({command} says why)", place=place, command="vaultkit check"))
    for path in plan.worded:
        tell(asked, message("Left for you, who wrote in it: {path}", path=path))
    for path in plan.stale:
        tell(asked, message("No longer made, and left for you to keep or delete: {path}", path=path))


def _say_left_out(asked: Asked, session: Session) -> None:
    """Tell the owner, and nobody else, what each page does not tell its readers."""
    from vaultkit.generators import left_out  # loaded by now, and not before somebody asks for pages

    for path, reasons in left_out(session.vault, session.pages()).items():
        if not reasons:
            tell(asked, message("{path}: nothing is left out for its readers.", path=path))
            continue
        said = plural(
            "{path}: {count} note is not for its readers, and left out:",
            "{path}: {count} notes are not for its readers, and left out:",
            len(reasons),
            path=path,
        )
        tell(asked, said)
        for note, reason in reasons.items():
            tell(asked, message("  {path}: {why}", path=note, why=_LEFT_OUT[reason]))


def _check_names(session: Session, names: Iterable[str]) -> None:
    known = {word: None for page in session.pages() for word in (page.name, page.path)}
    known |= {_BRIEF: None}  # none is made anew where each region is of a day that is over
    for name in names:
        if name not in known:
            raise VaultkitError(message("there is no page {name}", name=name), hint=suggestion(name, known))
