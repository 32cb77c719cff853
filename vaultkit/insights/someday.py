"""What is set aside on purpose: a Vault goes in; the live notes that wait for nobody and for no day come out.

Ideas, decisions that were put off, and work that is paused or tagged for some day. What waits for somebody or begins
on a later day has a place already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.awaiting import is_aside
from vaultkit.insights.decisions import state
from vaultkit.insights.dependencies import WORK
from vaultkit.insights.status import is_live
from vaultkit.insights.underway import status_of

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault


def someday(vault: Vault) -> tuple[Note, ...]:
    """The notes, ideas before decisions before work."""
    found = (note for note in vault.of_kind("idea", "decision", *WORK) if note.generated is None)
    return tuple(note for note in found if is_live(vault, note) and _rests(vault, note))


def _rests(vault: Vault, note: Note) -> bool:
    if vault.is_kind(note, "idea"):
        return True
    if vault.is_kind(note, "decision"):
        return state(vault, note) == "put-off"
    begins = vault.day(note, "scheduled") or vault.day(note, "start")
    if vault.text(note, "waiting_on") or status_of(vault, note) == "waiting" or (begins and begins > vault.today):
        return False
    return is_aside(vault, note)
