"""The findings of a vault and a step go in, the findings of the next vault come out: few notes are asked again.

`check` is the specification: this only saves work, and in doubt asks.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultkit.insights.changed import changed
from vaultkit.insights.collisions import collisions
from vaultkit.insights.copies import copies
from vaultkit.insights.holding import holding
from vaultkit.insights.links import counted, wanting
from vaultkit.insights.names import asked, parts
from vaultkit.insights.shelving import tags_of
from vaultkit.insights.unquoted import sought
from vaultkit.model import INTERNAL_ERROR
from vaultkit.validators.catalogue import REVIEWING, VALIDATORS
from vaultkit.validators.checking import check, findings, settled
from vaultkit.vault.values import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.insights.changed import Changed, Reads
    from vaultkit.model import Finding, Note
    from vaultkit.vault import Step, Vault


def recheck(found: tuple[Finding, ...], step: Step) -> tuple[Finding, ...]:
    """Everything that the validators say after a step, when `found` is what they said before it."""
    vault, what = step.after, changed(step)
    again: Mapping[Reads, frozenset[str]] = {
        "targets": frozenset(_linking(step)),
        "backlinks": what.linked,
        "names": frozenset(_naming(found, step, what)),
        "work": frozenset(_working(vault)) if what.work else frozenset(),
        "paths": frozenset(_placed(found, step)),
        "lists": vault.ask(holding) if _lists_otherwise(step) else frozenset(),
    }
    reading = {name: _reads(name, what) for name in VALIDATORS}
    reached = {reads: what.touched.union(*(again[read] for read in reads)) for reads in {*reading.values()}}

    def notes(name: str) -> Iterable[Note]:
        kinds, reads = VALIDATORS[name].KINDS, reading[name]
        if kinds and what.work and "work" in reads:
            return vault.of_kind(*kinds)
        return [vault.read(path) for path in sorted(reached[reads]) if _is_asked_of(vault, path, kinds)]

    new = tuple(findings(vault, notes))
    if any(each.validator == INTERNAL_ERROR for each in chain(found, new)):
        return check(vault)  # it is told once, with how often it happened
    raw = (
        each for each in found if each.validator not in REVIEWING and each.path not in reached[reading[each.validator]]
    )
    kept = (each if each.waived is None else replace(each, waived=None) for each in raw)
    return settled(vault, (*kept, *new))


def _reads(name: str, what: Changed) -> tuple[Reads, ...]:
    """Where a validator looks, as far as something is other there."""
    reads, heeds = VALIDATORS[name].READS, getattr(VALIDATORS[name], "HEEDS", None)
    if heeds is None or what.kinds is None or not what.kinds.isdisjoint(heeds):
        return reads
    return tuple(read for read in reads if read != "work")


def _is_asked_of(vault: Vault, path: str, kinds: tuple[str, ...]) -> bool:
    if not kinds:
        return vault.has(path) and path not in vault.files
    told = vault.recognised.get(path)
    return told is not None and told.kind in kinds


def _working(vault: Vault) -> Iterator[str]:
    """The notes of the kinds that validators ask for."""
    kinds = {kind for validator in VALIDATORS.values() for kind in validator.KINDS}
    return (path for path, told in vault.recognised.items() if told.kind in kinds)


def _linking(step: Step) -> Iterator[str]:
    """The notes with a link to one of which other parts can be linked to now."""
    for path in step.touched:
        if path in step.before.notes and path in step.after.notes:
            before, after = (_parts(vault.notes[path]) for vault in (step.before, step.after))
            if before != after:
                edges = (step.after.graph.backlinks(path), step.after.graph.backlinks_aside(path))
                yield from (edge.source for edge in chain(*edges) if edge.link.anchor)


def _parts(note: Note) -> object:
    """The parts of a note that a link can lead to, and where the first of them stand."""
    return (
        [(heading.text, heading.level) for heading in note.headings],
        [block.name for block in note.blocks],
        [footnote.name for footnote in note.footnotes],
        [parts[0].span.line for parts in (note.headings, note.blocks) if parts],
    )


def _naming(found: Iterable[Finding], step: Step, what: Changed) -> Iterator[str]:
    """The notes that may be told of another name, or of another number of links that ask for one."""
    vault = step.after
    before, after = (counted(_wanted(each, step.touched)) for each in (step.before, step.after))
    counts = {target for target in before.keys() | after.keys() if before[target] != after[target]}
    ends = {part for name in what.names for part in parts(name)}

    def concerns(target: str) -> bool:
        name = asked(target)
        return name in what.names or not ends.isdisjoint(parts(name))

    if counts or what.names:
        for path, targets in vault.gather(wanting).items():
            if targets and any(target.removesuffix(".md") in counts or concerns(target) for target in targets):
                yield path
    if what.names or step.moved:
        yield from (each.path for each in found if each.path in vault.recognised)
    if what.work:
        yield from (path for path in vault.recognised if vault.gather(wanting)[path])


def _wanted(vault: Vault, paths: Iterable[str]) -> Iterator[str]:
    gathered = vault.gather(wanting)
    return chain.from_iterable(gathered[path] for path in paths if path in gathered)


def _placed(found: Iterable[Finding], step: Step) -> Iterator[str]:
    """The notes of which more may be said than their links tell once files have come or gone."""
    yield from (each.path for each in found if each.validator in {"colliding-paths", "conflict-copy"})
    yield from step.after.ask(collisions)
    yield from step.after.ask(copies)
    if step.moved:
        yield from (path for path, targets in step.after.gather(sought).items() if targets)


def _lists_otherwise(step: Step) -> bool:
    """Whether a list of notes may be of others than before."""
    if step.moved:
        return True
    return any(_shelved(step.before, path) != _shelved(step.after, path) for path in step.touched)


def _shelved(vault: Vault, path: str) -> object:
    """What decides, beside its path, in which lists a note stands."""
    if path not in vault.notes:
        return None
    told, note = vault.recognised.get(path), vault.notes[path]
    named = frozenset(item.name for item in note.properties + note.fields if text_of(item.value))
    return told and told.kind, vault.gather(tags_of)[path], named, note.generated is None
