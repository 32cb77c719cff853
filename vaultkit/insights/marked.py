"""Which notes there is anything to ask of: a Vault goes in, the paths of those that are out of the ordinary come out.

Most validators of every note have nothing to say of nearly all of them; whoever judges a whole vault asks here once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultkit.vault import Vault


def troubled(vault: Vault) -> frozenset[str]:
    """The notes, canvases and bases that could not be read whole."""
    return frozenset(path for path, note in vault.everything.items() if note.problems)


def marked(vault: Vault) -> frozenset[str]:
    """The pages, canvases and bases of vaultkit's, and the notes that ask for a region."""
    return frozenset(path for path, note in vault.everything.items() if note.regions or note.generated is not None)


def marked_or_troubled(vault: Vault) -> frozenset[str]:
    """Both."""
    return vault.ask(marked) | vault.ask(troubled)
