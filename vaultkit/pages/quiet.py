"""Of which findings a page may tell and come to rest all the same: the names of their validators."""

from __future__ import annotations

from vaultkit.validators import VALIDATORS

HOUSEKEEPING = frozenset(
    {
        "ambiguous-link",
        "broken-anchor",
        "broken-link",
        "empty-region",
        "generated-only-priority",
        "hand-edited-page",
        "unlinked-priority",
    }
)
"""Left to `vaultkit check`: they are about the notes and not the work, and writing pages can bring them about or mend
them, so that a page which told of them would never come to rest."""
TELLABLE: tuple[str, ...] = tuple(name for name in VALIDATORS if name not in HOUSEKEEPING)
