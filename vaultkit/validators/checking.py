"""Every validator is asked of every note: a Vault goes in, Findings come out, by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vaultkit.insights.waiving import said, validators_by_note, waived, waiving
from vaultkit.language import message, plural
from vaultkit.model import INTERNAL_ERROR, TOP, Evidence, Finding
from vaultkit.validators.catalogue import REVIEWING, VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from vaultkit.model import Note
    from vaultkit.validators.catalogue import Validator
    from vaultkit.vault import Vault

CRASHES = 10
"""A validator that failed so often is not asked again: each time it may have gone through the whole vault."""


def check(vault: Vault) -> tuple[Finding, ...]:
    """Everything that the validators say of a vault, by place."""
    vault.unfold()
    everything = (*vault.notes.values(), *vault.boards.values())

    def notes(name: str) -> Iterable[Note]:
        validator = VALIDATORS[name]
        if validator.KINDS:
            return vault.of_kind(*validator.KINDS)
        among = getattr(validator, "among", None)
        return everything if among is None else [vault.read(path) for path in sorted(among(vault))]

    return settled(vault, findings(vault, notes))


def standing(vault: Vault) -> tuple[Finding, ...]:
    """The same, but for what the owners of the notes live with."""
    return vault.ask(_standing)


def standing_of(vault: Vault, path: str) -> tuple[Finding, ...]:
    """Those of one note."""
    return vault.ask(_by_note).get(path, ())


def _standing(vault: Vault) -> tuple[Finding, ...]:
    return tuple(finding for finding in vault.ask(check) if finding.waived is None)


def _by_note(vault: Vault) -> Mapping[str, tuple[Finding, ...]]:
    found: dict[str, list[Finding]] = {}
    for finding in standing(vault):
        found.setdefault(finding.path, []).append(finding)
    return {path: tuple(each) for path, each in found.items()}


def findings(vault: Vault, notes: Callable[[str], Iterable[Note]]) -> Iterator[Finding]:
    """What each validator that is not switched off says of the notes that `notes(name)` gives it.

    Those of `REVIEWING` are asked later, of what these have said.
    """
    for name, validator in VALIDATORS.items():
        if name not in REVIEWING and vault.config.severity(name) != "off":
            yield from _findings(name, validator, vault, notes(name))


def settled(vault: Vault, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """By place, all that was found and what there is to say of that; what its note's owner lives with bears why."""
    raw, paths = tuple(found), vault.ask(waiving)
    if not paths:
        return tuple(sorted(raw, key=order))
    vault.expect(said, validators_by_note(raw, paths))
    marked = [msgspec.structs.replace(each, waived=waived(vault, each)) if each.path in paths else each for each in raw]
    for name in REVIEWING:
        if vault.config.severity(name) != "off":
            notes = (vault.notes[path] for path in sorted(paths))
            marked.extend(_findings(name, VALIDATORS[name], vault, notes))
    return tuple(sorted(marked, key=order))


def order(finding: Finding) -> tuple[str, int, int, str, str]:
    """What findings are sorted by."""
    return finding.path, finding.span.line, finding.span.column, finding.validator, finding.reason


def _findings(name: str, validator: Validator, vault: Vault, notes: Iterable[Note]) -> Iterator[Finding]:
    """What one validator says of each note, canvas and base, as serious as the user wants; its faults last, as one."""
    severity, say = vault.config.severity(name), validator.check
    faults: list[tuple[Note, Exception]] = []
    for note in notes:
        try:
            for finding in say(note, vault):
                as_wanted = severity is None or severity == finding.severity
                yield finding if as_wanted else msgspec.structs.replace(finding, severity=severity)
        except Exception as error:  # noqa: BLE001 - one bug of ours must not hide what the other validators found
            faults.append((note, error))
            if len(faults) == CRASHES:
                break
    if faults:
        yield _internal_error(name, faults)


def _internal_error(name: str, faults: list[tuple[Note, Exception]]) -> Finding:
    note, error = faults[0]
    module, line = _origin(error.__traceback__)
    told = plural(
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
        told,
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
