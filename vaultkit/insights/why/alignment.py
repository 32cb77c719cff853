"""What a note serves: a Vault and a note go in; the chain up to a live objective, or why there is none, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.alignment import aligned, standings, ups
from vaultkit.insights.ranking import rank_of, ranked_priorities
from vaultkit.insights.scores import Score, Term
from vaultkit.insights.status import is_live
from vaultkit.insights.wording import called, unaligned
from vaultkit.language import message, plural

if TYPE_CHECKING:
    from vaultkit.model import Note
    from vaultkit.vault import Vault


def alignment(vault: Vault, note: Note) -> Score | None:
    """By what chain it serves a live objective, or why by none."""
    if not is_live(vault, note) or vault.is_kind(note, "vision") or vault.field(note, "serves") is None:
        return None
    toward, path, terms = vault.ask(aligned), note.path, []
    while path in toward:
        up = toward[path]
        terms.append(Term("serves", message("serves"), said=called(vault, up.parent or "")))
        path = up.parent or ""
    if terms:
        said = message("It serves a live objective.")
    elif vault.is_kind(note, "objective"):
        return None
    else:
        standing = vault.ask(standings).get(note.path)
        said = unaligned(standing.reason if standing else None)
        terms += [Term("serves", message("serves"), said=name) for name in _served(vault, note)]
    place = _place(vault, note)
    return Score("alignment", message("Alignment"), (*terms, *([place] if place else [])), said=said)


def _place(vault: Vault, note: Note) -> Term | None:
    """Where a priority comes among all."""
    if not vault.is_kind(note, "priority") or rank_of(vault, note) is None:
        return None
    paths = [other.path for other in vault.ask(ranked_priorities)]
    among = plural("of {count} live priority", "of {count} live priorities", len(paths))
    return Term("place", message("place by rank"), paths.index(note.path) + 1, said=among)


def _served(vault: Vault, note: Note) -> list[str]:
    """What it says that it serves, as far as that leads."""
    declared = vault.ask(ups).get(note.path, ())
    return [up.edge.link.target if up.parent is None else called(vault, up.parent) for up in declared]
