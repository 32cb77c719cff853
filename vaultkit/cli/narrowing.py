"""What was asked of a check goes in with a vault; what there is to say of just that comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkit import disk
from vaultkit.cli.opening import find_note, vault_path
from vaultkit.report.said import Said, Waived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vaultkit.model import Finding
    from vaultkit.session import Session


class Wish(NamedTuple):
    """What `check` is asked, beside how to say it and whether to write."""

    paths: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str | None = None
    new_only: bool | None = None
    """Whether only what a baseline does not know is asked for; None leaves it to `vaultkit.toml`."""
    baseline: str | None = None
    """Its file, where it is not the one that `vaultkit.toml` names."""


def narrowed(session: Session, wish: Wish) -> Said:
    """The findings that were asked for. Raises ConfigError for a validator, a commit or a baseline that is none."""
    wanted = _wanted(session, wish)
    judged = session.judged()
    waived = [finding for finding in judged if finding.waived is not None and wanted(finding)]
    said = Said(tuple(filter(wanted, session.findings())), tuple(_dated(session, waived)))
    if wish.new_only is False or not (wish.new_only or wish.baseline or session.config.baseline):
        return said
    from vaultkit.cli.known import known  # 10 ms, which a check without a baseline need not pay

    against, delta = known(session, wish.baseline)
    new, old = (tuple(filter(wanted, each)) for each in (delta.new, delta.known))
    return Said(new, said.waived, old, against, delta.gone)


def _dated(session: Session, waived: Iterable[Finding]) -> Iterator[Waived]:
    from vaultkit.insights.waiving import until  # the notes need not be looked at where nothing is waived

    for finding in waived:
        yield Waived(finding, until(session.vault, finding))


def _wanted(session: Session, wish: Wish) -> Callable[[Finding], bool]:
    """Whether a finding is asked for."""
    tests: list[Callable[[Finding], bool]] = []
    paths = tuple(_paths(session, wish.paths))
    if paths and "" not in paths:
        tests.append(lambda f: any(f.path == path or f.path.startswith(f"{path}/") for path in paths))
    if wish.select or wish.ignore:
        from vaultkit.validators.choosing import chosen  # 20 ms, and of a vault that has not changed all has been said

        names = chosen(wish.select, wish.ignore)
        tests.append(lambda f: f.validator in names)
    if wish.since is not None:
        changed = disk.changed_since(session.root, wish.since)
        tests.append(lambda f: changed.holds(f.path))
    return lambda finding: all(test(finding) for test in tests)


def _paths(session: Session, paths: Iterable[str]) -> Iterator[str]:
    """Each path as it stands in the vault; a note's name will do."""
    for path in paths:
        given = path.rstrip("/")
        if Path(given).exists():
            yield vault_path(session.root, given)
        elif (session.root / given).exists():
            yield given
        else:
            yield find_note(session, given).path
