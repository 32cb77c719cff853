"""Which decisions are carried out: a Vault goes in, the decisions from which some work has come come out.

Work has come of a decision when it has a checkbox or lists next steps, when a checkbox anywhere links to it, when a
project, a task or any other piece of work links to it, or when it is about work that is under way. That the work is
done, or was given up, changes nothing: somebody has taken it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.assignments import about
from vaultkit.insights.options import weighed
from vaultkit.insights.status import is_live

if TYPE_CHECKING:
    from vaultkit.vault import Vault

WORK = ("key_result", "priority", "project", "task")
"""The kinds of what is done about a decision."""
_CONCERNS = frozenset({"about", "affects"})


def carried(vault: Vault) -> frozenset[str]:
    """The paths of the decisions of which some work has come."""
    decisions = {note.path for note in vault.of_kind("decision")}
    found = decisions & vault.ask(about).keys()
    found.update(path for path in decisions if vault.gather(weighed)[path].has_actions)
    for work in vault.of_kind(*WORK):
        found.update(edge.target for edge in vault.graph.of(work.path) if edge.human and edge.target)
    found.update(path for path in decisions - found if _concerns_work(vault, path))
    return frozenset(found & decisions)


def _concerns_work(vault: Vault, path: str) -> bool:
    edges = (edge for edge in vault.graph.of(path) if edge.human and edge.relation in _CONCERNS)
    notes = (vault.notes.get(edge.target or "") for edge in edges)
    return any(note is not None and vault.is_kind(note, *WORK) and is_live(vault, note) for note in notes)
