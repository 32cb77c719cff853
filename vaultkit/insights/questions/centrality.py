"""How much hangs on a note: a Vault goes in; how many notes of a kind link to each file comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault import Vault


def centrality(vault: Vault) -> Mapping[str, int]:
    """File -> how many notes of a kind link to it, as people wrote."""
    found: dict[str, int] = {}
    for path in vault.recognised:
        targets = {edge.target for edge in vault.graph.of(path) if edge.human and edge.target and edge.target != path}
        for target in targets:
            found[target] = found.get(target, 0) + 1
    return found
