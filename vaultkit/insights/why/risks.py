"""What may go wrong: a Vault and a note go in; the weight of a risk, or what threatens an objective, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.exposure import RED, exposures, factor, risks
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.why.words import named
from vaultkit.insights.wording import called
from vaultkit.language import message

if TYPE_CHECKING:
    from vaultkit.insights.exposure import Risk
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault


def risk(vault: Vault, note: Note) -> Score | None:
    """Probability x impact, and what stands on it; of a live risk."""
    found = vault.ask(by_path).get(note.path)
    if found is None:
        return None
    terms = [
        _factor(vault, note, "probability", message("probability")),
        _factor(vault, note, "impact", message("impact")),
    ]
    if found.objectives:
        terms.append(Term("threatens", message("threatens"), said=named(vault, found.objectives)))
    mitigation = vault.text(note, "mitigation")
    acted = message("a live task or project") if found.is_acted_on else message("nothing: no live task or project")
    terms.append(Term("acted_on", message("acted on by"), said=acted))
    if mitigation:
        terms.append(Term("mitigation", message("mitigation"), said=mitigation))
    return Score("risk", message("Risk"), tuple(terms), found.weight, _said(found))


def exposure(vault: Vault, note: Note) -> Score | None:
    """What threatens an objective, risk by risk."""
    found = vault.ask(exposures).get(note.path)
    if found is None:
        return None
    known = vault.ask(by_path)
    terms = tuple(_threat(vault, known[path]) for path in found.risks)
    if found.unknown:
        said = message("The sum of the risks that affect it; {count} of them of unknown weight.", count=found.unknown)
    else:
        said = message("The sum of the risks that affect it.")
    return Score("exposure", message("Exposure"), terms, found.weight, said)


def by_path(vault: Vault) -> dict[str, Risk]:
    """Path -> the live risk."""
    return {each.path: each for each in vault.ask(risks)}


def _factor(vault: Vault, note: Note, field: str, name: Message) -> Term:
    """One of the two; a number that is none of 1 to 5 is as good as none."""
    number, said = factor(vault, note, field), vault.text(note, field)
    if number is not None:
        return Term(field, name, number)
    told = message("{said}: none of 1 to 5", said=said) if said else message("unknown: the note does not say")
    return Term(field, name, said=told)


def _threat(vault: Vault, found: Risk) -> Term:
    name = called(vault, found.path)
    if found.weight is None:
        return Term("risk", message("risk"), said=message("{name}: unknown weight", name=name))
    if found.is_acted_on:
        return Term("risk", message("risk"), found.weight, said=name)
    return Term("risk", message("risk"), found.weight, said=message("{name}: nobody acts on it", name=name))


def _said(found: Risk) -> Message:
    if found.weight is None:
        return message("Nobody can tell how heavy it is.")
    if found.is_red:
        return message("Probability × impact. Red, from {red} on: one of those to look at first.", red=int(RED))
    return message("Probability × impact; red from {red} on.", red=int(RED))
