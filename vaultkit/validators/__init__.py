"""What can be said of a vault: a Vault goes in, Findings come out.

A validator is a module: its docstring explains it, `SEVERITY` and `check` make it one, an `Options` struct takes what
a user may set. It is listed here by the name that its findings bear, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec
from msgspec import Struct

from vaultkit.language import message, plural
from vaultkit.model import TOP, Evidence, Finding
from vaultkit.validators.alignment import (
    generated_only_priority,
    orphan_priority,
    unlinked_priority,
    unserved_objective,
    weak_alignment,
)
from vaultkit.validators.data import (
    colliding_paths,
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
    from types import TracebackType

    from vaultkit.model import Note, Severity
    from vaultkit.vault import Vault

CRASHES = 10
"""A validator that failed so often is not asked again: each time it may have gone through the whole vault."""


class Validator(Protocol):
    """What a module must hold to be a validator."""

    SEVERITY: Severity
    """How serious its findings are, unless the user says otherwise."""

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
    "hand-edited-page": hand_edited_page,
    "invalid-region": invalid_region,
}
INTERNAL_ERROR = "internal-error"
"""The name under which a fault of ours is reported: not of the notes, and not to be switched off."""


class NoOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """The table of a validator that takes nothing but its severity."""


def check(vault: Vault) -> tuple[Finding, ...]:
    """Everything that the validators say of a vault, by place."""
    found = [finding for name, validator in VALIDATORS.items() for finding in _findings(name, validator, vault)]
    return tuple(sorted(found, key=_order))


def options() -> dict[str, type[Struct]]:
    """Validator -> the struct that its table in `vaultkit.toml` must fit."""
    return {name: getattr(validator, "Options", NoOptions) for name, validator in VALIDATORS.items()}


def _findings(name: str, validator: Validator, vault: Vault) -> Iterator[Finding]:
    """What one validator says of every note, canvas and base, as serious as the user wants; its faults last, as one."""
    severity = vault.config.severity(name) or validator.SEVERITY
    if severity == "off":
        return
    faults: list[tuple[Note, Exception]] = []
    for note in (*vault.notes.values(), *vault.boards.values()):
        try:
            for finding in validator.check(note, vault):
                yield finding if finding.severity == severity else msgspec.structs.replace(finding, severity=severity)
        except Exception as error:  # noqa: BLE001 - one bug of ours must not hide what the other validators found
            faults.append((note, error))
            if len(faults) == CRASHES:
                break
    if faults:
        yield _internal_error(name, faults)


def _internal_error(name: str, faults: list[tuple[Note, Exception]]) -> Finding:
    note, error = faults[0]
    module, line = _origin(error.__traceback__)
    said = plural(
        "The validator {name} failed on this note: {error}.",
        "The validator {name} failed on {count} notes, this one first: {error}.",
        len(faults),
        name=name,
        error=f"{type(error).__name__}: {error}",
    )
    where = message("it failed in {module}, line {line}", module=module, line=line)
    return Finding(
        INTERNAL_ERROR,
        "error",
        note.path,
        TOP,
        said,
        message(
            'report it, please: the fault is ours; `severity = "off"` under `[validators.{name}]` silences it',
            name=name,
        ),
        (Evidence(where, note.path),),
        name,
    )


def _origin(trace: TracebackType | None) -> tuple[str, int]:
    """The module and the line where an exception was raised."""
    module, line = "?", 0
    while trace:
        module, line = str(trace.tb_frame.f_globals.get("__name__", "?")), trace.tb_lineno
        trace = trace.tb_next
    return module, line


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.path, finding.span.line, finding.span.column, finding.validator, finding.reason
