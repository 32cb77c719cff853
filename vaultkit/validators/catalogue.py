"""The validators by name, and what makes a module one.

A validator's docstring explains it; `SEVERITY`, `KINDS`, `READS` and `check` make it one; an `Options` struct takes
what a user may set. It is listed here by the name that its findings bear, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from vaultkit.validators.alignment import (
    generated_only_priority,
    orphan_priority,
    unlinked_priority,
    unserved_objective,
    weak_alignment,
)
from vaultkit.validators.data import (
    colliding_paths,
    conflict_copy,
    empty_region,
    hand_edited_page,
    ignored_property,
    invalid_frontmatter,
    invalid_region,
    unreadable_note,
)
from vaultkit.validators.execution import no_action
from vaultkit.validators.links import ambiguous_link, broken_anchor, broken_link
from vaultkit.validators.ownership import no_owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.changed import Reads
    from vaultkit.model import Finding, Note, Severity
    from vaultkit.vault import Vault


class Validator(Protocol):
    """What a module must hold to be a validator."""

    SEVERITY: Severity
    """How serious its findings are, unless the user says otherwise."""
    KINDS: tuple[str, ...]
    """The kinds of note that it is asked of; empty for one that is asked of every note, canvas and base."""
    READS: tuple[Reads, ...]
    """Where it looks beyond its note: when that changes, it is asked again. What it leaves out here goes stale."""

    def check(self, note: Note, vault: Vault) -> Iterator[Finding]:
        """What there is to say of one note."""


VALIDATORS: dict[str, Validator] = {
    "orphan-priority": orphan_priority,
    "weak-alignment": weak_alignment,
    "unserved-objective": unserved_objective,
    "no-action": no_action,
    "no-owner": no_owner,
    "unlinked-priority": unlinked_priority,
    "generated-only-priority": generated_only_priority,
    "broken-link": broken_link,
    "ambiguous-link": ambiguous_link,
    "broken-anchor": broken_anchor,
    "invalid-frontmatter": invalid_frontmatter,
    "ignored-property": ignored_property,
    "unreadable-note": unreadable_note,
    "colliding-paths": colliding_paths,
    "conflict-copy": conflict_copy,
    "hand-edited-page": hand_edited_page,
    "invalid-region": invalid_region,
    "empty-region": empty_region,
}


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The table of a validator that takes nothing but its severity."""


def options() -> dict[str, type[Struct]]:
    """Validator -> the struct that its table in `vaultkit.toml` must fit."""
    return {name: getattr(validator, "Options", NoOptions) for name, validator in VALIDATORS.items()}
