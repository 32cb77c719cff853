"""A priority that serves a live objective, and says that it serves another which is over.

## What it flags
A live priority with a chain up to a live objective, and with one more link under `serves` to a note that is closed or
whose period, or an objective whose last day, has passed. What is only late is not over.

## Why it matters
The link does no harm to the priority. But it keeps what is over on every list of what is being worked on, and whoever
looks at the old objective finds work that seems to go on for it.

## How to mend it
Remove the link; the others stay. `vaultkit check --fix` does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import standings
from vaultkit.insights.status import is_closed, is_live, is_over
from vaultkit.insights.wording import called
from vaultkit.language import message
from vaultkit.model import Evidence, Finding, Fix, Put
from vaultkit.validators import telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Note, Severity
    from vaultkit.vault import Edge, Vault

SEVERITY: Severity = "info"
KINDS: tuple[str, ...] = ("priority",)
READS: tuple[Reads, ...] = ("work",)


def check(note: Note, vault: Vault) -> Iterator[Finding]:
    """One finding for each link of an aligned priority to what no longer counts."""
    standing = vault.ask(standings).get(note.path)
    if standing is None or standing.reason != "aligned":
        return
    for edge in vault.relation(note, "serves"):
        served = vault.notes.get(edge.target or "")
        if served is not None and _is_over(vault, served):
            yield _finding(note, vault, edge, served)


def _is_over(vault: Vault, served: Note) -> bool:
    """Whether nobody is to work for it any more; work whose due date has passed is only late."""
    if is_closed(vault, served):
        return True
    return is_over(vault, served) and (vault.is_kind(served, "objective") or not is_live(vault, served))


def _finding(note: Note, vault: Vault, edge: Edge, served: Note) -> Finding:
    name, other, end = called(vault, note.path), called(vault, served.path), telling.stop(vault, served.path)
    mend = message(
        "remove the link to {other} from `{property}`", other=other, property=edge.link.property.split(".")[0]
    )
    put = Put(note.path, edge.link.property.split(".")[0], f'"{telling.as_written(edge.link)}"', "remove")
    return Finding(
        "stray-extra-link",
        SEVERITY,
        note.path,
        edge.link.span,
        message("{name} also serves {other}, which is over: {why}.", name=name, other=other, why=end.message),
        mend,
        (Evidence(message("{child} serves {parent}", child=name, parent=other), note.path, edge.link.span.line), end),
        fix=Fix(mend, (put,), safe=True) if edge.link.property and edge.link.form == "wiki" else None,
    )
