"""What validators say, as rows: their names go in; one row a finding, written out when it is shown, comes out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from vaultkit.insights.ranking import rank_key
from vaultkit.pages import phrases
from vaultkit.pages.sections import Entry
from vaultkit.validators import standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.model import Finding
    from vaultkit.vault import Vault

Fact: TypeAlias = Callable[[], Entry]
"""A row that is written out when it is shown."""


def told_by(vault: Vault, page: str, validators: Sequence[str]) -> Iterator[Fact]:
    """What some validators say: of each of them what ranks first before the rest, and of a circle once."""
    found, keys = [finding for finding in standing(vault) if finding.validator in validators], vault.gather(rank_key)
    circles: set[frozenset[str]] = set()
    for finding in sorted(found, key=lambda finding: (validators.index(finding.validator), keys[finding.path])):
        circle = frozenset({finding.path, *(step.path for step in finding.evidence)})
        if finding.reason == "cycle" and circle in circles:
            continue
        circles.add(circle)
        yield partial(said, vault, finding, page)


def said(vault: Vault, finding: Finding, page: str) -> Entry:
    """The row of one finding."""
    return Entry(phrases.told(vault, finding, page))
