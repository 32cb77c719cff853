"""How far a note has come: a Vault and a note go in; every part of its progress, known or not, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.coverage import HOURS
from vaultkit.insights.measures import BOUNDS, MEASURED, measure
from vaultkit.insights.progress import (
    RESULTS,
    WORK,
    checklist,
    own_work,
    progress,
    serving_first,
    told,
)
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import is_live
from vaultkit.insights.updates import updates
from vaultkit.insights.why.words import figure, kind_word, written
from vaultkit.insights.wording import called
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.insights.measures import Fault, Measure
    from vaultkit.insights.progress import Basis, Progress
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

SAID: Mapping[Basis, Message] = {
    "number": message("Its own number tells."),
    "results": message("The weighted mean of the results that serve it first, as far as they have a value."),
    "work": message("The weighted mean of the work that serves it first, as far as that has a value."),
    "tasks": message("Hours done / hours of its tasks; a checkbox counts as one hour."),
    "milestones": message("Milestones reached / milestones."),
    "declared": message("It is as it was declared: nothing else tells."),
    "closed": message("It is done."),
    "": message("Nobody can tell yet how far it has come."),
}
FAULTS: Mapping[Fault, Message] = {
    "no-target": message("no target"),
    "no-value": message("no current value"),
    "no-start": message("no start value"),
    "start-is-target": message("the start value is the target"),
    "units": message("the unit of its metric is another one"),
}
"""Why a number says nothing."""


def progress_of_note(vault: Vault, note: Note) -> Score | None:
    """How far it has come, and how much of what it rests on has data."""
    if vault.is_kind(note, "metric"):
        return _of_metric(vault, note)
    found = vault.ask(progress).get(note.path)
    if found is None or (found.value is None and not is_live(vault, note)):
        return None
    terms = (*_terms(vault, note, found), *_covered(found), *_checklist(vault, note, found))
    said = SAID[found.basis] if found.value is not None else SAID[""]
    return Score("progress", message("Progress"), terms, found.value, said)


def _of_metric(vault: Vault, note: Note) -> Score | None:
    found = measure(vault, note)
    terms = tuple(_number(found))
    if not terms or not is_live(vault, note):
        return None
    unknown = () if found.fault is None else (_unknown(found.fault),)
    said = SAID[""] if found.share is None else SAID["number"]
    return Score("progress", message("Progress"), (*terms, *unknown), found.share, said)


def _terms(vault: Vault, note: Note, found: Progress) -> Iterator[Term]:
    if found.basis == "tasks":
        yield from _tasks(vault, note)
    elif found.basis in {"results", "work"}:
        yield from _parts(vault, note, found)
    elif found.basis == "declared":
        yield Term("declared", message("declared"), found.value, said=_declared(vault, note))
    if vault.is_kind(note, *MEASURED) and (found.basis == "number" or found.fault is not None):
        yield from _number(measure(vault, note))
    if found.fault is not None:
        yield _unknown(found.fault)


def _number(found: Measure) -> Iterator[Term]:
    """What a share is worked out from; what is not known is left out, and the fault says so."""
    if found.start is not None and found.direction not in BOUNDS:
        yield Term("start", message("start"), found.start, said=found.unit)
    if found.current is not None:
        yield Term("current", message("current value"), found.current, said=found.unit)
    if found.target is not None:
        bound = {
            "stay_above": message("to stay above it"),
            "stay_below": message("to stay below it"),
        }
        yield Term("target", message("target"), found.target, said=bound.get(found.direction, found.unit))


def _unknown(fault: Fault) -> Term:
    return Term("unknown", message("unknown"), said=FAULTS[fault])


def _parts(vault: Vault, note: Note, found: Progress) -> Iterator[Term]:
    """Each note that counts, and what a piece of work does itself as one more of them."""
    everything, known = vault.ask(progress), vault.gather(told)
    kinds = RESULTS if found.basis == "results" else (*RESULTS, *WORK)
    under = [path for path in vault.ask(serving_first).get(note.path, ()) if known[path].state != "dropped"]
    for path in under:
        if vault.is_kind(vault.notes[path], *kinds):
            yield _part(vault, path, everything[path], known[path].weight)
    tasks = [vault.notes[path] for path in under if vault.is_kind(vault.notes[path], "task")]
    own = own_work(vault, note, tasks) if vault.is_kind(note, *WORK) else None
    if own is not None and own.value is not None:
        said = message("{part} of {whole} done", part=own.part, whole=own.whole)
        yield Term("own", message("its own work"), own.value, 1.0, own.value, said)


def _part(vault: Vault, path: str, found: Progress, weight: float) -> Term:
    kind, name = vault.recognised[path].kind, called(vault, path)
    if found.value is None:
        reason = FAULTS[found.fault] if found.fault else message("nothing tells")
        return Term(kind, kind_word(vault, path), said=message("{name}: unknown, {reason}", name=name, reason=reason))
    number = measure(vault, vault.notes[path]) if vault.is_kind(vault.notes[path], *MEASURED) else None
    said = name if number is None or found.basis != "number" else _measured(name, number)
    return Term(kind, kind_word(vault, path), found.value, weight, found.value * weight, said)


def _measured(name: str, found: Measure) -> Message | str:
    """A result with the numbers that its share comes from."""
    if found.current is None or found.target is None:
        return name
    now, target = figure(found.current), figure(found.target)
    if found.direction in BOUNDS or found.start is None:
        return message("{name}: {now}, target {target} {unit}", name=name, now=now, target=target, unit=found.unit)
    return message(
        "{name}: {now}, from {start} to {target} {unit}",
        name=name,
        now=now,
        start=figure(found.start),
        target=target,
        unit=found.unit,
    )


def _tasks(vault: Vault, note: Note) -> Iterator[Term]:
    """Its checkboxes, and each task note that serves it first: what is done of them x hours."""
    boxes, known = vault.gather(checklist)[note.path], vault.gather(told)
    if boxes.whole:
        hours, done = HOURS * boxes.whole, boxes.done / boxes.whole
        said = message("{part} of {whole} done", part=boxes.done, whole=boxes.whole)
        yield Term("checkboxes", message("checkboxes"), done, hours, done * hours, said)
    for path in vault.ask(serving_first).get(note.path, ()):
        if vault.is_kind(vault.notes[path], "task") and known[path].state != "dropped":
            done = 1.0 if known[path].state == "done" else 0.0
            yield Term(
                "task", kind_word(vault, path), done, known[path].hours, done * known[path].hours, called(vault, path)
            )


def _declared(vault: Vault, note: Note) -> Message | str:
    """Where it is said."""
    update = next((each for each in vault.ask(updates).get(note.path, ()) if each.progress is not None), None)
    said = written(vault, note, "progress")
    return said or (message("update of {date}", date=str(update.day)) if update else "")


def _covered(found: Progress) -> Iterator[Term]:
    """How much of what it rests on has data, or is done."""
    if not found.whole:
        return
    if found.basis in {"tasks", "milestones"}:
        said = message("{part} of {whole} done", part=found.part, whole=found.whole)
        if found.basis == "milestones":
            yield Term("milestones", message("milestones"), found.part, said=said)
        return
    said = message("{part} of {whole} have data", part=found.part, whole=found.whole)
    yield Term("coverage", message("coverage"), found.part / found.whole, said=said)


def _checklist(vault: Vault, note: Note, found: Progress) -> Iterator[Term]:
    """Its checkboxes, where they do not count: of a result they say what was done, not what it brought."""
    boxes = vault.gather(checklist)[note.path]
    counted = found.basis in {"tasks", "milestones"} or (found.basis == "work" and vault.is_kind(note, *WORK))
    if boxes.whole and not counted:
        said = message("{part} of {whole} done, beside the progress", part=boxes.done, whole=boxes.whole)
        yield Term("checklist", message("checkboxes"), boxes.done / boxes.whole, said=said)
