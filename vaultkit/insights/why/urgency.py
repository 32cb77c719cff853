"""How a note presses: a Vault and a note go in; every term of its urgency, and whether its rank fits, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.divergence import divergence
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.urgency import urgencies
from vaultkit.insights.urgency_told import facts, field_told, standing_told
from vaultkit.insights.wording import called
from vaultkit.language import message, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.model import Note
    from vaultkit.vault import Vault


def urgency(vault: Vault, note: Note) -> Score | None:
    """How it presses."""
    found = vault.ask(urgencies).get(note.path)
    if found is None:
        return None
    told = facts(vault, note)
    terms = [
        Term(part.name, told[part.name][0], part.value, part.weight, part.points, told[part.name][1])
        for part in found.parts
    ]
    if found.heir_of is not None:
        source = message("{name} waits for it, and is more urgent", name=called(vault, found.heir_of))
        terms.append(Term("inherited", message("inherited"), points=found.total - found.own, said=source))
    if not found.is_aside:  # what is set aside is not to be told to be done first
        terms.append(Term("field", message("urgent, important"), said=field_told(found.field)))
    said = standing_told(vault, note, found)
    return Score("urgency", message("Urgency"), (*terms, *_divergence(vault, note)), found.total, said)


def _divergence(vault: Vault, note: Note) -> Iterator[Term]:
    """Its place by rank and by urgency, where they do not go together."""
    found = divergence(vault, note)
    if found is None or not found.is_apart:
        return
    among = plural("percentile among {count} priority", "percentile among {count} priorities", found.among)
    yield Term("percentile_by_rank", message("by rank"), found.by_rank, said=among)
    if found.by_urgency > found.by_rank:
        said = message("it presses more than its rank says: rank it higher, or say why not")
    else:
        said = message("it presses less than its rank says: rank it lower, or say why not")
    yield Term("percentile_by_urgency", message("by urgency"), found.by_urgency, said=said)
