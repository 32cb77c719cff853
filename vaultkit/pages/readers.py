"""Who reads which page: a Vault goes in; the readers of each page come out, and which notes are not for them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultkit.insights.holding import holding
from vaultkit.insights.secrecy import group_of, least, marks
from vaultkit.insights.withheld import withheld

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.insights.secrecy import Group
    from vaultkit.insights.withheld import Reason
    from vaultkit.vault import Vault

AUDIENCES: Mapping[str, str] = {
    "people": "leadership",
    "team": "employees",
    "board-update": "board",
    "investor-update": "investors",
    "team-update": "employees",
}
"""Page -> who reads it unless the user says otherwise; any other page is for whoever builds it."""
COMPANIONS: Mapping[str, str] = {"canvas": "alignment", "alignment.canvas": "alignment"}
"""Canvas, and the generator of it -> the page whose audience and language are theirs as well."""


def readers(vault: Vault) -> Mapping[str, str]:
    """Page -> who reads it, of those that are not only for whoever builds them."""
    said = {**AUDIENCES, **{name: table.audience for name, table in vault.config.page.items() if table.audience}}
    return said | {board: said[page] for board, page in COMPANIONS.items() if page in said}


def kept_from(vault: Vault, page: str) -> Mapping[str, Reason]:
    """What the readers of a page are not shown: path -> why."""
    audience = vault.ask(readers).get(page)
    return MappingProxyType({}) if audience is None else withheld(vault, group_of(audience)).reasons


def tells(vault: Vault, page: str, text: str) -> bool:
    """Whether a page, as `team Sales` is one, names to its readers what is not for them, or is about that."""
    known, (name, _, about) = vault.ask(readers), page.partition(" ")
    audience = known.get(page) or known.get(name)
    if audience is None:
        return False
    away = withheld(vault, group_of(audience))
    return away.named_in(text) or any(about in {path[:-3], path.rpartition("/")[2][:-3]} for path in away.reasons)


def betraying(_vault: Vault) -> frozenset[tuple[str, int]]:
    """Of a vault as some readers may see it: each note and where in it a region opens that tells of what they may not.

    What vaultkit wrote there on an earlier day does not stay.
    """
    return frozenset()


def hosts(vault: Vault) -> Mapping[str, tuple[Group, ...]]:
    """Note of a person's that says who may read it -> for whom what vaultkit fills in there must be."""
    told = vault.gather(marks)
    here = (path for path in sorted(vault.ask(holding)) if path in vault.notes and not vault.notes[path].generated)
    return {path: least(said) for path in here if (said := told[path]) is not None}
