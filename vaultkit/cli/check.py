"""`vaultkit check [PATHS]`: a vault comes in; findings and a verdict go out, and with `--fix` what mends them."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultkit.cli.narrowing import Wish, narrowed
from vaultkit.cli.opening import open_session
from vaultkit.cli.options import Asked, door
from vaultkit.cli.reporting import How, report
from vaultkit.model import INTERNAL_ERROR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.model import Finding
    from vaultkit.session import Session

FORMATS = ("text", "json", "github", "sarif")


@door(
    "check",
    _(
        "Say what is wrong in the notes, the evidence for it, and what to do next. Writes nothing, unless it is asked "
        "to.\n\nPATHS: only what is said of these notes and folders."
    ),
)
@click.argument("paths", nargs=-1, metavar=_("[PATHS]..."))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help=_("How to say it.")
)
@click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write it there and not to the terminal."),
)
@click.option(
    "--select", multiple=True, metavar=_("NAMES"), help=_("Only these validators or families; globs will do.")
)
@click.option("--ignore", multiple=True, metavar=_("NAMES"), help=_("All but these validators or families."))
@click.option(
    "--since", metavar=_("REF"), help=_("Only notes that have changed since a commit or a day, as git tells.")
)
@click.option("--statistics", is_flag=True, help=_("Say how many there are of each, and no more."))
@click.option("--waived", is_flag=True, help=_("Say as well what is waived, why and until when."))
@click.option("--new-only/--all", default=None, help=_("Only what the baseline does not know, or that as well."))
@click.option("--write-baseline", is_flag=True, help=_("Know from now on all that is found today."))
@click.option(
    "--baseline", metavar=_("FILE"), help=_("The file of what is known; without this, what vaultkit.toml says.")
)
@click.option("--fix", is_flag=True, help=_("Mend what can only be meant in one way. Shows it, and asks."))
@click.option("--diff", is_flag=True, help=_("Show what --fix would change, as a diff, and write nothing."))
@click.option("--dry-run", "-n", is_flag=True, help=_("Say what --fix would mend, and write nothing."))
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def command(
    asked: Asked,
    /,
    *,
    write_baseline: bool,
    fix: bool,
    diff: bool,
    dry_run: bool,
    yes: bool,
    form: str,
    output_file: Path | None,
    statistics: bool,
    waived: bool,
    **given: Any,
) -> int:
    """Exit with 1 for errors and warnings, or a no to a question; with 0 when there is nothing but information."""
    wish, shows = Wish(**given), diff or dry_run
    session = open_session(asked, near=wish.paths, writes=write_baseline or (fix and not shows))
    if write_baseline:
        return _know(asked, session, wish)
    if shows:
        return _show(asked, session, wish, diff=diff)
    if fix and not _mend(asked, session, wish, yes=yes):
        return 1
    said = narrowed(session, wish)
    report(asked, session, said, How(form, output_file, statistics=statistics, waived=waived))
    return verdict(said.findings)


def verdict(findings: Iterable[Finding]) -> int:
    """The exit code: 2 for a fault of our own, 1 for errors and warnings, else 0."""
    found = [finding for finding in findings if finding.severity != "info"]
    return 2 if any(finding.validator == INTERNAL_ERROR for finding in found) else int(bool(found))


def _know(asked: Asked, session: Session, wish: Wish) -> int:
    if wish.paths or wish.select or wish.ignore or wish.since:
        raise click.UsageError(_("A baseline is of the whole vault: leave out what narrows it."))
    from vaultkit.cli import known  # as in `narrowed`

    known.write(asked, session, wish.baseline)
    return 0


def _show(asked: Asked, session: Session, wish: Wish, *, diff: bool) -> int:
    from vaultkit.cli import fixing  # 50 ms with the parser, which a vault that has not changed does without

    said = narrowed(session, wish)
    fixing.show(asked, session, fixing.mended(session, said.findings), diff=diff)
    return verdict(said.findings)


def _mend(asked: Asked, session: Session, wish: Wish, *, yes: bool) -> bool:
    from vaultkit.cli import fixing  # as above

    return fixing.write(asked, session, fixing.mended(session, narrowed(session, wish).findings), yes=yes)
